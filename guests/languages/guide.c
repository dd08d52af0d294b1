#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT(name) __attribute__((export_name(name)))

// Strings and arrays come in as (pointer, length) and go out as pointer << 32 | length.
static uint64_t packed(void *ptr, uint32_t len) { return (uint64_t)(uintptr_t)ptr << 32 | len; }

EXPORT("greet") uint64_t greet(const char *name, uint32_t len) {
  char *answer = malloc(len + 8); // the host frees it by the exported free
  memcpy(answer, "Hello, ", 7);
  memcpy(answer + 7, name, len);
  answer[len + 7] = '!';
  return packed(answer, len + 8);
}

EXPORT("reverse") uint64_t reverse(const uint8_t *bytes, uint32_t len) {
  uint8_t *back = malloc(len + 1);
  for (uint32_t i = 0; i < len; i++) back[i] = bytes[len - 1 - i];
  return packed(back, len);
}
