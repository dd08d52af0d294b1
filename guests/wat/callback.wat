;; Calls back into the host, once or twice deep, and exits by WASI.
(module $callback
  (import "env" "callback" (func $callback (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)

  (func $call (export "call") (param $x i32) (result i32)
    (call $callback (local.get $x)))
  (func $twice (export "twice") (param $x i32) (result i32)
    (call $callback (call $callback (local.get $x))))
  (func $exit (export "exit") (param $code i32)
    (call $proc_exit (local.get $code))))
