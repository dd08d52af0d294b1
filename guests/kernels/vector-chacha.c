// Kernel for vectors: 4 n blocks of ChaCha20's key stream (RFC 8439). With vectors four at a time: each word of the state is a
// vector, with a lane for each block.
#include "kernel.h"

#ifdef __wasm_simd128__
typedef uint32_t word __attribute__((vector_size(16)));
#define LANES 4
static word same(uint32_t value) { return (word){value, value, value, value}; }
static word counters(uint32_t first) { return (word){first, first + 1, first + 2, first + 3}; }
static uint64_t total(word x) { return (uint64_t)x[0] + x[1] + x[2] + x[3]; }
#else
typedef uint32_t word;
#define LANES 1
static word same(uint32_t value) { return value; }
static word counters(uint32_t first) { return first; }
static uint64_t total(word x) { return x; }
#endif

static word rotated(word x, int by) { return x << by | x >> (32 - by); }

#define QUARTER(a, b, c, d) \
  a += b, d = rotated(d ^ a, 16), c += d, b = rotated(b ^ c, 12), a += b, d = rotated(d ^ a, 8), c += d, b = rotated(b ^ c, 7)

EXPORT("run") int64_t run(int32_t n) {
  require(n >= 0 && n < 1 << 28);
  uint64_t sums[16];
  for (int i = 0; i < 16; i++) sums[i] = 0;
  for (int32_t block = 0; block < n * 4; block += LANES) {
    const uint32_t start[16] = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574, 0x03020100, 0x07060504, 0x0b0a0908, 0x0f0e0d0c,
                                0x13121110, 0x17161514, 0x1b1a1918, 0x1f1e1d1c, 0,          0x09000000, 0x4a000000, 0};
    word x[16];
    for (int i = 0; i < 16; i++) x[i] = same(start[i]);
    x[12] = counters(block);
    for (int round = 0; round < 10; round++) {
      QUARTER(x[0], x[4], x[8], x[12]);
      QUARTER(x[1], x[5], x[9], x[13]);
      QUARTER(x[2], x[6], x[10], x[14]);
      QUARTER(x[3], x[7], x[11], x[15]);
      QUARTER(x[0], x[5], x[10], x[15]);
      QUARTER(x[1], x[6], x[11], x[12]);
      QUARTER(x[2], x[7], x[8], x[13]);
      QUARTER(x[3], x[4], x[9], x[14]);
    }
    for (int i = 0; i < 16; i++) sums[i] += total(x[i] + (i == 12 ? counters(block) : same(start[i])));
  }
  uint64_t checksum = CHECKSUM_START;
  for (int i = 0; i < 16; i++) checksum = mixed(checksum, sums[i]);
  return (int64_t)checksum;
}
