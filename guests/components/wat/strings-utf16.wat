;; Strings in UTF-16. echo gives back what came, units says how many code units came; text gives one of several by
;; number: 0 to 2 are well-formed, 3 to 10 trap.
(component $strings-utf16
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
      "\00\02\00\00\04\00\00\00"   ;; 0: "a", U+00E9, U+1F409
      "\00\00\00\00\00\00\00\00"   ;; 1: empty, at address 0
      "\fe\ff\00\00\01\00\00\00"   ;; 2: "z", the last two bytes of memory
      "\10\02\00\00\02\00\00\00"   ;; 3: D83D "x", a high surrogate alone
      "\14\02\00\00\02\00\00\00"   ;; 4: DC09 "x", a low surrogate alone
      "\10\02\00\00\01\00\00\00"   ;; 5: D83D, cut short
      "\18\02\00\00\02\00\00\00"   ;; 6: DC09 D83D, the wrong way round
      "\01\02\00\00\01\00\00\00"   ;; 7: an odd address
      "\fe\ff\00\00\02\00\00\00"   ;; 8: two bytes beyond the end
      "\00\00\00\00\00\00\00\80"   ;; 9: 2^31 units: their bytes are 2^32, or 0 in 32 bits
      "\f0\ff\ff\ff\10\00\00\00")  ;; 10: the end wraps around to 16
    (data (i32.const 0x200) "a\00\e9\00\3d\d8\09\dc")
    (data (i32.const 0x210) "\3d\d8x\00" "\09\dcx\00" "\09\dc\3d\d8")
    (data (i32.const 0xfffe) "z\00")
    (func (export "text") (param $which i32) (result i32)
      (if (i32.gt_u (local.get $which) (i32.const 10)) (then unreachable))
      (i32.shl (local.get $which) (i32.const 3)))
    (func (export "units") (param $ptr i32) (param $len i32) (result i32)
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
      (post-return (core func $i "forget")) string-encoding=utf16))
  (func (export "units") (param "text" string) (result u32)
    (canon lift (core func $i "units") (memory (core memory $i "memory")) (realloc (core func $i "realloc"))
      string-encoding=utf16))
  (func (export "text") (param "which" u32) (result string)
    (canon lift (core func $i "text") (memory (core memory $i "memory")) string-encoding=utf16)))
