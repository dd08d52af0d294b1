;; A component that passes streams and futures, and error contexts, to another one: nothing of it can run without async.
(component $streams
  (component $callee
    (core module $m
      (func (export "one") (param i32) (result i32) (i32.const 1))
      (func (export "future") (result i32) (i32.const 1))
      (func (export "nested") (param i32 i32 i32) (result i32) (i32.const 1)))
    (core instance $i (instantiate $m))
    (func (export "take") (param "bytes" (stream u8)) (result u32) (canon lift (core func $i "one")))
    (func (export "give") (result (future string)) (canon lift (core func $i "future")))
    (func (export "nested") (param "x" (option (tuple u32 (future u32)))) (result u32)
      (canon lift (core func $i "nested"))))
  (instance $callee (instantiate $callee))
  (core func $take (canon lower (func $callee "take")))
  (core func $give (canon lower (func $callee "give")))
  (core func $nested (canon lower (func $callee "nested")))
  (core module $m
    (import "" "take" (func $take (param i32) (result i32)))
    (import "" "give" (func $give (result i32)))
    (import "" "nested" (func $nested (param i32 i32 i32) (result i32)))
    (func (export "call-take") (result i32) (call $take (i32.const 1)))
    (func (export "call-give") (result i32) (call $give))
    (func (export "call-nested") (result i32) (call $nested (i32.const 1) (i32.const 0) (i32.const 3)))
    (func (export "fine") (result i32) (i32.const 5)))
  (core instance $i (instantiate $m (with "" (instance
    (export "take" (func $take))
    (export "give" (func $give))
    (export "nested" (func $nested))))))
  (func (export "call-take") (result u32) (canon lift (core func $i "call-take")))
  (func (export "call-give") (result u32) (canon lift (core func $i "call-give")))
  (func (export "call-nested") (result u32) (canon lift (core func $i "call-nested")))
  (func (export "fine") (result u32) (canon lift (core func $i "fine")))
  (export "take" (func $callee "take"))
  (export "give" (func $callee "give")))
