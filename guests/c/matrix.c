// Benchmark: the product of two n x n matrices of doubles, n up to 256.
#include <stdint.h>

#define EXPORT(name) __attribute__((export_name(name)))
#define MAX 256

static double a[MAX * MAX], b[MAX * MAX], product[MAX * MAX];

EXPORT("run") int64_t run(int32_t n) {
  if (n < 0 || n > MAX) __builtin_trap();

  for (int32_t i = 0; i < n * n; i++) {
    a[i] = (i % 17) * 0.5 - 3;
    b[i] = (i % 23) * 0.25 + 1;
  }
  for (int32_t row = 0; row < n; row++) {
    for (int32_t column = 0; column < n; column++) {
      double sum = 0;
      for (int32_t k = 0; k < n; k++) sum += a[row * n + k] * b[k * n + column];
      product[row * n + column] = sum;
    }
  }

  // Unsigned, because signed overflow is undefined in C; the bits, so that no rounding can hide in the sum.
  uint64_t checksum = 0;
  for (int32_t i = 0; i < n * n; i++) {
    union { double value; uint64_t bits; } cell = {product[i]};
    checksum = checksum * 31 + cell.bits;
  }
  return (int64_t)checksum;
}
