;; Is given a core module and a component, and instantiates both: `add` is the one's, `depth` the other's.
(component $given
  (import "part" (core module $part (export "add" (func (param i32 i32) (result i32)))))
  (import "other" (component $other (export "depth" (func (result u32)))))
  (core instance $part (instantiate $part))
  (instance $other (instantiate $other))
  (alias export $other "depth" (func $depth))
  (func (export "add") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $part "add")))
  (export "depth" (func $depth)))
