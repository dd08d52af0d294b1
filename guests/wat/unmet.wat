;; A command that calls what no host has; one of the two has references in its type.
(module $unmet
  (import "env" "missing" (func $missing (param i32)))
  (import "env" "lookup" (func $lookup (param externref) (result externref)))
  (func $work
    (call $missing (i32.const 7)))
  (func $_start (export "_start")
    (call $work))
  (func $find (export "find")
    (drop (call $lookup (ref.null extern)))))
