;; Lists in and out with nothing in between: what a call takes here is the crossing alone.
;; The argument's block and the result's are two, each at its place; keep_bytes and keep_longs fill the second.
(module $passthrough
  (memory (export "memory") 64)
  (func $malloc (export "malloc") (param $size i32) (result i32)
    (i32.const 65536))
  (func $free (export "free") (param $ptr i32))

  ;; Each returns what was kept, as many elements of it as it is given.
  (func $bytes (export "bytes") (param $ptr i32) (param $len i32) (result i64)
    (i64.or (i64.const 0x00200000_00000000) (i64.extend_i32_u (local.get $len))))
  (func $longs (export "longs") (param $ptr i32) (param $len i32) (result i64)
    (call $bytes (local.get $ptr) (local.get $len)))

  (func $keep_bytes (export "keep_bytes") (param $ptr i32) (param $len i32)
    (memory.copy (i32.const 0x200000) (local.get $ptr) (local.get $len)))
  (func $keep_longs (export "keep_longs") (param $ptr i32) (param $len i32)
    (call $keep_bytes (local.get $ptr) (i32.shl (local.get $len) (i32.const 3)))))
