;; A library that reads its arguments: how many bytes they have, which then lie at 1024, each ended by a NUL.
(module
  (import "wasi_snapshot_preview1" "args_sizes_get" (func $sizes (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_get" (func $get (param i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "load") (result i32)
    (if (call $sizes (i32.const 0) (i32.const 4)) (then unreachable))
    (if (call $get (i32.const 16) (i32.const 1024)) (then unreachable))
    (i32.load (i32.const 4))))
