;; Exports what imports.wat takes from env.
(module $provider
  (memory (export "memory") 1)
  (global (export "base") i32 (i32.const 42))
  (global (export "counter") (mut i64) (i64.const 7))
  (table $table (export "table") 2 funcref)
  (elem (table $table) (i32.const 0) func $eleven)

  (func $eleven (result i32) (i32.const 11))
  (func $mul (export "mul") (param $a i64) (param $b i64) (result i64)
    (i64.mul (local.get $a) (local.get $b)))
  ;; Leaves its arguments where a test can read them.
  (func $log (export "log") (param $ptr i32) (param $len i32)
    (i32.store (i32.const 0) (local.get $ptr))
    (i32.store (i32.const 4) (local.get $len))))
