;; A start function: value() is 7 only if it ran at instantiation.
(module $start
  (memory (export "memory") 1)
  (start $begin)
  (func $begin
    (i32.store (i32.const 0) (i32.const 7)))
  (func $value (export "value") (result i32)
    (i32.load (i32.const 0))))
