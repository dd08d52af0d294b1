;; Two instances that have to have one resource: run(n) is what the peeker's value says of what the maker made of n.
(component $peeker
  (import "maker" (instance $maker
    (export "thing" (type $thing (sub resource)))
    (export "make" (func (param "number" u32) (result (own $thing))))))
  (alias export $maker "thing" (type $thing))
  (import "peeker" (instance $peeker
    (export "thing" (type (eq $thing)))
    (export "value" (func (param "thing" (borrow $thing)) (result u32)))))
  (core func $make (canon lower (func $maker "make")))
  (core func $value (canon lower (func $peeker "value")))
  (core func $drop (canon resource.drop $thing))
  (core module $m
    (import "" "make" (func $make (param i32) (result i32)))
    (import "" "value" (func $value (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (func (export "run") (param i32) (result i32)
      (local $thing i32)
      (local.set $thing (call $make (local.get 0)))
      (call $value (local.get $thing))
      (call $drop (local.get $thing))))
  (core instance $i (instantiate $m (with "" (instance
    (export "make" (func $make))
    (export "value" (func $value))
    (export "drop" (func $drop))))))
  (func (export "run") (param "number" u32) (result u32) (canon lift (core func $i "run"))))
