;; Imports one interface in two versions that do not fit each other; run adds up what both say.
(component $two-versions
  (import "test:clock/now@1.0.0" (instance $one (export "get" (func (result u32)))))
  (import "test:clock/now@2.1.0" (instance $two (export "get" (func (result u32)))))
  (core func $one (canon lower (func $one "get")))
  (core func $two (canon lower (func $two "get")))
  (core module $m
    (import "" "one" (func $one (result i32)))
    (import "" "two" (func $two (result i32)))
    (func (export "run") (result i32) (i32.add (call $one) (call $two))))
  (core instance $i (instantiate $m (with "" (instance (export "one" (func $one)) (export "two" (func $two))))))
  (func (export "run") (result u32) (canon lift (core func $i "run"))))
