;; Declares a table of a million and one elements.
(module $claims_table (table (export "table") 1000001 funcref))
