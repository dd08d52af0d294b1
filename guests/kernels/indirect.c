// Kernel: n calls by pointers to eight functions. What is called changes from call to call.
#include "kernel.h"

typedef uint32_t function(uint32_t);

static uint32_t add(uint32_t x) { return x + 0x9e3779b9; }
static uint32_t times(uint32_t x) { return x * 31; }
static uint32_t turn(uint32_t x) { return x << 7 | x >> 25; }
static uint32_t flip(uint32_t x) { return ~x; }
static uint32_t fold(uint32_t x) { return x ^ x >> 15; }
static uint32_t halve(uint32_t x) { return (x >> 1) ^ (x & 1 ? 0xedb88320 : 0); }
static uint32_t square(uint32_t x) { return x * x | 1; }
static uint32_t less(uint32_t x) { return x - (x >> 3); }

// Not constant, or the calls would be direct.
static function *volatile source[8] = {add, times, turn, flip, fold, halve, square, less};
static function *functions[8];

EXPORT("run") int64_t run(int32_t n) {
  for (int i = 0; i < 8; i++) functions[i] = source[i];
  uint32_t x = 1;
  for (int32_t i = 0; i < n; i++) x = functions[i * 5 & 7](x) + functions[i & 7](x);
  return x;
}
