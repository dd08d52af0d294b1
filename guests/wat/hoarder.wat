;; A command that leaves something behind in each kind of state, and exits with 100 and more where it finds something. Its
;; standard input says how it ends: "r" returns, "g" too, with more memory, "e" exits with 9, "t" traps, "s" recurses without
;; end, with a store each time.
(module $hoarder
  (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_close" (func $fd_close (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 2 8)
  (global $g (mut i64) (i64.const 0))
  (table $t 2 8 funcref)
  (elem (table $t) (i32.const 0) func $_start)
  (elem $names func $_start)
  (data (i32.const 100) "active")
  (data $text "passive")

  (func $_start (export "_start")
    (call $search)
    ;; One byte of standard input to 8.
    (i32.store (i32.const 0) (i32.const 8))
    (i32.store (i32.const 4) (i32.const 1))
    (if (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 12)) (then (call $found (i32.const 6))))
    (call $hoard)
    (if (i32.eq (i32.load8_u (i32.const 8)) (i32.const 101)) (then (call $proc_exit (i32.const 9))))
    (if (i32.eq (i32.load8_u (i32.const 8)) (i32.const 116)) (then (unreachable)))
    (if (i32.eq (i32.load8_u (i32.const 8)) (i32.const 115)) (then (call $recurse (i32.const 1024)))))

  (func $found (param $what i32)
    (call $proc_exit (i32.add (i32.const 100) (local.get $what))))

  (func $search (local $at i32)
    (if (i64.ne (global.get $g) (i64.const 0)) (then (call $found (i32.const 1))))
    (if (i32.ne (memory.size) (i32.const 2)) (then (call $found (i32.const 2))))
    (if (i32.ne (table.size $t) (i32.const 2)) (then (call $found (i32.const 3))))
    (if (ref.is_null (table.get $t (i32.const 0))) (then (call $found (i32.const 4))))
    (if (i32.eqz (ref.is_null (table.get $t (i32.const 1)))) (then (call $found (i32.const 4))))
    ;; "active", which is taken away, so that all has to be zero.
    (i32.store (i32.const 100) (i32.xor (i32.load (i32.const 100)) (i32.const 0x69746361)))
    (i32.store16 (i32.const 104) (i32.xor (i32.load16_u (i32.const 104)) (i32.const 0x6576)))
    (loop $next
      (if (i64.ne (i64.load (local.get $at)) (i64.const 0)) (then (call $found (i32.const 5))))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (br_if $next (i32.lt_u (local.get $at) (i32.const 131072))))
    ;; Both trap where the segment was dropped.
    (memory.init $text (i32.const 0) (i32.const 0) (i32.const 7))
    (table.init $t $names (i32.const 1) (i32.const 0) (i32.const 1)))

  (func $hoard
    (global.set $g (i64.const -1))
    (memory.fill (i32.const 30000) (i32.const 7) (i32.const 5000))
    (i64.store (i32.const 65529) (i64.const -1))
    (i64.store (i32.const 131064) (i64.const -1))
    (table.set $t (i32.const 0) (ref.null func))
    (drop (table.grow $t (ref.func $_start) (i32.const 2)))
    (data.drop $text)
    (elem.drop $names)
    (drop (call $fd_close (i32.const 0)))
    ;; Only now and then: a memory that grew leaves its array to no other.
    (if (i32.eq (i32.load8_u (i32.const 8)) (i32.const 103))
      (then
        (drop (memory.grow (i32.const 1)))
        (i64.store (i32.const 131072) (i64.const -1)))))

  (func $recurse (param $at i32)
    (i32.store8 (i32.and (local.get $at) (i32.const 0x1FFFF)) (i32.const 1))
    (call $recurse (i32.add (local.get $at) (i32.const 512)))))
