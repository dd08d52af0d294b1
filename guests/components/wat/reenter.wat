;; run calls the host's back, which may call poke of this very instance: that traps, as it is running. Of another
;; instance it is fine. Without such a call run returns how often poke was called.
(component $reenter
  (import "back" (func $back))
  (core func $back (canon lower (func $back)))
  (core module $m
    (import "" "back" (func $back))
    (global $pokes (mut i32) (i32.const 0))
    (func (export "run") (result i32)
      (call $back)
      (global.get $pokes))
    (func (export "poke") (global.set $pokes (i32.add (global.get $pokes) (i32.const 1)))))
  (core instance $i (instantiate $m (with "" (instance (export "back" (func $back))))))
  (func (export "run") (result u32) (canon lift (core func $i "run")))
  (func (export "poke") (canon lift (core func $i "poke"))))
