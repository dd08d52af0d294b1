// Kernel for vectors: n bytes as Base64 (RFC 4648), 32 times, n a multiple of 12 up to 1 MiB.
#include "kernel.h"

#ifdef __wasm_simd128__
#include <wasm_simd128.h>
#endif

#define MAX (1 << 20)

static uint8_t input[MAX + 16], output[MAX / 3 * 4 + 16];

#ifdef __wasm_simd128__
// Twelve bytes become sixteen numbers of six bits, and each of those a letter: its number plus what its range adds.
static v128_t letters(v128_t bytes) {
  v128_t spread = wasm_i8x16_swizzle(bytes, wasm_i8x16_const(2, 1, 0, -1, 5, 4, 3, -1, 8, 7, 6, -1, 11, 10, 9, -1));
  v128_t six = wasm_v128_or(
      wasm_v128_or(wasm_u32x4_shr(wasm_v128_and(spread, wasm_i32x4_splat(0xfc0000)), 18),
                   wasm_u32x4_shr(wasm_v128_and(spread, wasm_i32x4_splat(0x03f000)), 4)),
      wasm_v128_or(wasm_i32x4_shl(wasm_v128_and(spread, wasm_i32x4_splat(0x000fc0)), 10),
                   wasm_i32x4_shl(wasm_v128_and(spread, wasm_i32x4_splat(0x00003f)), 24)));
  v128_t adds = wasm_i8x16_splat('A');
  adds = wasm_i8x16_add(adds, wasm_v128_and(wasm_i8x16_ge(six, wasm_i8x16_splat(26)), wasm_i8x16_splat('a' - 26 - 'A')));
  adds = wasm_i8x16_add(
      adds, wasm_v128_and(wasm_i8x16_ge(six, wasm_i8x16_splat(52)), wasm_i8x16_splat('0' - 52 - ('a' - 26))));
  adds = wasm_i8x16_add(
      adds, wasm_v128_and(wasm_i8x16_ge(six, wasm_i8x16_splat(62)), wasm_i8x16_splat('+' - 62 - ('0' - 52))));
  adds = wasm_i8x16_add(
      adds, wasm_v128_and(wasm_i8x16_eq(six, wasm_i8x16_splat(63)), wasm_i8x16_splat('/' - 63 - ('+' - 62))));
  return wasm_i8x16_add(six, adds);
}

static void encode(int32_t n) {
  uint8_t *to = output;
  for (int32_t i = 0; i < n; i += 12, to += 16) wasm_v128_store(to, letters(wasm_v128_load(input + i)));
}
#else
static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static void encode(int32_t n) {
  uint8_t *to = output;
  for (int32_t i = 0; i < n; i += 3, to += 4) {
    uint32_t bits = input[i] << 16 | input[i + 1] << 8 | input[i + 2];
    to[0] = alphabet[bits >> 18], to[1] = alphabet[bits >> 12 & 63];
    to[2] = alphabet[bits >> 6 & 63], to[3] = alphabet[bits & 63];
  }
}
#endif

EXPORT("run") int64_t run(int32_t n) {
  require(n >= 0 && n <= MAX && n % 12 == 0);
  uint32_t seed = 17;
  for (int32_t i = 0; i < n; i++) input[i] = random_next(&seed) >> 24;
  for (int round = 0; round < 32; round++) encode(n), input[0]++;
  uint64_t checksum = CHECKSUM_START;
  for (int32_t i = 0; i < n / 3 * 4; i++) checksum = mixed(checksum, output[i]);
  return (int64_t)checksum;
}
