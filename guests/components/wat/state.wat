;; All the state that a component can have, in three core modules and a component inside. `init` makes some of it, `fill`
;; changes each kind, `found` says by bits what is not as `init` left it. A cup is the host's, a thing its own.
(component $state
  (import "host" (instance $host
    (export "cup" (type $cup (sub resource)))
    (export "make-cup" (func (result (own $cup))))
    (export "call-back" (func))))
  (component $state
    (import "host" (instance $host
      (export "cup" (type $cup (sub resource)))
      (export "make-cup" (func (result (own $cup))))
      (export "call-back" (func))))
    (alias export $host "cup" (type $cup))
    (core func $make-cup (canon lower (func $host "make-cup")))
    (core func $call-back (canon lower (func $host "call-back")))
    (core func $drop-cup (canon resource.drop $cup))

    ;; One inside, with a memory, a global and a handle of its own: `note` gives back what the last one said.
    (component $inner
      (core module $m
        (import "" "new" (func $new (param i32) (result i32)))
        (memory (export "memory") 1)
        (global $last (mut i64) (i64.const 0))
        (global $handle (mut i32) (i32.const 0))
        (func (export "note") (param i64) (result i64) (local $last i64)
          (local.set $last (i64.or (global.get $last) (i64.load (i32.const 5000))))
          (global.set $last (local.get 0))
          (i64.store (i32.const 5000) (local.get 0))
          (global.set $handle (call $new (i32.wrap_i64 (local.get 0))))
          ;; The first one is 1, and so it should be each time.
          (i64.or (local.get $last) (i64.extend_i32_u (i32.sub (global.get $handle) (i32.const 1))))))
      (type $token (resource (rep i32)))
      (core func $new (canon resource.new $token))
      (core instance $i (instantiate $m (with "" (instance (export "new" (func $new))))))
      (func (export "note") (param "what" u64) (result u64) (canon lift (core func $i "note"))))
    (instance $inner (instantiate $inner))
    (core func $note (canon lower (func $inner "note")))

    ;; What the next module imports: a memory, a global, a table.
    (core module $shared
      (type $answer (func (result i32)))
      (memory (export "memory") 1 16)
      (global (export "global") (mut i64) (i64.const 0))
      (table $t (export "table") 4 16 funcref)
      (global $destroyed (mut i32) (i32.const 0))
      (elem (table $t) (i32.const 0) func $one)
      (data (i32.const 100) "active")
      (func $one (export "one") (result i32) (i32.const 1))
      (func (export "destroy") (param i32) (global.set $destroyed (i32.add (global.get $destroyed) (local.get 0))))
      (func (export "destroyed") (result i32) (global.get $destroyed))
      (func (export "ask") (param i32) (result i32) (call_indirect $t (type $answer) (local.get 0))))
    (core instance $shared (instantiate $shared))

    (type $thing' (resource (rep i32) (dtor (core func $shared "destroy"))))
    (core func $new (canon resource.new $thing'))
    (core func $rep (canon resource.rep $thing'))
    (core func $drop (canon resource.drop $thing'))

    (core module $main
      (import "shared" "memory" (memory 1 16))
      (import "shared" "global" (global $g (mut i64)))
      (import "shared" "table" (table $t 4 16 funcref))
      (import "shared" "one" (func $one (result i32)))
      (import "shared" "ask" (func $ask (param i32) (result i32)))
      (import "" "new" (func $new (param i32) (result i32)))
      (import "" "rep" (func $rep (param i32) (result i32)))
      (import "" "drop" (func $drop (param i32)))
      (import "" "make-cup" (func $make-cup (result i32)))
      (import "" "drop-cup" (func $drop-cup (param i32)))
      (import "" "call-back" (func $call-back))
      (import "" "note" (func $note (param i64) (result i64)))
      (table $own 2 funcref)
      (global $r (mut funcref) (ref.null func))
      (global $kept (mut i32) (i32.const 0))
      (global $cup (mut i32) (i32.const 0))
      (elem $names func $two $one)
      (data $text "passive")
      (start $start)
      (func $two (export "two") (result i32) (i32.const 2))

      ;; A function of this one in the other's table, and of the other in this one's.
      (func $start
        (table.set $t (i32.const 1) (ref.func $two))
        (table.set $own (i32.const 1) (ref.func $one)))

      (func (export "init") (local $first i32)
        (global.set $g (i64.const 7))
        (global.set $r (ref.func $one))
        (i32.store (i32.const 2000) (i32.const 2000))
        (drop (memory.grow (i32.const 1)))
        (drop (table.grow $t (ref.func $one) (i32.const 1)))
        ;; Handle 2 is there, 1 is to be used next.
        (local.set $first (call $new (i32.const 11)))
        (global.set $kept (call $new (i32.const 22)))
        (call $drop (local.get $first)))

      (func (export "fill") (param $secret i64)
        (global.set $g (local.get $secret))
        (global.set $r (ref.null func))
        (i64.store (i32.const 1020) (local.get $secret))
        (i64.store (i32.const 131064) (local.get $secret))
        (memory.fill (i32.const 20000) (i32.wrap_i64 (local.get $secret)) (i32.const 5000))
        (memory.init $text (i32.const 40957) (i32.const 0) (i32.const 7))
        (data.drop $text)
        (table.set $t (i32.const 0) (ref.func $two))
        (table.set $t (i32.const 1) (ref.null func))
        (table.set $own (i32.const 0) (ref.func $two))
        (drop (table.grow $t (ref.func $two) (i32.const 3)))
        (elem.drop $names)
        (drop (memory.grow (i32.const 3)))
        (i64.store (i32.const 200000) (local.get $secret))
        (call $drop (global.get $kept))
        (drop (call $new (i32.wrap_i64 (local.get $secret))))
        (global.set $kept (call $new (i32.wrap_i64 (local.get $secret))))
        (drop (call $note (local.get $secret))))

      ;; 1: globals, 2: memory's size, 4: its bytes, 8: the tables' sizes, 16: their elements, 32: which handles are
      ;; free, 64: the handle that is kept, 128: the component inside. Traps if segments are dropped. It leaves changes
      ;; behind itself.
      (func (export "found") (result i32) (local $bits i32) (local $at i32) (local $end i32)
        (if (i32.or (i64.ne (global.get $g) (i64.const 7)) (ref.is_null (global.get $r)))
          (then (local.set $bits (i32.const 1))))
        (if (i32.ne (memory.size) (i32.const 2))
          (then (local.set $bits (i32.or (local.get $bits) (i32.const 2)))))
        ;; What is there from the start is taken away, so that all has to be zero.
        (i32.store (i32.const 100) (i32.xor (i32.load (i32.const 100)) (i32.const 0x69746361)))
        (i32.store16 (i32.const 104) (i32.xor (i32.load16_u (i32.const 104)) (i32.const 0x6576)))
        (i32.store (i32.const 2000) (i32.sub (i32.load (i32.const 2000)) (i32.const 2000)))
        (local.set $end (i32.mul (memory.size) (i32.const 65536)))
        (loop $next
          (if (i64.ne (i64.load (local.get $at)) (i64.const 0))
            (then (local.set $bits (i32.or (local.get $bits) (i32.const 4)))))
          (local.set $at (i32.add (local.get $at) (i32.const 8)))
          (br_if $next (i32.lt_u (local.get $at) (local.get $end))))
        (if (i32.or (i32.ne (table.size $t) (i32.const 5)) (i32.ne (table.size $own) (i32.const 2)))
          (then (local.set $bits (i32.or (local.get $bits) (i32.const 8)))))
        (if (i32.or
              (i32.eqz (ref.is_null (table.get $own (i32.const 0))))
              (ref.is_null (table.get $own (i32.const 1))))
          (then (local.set $bits (i32.or (local.get $bits) (i32.const 16)))))
        (if (ref.is_null (table.get $t (i32.const 1)))
          (then (local.set $bits (i32.or (local.get $bits) (i32.const 16))))
          (else
            (if (i32.or
                  (i32.or
                    (i32.ne (call $ask (i32.const 0)) (i32.const 1))
                    (i32.ne (call $ask (i32.const 1)) (i32.const 2)))
                  (i32.ne (call $ask (i32.const 4)) (i32.const 1)))
              (then (local.set $bits (i32.or (local.get $bits) (i32.const 16)))))))
        (if (i32.ne (call $rep (global.get $kept)) (i32.const 22))
          (then (local.set $bits (i32.or (local.get $bits) (i32.const 64)))))
        (if (i32.or
              (i32.ne (call $new (i32.const 0)) (i32.const 1))
              (i32.ne (call $new (i32.const 0)) (i32.const 3)))
          (then (local.set $bits (i32.or (local.get $bits) (i32.const 32)))))
        (if (i64.ne (call $note (i64.const 0)) (i64.const 0))
          (then (local.set $bits (i32.or (local.get $bits) (i32.const 128)))))
        (memory.init $text (i32.const 0) (i32.const 0) (i32.const 7))
        (table.init $t $names (i32.const 0) (i32.const 0) (i32.const 2))
        (local.get $bits))

      (func (export "number") (param i32) (result i32) (local.get 0))
      (func (export "make") (param i32) (result i32) (call $new (local.get 0)))
      (func (export "take") (param i32) (call $drop (local.get 0)))
      (func (export "keep-cup") (global.set $cup (call $make-cup)))
      (func (export "drop-cup") (call $drop-cup (global.get $cup)))
      (func (export "call") (i32.store (i32.const 3000) (i32.const 1)) (call $call-back))
      (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
      (func (export "grow-table") (param i32) (result i32) (table.grow $own (ref.func $two) (local.get 0)))
      (func (export "many") (param i32)
        (loop $next
          (if (local.get 0)
            (then
              (drop (call $new (local.get 0)))
              (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
              (br $next)))))
      (func (export "trap") (i64.store (i32.const 1020) (i64.const 1)) (unreachable)))
    (core instance $i (instantiate $main
      (with "shared" (instance $shared))
      (with "" (instance
        (export "new" (func $new))
        (export "rep" (func $rep))
        (export "drop" (func $drop))
        (export "make-cup" (func $make-cup))
        (export "drop-cup" (func $drop-cup))
        (export "call-back" (func $call-back))
        (export "note" (func $note))))))

    (export $thing "thing" (type $thing'))
    (func (export "init") (canon lift (core func $i "init")))
    (func (export "fill") (param "secret" u64) (canon lift (core func $i "fill")))
    (func (export "found") (result u32) (canon lift (core func $i "found")))
    ;; A thing by its rep, which rep gives back. take drops one, and destroyed is the sum of all that were dropped.
    (func (export "make") (param "rep" u32) (result (own $thing)) (canon lift (core func $i "make")))
    (func (export "rep") (param "thing" (borrow $thing)) (result u32) (canon lift (core func $i "number")))
    (func (export "take") (param "thing" (own $thing)) (canon lift (core func $i "take")))
    (func (export "destroyed") (result u32) (canon lift (core func $shared "destroyed")))
    ;; A host cup is kept, or that one dropped.
    (func (export "keep-cup") (canon lift (core func $i "keep-cup")))
    (func (export "drop-cup") (canon lift (core func $i "drop-cup")))
    ;; Calls the host, which may call anything.
    (func (export "call") (canon lift (core func $i "call")))
    ;; The size before, or -1. many leaves so many things in the table of handles.
    (func (export "grow") (param "pages" u32) (result s32) (canon lift (core func $i "grow")))
    (func (export "grow-table") (param "elements" u32) (result s32) (canon lift (core func $i "grow-table")))
    (func (export "many") (param "count" u32) (canon lift (core func $i "many")))
    (func (export "trap") (canon lift (core func $i "trap"))))
  (instance $state (instantiate $state (with "host" (instance $host))))
  (export "test:corners/state" (instance $state))
  ;; Things once more, for who gives them to another component.
  (alias export $state "thing" (type $thing))
  (export $thing' "thing" (type $thing))
  (export "make" (func $state "make") (func (param "rep" u32) (result (own $thing'))))
  (export "rep" (func $state "rep") (func (param "thing" (borrow $thing')) (result u32))))
