;; A realloc that attacks its host. mode sets what it does from then on; handle 1 is the guest's own, made by mode. take gives
;; the length of what came, text that of the host's echo("hello"), pair 1000 times that of the first and that of the second
;; of the host's two strings, and caught the same as text, or 999 if what realloc threw came out of the call.
;; 0: honest.
;; 1: throws an exception: traps, and is not caught.
;; 2: never ends. 3: calls itself for ever.
;; 4: makes a resource: traps. 5: drops the resource: traps. 6: asks for its representation: fine.
;; 7: gives the area of the result: fine, whatever the result is then. 8: gives the argument itself: fine.
;; 9: honest at first, then 2^32 - 8: the second block traps.
;; 10: grows the memory and spoils all of it but what it gives: fine.
;; 11: makes a waitable set: traps.
;; 12: gives one byte less than the end of memory.
(component $hostile-realloc
  (import "host" (instance $host
    (export "echo" (func (param "text" string) (result string)))
    (export "pair" (func (result (tuple string string))))))
  (type $thing (resource (rep i32)))
  (core func $new (canon resource.new $thing))
  (core func $rep (canon resource.rep $thing))
  (core func $drop (canon resource.drop $thing))
  (core func $set (canon waitable-set.new))
  (core module $memory
    (memory (export "memory") 1)
    (data (i32.const 32) "hello"))
  (core instance $memory (instantiate $memory))
  (core module $allocator
    (import "" "memory" (memory 1))
    (import "" "new" (func $new (param i32) (result i32)))
    (import "" "rep" (func $rep (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (import "" "set" (func $set (result i32)))
    (tag $thrown)
    (global $mode (mut i32) (i32.const 0))
    (global $next (mut i32) (i32.const 4096))
    (global $calls (mut i32) (i32.const 0))
    (func (export "mode") (param i32)
      (global.set $mode (local.get 0))
      (global.set $calls (i32.const 0))
      (drop (call $new (i32.const 77))))
    (func $spin (loop $again (br $again)))
    (func $recurse (param i32) (result i32) (i32.add (call $recurse (local.get 0)) (i32.const 1)))
    (func (export "realloc") (param $old i32) (param $old-size i32) (param $align i32) (param $size i32) (result i32)
      (local $at i32)
      (local.set $at (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
      (global.set $next (i32.add (local.get $at) (local.get $size)))
      (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
      (block $honest
        (block $12 (block $11 (block $10 (block $9 (block $8 (block $7 (block $6 (block $5 (block $4 (block $3 (block $2 (block $1
          (br_table $honest $1 $2 $3 $4 $5 $6 $7 $8 $9 $10 $11 $12 (global.get $mode)))
          ;; 1
          (throw $thrown))
          ;; 2
          (call $spin))
          ;; 3
          (drop (call $recurse (i32.const 0))))
          ;; 4
          (drop (call $new (i32.const 5))) (br $honest))
          ;; 5
          (call $drop (i32.const 1)) (br $honest))
          ;; 6
          (if (i32.ne (call $rep (i32.const 1)) (i32.const 77)) (then unreachable)) (br $honest))
          ;; 7
          (return (i32.const 64)))
          ;; 8
          (return (i32.const 32)))
          ;; 9
          (br_if $honest (i32.eq (global.get $calls) (i32.const 1)))
          (return (i32.const -8)))
          ;; 10
          (drop (memory.grow (i32.const 1)))
          (memory.fill (i32.const 0) (i32.const 0xff) (i32.shl (memory.size) (i32.const 16)))
          (br $honest))
          ;; 11
          (drop (call $set)) (br $honest))
          ;; 12
          (return (i32.sub (i32.shl (memory.size) (i32.const 16)) (i32.const 1))))
      (memory.copy (local.get $at) (local.get $old) (local.get $old-size))
      (local.get $at)))
  (core instance $allocator (instantiate $allocator (with "" (instance
    (export "memory" (memory $memory "memory"))
    (export "new" (func $new))
    (export "rep" (func $rep))
    (export "drop" (func $drop))
    (export "set" (func $set))))))
  (core func $echo (canon lower (func $host "echo") (memory (core memory $memory "memory"))
    (realloc (core func $allocator "realloc"))))
  (core func $pair (canon lower (func $host "pair") (memory (core memory $memory "memory"))
    (realloc (core func $allocator "realloc"))))
  (core module $m
    (import "" "memory" (memory 1))
    (import "" "echo" (func $echo (param i32 i32 i32)))
    (import "" "pair" (func $pair (param i32)))
    (func (export "take") (param i32 i32) (result i32) (local.get 1))
    (func $text (export "text") (result i32)
      (call $echo (i32.const 32) (i32.const 5) (i32.const 64))
      (i32.load (i32.const 68)))
    (func (export "pair") (result i32)
      (call $pair (i32.const 64))
      (i32.add (i32.mul (i32.load (i32.const 68)) (i32.const 1000)) (i32.load (i32.const 76))))
    (func (export "caught") (result i32)
      (block $h
        (try_table (catch_all $h)
          (return (call $text))))
      (i32.const 999)))
  (core instance $i (instantiate $m (with "" (instance
    (export "memory" (memory $memory "memory"))
    (export "echo" (func $echo))
    (export "pair" (func $pair))))))
  (func (export "mode") (param "mode" u32) (canon lift (core func $allocator "mode")))
  (func (export "take") (param "bytes" (list u8)) (result u32)
    (canon lift (core func $i "take") (memory (core memory $memory "memory")) (realloc (core func $allocator "realloc"))))
  (func (export "text") (result u32) (canon lift (core func $i "text")))
  (func (export "pair") (result u32) (canon lift (core func $i "pair")))
  (func (export "caught") (result u32) (canon lift (core func $i "caught"))))
