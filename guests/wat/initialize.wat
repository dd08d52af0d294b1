;; A reactor: count() tells how many times the host has run _initialize.
(module $initialize
  (global $count (mut i32) (i32.const 0))
  (func $_initialize (export "_initialize")
    (global.set $count (i32.add (global.get $count) (i32.const 1))))
  (func $count (export "count") (result i32)
    (global.get $count)))
