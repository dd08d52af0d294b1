// Kernel: how long each point of an n x n picture of the Mandelbrot set stays near. f64 arithmetic without memory.
#include "kernel.h"

#define LIMIT 50

EXPORT("run") int64_t run(int32_t n) {
  uint64_t checksum = CHECKSUM_START;
  for (int32_t row = 0; row < n; row++) {
    double ci = 2.0 * row / n - 1.0;
    for (int32_t column = 0; column < n; column++) {
      double cr = 2.0 * column / n - 1.5, zr = 0, zi = 0, zr2 = 0, zi2 = 0;
      int32_t rounds = 0;
      while (rounds < LIMIT && zr2 + zi2 <= 4.0) {
        zi = 2.0 * zr * zi + ci;
        zr = zr2 - zi2 + cr;
        zr2 = zr * zr, zi2 = zi * zi;
        rounds++;
      }
      checksum = mixed(checksum, rounds);
    }
  }
  return (int64_t)checksum;
}
