;; As wasm-ld --import-memory makes them: the memory is the host's, with a maximum of its own.
(module $import_memory
  (import "env" "memory" (memory 2 20))
  (data (i32.const 16) "from a segment")
  (func $load (export "load") (param $at i32) (result i32)
    (i32.load8_u (local.get $at)))
  (func $size (export "size") (result i32)
    (memory.size))
  (func $grow (export "grow") (param $pages i32) (result i32)
    (memory.grow (local.get $pages))))
