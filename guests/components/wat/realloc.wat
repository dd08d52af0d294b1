;; A realloc that breaks its word. mode sets what it does from then on; take-bytes and take-u64s return the sum of what
;; came, and answer returns how long the string is that the host's answer gives. It runs for empty lists too.
;; 0: honest.
;; 1: an odd address: take-bytes and answer are fine, take-u64s traps.
;; 2: the end of memory: nothing fits, and only an empty list is fine.
;; 3: 0xfffffff0: traps, even where nothing has to fit.
;; 4: traps itself.
;; 5: always the same block: fine.
;; 6: grows memory and returns the new page: fine.
;; 7: calls the host's log first: traps, as a guest may not leave while it makes room.
;; 8: the address 0: fine.
;; 9: 4 bytes before the end of memory: four bytes are fine, five trap, and take-u64s traps as it is not aligned.
;; 10: 2^31: traps, even where nothing has to fit.
(component $realloc
  (import "host" (instance $host
    (export "log" (func))
    (export "answer" (func (result string)))))
  (core module $memory
    (memory (export "memory") 1))
  (core instance $memory (instantiate $memory))
  (core module $allocator
    (import "host" "log" (func $log))
    (import "memory" "memory" (memory 1))
    (global $mode (mut i32) (i32.const 0))
    (global $next (mut i32) (i32.const 4096))
    (func (export "mode") (param i32)
      (global.set $mode (local.get 0)))
    (func (export "forget") (global.set $next (i32.const 4096)))
    (func (export "realloc") (param $old i32) (param $old-size i32) (param $align i32) (param $size i32) (result i32)
      (local $at i32)
      (local.set $at (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
      (global.set $next (i32.add (local.get $at) (local.get $size)))
      (block $honest
        (block $10 (block $9 (block $8 (block $7 (block $6 (block $5 (block $4 (block $3 (block $2 (block $1
          (br_table $honest $1 $2 $3 $4 $5 $6 $7 $8 $9 $10 (global.get $mode)))
          ;; 1
          (return (i32.or (local.get $at) (i32.const 1))))
          ;; 2
          (return (i32.shl (memory.size) (i32.const 16))))
          ;; 3
          (return (i32.const 0xfffffff0)))
          ;; 4
          unreachable)
          ;; 5
          (return (i32.const 4096)))
          ;; 6
          (return (i32.shl (memory.grow (i32.const 1)) (i32.const 16))))
          ;; 7
          (call $log) (br $honest))
          ;; 8
          (return (i32.const 0)))
          ;; 9
          (return (i32.sub (i32.shl (memory.size) (i32.const 16)) (i32.const 4))))
        ;; 10
        (return (i32.const 0x80000000)))
      (if (i32.gt_u (global.get $next) (i32.const 65536)) (then unreachable))
      (memory.copy (local.get $at) (local.get $old) (local.get $old-size))
      (local.get $at)))
  (core func $log (canon lower (func $host "log")))
  (core instance $allocator (instantiate $allocator
    (with "host" (instance (export "log" (func $log))))
    (with "memory" (instance $memory))))
  (core func $answer (canon lower (func $host "answer") (memory (core memory $memory "memory"))
    (realloc (core func $allocator "realloc"))))
  (core module $m
    (import "host" "answer" (func $answer (param i32)))
    (import "allocator" "forget" (func $forget))
    (import "memory" "memory" (memory 1))
    (func (export "take-bytes") (param $ptr i32) (param $len i32) (result i32)
      (local $sum i32)
      (call $forget)
      (loop $next
        (if (local.get $len)
          (then
            (local.set $len (i32.sub (local.get $len) (i32.const 1)))
            (local.set $sum (i32.add (local.get $sum) (i32.load8_u (i32.add (local.get $ptr) (local.get $len)))))
            (br $next))))
      (local.get $sum))
    (func (export "take-u64s") (param $ptr i32) (param $len i32) (result i64)
      (local $sum i64)
      (call $forget)
      (loop $next
        (if (local.get $len)
          (then
            (local.set $len (i32.sub (local.get $len) (i32.const 1)))
            (local.set $sum (i64.add (local.get $sum)
              (i64.load (i32.add (local.get $ptr) (i32.shl (local.get $len) (i32.const 3))))))
            (br $next))))
      (local.get $sum))
    (func (export "answer") (result i32)
      (call $answer (i32.const 16))
      (call $forget)
      (i32.load (i32.const 20))))
  (core instance $i (instantiate $m
    (with "host" (instance (export "answer" (func $answer))))
    (with "allocator" (instance $allocator))
    (with "memory" (instance $memory))))
  (func (export "mode") (param "mode" u32) (canon lift (core func $allocator "mode")))
  (func (export "take-bytes") (param "values" (list u8)) (result u32)
    (canon lift (core func $i "take-bytes") (memory (core memory $memory "memory"))
      (realloc (core func $allocator "realloc"))))
  (func (export "take-u64s") (param "values" (list u64)) (result u64)
    (canon lift (core func $i "take-u64s") (memory (core memory $memory "memory"))
      (realloc (core func $allocator "realloc"))))
  (func (export "answer") (result u32) (canon lift (core func $i "answer"))))
