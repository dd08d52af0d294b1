;; A parent that calls its child (down), and a child that calls its parent (up). By the specification's text both are
;; fine and return 7. Its tests want a trap for now, "cannot enter component instance": either will do.
(component $family
  (core module $seven (func (export "get") (result i32) (i32.const 7)))
  (core module $call
    (import "" "get" (func $get (result i32)))
    (func (export "get") (result i32) (call $get)))
  (core instance $seven (instantiate $seven))
  (func $seven (result u32) (canon lift (core func $seven "get")))
  (component $child
    (import "parent" (func $parent (result u32)))
    (alias outer $family $seven (core module $seven))
    (alias outer $family $call (core module $call))
    (core instance $seven (instantiate $seven))
    (core func $parent (canon lower (func $parent)))
    (core instance $call (instantiate $call (with "" (instance (export "get" (func $parent))))))
    (func (export "seven") (result u32) (canon lift (core func $seven "get")))
    (func (export "up") (result u32) (canon lift (core func $call "get"))))
  (instance $child (instantiate $child (with "parent" (func $seven))))
  (core func $down (canon lower (func $child "seven")))
  (core instance $call (instantiate $call (with "" (instance (export "get" (func $down))))))
  (func (export "down") (result u32) (canon lift (core func $call "get")))
  (export "up" (func $child "up")))
