;; A command: the global tells how many times the host has run _start.
(module $command
  (global $runs (export "runs") (mut i32) (i32.const 0))
  (func $_start (export "_start")
    (global.set $runs (i32.add (global.get $runs) (i32.const 1)))))
