// What every kit in C shares: an allocator that counts, the greeting, and JSON for one request.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT(name) __attribute__((export_name(name)))
#define IMPORT(name) __attribute__((import_module("env"), import_name(name)))

typedef struct {
  char *ptr;
  uint32_t len;
} string;

static int32_t live_blocks;

// Other C names than malloc and free: these must count the host's calls without replacing libc's allocator.
EXPORT("malloc") void *counted_malloc(size_t size) {
  void *block = malloc(size);
  if (block) live_blocks++;
  return block;
}

EXPORT("free") void counted_free(void *block) {
  if (block) live_blocks--;
  free(block);
}

EXPORT("live") int32_t live(void) { return live_blocks; }

// Address 0 is memory like any other here: a null pointer would be written through unseen.
static void *block_of(uint64_t size) {
  void *block = size > SIZE_MAX ? NULL : counted_malloc(size);
  if (!block) __builtin_trap();
  return block;
}

static char *put(char *at, const char *bytes, uint32_t len) {
  memcpy(at, bytes, len);
  return at + len;
}

// With a NUL behind it, so that every text is also one of C's own.
static string around(const char *before, const char *text, uint32_t len, const char *after) {
  uint32_t first = strlen(before), last = strlen(after);
  // In 64 bits: a wrapped size would be written past its block.
  uint64_t size = (uint64_t)first + len + last;
  string whole = {block_of(size + 1), size};
  *put(put(put(whole.ptr, before, first), text, len), after, last) = '\0';
  return whole;
}

static string greeting(const char *name, uint32_t len) { return around("Hello, ", name, len, "!"); }

static string copied(const char *text, uint32_t len) { return around("", text, len, ""); }

__attribute__((unused)) static string reversed(const char *bytes, uint32_t len) {
  string back = {block_of(len), len};
  for (uint32_t i = 0; i < len; i++) back.ptr[i] = bytes[len - 1 - i];
  return back;
}

__attribute__((unused)) static string scaled(const double *values, uint32_t len, double by) {
  double *products = block_of((uint64_t)len * sizeof *values);
  for (uint32_t i = 0; i < len; i++) products[i] = values[i] * by;
  return (string){(char *)products, len};
}
