;; A component start function, which is still behind a gate: refused by name, or run once before anything else.
(component $gated-start
  (core module $m (func (export "run")))
  (core instance $i (instantiate $m))
  (func $run (canon lift (core func $i "run")))
  (start $run))
