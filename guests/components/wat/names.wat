;; A world with functions of its own next to interfaces, two interfaces with a function of one name (of both, name has to
;; be said with its interface), a plain named instance, and names that a language may have other plans for. host says how
;; the three functions that it imports are called, one by one: root, then plain, then test:corners/named.
(component $world
  (import "root" (func $root (result u32)))
  (import "plain" (instance $plain (export "class" (func (result u32)))))
  (import "test:corners/named" (instance $named (export "default" (func (result u32)))))
  (core func $root (canon lower (func $root)))
  (core func $class (canon lower (func $plain "class")))
  (core func $default (canon lower (func $named "default")))
  (core module $m
    (import "" "root" (func $root (result i32)))
    (import "" "class" (func $class (result i32)))
    (import "" "default" (func $default (result i32)))
    (memory (export "memory") 1)
    (data (i32.const 0x100) "first" "second")
    (data (i32.const 0) "\00\01\00\00\05\00\00\00" "\05\01\00\00\06\00\00\00")
    (func (export "host") (result i32)
      (i32.add (i32.mul (call $root) (i32.const 10000)) (i32.add (i32.mul (call $class) (i32.const 100)) (call $default))))
    (func (export "first") (result i32) (i32.const 0))
    (func (export "second") (result i32) (i32.const 8))
    (func (export "same") (param i32) (result i32) (local.get 0)))
  (core instance $i (instantiate $m (with "" (instance
    (export "root" (func $root)) (export "class" (func $class)) (export "default" (func $default))))))
  ;; An enum of 300 cases, which takes two bytes in memory. of traps from 300 on; two gives that case and the last.
  (component $many
    (import "same" (func $same (param "value" u32) (result u32)))
    (core func $same (canon lower (func $same)))
    (core module $m
      (import "" "same" (func $same (param i32) (result i32)))
      (memory (export "memory") 1)
      (func (export "case") (param i32) (result i32) (call $same (local.get 0)))
      (func (export "cases") (param i32) (result i32)
        (i32.store (i32.const 16) (i32.const 24))
        (i32.store (i32.const 20) (i32.const 2))
        (i32.store16 (i32.const 24) (local.get 0))
        (i32.store16 (i32.const 26) (i32.const 299))
        (i32.const 16)))
    (core instance $i (instantiate $m (with "" (instance (export "same" (func $same))))))
    (type $letter' (enum
      "e0" "e1" "e2" "e3" "e4" "e5" "e6" "e7" "e8" "e9" "e10" "e11" "e12" "e13" "e14" "e15" "e16" "e17" "e18" "e19"
      "e20" "e21" "e22" "e23" "e24" "e25" "e26" "e27" "e28" "e29" "e30" "e31" "e32" "e33" "e34" "e35" "e36" "e37"
      "e38" "e39" "e40" "e41" "e42" "e43" "e44" "e45" "e46" "e47" "e48" "e49" "e50" "e51" "e52" "e53" "e54" "e55"
      "e56" "e57" "e58" "e59" "e60" "e61" "e62" "e63" "e64" "e65" "e66" "e67" "e68" "e69" "e70" "e71" "e72" "e73"
      "e74" "e75" "e76" "e77" "e78" "e79" "e80" "e81" "e82" "e83" "e84" "e85" "e86" "e87" "e88" "e89" "e90" "e91"
      "e92" "e93" "e94" "e95" "e96" "e97" "e98" "e99" "e100" "e101" "e102" "e103" "e104" "e105" "e106" "e107" "e108"
      "e109" "e110" "e111" "e112" "e113" "e114" "e115" "e116" "e117" "e118" "e119" "e120" "e121" "e122" "e123" "e124"
      "e125" "e126" "e127" "e128" "e129" "e130" "e131" "e132" "e133" "e134" "e135" "e136" "e137" "e138" "e139" "e140"
      "e141" "e142" "e143" "e144" "e145" "e146" "e147" "e148" "e149" "e150" "e151" "e152" "e153" "e154" "e155" "e156"
      "e157" "e158" "e159" "e160" "e161" "e162" "e163" "e164" "e165" "e166" "e167" "e168" "e169" "e170" "e171" "e172"
      "e173" "e174" "e175" "e176" "e177" "e178" "e179" "e180" "e181" "e182" "e183" "e184" "e185" "e186" "e187" "e188"
      "e189" "e190" "e191" "e192" "e193" "e194" "e195" "e196" "e197" "e198" "e199" "e200" "e201" "e202" "e203" "e204"
      "e205" "e206" "e207" "e208" "e209" "e210" "e211" "e212" "e213" "e214" "e215" "e216" "e217" "e218" "e219" "e220"
      "e221" "e222" "e223" "e224" "e225" "e226" "e227" "e228" "e229" "e230" "e231" "e232" "e233" "e234" "e235" "e236"
      "e237" "e238" "e239" "e240" "e241" "e242" "e243" "e244" "e245" "e246" "e247" "e248" "e249" "e250" "e251" "e252"
      "e253" "e254" "e255" "e256" "e257" "e258" "e259" "e260" "e261" "e262" "e263" "e264" "e265" "e266" "e267" "e268"
      "e269" "e270" "e271" "e272" "e273" "e274" "e275" "e276" "e277" "e278" "e279" "e280" "e281" "e282" "e283" "e284"
      "e285" "e286" "e287" "e288" "e289" "e290" "e291" "e292" "e293" "e294" "e295" "e296" "e297" "e298" "e299"))
    (export $letter "letter" (type $letter'))
    (func (export "of") (param "value" u32) (result $letter) (canon lift (core func $i "case")))
    (func (export "echo") (param "value" $letter) (result $letter) (canon lift (core func $i "case")))
    (func (export "two") (param "value" u32) (result (list $letter))
      (canon lift (core func $i "cases") (memory (core memory $i "memory")))))
  (func $same (param "value" u32) (result u32) (canon lift (core func $i "same")))
  (instance $many (instantiate $many (with "same" (func $same))))
  (export "test:corners/many" (instance $many))
  (func $first (result string) (canon lift (core func $i "first") (memory (core memory $i "memory"))))
  (func $second (result string) (canon lift (core func $i "second") (memory (core memory $i "memory"))))
  (instance $first (export "name" (func $first)))
  (instance $second (export "name" (func $second)))
  (export "test:corners/first" (instance $first))
  (export "test:corners/second" (instance $second))
  (export "plain-second" (instance $second))
  (func (export "host") (result u32) (canon lift (core func $i "host")))
  (func (export "new") (param "class" u32) (result u32) (canon lift (core func $i "same"))))
