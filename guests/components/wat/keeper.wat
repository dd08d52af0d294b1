;; Keeps a thing of another component, such as `state`: `keep` has one made, `rep` asks it for its rep, `drop` drops it.
(component $keeper
  (import "maker" (instance $maker
    (export "thing" (type $thing (sub resource)))
    (export "make" (func (param "rep" u32) (result (own $thing))))
    (export "rep" (func (param "thing" (borrow $thing)) (result u32)))))
  (alias export $maker "thing" (type $thing))
  (core func $make (canon lower (func $maker "make")))
  (core func $rep (canon lower (func $maker "rep")))
  (core func $drop (canon resource.drop $thing))
  (core module $m
    (import "" "make" (func $make (param i32) (result i32)))
    (import "" "rep" (func $rep (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (global $kept (mut i32) (i32.const 0))
    (func (export "keep") (param i32) (global.set $kept (call $make (local.get 0))))
    (func (export "rep") (result i32) (call $rep (global.get $kept)))
    (func (export "drop") (call $drop (global.get $kept))))
  (core instance $i (instantiate $m (with "" (instance
    (export "make" (func $make)) (export "rep" (func $rep)) (export "drop" (func $drop))))))
  (func (export "keep") (param "rep" u32) (canon lift (core func $i "keep")))
  (func (export "rep") (result u32) (canon lift (core func $i "rep")))
  (func (export "drop") (canon lift (core func $i "drop"))))
