(module
  (func (export "price") (param $cents i32) (result i32)
    (i32.div_s (i32.mul (local.get $cents) (i32.const 90)) (i32.const 100))))
