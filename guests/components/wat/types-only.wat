;; Imports an interface with nothing but types in it: a host has nothing to define.
(component
  (import "demo:shapes/types@0.1.0" (instance $types
    (type $p (record (field "x" s32) (field "y" s32)))
    (export "point" (type (eq $p)))
  ))
  (alias export $types "point" (type $point))
  (core module $m
    (func (export "sum") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))
  (core instance $i (instantiate $m))
  (import "of" (type $of (eq $point)))
  (func $sum (param "of" $of) (result s32) (canon lift (core func $i "sum")))
  (export "sum" (func $sum))
)
