;; A guest that makes small structs and exceptions for ever, and keeps them or not: what Limits.collectedBytes is about.
(module
  (type $list (sub (struct (field (ref null $list)))))
  (type $number (sub $list (struct (field (ref null $list)) (field i64))))
  (type $caught (sub $list (struct (field (ref null $list)) (field exnref))))
  (type $vectors (array (mut v128)))
  (tag $failed (export "failed") (param i64))
  (global $kept (mut (ref null $list)) (ref.null $list))
  (table $exceptions 1024 exnref)

  ;; Until the limit.
  (func (export "keep_structs")
    (loop $next
      (global.set $kept (struct.new $number (global.get $kept) (i64.const 1)))
      (br $next)))
  (func (export "keep_exceptions")
    (loop $next
      (global.set $kept (struct.new $caught (global.get $kept) (call $exception (i64.const 1))))
      (br $next)))
  ;; The same, each from that many frames below: an exception of the JVM's notes all of them.
  (func (export "keep_deep_exceptions") (param $depth i32)
    (loop $next
      (global.set $kept (struct.new $caught (global.get $kept) (call $deep (local.get $depth))))
      (br $next)))
  (func (export "keep_vectors") (param $length i32)
    (drop (array.new $vectors (v128.const i64x2 0 0) (local.get $length))))

  ;; Some thousand exceptions live at a time.
  (func (export "catch") (param $count i32) (result i64) (local $sum i64) (local $e exnref)
    (loop $next
      (local.set $e (call $exception (i64.extend_i32_u (local.get $count))))
      (table.set $exceptions (i32.and (local.get $count) (i32.const 1023)) (local.get $e))
      (local.set $sum (i64.add (local.get $sum) (call $value (local.get $e))))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br_if $next (local.get $count)))
    (local.get $sum))
  ;; One list of that many structs after the other, each forgotten when the next one begins.
  (func (export "lists") (param $lists i32) (param $length i32) (result i64) (local $i i32) (local $sum i64)
    (loop $list
      (global.set $kept (ref.null $list))
      (local.set $i (local.get $length))
      (loop $next
        (global.set $kept (struct.new $number (global.get $kept) (i64.extend_i32_u (local.get $i))))
        (local.set $i (i32.sub (local.get $i) (i32.const 1)))
        (br_if $next (local.get $i)))
      (local.set $sum (i64.add (local.get $sum) (struct.get $number 1 (ref.cast (ref $number) (global.get $kept)))))
      (local.set $lists (i32.sub (local.get $lists) (i32.const 1)))
      (br_if $list (local.get $lists)))
    (local.get $sum))

  (func $fail (param i64) (throw $failed (local.get 0)))
  (func $exception (param i64) (result exnref)
    (block $handler (result exnref)
      (try_table (catch_all_ref $handler) (call $fail (local.get 0)))
      (unreachable)))
  (func $deep (param $depth i32) (result exnref) (local $e exnref)
    (if (i32.eqz (local.get $depth)) (then (return (call $exception (i64.const 1)))))
    (local.set $e (call $deep (i32.sub (local.get $depth) (i32.const 1))))
    (local.get $e))
  (func $value (param exnref) (result i64)
    (block $handler (result i64)
      (try_table (catch $failed $handler) (throw_ref (local.get 0)))
      (unreachable))))
