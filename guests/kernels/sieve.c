// Kernel: counts the primes up to n by a sieve of bytes. Stores with a stride, n up to 4 Mi.
#include "kernel.h"

#define MAX (1 << 22)

static uint8_t composite[MAX + 1];

EXPORT("run") int64_t run(int32_t n) {
  require(n >= 0 && n <= MAX);
  for (int32_t i = 0; i <= n; i++) composite[i] = 0;
  int64_t count = 0, last = 0;
  for (int32_t i = 2; i <= n; i++) {
    if (composite[i]) continue;
    count++, last = i;
    for (int32_t j = i + i; j <= n; j += i) composite[j] = 1;
  }
  return count << 32 | last;
}
