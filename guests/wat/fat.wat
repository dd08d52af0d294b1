;; In the shape of fp-bindgen, and wrong: its payload has one byte more than fp-bindgen's fat pointers can say.
(module $fat
  (memory (export "memory") 257)
  (func $malloc (export "__fp_malloc") (param $len i32) (result i64)
    (i64.or (i64.const 0x1000000000) (i64.extend_i32_u (local.get $len))))
  (func $free (export "__fp_free") (param $fat i64))
  (func $large (export "__fp_gen_large") (result i64)
    (i64.const 0x1001000000)))
