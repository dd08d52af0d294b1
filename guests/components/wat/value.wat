;; A value of another type than that of things: it takes a number and gives a text.
(component $value
  (core module $m
    (memory (export "memory") 1)
    (func (export "value") (param i32) (result i32) (i32.const 0)))
  (core instance $i (instantiate $m))
  (func (export "value") (param "thing" u32) (result string)
    (canon lift (core func $i "value") (memory (core memory $i "memory")))))
