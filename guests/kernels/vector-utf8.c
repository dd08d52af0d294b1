// Kernel for vectors: counts which of four changed copies of a text of n bytes are UTF-8 (RFC 3629), n a multiple of 16 up to 1 MiB.
#include "kernel.h"

#ifdef __wasm_simd128__
#include <wasm_simd128.h>
#endif

#define MAX (1 << 20)

static uint8_t text[MAX + 16];

#ifdef __wasm_simd128__
// What can be wrong with two bytes in a row. Three tables, of the first byte's two halves and the second's upper half, have a bit
// for each, and a mistake is what is set in all three. A third or fourth byte that is missing or too many shows in the last step.
#define TOO_SHORT 1       // a lead byte, then no continuation
#define TOO_LONG 2        // ASCII, then a continuation
#define OVERLONG_3 4      // e0, then 80 to 9f
#define SURROGATE 16      // ed, then a0 to bf
#define OVERLONG_2 32     // c0 or c1
#define TWO_CONTINUE 128  // two continuations, which is right after a lead byte of three or four
#define TOO_LARGE 8       // f4, then 90 to bf, or f5 to ff
#define TOO_LARGE_LOW 64  // f5 to ff, then 80 to 8f; also overlong f0, then 80 to 8f
#define CARRY (TOO_SHORT | TOO_LONG | TWO_CONTINUE)

static v128_t upper(v128_t bytes) { return wasm_u8x16_shr(bytes, 4); }

static v128_t mistakes(v128_t bytes, v128_t before) {
  v128_t one = wasm_i8x16_shuffle(before, bytes, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
  v128_t two = wasm_i8x16_shuffle(before, bytes, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29);
  v128_t three = wasm_i8x16_shuffle(before, bytes, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28);
  const v128_t by_first_upper = wasm_u8x16_const(
      TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TWO_CONTINUE, TWO_CONTINUE,
      TWO_CONTINUE, TWO_CONTINUE, TOO_SHORT | OVERLONG_2, TOO_SHORT, TOO_SHORT | OVERLONG_3 | SURROGATE,
      TOO_SHORT | TOO_LARGE | TOO_LARGE_LOW);
  const v128_t by_first_lower = wasm_u8x16_const(
      CARRY | OVERLONG_3 | OVERLONG_2 | TOO_LARGE_LOW, CARRY | OVERLONG_2, CARRY, CARRY, CARRY | TOO_LARGE,
      CARRY | TOO_LARGE | TOO_LARGE_LOW, CARRY | TOO_LARGE | TOO_LARGE_LOW, CARRY | TOO_LARGE | TOO_LARGE_LOW,
      CARRY | TOO_LARGE | TOO_LARGE_LOW, CARRY | TOO_LARGE | TOO_LARGE_LOW, CARRY | TOO_LARGE | TOO_LARGE_LOW,
      CARRY | TOO_LARGE | TOO_LARGE_LOW, CARRY | TOO_LARGE | TOO_LARGE_LOW,
      CARRY | TOO_LARGE | TOO_LARGE_LOW | SURROGATE, CARRY | TOO_LARGE | TOO_LARGE_LOW,
      CARRY | TOO_LARGE | TOO_LARGE_LOW);
  const v128_t by_second_upper = wasm_u8x16_const(
      TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
      TOO_LONG | OVERLONG_2 | TWO_CONTINUE | OVERLONG_3 | TOO_LARGE_LOW,
      TOO_LONG | OVERLONG_2 | TWO_CONTINUE | OVERLONG_3 | TOO_LARGE, TOO_LONG | OVERLONG_2 | TWO_CONTINUE | SURROGATE | TOO_LARGE,
      TOO_LONG | OVERLONG_2 | TWO_CONTINUE | SURROGATE | TOO_LARGE, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT);
  v128_t pairs = wasm_v128_and(
      wasm_v128_and(wasm_i8x16_swizzle(by_first_upper, upper(one)),
                    wasm_i8x16_swizzle(by_first_lower, wasm_v128_and(one, wasm_i8x16_splat(15)))),
      wasm_i8x16_swizzle(by_second_upper, upper(bytes)));
  v128_t third = wasm_u8x16_ge(two, wasm_u8x16_splat(0xe0)), fourth = wasm_u8x16_ge(three, wasm_u8x16_splat(0xf0));
  return wasm_v128_xor(pairs, wasm_v128_and(wasm_v128_or(third, fourth), wasm_i8x16_splat((int8_t)0x80)));
}

static int is_utf8(int32_t n) {
  v128_t wrong = wasm_i8x16_splat(0), before = wrong;
  for (int32_t i = 0; i < n; i += 16) {
    v128_t bytes = wasm_v128_load(text + i);
    wrong = wasm_v128_or(wrong, mistakes(bytes, before));
    before = bytes;
  }
  // A text must not end inside a character: what would follow is a zero.
  return !wasm_v128_any_true(wasm_v128_or(wrong, mistakes(wasm_i8x16_splat(0), before)));
}
#else
static int is_utf8(int32_t n) {
  int32_t i = 0;
  while (i < n) {
    uint32_t lead = text[i++], more, low = 0x80, high = 0xbf;
    if (lead < 0x80) continue;
    if (lead < 0xc2 || lead > 0xf4) return 0;
    more = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    if (lead == 0xe0) low = 0xa0;
    if (lead == 0xed) high = 0x9f;
    if (lead == 0xf0) low = 0x90;
    if (lead == 0xf4) high = 0x8f;
    if (more > (uint32_t)(n - i)) return 0;
    for (; more; more--, low = 0x80, high = 0xbf) {
      uint32_t next = text[i++];
      if (next < low || next > high) return 0;
    }
  }
  return 1;
}
#endif

static int32_t put(int32_t at, uint32_t c) {
  if (c < 0x80) {
    text[at++] = c;
  } else if (c < 0x800) {
    text[at++] = 0xc0 | c >> 6, text[at++] = 0x80 | (c & 63);
  } else if (c < 0x10000) {
    text[at++] = 0xe0 | c >> 12, text[at++] = 0x80 | (c >> 6 & 63), text[at++] = 0x80 | (c & 63);
  } else {
    text[at++] = 0xf0 | c >> 18, text[at++] = 0x80 | (c >> 12 & 63), text[at++] = 0x80 | (c >> 6 & 63);
    text[at++] = 0x80 | (c & 63);
  }
  return at;
}

EXPORT("run") int64_t run(int32_t n) {
  require(n >= 16 && n <= MAX && n % 16 == 0);
  uint32_t seed = 23;
  int32_t at = 0;
  while (at + 4 <= n) {
    uint32_t draw = random_next(&seed), kind = draw & 7;
    at = put(at, kind < 4 ? draw >> 25 : kind < 6 ? draw >> 21 : kind == 6 ? 0x10000 + (draw >> 12) % 0x100000 : 0x4e00 + (draw >> 20));
  }
  while (at < n) text[at++] = ' ';

  // Mistakes near the end, so that each check reads nearly all.
  uint64_t checksum = CHECKSUM_START;
  for (uint32_t round = 0; round < 64; round++) {
    int32_t place = n - 1 - random_next(&seed) % 16;
    uint8_t kept = text[place];
    if (round & 3) text[place] = random_next(&seed) >> 24;
    checksum = mixed(checksum, is_utf8(n));
    text[place] = kept;
  }
  return (int64_t)checksum;
}
