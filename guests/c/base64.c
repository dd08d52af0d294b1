// Benchmark: Base64, n bytes there and back, n up to 1 MiB.
#include <stdint.h>

#define EXPORT(name) __attribute__((export_name(name)))
#define MAX (1 << 20)

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static uint8_t plain[MAX], text[(MAX + 2) / 3 * 4], back[MAX + 2], value_of[256];

static uint32_t encode(const uint8_t *in, uint32_t n, uint8_t *out) {
  uint8_t *at = out;
  for (uint32_t i = 0; i < n; i += 3) {
    uint32_t left = n - i;
    uint32_t group = in[i] << 16 | (left > 1 ? in[i + 1] << 8 : 0) | (left > 2 ? in[i + 2] : 0);
    *at++ = alphabet[group >> 18];
    *at++ = alphabet[group >> 12 & 63];
    *at++ = left > 1 ? alphabet[group >> 6 & 63] : '=';
    *at++ = left > 2 ? alphabet[group & 63] : '=';
  }
  return at - out;
}

static uint32_t decode(const uint8_t *in, uint32_t n, uint8_t *out) {
  // Padding decodes as zero bits, which leaves up to two bytes too many; the length below drops them.
  uint8_t *at = out;
  for (uint32_t i = 0; i < n; i += 4) {
    uint32_t group =
        value_of[in[i]] << 18 | value_of[in[i + 1]] << 12 | value_of[in[i + 2]] << 6 | value_of[in[i + 3]];
    *at++ = group >> 16;
    *at++ = group >> 8;
    *at++ = group;
  }
  if (n == 0) return 0;
  return at - out - (in[n - 1] == '=') - (in[n - 2] == '=');
}

EXPORT("run") int64_t run(int32_t n) {
  if (n < 0 || n > MAX) __builtin_trap();

  uint32_t size = n;
  for (uint32_t i = 0; i < 64; i++) value_of[(uint8_t)alphabet[i]] = i;
  for (uint32_t i = 0; i < size; i++) plain[i] = i * 7 + (i >> 8);

  uint32_t length = encode(plain, size, text);
  // Only a wrong codec gets here: the answer must not look like a checksum.
  if (decode(text, length, back) != size) __builtin_trap();
  for (uint32_t i = 0; i < size; i++) {
    if (back[i] != plain[i]) __builtin_trap();
  }

  uint64_t checksum = 0;
  for (uint32_t i = 0; i < length; i++) checksum = checksum * 31 + text[i];
  return (int64_t)checksum;
}
