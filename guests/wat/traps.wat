;; One export per way to trap, or never to return.
(module $traps
  (type $answer (func (result i32)))
  (type $consumer (func (param i64)))

  (memory (export "memory") 1)
  (table $table 2 funcref)
  (elem (table $table) (i32.const 0) func $seven)

  (func $seven (result i32) (i32.const 7))

  ;; Three frames deep, so that a trace has names and an order.
  (func $inner (unreachable))
  (func $middle (call $inner))
  (func $outer (export "unreachable") (call $middle))

  (func $divide (export "divide") (param $a i32) (param $b i32) (result i32)
    (i32.div_s (local.get $a) (local.get $b)))
  (func $truncate (export "truncate") (param $x f64) (result i32)
    (i32.trunc_f64_s (local.get $x)))

  (func $load (export "load") (param $addr i32) (result i32)
    (i32.load (local.get $addr)))
  (func $store (export "store") (param $addr i32) (param $value i32)
    (i32.store (local.get $addr) (local.get $value)))
  (func $fill (export "fill") (param $dest i32) (param $len i32)
    (memory.fill (local.get $dest) (i32.const 0x2a) (local.get $len)))
  (func $copy (export "copy") (param $dest i32) (param $src i32) (param $len i32)
    (memory.copy (local.get $dest) (local.get $src) (local.get $len)))

  (func $null_call (export "null_call")
    (drop (call_indirect $table (type $answer) (i32.const 1))))
  (func $wrong_type_call (export "wrong_type_call")
    (call_indirect $table (type $consumer) (i64.const 0) (i32.const 0)))
  (func $out_of_table_call (export "out_of_table_call")
    (drop (call_indirect $table (type $answer) (i32.const 2))))

  ;; Adds after the call: a call in tail position might run in constant space.
  (func $recurse (export "recurse") (param $x i32) (result i32)
    (i32.add (i32.const 1) (call $recurse (i32.add (local.get $x) (i32.const 1)))))
  (func $loop_forever (export "loop_forever")
    (loop $again (br $again))))
