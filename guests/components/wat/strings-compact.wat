;; Strings in Latin-1 or UTF-16, which the highest bit of the length tells. echo gives back what came, length says
;; which length came, tag and all; text gives one of several by number: 0 to 4 are well-formed, 5 to 11 trap.
(component $strings-compact
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
    (data (i32.const 0)
      "\00\02\00\00\03\00\00\00"   ;; 0: Latin-1 "a", U+00E9, U+0080: bytes, not Windows-1252
      "\10\02\00\00\04\00\00\80"   ;; 1: UTF-16 "a", U+00E9, U+1F409
      "\10\02\00\00\02\00\00\80"   ;; 2: UTF-16 "a", U+00E9, though Latin-1 would do
      "\00\00\00\00\00\00\00\80"   ;; 3: UTF-16, empty
      "\fe\ff\00\00\02\00\00\00"   ;; 4: Latin-1 "zz", the last two bytes of memory
      "\14\02\00\00\01\00\00\80"   ;; 5: UTF-16, a high surrogate cut short
      "\16\02\00\00\01\00\00\80"   ;; 6: UTF-16, a low surrogate alone
      "\01\02\00\00\01\00\00\80"   ;; 7: UTF-16 at an odd address
      "\01\02\00\00\01\00\00\00"   ;; 8: Latin-1 at an odd address, which is as wrong
      "\fe\ff\00\00\02\00\00\80"   ;; 9: UTF-16, two bytes beyond the end
      "\fe\ff\00\00\03\00\00\00"   ;; 10: Latin-1, one byte beyond the end
      "\00\00\00\00\ff\ff\ff\ff")  ;; 11: UTF-16, 2^31 - 1 units
    (data (i32.const 0x200) "a\e9\80")
    (data (i32.const 0x210) "a\00\e9\00\3d\d8\09\dc")
    (data (i32.const 0xfffe) "zz")
    (func (export "text") (param $which i32) (result i32)
      (if (i32.gt_u (local.get $which) (i32.const 11)) (then unreachable))
      (i32.shl (local.get $which) (i32.const 3)))
    (func (export "length") (param $ptr i32) (param $len i32) (result i32)
      (global.set $next (i32.const 4096))
      (local.get $len))
    (func (export "echo") (param $ptr i32) (param $len i32) (result i32)
      (i32.store (i32.const 0x300) (local.get $ptr))
      (i32.store (i32.const 0x304) (local.get $len))
      (i32.const 0x300))
    (func (export "forget") (param i32) (global.set $next (i32.const 4096))))
  (core instance $i (instantiate $m))
  (func (export "echo") (param "text" string) (result string)
    (canon lift (core func $i "echo") (memory (core memory $i "memory")) (realloc (core func $i "realloc"))
      (post-return (core func $i "forget")) string-encoding=latin1+utf16))
  (func (export "length") (param "text" string) (result u32)
    (canon lift (core func $i "length") (memory (core memory $i "memory")) (realloc (core func $i "realloc"))
      string-encoding=latin1+utf16))
  (func (export "text") (param "which" u32) (result string)
    (canon lift (core func $i "text") (memory (core memory $i "memory")) string-encoding=latin1+utf16)))
