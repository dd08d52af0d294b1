// Kernel: n rounds of a generator and hash of 64 bits: multiplication, rotation and shifts of i64 without memory.
#include "kernel.h"

static uint64_t rotated(uint64_t x, int by) { return x << by | x >> (64 - by); }

EXPORT("run") int64_t run(int32_t n) {
  uint64_t a = 1, b = 2, c = 3, sum = 0;
  for (int32_t i = 0; i < n; i++) {
    uint64_t result = rotated(b * 5, 7) * 9, kept = b << 17;
    c ^= a, b ^= c, a ^= kept;
    uint64_t z = result + (uint64_t)i * 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    sum += z ^ z >> 31;
    c = rotated(c, 45);
  }
  return (int64_t)sum;
}
