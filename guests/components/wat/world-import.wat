;; A function of the world itself: run gives the host's print "hello from the world".
(component
  (import "print" (func $print (param "msg" string)))
  (core module $mem (memory (export "memory") 1) (data (i32.const 8) "hello from the world"))
  (core instance $memi (instantiate $mem))
  (core func $p (canon lower (func $print) (memory (core memory $memi "memory"))))
  (core module $m (import "h" "print" (func $p (param i32 i32))) (func (export "run") (call $p (i32.const 8) (i32.const 20))))
  (core instance $hi (export "print" (func $p)))
  (core instance $mi (instantiate $m (with "h" (instance $hi))))
  (func (export "run") (canon lift (core func $mi "run"))))
