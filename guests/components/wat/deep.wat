;; Components in components, four deep: depth asks the innermost one, and on each level a sister adds 1 on the way out,
;; so it is 4. What the inner ones take from the outermost are aliases over one, two and three levels.
(component $one
  (core module $m (func (export "depth") (result i32) (i32.const 1)))
  (core module $add
    (import "next" "depth" (func $depth (result i32)))
    (func (export "depth") (result i32) (i32.add (call $depth) (i32.const 1))))
  (type $count (func (result u32)))
  (component $sister
    (import "depth" (func $depth (type $count)))
    (core func $depth (canon lower (func $depth)))
    (alias outer $one $add (core module $add))
    (core instance $i (instantiate $add (with "next" (instance (export "depth" (func $depth))))))
    (func (export "depth") (type $count) (canon lift (core func $i "depth"))))
  (component $two
    (component $three
      (component $four
        (alias outer $one $m (core module $m))
        (alias outer $one $count (type $count))
        (core instance $i (instantiate $m))
        (func (export "depth") (type $count) (canon lift (core func $i "depth"))))
      (instance $four (instantiate $four))
      (alias outer $one $sister (component $sister))
      (instance $sister (instantiate $sister (with "depth" (func $four "depth"))))
      (export "depth" (func $sister "depth")))
    (instance $three (instantiate $three))
    (alias outer $one $sister (component $sister))
    (instance $sister (instantiate $sister (with "depth" (func $three "depth"))))
    (export "depth" (func $sister "depth")))
  (instance $two (instantiate $two))
  (instance $sister (instantiate $sister (with "depth" (func $two "depth"))))
  (export "depth" (func $sister "depth")))
