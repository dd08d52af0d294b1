;; enter() waits in the host, plain() does not: for two threads on one instance.
(module $threadsafe
  (import "env" "block" (func $block))
  (func $enter (export "enter")
    (call $block))
  (func $plain (export "plain") (result i32)
    (i32.const 1)))
