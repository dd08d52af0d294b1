;; Tables of functions and of host references (reference types).
(module $tables
  (type $answer (func (result i32)))
  (table $t (export "t") 2 4 funcref)
  (table $x (export "x") 2 externref)
  (elem (table $t) (i32.const 0) func $one $two)

  (func $one (result i32) (i32.const 1))
  (func $two (result i32) (i32.const 2))

  ;; which: 1 or 2 puts that function in the slot, anything else empties it.
  (func $set (export "set") (param $slot i32) (param $which i32)
    (if (i32.eq (local.get $which) (i32.const 1))
      (then (table.set $t (local.get $slot) (ref.func $one)) (return)))
    (if (i32.eq (local.get $which) (i32.const 2))
      (then (table.set $t (local.get $slot) (ref.func $two)) (return)))
    (table.set $t (local.get $slot) (ref.null func)))
  (func $call (export "call") (param $slot i32) (result i32)
    (call_indirect $t (type $answer) (local.get $slot)))
  (func $grow (export "grow") (param $slots i32) (result i32)
    (table.grow $t (ref.null func) (local.get $slots)))

  (func $get_x (export "get_x") (param $slot i32) (result externref)
    (table.get $x (local.get $slot)))
  (func $set_x (export "set_x") (param $slot i32) (param $ref externref)
    (table.set $x (local.get $slot) (local.get $ref)))
  (func $idref (export "idref") (param $ref externref) (result externref)
    (local.get $ref)))
