// Strings in TinyGo's shape: the result is a (ptr, len) pair, written where the first parameter points.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT(name) __attribute__((export_name(name)))

// Wasm32 is little-endian, so this struct is the pair of bytes that the host reads.
typedef struct {
  const char *ptr;
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

EXPORT("ReturnString") void return_string(string *ret) {
  static const char text[] = "hello from a guest, in TinyGo's shape";
  ret->ptr = text;
  ret->len = sizeof text - 1;
}

EXPORT("Greet") void greet(string *ret, const char *name, uint32_t len) {
  static const char before[] = "Hello, ", after[] = "!";
  const uint32_t fixed = sizeof before - 1 + sizeof after - 1;
  // A wrapped size would write past the block, so such a length traps instead.
  char *text = len > UINT32_MAX - fixed ? NULL : counted_malloc(fixed + len);
  if (!text) __builtin_trap();

  char *at = text;
  memcpy(at, before, sizeof before - 1);
  at += sizeof before - 1;
  memcpy(at, name, len);
  at += len;
  memcpy(at, after, sizeof after - 1);
  ret->ptr = text;
  ret->len = fixed + len;
}
