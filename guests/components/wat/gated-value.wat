;; A value as an import, which is still behind a gate: refused by name.
(component $gated-value
  (import "limit" (value $limit u32))
  (export "limit" (value $limit)))
