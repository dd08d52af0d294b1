;; A resource and a function of the world itself: run has the host make one, drops it, and returns its handle, which is 1.
(component
  (import "r" (type $r (sub resource)))
  (import "make" (func $make (result (own $r))))
  (core func $mk (canon lower (func $make)))
  (core func $drop (canon resource.drop $r))
  (core module $m (import "h" "make" (func $make (result i32))) (import "h" "drop" (func $drop (param i32)))
    (func (export "run") (result i32) (local i32) (local.set 0 (call $make)) (call $drop (local.get 0)) (local.get 0)))
  (core instance $hi (export "make" (func $mk)) (export "drop" (func $drop)))
  (core instance $mi (instantiate $m (with "h" (instance $hi))))
  (func (export "run") (result u32) (canon lift (core func $mi "run"))))
