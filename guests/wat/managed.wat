;; A guest that looks like one in AssemblyScript, and whose objects are what its host has written there: for objects that
;; lie. give() gives the pointer that was set by at(pointer), keep(pointer) gives back what went in, and pass(pointer) hands
;; it to the host and gives what that gave. mode(n) sets what the allocator does:
;;
;;   0 honest   1 gives null   2 gives an unaligned pointer   3 gives the end of memory   4 gives the last 8 bytes
;;   5 gives the same object each time   6 grows memory, and the object lies in the new page   7 traps
;;   8 gives 2^31   9 gives 2^32 - 16   10 traps when something is pinned   11 traps when something is unpinned
(module $managed
  (import "env" "take" (func $take (param i32) (result i32)))
  (memory (export "memory") 2 4)
  (global $at (mut i32) (i32.const 0))
  (global $mode (mut i32) (i32.const 0))
  (global $top (mut i32) (i32.const 65536))
  (global $pinned (mut i32) (i32.const 0))
  (global (export "__rtti_base") i32 (i32.const 1024))
  (global (export "Person_ID") i32 (i32.const 3))
  ;; Object, ArrayBuffer, String; Person; a class of numbers; Array<string>; Array<i64>; Int64Array; StaticArray<f64>.
  ;; The zero at the end is left out, as an optimiser does it, and one in the middle too.
  (data (i32.const 1024) "\09\00\00\00" "\20\00\00\00" "\20\00\00\00" "\20\00\00\00")
  (data (i32.const 1044) "\20\00\00\00" "\02\41\00\00" "\02\0a\00\00" "\01\0a\00\00" "\24\1a")

  (func (export "mode") (param i32) (global.set $mode (local.get 0)))
  (func (export "at") (param i32) (global.set $at (local.get 0)))
  (func (export "pinned") (result i32) (global.get $pinned))
  (func (export "give") (result i32) (global.get $at))
  (func (export "keep") (param i32) (result i32) (local.get 0))
  (func (export "pass") (param i32) (result i32) (call $take (local.get 0)))
  (func (export "passed") (result i32) (call $take (global.get $at)))

  (func (export "__new") (param $size i32) (param $class i32) (result i32)
    (local $pointer i32)
    (if (i32.eq (global.get $mode) (i32.const 1)) (then (return (i32.const 0))))
    (if (i32.eq (global.get $mode) (i32.const 2)) (then (return (i32.const 65553))))
    (if (i32.eq (global.get $mode) (i32.const 3)) (then (return (i32.mul (memory.size) (i32.const 65536)))))
    (if (i32.eq (global.get $mode) (i32.const 4))
      (then (return (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 8)))))
    (if (i32.eq (global.get $mode) (i32.const 5)) (then (return (i32.const 65568))))
    (if (i32.eq (global.get $mode) (i32.const 6))
      (then (global.set $top (i32.mul (memory.grow (i32.const 1)) (i32.const 65536))) (global.set $mode (i32.const 0))))
    (if (i32.eq (global.get $mode) (i32.const 7)) (then (unreachable)))
    (if (i32.eq (global.get $mode) (i32.const 8)) (then (return (i32.const 0x80000000))))
    (if (i32.eq (global.get $mode) (i32.const 9)) (then (return (i32.const 0xfffffff0))))
    (local.set $pointer (i32.add (global.get $top) (i32.const 32)))
    (i32.store (i32.sub (local.get $pointer) (i32.const 8)) (local.get $class))
    (i32.store (i32.sub (local.get $pointer) (i32.const 4)) (local.get $size))
    (global.set $top
      (i32.and (i32.add (i32.add (local.get $pointer) (local.get $size)) (i32.const 15)) (i32.const -16)))
    (local.get $pointer))

  (func (export "__pin") (param i32) (result i32)
    (if (i32.eq (global.get $mode) (i32.const 10)) (then (unreachable)))
    (global.set $pinned (i32.add (global.get $pinned) (i32.const 1)))
    (local.get 0))

  (func (export "__unpin") (param i32)
    (if (i32.eq (global.get $mode) (i32.const 11)) (then (unreachable)))
    (global.set $pinned (i32.sub (global.get $pinned) (i32.const 1)))))
