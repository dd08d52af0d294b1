;; Its _initialize never ends.
(module $runaway_initialize
  (func $initialize (export "_initialize") (loop $again (br $again))))
