;; Calls with every number type, none and several results, and a long mixed parameter list.
(module $numbers
  (func $add (export "add") (param $a i32) (param $b i32) (result i32)
    (i32.add (local.get $a) (local.get $b)))
  (func $add64 (export "add64") (param $a i64) (param $b i64) (result i64)
    (i64.add (local.get $a) (local.get $b)))
  (func $addf32 (export "addf32") (param $a f32) (param $b f32) (result f32)
    (f32.add (local.get $a) (local.get $b)))
  (func $addf64 (export "addf64") (param $a f64) (param $b f64) (result f64)
    (f64.add (local.get $a) (local.get $b)))

  (func $swap (export "swap") (param $a i32) (param $b i64) (result i64 i32)
    (local.get $b) (local.get $a))

  (func $many (export "many")
    (param $a i32) (param $b i64) (param $c f32) (param $d f64)
    (param $e i32) (param $f i64) (param $g f32) (param $h f64) (result f64)
    (f64.convert_i32_s (local.get $a))
    (f64.add (f64.convert_i64_s (local.get $b)))
    (f64.add (f64.promote_f32 (local.get $c)))
    (f64.add (local.get $d))
    (f64.add (f64.convert_i32_s (local.get $e)))
    (f64.add (f64.convert_i64_s (local.get $f)))
    (f64.add (f64.promote_f32 (local.get $g)))
    (f64.add (local.get $h)))

  (func $nothing (export "nothing"))

  (func $id32 (export "id32") (param $x i32) (result i32) (local.get $x))
  (func $id64 (export "id64") (param $x i64) (result i64) (local.get $x))
  (func $idf32 (export "idf32") (param $x f32) (result f32) (local.get $x))
  (func $idf64 (export "idf64") (param $x f64) (result f64) (local.get $x)))
