;; A data segment over the edge of memory by a byte.
(module $over_edge
  (memory (export "memory") 1)
  (data (i32.const 65535) "xy"))
