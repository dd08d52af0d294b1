;; References of all kinds that cross between a guest and its host: structs, arrays, small integers, functions, exceptions.
(module
  (type $bytes (array (mut i8)))
  (type $point (struct (field $x (mut i32)) (field $y (mut f64)) (field $name (mut (ref null $bytes))) (field $small (mut i8)) (field $id i64)))
  (type $many (array (mut (ref null $bytes))))
  (type $step (func (param i32) (result i32)))

  (import "env" "visit" (func $visit (param (ref null $point)) (result anyref)))
  (import "env" "step" (func $step_of_host (param i32) (result i32)))

  (tag $failed (export "failed") (param i32 anyref))

  (global $count (mut i32) (i32.const 0))
  (global $held (export "held") (mut funcref) (ref.null func))
  (global $point_held (export "point") (mut (ref null $point)) (ref.null $point))
  (global $hoard (mut (ref null $many)) (ref.null $many))
  (table $steps (export "steps") 4 funcref)
  (elem declare func $counter $step_of_host)

  (func (export "make") (param $x i32) (param $y f64) (result (ref $point))
    (struct.new $point (local.get $x) (local.get $y) (ref.null $bytes) (i32.const -1) (i64.const 7)))
  (func (export "x") (param $p (ref null $point)) (result i32)
    (struct.get $point $x (local.get $p)))
  (func (export "bytes") (param $length i32) (result (ref $bytes))
    (array.new $bytes (i32.const 1) (local.get $length)))
  (func (export "sum") (param $b (ref $bytes)) (result i32) (local $i i32) (local $sum i32)
    (loop $next
      (if (i32.lt_u (local.get $i) (array.len (local.get $b)))
        (then
          (local.set $sum (i32.add (local.get $sum) (array.get_u $bytes (local.get $b) (local.get $i))))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (br $next))))
    (local.get $sum))
  (func (export "small") (param i32) (result i31ref) (ref.i31 (local.get 0)))
  (func (export "number") (param i31ref) (result i32) (i31.get_s (local.get 0)))
  (func (export "to_any") (param externref) (result anyref) (any.convert_extern (local.get 0)))
  (func (export "to_extern") (param anyref) (result externref) (extern.convert_any (local.get 0)))
  (func (export "is_point") (param anyref) (result i32) (ref.test (ref $point) (local.get 0)))
  (func (export "as_point") (param anyref) (result (ref $point)) (ref.cast (ref $point) (local.get 0)))
  (func (export "visited") (param $p (ref null $point)) (result anyref) (call $visit (local.get $p)))

  ;; Counts in this instance, wherever it is called.
  (func $counter (export "counter") (type $step)
    (global.set $count (i32.add (global.get $count) (local.get 0)))
    (global.get $count))
  (func (export "counter_of") (result (ref $step)) (ref.func $counter))
  (func (export "host_step") (result (ref $step)) (ref.func $step_of_host))
  (func (export "apply") (param (ref null $step)) (param i32) (result i32) (call_ref $step (local.get 1) (local.get 0)))
  (func (export "apply_held") (param i32) (result i32)
    (call_ref $step (local.get 0) (ref.cast (ref $step) (global.get $held))))
  (func (export "apply_table") (param i32) (param i32) (result i32)
    (call_indirect $steps (type $step) (local.get 1) (local.get 0)))

  (func (export "fail") (param i32) (param anyref) (throw $failed (local.get 0) (local.get 1)))
  (func (export "caught") (param $p (ref null $point)) (result i32)
    (block $handler (result i32 anyref)
      (try_table (catch $failed $handler)
        (drop (call $visit (local.get $p)))
        (return (i32.const -1))
      )
      (unreachable))
    (drop))
  (func (export "kept") (result exnref)
    (block $handler (result exnref)
      (try_table (catch_all_ref $handler) (throw $failed (i32.const 3) (ref.null any)))
      (unreachable)))
  (func (export "thrown_again") (param exnref) (throw_ref (local.get 0)))

  ;; Keeps that many arrays of 64 KiB.
  (func (export "hoard") (param $count i32) (local $i i32)
    (global.set $hoard (array.new $many (ref.null $bytes) (local.get $count)))
    (loop $next
      (if (i32.lt_u (local.get $i) (local.get $count))
        (then
          (array.set $many (global.get $hoard) (local.get $i) (array.new $bytes (i32.const 1) (i32.const 65536)))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (br $next)))))
  ;; Makes that many arrays of 64 KiB, and keeps none.
  (func (export "churn") (param $count i32) (result i32) (local $sum i32)
    (loop $next
      (local.set $sum (i32.add (local.get $sum) (array.len (array.new $bytes (i32.const 1) (i32.const 65536)))))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br_if $next (local.get $count)))
    (local.get $sum))
)
