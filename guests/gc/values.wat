;; Values of all types to a function of the host and back: alone, several at a time, and 300 at a time.
(module
  (type $many (func
    (param
      i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref
      f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128
      externref f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref f64 i32
      v128 externref f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref f64
      i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref
      f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128
      externref f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref f64 i32
      v128 externref f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref f64
      i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref
      f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128
      externref f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref f64 i32
      v128 externref f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref f64
      i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref
      f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128
      externref f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref f64 i32
      v128 externref f64 i32 v128 externref f64 i32 v128 externref f64 i32 v128 externref f64)
    (result i32 v128 externref f64)))
  (import "env" "vector" (func $vector (param v128 i32) (result v128)))
  (import "env" "mixed" (func $mixed (param i32 v128 externref f64) (result i32 v128 externref f64)))
  (import "env" "nothing" (func $nothing (param f32)))
  (import "env" "many" (func $many (type $many)))
  (global (export "vector_held") (mut v128) (v128.const i64x2 1 2))
  (func (export "vector") (param v128 i32) (result v128) (call $vector (local.get 0) (local.get 1)))
  (func (export "mixed") (param i32 v128 externref f64) (result i32 v128 externref f64)
    (call $mixed (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func (export "nothing") (param f32) (call $nothing (local.get 0)))
  (func (export "many") (type $many)
    (call $many
      (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4) (local.get 5) (local.get 6) (local.get 7)
      (local.get 8) (local.get 9) (local.get 10) (local.get 11) (local.get 12) (local.get 13) (local.get 14)
      (local.get 15) (local.get 16) (local.get 17) (local.get 18) (local.get 19) (local.get 20) (local.get 21)
      (local.get 22) (local.get 23) (local.get 24) (local.get 25) (local.get 26) (local.get 27) (local.get 28)
      (local.get 29) (local.get 30) (local.get 31) (local.get 32) (local.get 33) (local.get 34) (local.get 35)
      (local.get 36) (local.get 37) (local.get 38) (local.get 39) (local.get 40) (local.get 41) (local.get 42)
      (local.get 43) (local.get 44) (local.get 45) (local.get 46) (local.get 47) (local.get 48) (local.get 49)
      (local.get 50) (local.get 51) (local.get 52) (local.get 53) (local.get 54) (local.get 55) (local.get 56)
      (local.get 57) (local.get 58) (local.get 59) (local.get 60) (local.get 61) (local.get 62) (local.get 63)
      (local.get 64) (local.get 65) (local.get 66) (local.get 67) (local.get 68) (local.get 69) (local.get 70)
      (local.get 71) (local.get 72) (local.get 73) (local.get 74) (local.get 75) (local.get 76) (local.get 77)
      (local.get 78) (local.get 79) (local.get 80) (local.get 81) (local.get 82) (local.get 83) (local.get 84)
      (local.get 85) (local.get 86) (local.get 87) (local.get 88) (local.get 89) (local.get 90) (local.get 91)
      (local.get 92) (local.get 93) (local.get 94) (local.get 95) (local.get 96) (local.get 97) (local.get 98)
      (local.get 99) (local.get 100) (local.get 101) (local.get 102) (local.get 103) (local.get 104) (local.get 105)
      (local.get 106) (local.get 107) (local.get 108) (local.get 109) (local.get 110) (local.get 111) (local.get 112)
      (local.get 113) (local.get 114) (local.get 115) (local.get 116) (local.get 117) (local.get 118) (local.get 119)
      (local.get 120) (local.get 121) (local.get 122) (local.get 123) (local.get 124) (local.get 125) (local.get 126)
      (local.get 127) (local.get 128) (local.get 129) (local.get 130) (local.get 131) (local.get 132) (local.get 133)
      (local.get 134) (local.get 135) (local.get 136) (local.get 137) (local.get 138) (local.get 139) (local.get 140)
      (local.get 141) (local.get 142) (local.get 143) (local.get 144) (local.get 145) (local.get 146) (local.get 147)
      (local.get 148) (local.get 149) (local.get 150) (local.get 151) (local.get 152) (local.get 153) (local.get 154)
      (local.get 155) (local.get 156) (local.get 157) (local.get 158) (local.get 159) (local.get 160) (local.get 161)
      (local.get 162) (local.get 163) (local.get 164) (local.get 165) (local.get 166) (local.get 167) (local.get 168)
      (local.get 169) (local.get 170) (local.get 171) (local.get 172) (local.get 173) (local.get 174) (local.get 175)
      (local.get 176) (local.get 177) (local.get 178) (local.get 179) (local.get 180) (local.get 181) (local.get 182)
      (local.get 183) (local.get 184) (local.get 185) (local.get 186) (local.get 187) (local.get 188) (local.get 189)
      (local.get 190) (local.get 191) (local.get 192) (local.get 193) (local.get 194) (local.get 195) (local.get 196)
      (local.get 197) (local.get 198) (local.get 199) (local.get 200) (local.get 201) (local.get 202) (local.get 203)
      (local.get 204) (local.get 205) (local.get 206) (local.get 207) (local.get 208) (local.get 209) (local.get 210)
      (local.get 211) (local.get 212) (local.get 213) (local.get 214) (local.get 215) (local.get 216) (local.get 217)
      (local.get 218) (local.get 219) (local.get 220) (local.get 221) (local.get 222) (local.get 223) (local.get 224)
      (local.get 225) (local.get 226) (local.get 227) (local.get 228) (local.get 229) (local.get 230) (local.get 231)
      (local.get 232) (local.get 233) (local.get 234) (local.get 235) (local.get 236) (local.get 237) (local.get 238)
      (local.get 239) (local.get 240) (local.get 241) (local.get 242) (local.get 243) (local.get 244) (local.get 245)
      (local.get 246) (local.get 247) (local.get 248) (local.get 249) (local.get 250) (local.get 251) (local.get 252)
      (local.get 253) (local.get 254) (local.get 255) (local.get 256) (local.get 257) (local.get 258) (local.get 259)
      (local.get 260) (local.get 261) (local.get 262) (local.get 263) (local.get 264) (local.get 265) (local.get 266)
      (local.get 267) (local.get 268) (local.get 269) (local.get 270) (local.get 271) (local.get 272) (local.get 273)
      (local.get 274) (local.get 275) (local.get 276) (local.get 277) (local.get 278) (local.get 279) (local.get 280)
      (local.get 281) (local.get 282) (local.get 283) (local.get 284) (local.get 285) (local.get 286) (local.get 287)
      (local.get 288) (local.get 289) (local.get 290) (local.get 291) (local.get 292) (local.get 293) (local.get 294)
      (local.get 295) (local.get 296) (local.get 297) (local.get 298) (local.get 299)))
)
