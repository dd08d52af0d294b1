;; A post-return that attacks its host: mode says what it does after text, whose result is "hello". It is fine in modes 0, 6
;; and 7; after the others the text does not come.
;; 1: throws. 2: never ends. 3: calls itself for ever. 4: makes a resource. 5: drops the resource of handle 1, which is the
;; guest's own, made by mode. 6: spoils all memory. 7: grows the memory. 8: makes a waitable set. 9: calls the host.
(component $hostile-post
  (import "log" (func $log))
  (type $thing (resource (rep i32)))
  (core func $log (canon lower (func $log)))
  (core func $new (canon resource.new $thing))
  (core func $drop (canon resource.drop $thing))
  (core func $set (canon waitable-set.new))
  (core module $m
    (import "" "log" (func $log))
    (import "" "new" (func $new (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (import "" "set" (func $set (result i32)))
    (memory (export "memory") 1)
    (data (i32.const 0x100) "\10\01\00\00\05\00\00\00")
    (tag $thrown)
    (global $mode (mut i32) (i32.const 0))
    (func (export "mode") (param i32)
      (global.set $mode (local.get 0))
      (drop (call $new (i32.const 77))))
    (func (export "text") (result i32)
      (i64.store (i32.const 0x100) (i64.const 0x0000000500000110))
      (i64.store (i32.const 0x110) (i64.const 0x6f6c6c6568))
      (i32.const 0x100))
    (func $spin (loop $again (br $again)))
    (func $recurse (param i32) (result i32) (i32.add (call $recurse (local.get 0)) (i32.const 1)))
    (func (export "after") (param i32)
      (block $0
        (block $9 (block $8 (block $7 (block $6 (block $5 (block $4 (block $3 (block $2 (block $1
          (br_table $0 $1 $2 $3 $4 $5 $6 $7 $8 $9 (global.get $mode)))
          ;; 1
          (throw $thrown))
          ;; 2
          (call $spin))
          ;; 3
          (drop (call $recurse (i32.const 0))))
          ;; 4
          (drop (call $new (i32.const 5))) (return))
          ;; 5
          (call $drop (i32.const 1)) (return))
          ;; 6
          (memory.fill (i32.const 0) (i32.const 0xff) (i32.const 65536)) (return))
          ;; 7
          (drop (memory.grow (i32.const 1))) (return))
          ;; 8
          (drop (call $set)) (return))
          ;; 9
          (call $log))))
  (core instance $i (instantiate $m (with "" (instance
    (export "log" (func $log))
    (export "new" (func $new))
    (export "drop" (func $drop))
    (export "set" (func $set))))))
  (func (export "mode") (param "mode" u32) (canon lift (core func $i "mode")))
  (func (export "text") (result string)
    (canon lift (core func $i "text") (memory (core memory $i "memory")) (post-return (core func $i "after")))))
