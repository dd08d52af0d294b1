;; A destructor that attacks: the representation says what it does. make gives one to the host, make-and-drop drops it inside,
;; which does the same. 0: nothing. 1: drops its own handle again: traps. 2: makes another one like it and drops that, for ever.
;; 3: never ends. 4: throws: traps, and is not caught. 5: calls the host: fine. 6: asks for the representation of its own
;; handle, which is gone: traps. 7: makes a thing that stays in the table: fine.
(component $hostile-destructor
  (import "log" (func $log))
  (core func $log (canon lower (func $log)))
  ;; The destructor needs built-ins of the resource that it destroys: it calls them by a table that is filled later.
  (core module $shim
    (type $one (func (param i32)))
    (table (export "table") 1 1 funcref)
    (func (export "destroy") (param i32) (call_indirect (type $one) (local.get 0) (i32.const 0))))
  (core instance $shim (instantiate $shim))
  (type $thing' (resource (rep i32) (dtor (core func $shim "destroy"))))
  (core func $new (canon resource.new $thing'))
  (core func $rep (canon resource.rep $thing'))
  (core func $drop (canon resource.drop $thing'))
  (core module $m
    (import "" "table" (table 1 1 funcref))
    (import "" "log" (func $log))
    (import "" "new" (func $new (param i32) (result i32)))
    (import "" "rep" (func $rep (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (tag $thrown)
    (global $last (mut i32) (i32.const 1))
    (elem (i32.const 0) $destroy)
    (func $spin (loop $again (br $again)))
    (func $destroy (param $rep i32)
      (block $0
        (block $7 (block $6 (block $5 (block $4 (block $3 (block $2 (block $1
          (br_table $0 $1 $2 $3 $4 $5 $6 $7 (local.get $rep)))
          ;; 1
          (call $drop (global.get $last)) (return))
          ;; 2
          (call $drop (call $new (i32.const 2))) (return))
          ;; 3
          (call $spin))
          ;; 4
          (throw $thrown))
          ;; 5
          (call $log) (return))
          ;; 6
          (drop (call $rep (global.get $last))) (return))
        ;; 7
        (drop (call $new (i32.const 0)))))
    (func $make (export "make") (param i32) (result i32)
      (global.set $last (call $new (local.get 0)))
      (global.get $last))
    (func (export "make-and-drop") (param i32) (result i32)
      (block $h
        (try_table (catch_all $h)
          (call $drop (call $make (local.get 0)))
          (return (i32.const 0))))
      (i32.const 999)))
  (core instance $i (instantiate $m (with "" (instance
    (export "table" (table $shim "table"))
    (export "log" (func $log))
    (export "new" (func $new))
    (export "rep" (func $rep))
    (export "drop" (func $drop))))))
  (func $make (param "kind" u32) (result (own $thing')) (canon lift (core func $i "make")))
  (func $make-and-drop (param "kind" u32) (result u32) (canon lift (core func $i "make-and-drop")))
  (component $exports
    (import "thing" (type $thing (sub resource)))
    (import "make" (func $make (param "kind" u32) (result (own $thing))))
    (import "make-and-drop" (func $make-and-drop (param "kind" u32) (result u32)))
    (export $e "thing" (type $thing))
    (export "make" (func $make) (func (param "kind" u32) (result (own $e))))
    (export "make-and-drop" (func $make-and-drop)))
  (instance $api (instantiate $exports
    (with "thing" (type $thing'))
    (with "make" (func $make))
    (with "make-and-drop" (func $make-and-drop))))
  (export "test:corners/mortal" (instance $api)))
