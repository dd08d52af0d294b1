;; Tail calls, to oneself and between two functions: any depth must run in constant stack.
(module $tailcalls
  (func $countdown (export "countdown") (param $n i32) (result i32)
    (if (i32.eqz (local.get $n)) (then (return (i32.const 0))))
    (return_call $countdown (i32.sub (local.get $n) (i32.const 1))))

  (func $is_even (export "is_even") (param $n i64) (result i32)
    (if (i64.eqz (local.get $n)) (then (return (i32.const 1))))
    (return_call $is_odd (i64.sub (local.get $n) (i64.const 1))))
  (func $is_odd (export "is_odd") (param $n i64) (result i32)
    (if (i64.eqz (local.get $n)) (then (return (i32.const 0))))
    (return_call $is_even (i64.sub (local.get $n) (i64.const 1)))))
