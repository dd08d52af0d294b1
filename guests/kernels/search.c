// Kernel: finds four words in n bytes, plainly: compares at every place. Nested loops over bytes with short inner ones, n up to
// 1 MiB.
#include "kernel.h"

#define MAX (1 << 20)

static char text[MAX];
static const char *const words[] = {"aab", "abcab", "cabbac", "bbbbbbb"};

static int32_t occurrences(const char *word, int32_t n) {
  int32_t length = 0, found = 0;
  while (word[length]) length++;
  for (int32_t i = 0; i + length <= n; i++) {
    int32_t j = 0;
    while (j < length && text[i + j] == word[j]) j++;
    found += j == length;
  }
  return found;
}

EXPORT("run") int64_t run(int32_t n) {
  require(n >= 0 && n <= MAX);
  uint32_t seed = 7;
  for (int32_t i = 0; i < n; i++) text[i] = 'a' + random_next(&seed) % 3;
  uint64_t checksum = CHECKSUM_START;
  for (int i = 0; i < 4; i++) checksum = mixed(checksum, occurrences(words[i], n));
  return (int64_t)checksum;
}
