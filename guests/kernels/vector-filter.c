// Kernel for vectors: blurs a grey picture of n x n bytes with the weights 1 2 1, 2 4 2, 1 2 1, 32 times, n up to 512.
#include "kernel.h"

#define MAX 512

static uint8_t first[MAX * MAX], second[MAX * MAX];

static uint8_t blurred(const uint8_t *above, const uint8_t *here, const uint8_t *below, int32_t i) {
  uint16_t sum = above[i - 1] + 2 * above[i] + above[i + 1] + 2 * here[i - 1] + 4 * here[i] + 2 * here[i + 1] + below[i - 1] +
                 2 * below[i] + below[i + 1];
  return (sum + 8) >> 4;
}

#ifdef __wasm_simd128__
#include <wasm_simd128.h>

static v128_t line(const uint8_t *at) {
  v128_t sides = wasm_i16x8_add(wasm_u16x8_load8x8(at - 1), wasm_u16x8_load8x8(at + 1));
  return wasm_i16x8_add(sides, wasm_i16x8_shl(wasm_u16x8_load8x8(at), 1));
}
#endif

static void blur(int32_t n, const uint8_t *restrict in, uint8_t *restrict out) {
  for (int32_t row = 1; row < n - 1; row++) {
    const uint8_t *above = in + (row - 1) * n, *here = above + n, *below = here + n;
    uint8_t *to = out + row * n;
    int32_t i = 1;
#ifdef __wasm_simd128__
    for (; i + 8 < n; i += 8) {
      v128_t sum = wasm_i16x8_add(wasm_i16x8_add(line(above + i), line(below + i)), wasm_i16x8_shl(line(here + i), 1));
      sum = wasm_u16x8_shr(wasm_i16x8_add(sum, wasm_i16x8_splat(8)), 4);
      wasm_v128_store64_lane(to + i, wasm_u8x16_narrow_i16x8(sum, sum), 0);
    }
#endif
    for (; i < n - 1; i++) to[i] = blurred(above, here, below, i);
  }
}

EXPORT("run") int64_t run(int32_t n) {
  require(n >= 3 && n <= MAX);
  uint32_t seed = 11;
  for (int32_t i = 0; i < n * n; i++) first[i] = second[i] = random_next(&seed) >> 24;
  for (int round = 0; round < 16; round++) blur(n, first, second), blur(n, second, first);
  uint64_t checksum = CHECKSUM_START;
  for (int32_t i = 0; i < n * n; i++) checksum = mixed(checksum, first[i]);
  return (int64_t)checksum;
}
