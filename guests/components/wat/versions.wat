;; Imports and exports with versions. What has to be found: @0.2.1 by any 0.2.x, @1.2.3 by any 1.x, @1.0.0-rc.1 by that
;; alone, and what has no version by what has none. sum adds what the four say.
(component $versions
  (import "test:clock/zero@0.2.1" (instance $zero (export "get" (func (result u32)))))
  (import "test:clock/one@1.2.3" (instance $one (export "get" (func (result u32)))))
  (import "test:clock/early@1.0.0-rc.1" (instance $early (export "get" (func (result u32)))))
  (import "test:clock/plain" (instance $plain (export "get" (func (result u32)))))
  (core func $zero (canon lower (func $zero "get")))
  (core func $one (canon lower (func $one "get")))
  (core func $early (canon lower (func $early "get")))
  (core func $plain (canon lower (func $plain "get")))
  (core module $m
    (import "" "zero" (func $zero (result i32)))
    (import "" "one" (func $one (result i32)))
    (import "" "early" (func $early (result i32)))
    (import "" "plain" (func $plain (result i32)))
    (func (export "sum") (result i32)
      (i32.add (i32.add (call $zero) (call $one)) (i32.add (call $early) (call $plain)))))
  (core instance $i (instantiate $m (with "" (instance
    (export "zero" (func $zero)) (export "one" (func $one))
    (export "early" (func $early)) (export "plain" (func $plain))))))
  (func $sum (result u32) (canon lift (core func $i "sum")))
  (instance $old (export "sum" (func $sum)))
  (export "test:corners/sums@0.2.1" (instance $old))
  (export "test:corners/sums@0.3.0" (instance $old))
  (export "sum" (func $sum)))
