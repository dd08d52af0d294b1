// Kernel: the spectral norm of an infinite matrix whose elements are computed, cut to n x n. f64 division and conversion of
// ints, n up to 2048.
#include "kernel.h"

#define MAX 2048

static double u[MAX], v[MAX], between[MAX];

static double element(int32_t row, int32_t column) {
  return 1.0 / ((row + column) * (row + column + 1) / 2 + row + 1);
}

static void times(int32_t n, const double *in, double *out) {
  for (int32_t i = 0; i < n; i++) {
    double sum = 0;
    for (int32_t j = 0; j < n; j++) sum += element(i, j) * in[j];
    out[i] = sum;
  }
}

static void times_transposed(int32_t n, const double *in, double *out) {
  for (int32_t i = 0; i < n; i++) {
    double sum = 0;
    for (int32_t j = 0; j < n; j++) sum += element(j, i) * in[j];
    out[i] = sum;
  }
}

EXPORT("run") int64_t run(int32_t n) {
  require(n >= 1 && n <= MAX);
  for (int32_t i = 0; i < n; i++) u[i] = 1;
  for (int round = 0; round < 10; round++) {
    times(n, u, between), times_transposed(n, between, v);
    times(n, v, between), times_transposed(n, between, u);
  }
  double both = 0, squares = 0;
  for (int32_t i = 0; i < n; i++) both += u[i] * v[i], squares += v[i] * v[i];
  return (int64_t)bits_of(__builtin_sqrt(both / squares));
}
