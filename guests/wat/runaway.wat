;; What never ends, or asks for ever more: each function is one way to do so.
(module $runaway
  (import "env" "call" (func $call (param i32) (result i32)))
  (memory (export "memory") 1)
  (table $table (export "table") 16 funcref)
  (elem $segment func $spin)

  (func $spin (export "spin")
    (loop $again (br $again)))
  (func $spin_if (export "spin_if") (param $x i32) (result i32)
    (loop $again (br_if $again (local.get $x)))
    (i32.const 1))
  (func $spin_table (export "spin_table") (param $x i32)
    (loop $again (br_table $again $again (local.get $x))))
  ;; No loop of its own: as many calls as there is no time for.
  (func $deep (export "deep") (param $depth i32)
    (if (local.get $depth) (then
      (call $deep (i32.sub (local.get $depth) (i32.const 1)))
      (call $deep (i32.sub (local.get $depth) (i32.const 1))))))
  (func $host_loop (export "host_loop") (param $x i32)
    (loop $again (drop (call $call (local.get $x))) (br $again)))
  (func $host_once (export "host_once") (param $x i32) (result i32)
    (call $call (local.get $x)))

  (func $grow (export "grow") (param $pages i32) (result i32)
    (memory.grow (local.get $pages)))
  (func $grow_forever (export "grow_forever")
    (loop $again (drop (memory.grow (i32.const 1))) (br $again)))
  (func $grow_till_refused (export "grow_till_refused") (result i32)
    (loop $again (br_if $again (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))
    (memory.size))
  (func $fill (export "fill") (param $times i32)
    (loop $again
      (memory.fill (i32.const 0) (i32.const 7) (i32.mul (memory.size) (i32.const 65536)))
      (local.set $times (i32.sub (local.get $times) (i32.const 1)))
      (br_if $again (local.get $times))))
  (func $copy (export "copy") (param $to i32) (param $from i32) (param $times i32)
    (loop $again
      (memory.copy (local.get $to) (local.get $from)
        (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 1)))
      (local.set $times (i32.sub (local.get $times) (i32.const 1)))
      (br_if $again (local.get $times))))

  (func $table_grow (export "table_grow") (param $elements i32) (result i32)
    (table.grow $table (ref.null func) (local.get $elements)))
  (func $table_fill (export "table_fill")
    (loop $again
      (table.fill $table (i32.const 0) (ref.null func) (table.size $table))
      (br $again)))
  (func $table_copy (export "table_copy")
    (loop $again
      (table.copy $table $table (i32.const 1) (i32.const 0) (i32.sub (table.size $table) (i32.const 1)))
      (br $again)))
  (func $table_init (export "table_init")
    (loop $again
      (table.init $table $segment (i32.const 0) (i32.const 0) (i32.const 1))
      (br $again)))

  (func $quick (export "quick") (result i32) (i32.const 42)))
