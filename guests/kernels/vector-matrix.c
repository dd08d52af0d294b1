// Kernel for vectors: the product of two n x n matrices of f32, row by row, n a multiple of 4 up to 256.
#include "kernel.h"

#define MAX 256

static float a[MAX * MAX], b[MAX * MAX], product[MAX * MAX];

EXPORT("run") int64_t run(int32_t n) {
  require(n >= 4 && n <= MAX && n % 4 == 0);
  for (int32_t i = 0; i < n * n; i++) a[i] = (i % 17) * 0.5f - 3, b[i] = (i % 23) * 0.25f + 1, product[i] = 0;
  for (int32_t row = 0; row < n; row++) {
    float *restrict out = product + row * n;
    for (int32_t k = 0; k < n; k++) {
      float factor = a[row * n + k];
      const float *restrict in = b + k * n;
      for (int32_t column = 0; column < n; column++) out[column] += factor * in[column];
    }
  }
  uint64_t checksum = CHECKSUM_START;
  for (int32_t i = 0; i < n * n; i++) checksum = mixed(checksum, bits_of(product[i]));
  return (int64_t)checksum;
}
