;; Core modules in a component that share references: a struct, a small integer, a function, an object of the host. One throws
;; exceptions that another catches.
(component
  (core module $maker
    (type $cell (struct (field $value (mut i32))))
    (type $make (sub (func (param i32) (result anyref))))
    (tag $failed (export "failed") (param anyref))
    (global (export "small") (ref i31) (ref.i31 (i32.const 7)))
    (table (export "held") 1 anyref)
    (func (export "make") (type $make) (struct.new $cell (local.get 0)))
    (func (export "value") (param anyref) (result i32)
      (struct.get $cell $value (ref.cast (ref $cell) (local.get 0))))
    (func (export "fail") (param anyref) (throw $failed (local.get 0))))
  (core module $user
    (type $make (sub (func (param i32) (result anyref))))
    (import "maker" "make" (func $make (type $make)))
    (import "maker" "value" (func $value (param anyref) (result i32)))
    (import "maker" "fail" (func $fail (param anyref)))
    (import "maker" "failed" (tag $failed (param anyref)))
    ;; A supertype of what is given.
    (import "maker" "small" (global $small anyref))
    (import "maker" "held" (table $held 1 anyref))
    (func (export "run") (param $n i32) (result i32)
      (table.set $held (i32.const 0) (call $make (local.get $n)))
      (i32.add
        (call $value (table.get $held (i32.const 0)))
        (i31.get_s (ref.cast (ref i31) (global.get $small)))))
    (func (export "caught") (param $n i32) (result i32)
      (call $value
        (block $handler (result anyref)
          (try_table (catch $failed $handler) (call $fail (call $make (local.get $n))))
          (unreachable))))
    (func (export "uncaught") (call $fail (ref.null any))))
  ;; Takes the module by a type that promises less.
  (component $nested
    (import "maker" (core module $maker
      (export "value" (func (param anyref) (result i32)))
      (export "small" (global (ref null i31)))
      (export "held" (table 1 (ref null any)))))
    (core module $reader
      (import "maker" "small" (global $small i31ref))
      (func (export "small") (result i32) (i31.get_s (global.get $small))))
    (core instance $m (instantiate $maker))
    (core instance $r (instantiate $reader (with "maker" (instance $m))))
    (func (export "small") (result u32) (canon lift (core func $r "small"))))
  (instance $nested (instantiate $nested (with "maker" (core module $maker))))
  (core instance $maker (instantiate $maker))
  (core instance $user (instantiate $user (with "maker" (instance $maker))))
  (func (export "run") (param "n" u32) (result u32) (canon lift (core func $user "run")))
  (func (export "caught") (param "n" u32) (result u32) (canon lift (core func $user "caught")))
  (func (export "uncaught") (canon lift (core func $user "uncaught")))
  (export "small" (func $nested "small")))
