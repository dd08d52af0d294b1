;; Calls itself in the place of itself, for ever.
(module $runaway_tail
  (func $itself (export "itself") (return_call $itself))
  (func $one (export "one") (return_call $other))
  (func $other (return_call $one)))
