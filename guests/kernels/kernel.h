// What all kernels share: their export, a generator of numbers and a checksum.
#include <stdint.h>

#define EXPORT(name) __attribute__((export_name(name)))

// xorshift32 (Marsaglia 2003): the same numbers on every machine. The state must not be zero.
static inline uint32_t random_next(uint32_t *state) {
  uint32_t x = *state;
  x ^= x << 13, x ^= x >> 17, x ^= x << 5;
  return *state = x;
}

// One step of FNV-1a, 64 bits wide, over a whole word.
static inline uint64_t mixed(uint64_t checksum, uint64_t word) { return (checksum ^ word) * 0x100000001b3; }

#define CHECKSUM_START 0xcbf29ce484222325

static inline uint64_t bits_of(double value) {
  union { double value; uint64_t bits; } cell = {value};
  return cell.bits;
}

// A run that is too large for the arrays is a mistake of the caller.
static inline void require(int condition) {
  if (!condition) __builtin_trap();
}
