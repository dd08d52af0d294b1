;; Strings in UTF-8. echo gives back what came; text gives one of several by number: 0 to 3 are well-formed, 4 to 12
;; trap. What each number is stands next to its bytes.
(component $strings-utf8
  (core module $m
    (memory (export "memory") 1)
    (global $next (mut i32) (i32.const 4096))
    (func (export "realloc") (param $old i32) (param $old-size i32) (param $align i32) (param $size i32) (result i32)
      (local $at i32)
      (local.set $at (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
      (global.set $next (i32.add (local.get $at) (local.get $size)))
      (if (i32.gt_u (global.get $next) (i32.const 65536)) (then unreachable))
      (memory.copy (local.get $at) (local.get $old) (local.get $old-size))
      (local.get $at))
    ;; The pairs that text returns, and the bytes they point to.
    (data (i32.const 0)
      "\00\02\00\00\08\00\00\00"   ;; 0: "a", NUL, "b", U+00E9, U+0153, "!": 8 bytes
      "\00\00\00\00\00\00\00\00"   ;; 1: empty, at address 0
      "\10\02\00\00\04\00\00\00"   ;; 2: U+FEFF, "x": a byte order mark is a character like any other
      "\ff\ff\00\00\01\00\00\00"   ;; 3: "z", the last byte of memory
      "\20\02\00\00\02\00\00\00"   ;; 4: C0 80, overlong
      "\22\02\00\00\03\00\00\00"   ;; 5: ED A0 80, a surrogate
      "\25\02\00\00\04\00\00\00"   ;; 6: F4 90 80 80, over U+10FFFF
      "\29\02\00\00\02\00\00\00"   ;; 7: E2 82, cut short
      "\2b\02\00\00\01\00\00\00"   ;; 8: 80, a continuation alone
      "\ff\ff\00\00\02\00\00\00"   ;; 9: one byte beyond the end
      "\f0\ff\ff\ff\20\00\00\00"   ;; 10: the end wraps around to 16
      "\00\00\00\00\ff\ff\ff\ff"   ;; 11: 2^32 - 1 bytes
      "\00\00\01\00\00\00\00\80")  ;; 12: 2^31 bytes from the end of memory on
    (data (i32.const 0x200) "a\00b\c3\a9\c5\93!")
    (data (i32.const 0x210) "\ef\bb\bfx")
    (data (i32.const 0x220) "\c0\80\ed\a0\80\f4\90\80\80\e2\82\80")
    (data (i32.const 0xffff) "z")
    (func (export "text") (param $which i32) (result i32)
      (if (i32.gt_u (local.get $which) (i32.const 12)) (then unreachable))
      (i32.shl (local.get $which) (i32.const 3)))
    (func (export "echo") (param $ptr i32) (param $len i32) (result i32)
      (i32.store (i32.const 0x300) (local.get $ptr))
      (i32.store (i32.const 0x304) (local.get $len))
      (i32.const 0x300))
    (func (export "forget") (param i32) (global.set $next (i32.const 4096))))
  (core instance $i (instantiate $m))
  (func (export "echo") (param "text" string) (result string)
    (canon lift (core func $i "echo") (memory (core memory $i "memory")) (realloc (core func $i "realloc"))
      (post-return (core func $i "forget")) string-encoding=utf8))
  (func (export "text") (param "which" u32) (result string)
    (canon lift (core func $i "text") (memory (core memory $i "memory")) string-encoding=utf8)))
