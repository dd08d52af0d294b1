;; Its start function never ends.
(module $runaway_start
  (func $start (loop $again (br $again)))
  (start $start))
