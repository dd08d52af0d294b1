// Kernel: parses a JSON text of n records that it writes first. Branches on bytes, calls that nest, n up to 4096.
#include "kernel.h"

#define MAX 4096
#define RECORD 160

static char text[MAX * RECORD];
static const char *at, *end;
static uint64_t checksum;

static char *put(char *to, const char *from) {
  while (*from) *to++ = *from++;
  return to;
}

static char *put_number(char *to, uint32_t value) {
  char digits[10];
  int count = 0;
  do digits[count++] = '0' + value % 10; while (value /= 10);
  while (count) *to++ = digits[--count];
  return to;
}

static char *write_record(char *to, uint32_t *seed, int32_t number) {
  to = put(to, "{\"id\": "), to = put_number(to, number);
  to = put(to, ", \"name\": \"user\\t\\u00e9 "), to = put_number(to, random_next(seed) % 100000);
  to = put(to, "\", \"tags\": [\"a\", \"bc\", \"def\"], \"score\": -"), to = put_number(to, random_next(seed) % 1000);
  to = put(to, "."), to = put_number(to, random_next(seed) % 1000);
  to = put(to, random_next(seed) & 1 ? "e2, \"on\": true" : ", \"on\": false");
  return put(to, ", \"next\": null}");
}

static void skip_space(void) {
  while (at < end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')) at++;
}

static uint32_t hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  require(c >= 'A' && c <= 'F');
  return c - 'A' + 10;
}

static void parse_string(void) {
  uint64_t hash = CHECKSUM_START;
  at++;
  for (;;) {
    require(at < end);
    uint32_t c = (unsigned char)*at++;
    if (c == '"') break;
    if (c == '\\') {
      c = (unsigned char)*at++;
      switch (c) {
        case 'n': c = '\n'; break;
        case 't': c = '\t'; break;
        case 'u':
          c = hex(at[0]) << 12 | hex(at[1]) << 8 | hex(at[2]) << 4 | hex(at[3]);
          at += 4;
          break;
        default: require(c == '"' || c == '\\' || c == '/');
      }
    }
    hash = mixed(hash, c);
  }
  checksum = mixed(checksum, hash);
}

static void parse_number(void) {
  int negative = *at == '-', exponent = 0;
  if (negative) at++;
  double value = 0;
  while (*at >= '0' && *at <= '9') value = value * 10 + (*at++ - '0');
  if (*at == '.') {
    double scale = 1;
    for (at++; *at >= '0' && *at <= '9'; scale *= 10) value = value * 10 + (*at++ - '0');
    value /= scale;
  }
  if (*at == 'e') {
    for (at++; *at >= '0' && *at <= '9';) exponent = exponent * 10 + (*at++ - '0');
    while (exponent-- > 0) value *= 10;
  }
  checksum = mixed(checksum, bits_of(negative ? -value : value));
}

static void parse_word(const char *word, uint64_t value) {
  while (*word) require(*at++ == *word++);
  checksum = mixed(checksum, value);
}

static void parse_value(int depth) {
  require(depth < 64);
  skip_space();
  require(at < end);
  switch (*at) {
    case '{':
      at++;
      for (;;) {
        skip_space();
        require(*at == '"');
        parse_string();
        skip_space();
        require(*at++ == ':');
        parse_value(depth + 1);
        skip_space();
        char c = *at++;
        if (c == '}') return;
        require(c == ',');
      }
    case '[':
      at++;
      for (;;) {
        parse_value(depth + 1);
        skip_space();
        char c = *at++;
        if (c == ']') return;
        require(c == ',');
      }
    case '"': parse_string(); return;
    case 't': parse_word("true", 1); return;
    case 'f': parse_word("false", 2); return;
    case 'n': parse_word("null", 3); return;
    default: parse_number(); return;
  }
}

EXPORT("run") int64_t run(int32_t n) {
  require(n >= 1 && n <= MAX);
  uint32_t seed = 42;
  char *to = text;
  *to++ = '[';
  for (int32_t i = 0; i < n; i++) {
    if (i) *to++ = ',', *to++ = '\n';
    to = write_record(to, &seed, i);
  }
  *to++ = ']';

  checksum = CHECKSUM_START;
  for (int round = 0; round < 4; round++) {
    at = text, end = to;
    parse_value(0);
    require(at == end);
  }
  return (int64_t)checksum;
}
