;; Results that lie where nothing lies. Each function takes a pointer and a length and returns them, or a pointer to
;; them, as its type; what does not lie in the one page of memory, or is not aligned, traps. The page is full of the
;; bytes 00 to ff, over and over, so bytes 0 to 8 as u64 are 0x0706050403020100.
(component $pointers
  (core module $m
    (memory (export "memory") 1)
    (func $fill
      (local $at i32)
      (loop $next
        (i32.store8 (local.get $at) (local.get $at))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br_if $next (i32.lt_u (local.get $at) (i32.const 65536)))))
    (start $fill)
    (func (export "pair") (param $ptr i32) (param $len i32) (result i32)
      (i32.store (i32.const 0x100) (local.get $ptr))
      (i32.store (i32.const 0x104) (local.get $len))
      (i32.const 0x100))
    (func (export "area") (param $ptr i32) (result i32) (local.get $ptr))
    ;; A list of one string, which lies where the caller says.
    (func (export "inner") (param $ptr i32) (param $len i32) (result i32)
      (i32.store (i32.const 0x100) (i32.const 0x108))
      (i32.store (i32.const 0x104) (i32.const 1))
      (i32.store (i32.const 0x108) (local.get $ptr))
      (i32.store (i32.const 0x10c) (local.get $len))
      (i32.const 0x100)))
  (core instance $i (instantiate $m))
  (func (export "bytes") (param "ptr" u32) (param "len" u32) (result (list u8))
    (canon lift (core func $i "pair") (memory (core memory $i "memory"))))
  ;; 0x20000000 of them are 2^32 bytes, 0x20000001 are 8 in 32 bits.
  (func (export "u64s") (param "ptr" u32) (param "len" u32) (result (list u64))
    (canon lift (core func $i "pair") (memory (core memory $i "memory"))))
  ;; As many as one likes of what takes no room in 32 bits: 8 bytes each.
  (func (export "pairs") (param "ptr" u32) (param "len" u32) (result (list (tuple u8 u32)))
    (canon lift (core func $i "pair") (memory (core memory $i "memory"))))
  (func (export "strings") (param "ptr" u32) (param "len" u32) (result (list string))
    (canon lift (core func $i "inner") (memory (core memory $i "memory"))))
  ;; The pointer to the result itself, which is 8 bytes with an alignment of 4, or 16 with one of 8.
  (func (export "area-of-string") (param "ptr" u32) (result string)
    (canon lift (core func $i "area") (memory (core memory $i "memory"))))
  (func (export "area-of-u64s") (param "ptr" u32) (result (tuple u64 u64))
    (canon lift (core func $i "area") (memory (core memory $i "memory")))))
