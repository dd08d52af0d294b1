;; Two memories in one module (multi-memory), and copies between them.
(module $twomemories
  (memory $first (export "first") 1)
  (memory $second (export "second") 1)

  (func $peek_first (export "peek_first") (param $addr i32) (result i32)
    (i32.load $first (local.get $addr)))
  (func $poke_first (export "poke_first") (param $addr i32) (param $value i32)
    (i32.store $first (local.get $addr) (local.get $value)))
  (func $peek_second (export "peek_second") (param $addr i32) (result i32)
    (i32.load $second (local.get $addr)))
  (func $poke_second (export "poke_second") (param $addr i32) (param $value i32)
    (i32.store $second (local.get $addr) (local.get $value)))

  (func $copy_first_to_second (export "copy_first_to_second") (param $dest i32) (param $src i32) (param $len i32)
    (memory.copy $second $first (local.get $dest) (local.get $src) (local.get $len)))
  (func $copy_second_to_first (export "copy_second_to_first") (param $dest i32) (param $src i32) (param $len i32)
    (memory.copy $first $second (local.get $dest) (local.get $src) (local.get $len))))
