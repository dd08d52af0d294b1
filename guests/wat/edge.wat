;; Data segments at the very edge of memory: the last byte, and nothing just behind it.
(module $edge
  (memory (export "memory") 1)
  (data (i32.const 65535) "x")
  (data (i32.const 65536) ""))
