// Kernel for vectors: dot products of two arrays of n i16, 64 of them, n up to 1 Mi.
#include "kernel.h"

#define MAX (1 << 20)
#define ROUNDS 64

static int16_t a[MAX + ROUNDS], b[MAX];

EXPORT("run") int64_t run(int32_t n) {
  require(n >= 0 && n <= MAX);
  uint32_t seed = 3;
  for (int32_t i = 0; i < n + ROUNDS; i++) a[i] = random_next(&seed) % 255 - 127;
  for (int32_t i = 0; i < n; i++) b[i] = random_next(&seed) % 255 - 127;
  uint64_t checksum = CHECKSUM_START;
  for (int32_t round = 0; round < ROUNDS; round++) {
    int32_t sum = 0;
    for (int32_t i = 0; i < n; i++) sum += a[i + round] * b[i];
    checksum = mixed(checksum, (uint32_t)sum);
  }
  return (int64_t)checksum;
}
