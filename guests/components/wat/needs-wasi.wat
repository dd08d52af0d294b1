;; A command of WASI 0.2: two interfaces of WASI, and one of this host.
(component
  (import "wasi:cli/environment@0.2.6" (instance
    (export "get-arguments" (func (result (list string))))
  ))
  (import "wasi:random/random@0.2.6" (instance
    (export "get-random-u64" (func (result u64)))
  ))
  (import "demo:own/host" (instance
    (export "log" (func (param "number" u32)))
  ))
  (core module $m
    (func (export "run") (result i32) (i32.const 0)))
  (core instance $i (instantiate $m))
  (func $run (result (result)) (canon lift (core func $i "run")))
  (instance $interface (export "run" (func $run)))
  (export "wasi:cli/run@0.2.6" (instance $interface))
)
