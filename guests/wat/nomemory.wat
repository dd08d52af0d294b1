;; A module without any memory, to see what a host function finds when it asks its caller for one.
(module $nomemory
  (import "env" "touch" (func $host_touch (param i32)))
  (func $touch (export "touch") (param $x i32)
    (call $host_touch (local.get $x))))
