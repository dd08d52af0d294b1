;; Declares all that 32 bits can address.
(module $claims_memory (memory (export "memory") 65536))
