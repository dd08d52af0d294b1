// Kernel: compresses n bytes by references to what came before, and expands them again. Hashing, comparing and copying bytes, n up
// to 1 MiB.
#include "kernel.h"

#define MAX (1 << 20)
#define HASH_BITS 13
#define SHORTEST 4
#define FARTHEST 65535

static uint8_t input[MAX + 8], packed[MAX + MAX / 8 + 64], output[MAX + 8];
static int32_t table[1 << HASH_BITS];

static uint32_t word_at(const uint8_t *at) {
  return at[0] | at[1] << 8 | at[2] << 16 | (uint32_t)at[3] << 24;
}

// A run is a count of literal bytes, the bytes, the length of a match less SHORTEST, and its distance; counts in steps of 255.
static uint8_t *put_count(uint8_t *to, uint32_t count) {
  while (count >= 255) *to++ = 255, count -= 255;
  *to++ = count;
  return to;
}

static int32_t compress(int32_t n) {
  for (int32_t i = 0; i < 1 << HASH_BITS; i++) table[i] = -1;
  uint8_t *to = packed;
  int32_t start = 0, at = 0;
  while (at + SHORTEST <= n) {
    uint32_t word = word_at(input + at), hash = word * 2654435761u >> (32 - HASH_BITS);
    int32_t before = table[hash];
    table[hash] = at;
    if (before < 0 || at - before > FARTHEST || word_at(input + before) != word) {
      at++;
      continue;
    }
    int32_t length = SHORTEST;
    while (at + length < n && input[before + length] == input[at + length]) length++;
    to = put_count(to, at - start);
    while (start < at) *to++ = input[start++];
    to = put_count(to, length - SHORTEST);
    *to++ = (at - before) & 255, *to++ = (at - before) >> 8;
    at += length, start = at;
  }
  to = put_count(to, n - start);
  while (start < n) *to++ = input[start++];
  return to - packed;
}

static int32_t expand(int32_t size) {
  const uint8_t *from = packed, *end = packed + size;
  uint8_t *to = output;
  for (;;) {
    uint32_t count = 0, byte;
    do count += byte = *from++; while (byte == 255);
    while (count--) *to++ = *from++;
    if (from >= end) return to - output;
    count = SHORTEST;
    do count += byte = *from++; while (byte == 255);
    const uint8_t *match = to - (from[0] | from[1] << 8);
    from += 2;
    while (count--) *to++ = *match++;
  }
}

EXPORT("run") int64_t run(int32_t n) {
  require(n >= 0 && n <= MAX);
  uint32_t seed = 5;
  for (int32_t i = 0; i < n;) {
    uint32_t draw = random_next(&seed);
    if (i > 64 && draw & 1) {
      int32_t distance = 1 + (draw >> 8) % (i < 4096 ? i : 4096), length = 4 + (draw >> 1) % 24;
      for (; length-- && i < n; i++) input[i] = input[i - distance];
    } else {
      input[i++] = draw >> 16 & 63;
    }
  }
  int32_t size = compress(n);
  require(expand(size) == n);
  uint64_t checksum = mixed(CHECKSUM_START, size);
  for (int32_t i = 0; i < n; i++) {
    require(output[i] == input[i]);
    checksum = mixed(checksum, output[i]);
  }
  return (int64_t)checksum;
}
