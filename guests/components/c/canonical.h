// The canonical ABI as C has it: structs that lie in memory just as the values of WIT do, and who frees what.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define API "demo:kit/api#"
#define EXPORT(name) __attribute__((export_name(API name)))
// Called by the host when it has read the result: its blocks are freed then.
#define POST(name) __attribute__((export_name("cabi_post_" API name)))
#define HOST(name) __attribute__((import_module("demo:kit/host"), import_name(name)))
#define OWN(name) __attribute__((import_module("[export]demo:kit/api"), import_name(name)))

// One area for each function: no call can begin before the last one's result has been read.
#define RETURN(type, ...) \
  do { \
    static type area; \
    area = (type)__VA_ARGS__; \
    return &area; \
  } while (0)

#define LIST(type) \
  struct { \
    type *ptr; \
    uint32_t len; \
  }

typedef LIST(char) string;

static int32_t live_blocks;

// Address 0 is memory like any other here: a null pointer would be written through unseen.
static void *block(uint64_t size) {
  if (!size) return (void *)8;
  void *ptr = size > SIZE_MAX ? NULL : malloc(size);
  if (!ptr) __builtin_trap();
  live_blocks++;
  return ptr;
}

// What is empty has an address that is none.
static void release(const void *ptr, uint32_t len) {
  if (!len) return;
  live_blocks--;
  free((void *)ptr);
}

__attribute__((export_name("cabi_realloc"))) void *cabi_realloc(void *old, size_t old_size, size_t align, size_t size) {
  if (align > 8) __builtin_trap();
  if (!old_size) return block(size);
  if (!size) {
    release(old, old_size);
    return (void *)8;
  }
  void *moved = realloc(old, size);
  if (!moved) __builtin_trap();
  return moved;
}

static void free_string(string text) { release(text.ptr, text.len); }

// A list of what has blocks of its own.
#define FREE_ALL(list, free_one) \
  do { \
    for (uint32_t each = 0; each < (list).len; each++) free_one((list).ptr[each]); \
    release((list).ptr, (list).len); \
  } while (0)

static char *put(char *at, const char *bytes, uint32_t len) {
  memcpy(at, bytes, len);
  return at + len;
}

// In 64 bits: a wrapped size would be written past its block.
static string joined(string first, const char *between, string last) {
  uint64_t size = (uint64_t)first.len + strlen(between) + last.len;
  string whole = {block(size), size};
  put(put(put(whole.ptr, first.ptr, first.len), between, strlen(between)), last.ptr, last.len);
  return whole;
}

static string text_of(const char *literal) {
  string text = {(char *)literal, strlen(literal)}, empty = {0};
  return joined(text, "", empty);
}
