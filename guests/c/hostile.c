// A guest that breaks its word, in the way that mode() sets. README.md has the table of the modes.
#include <stdint.h>

#define EXPORT(name) __attribute__((export_name(name)))
#define IMPORT(name) __attribute__((import_module("env"), import_name(name)))
#define PAGE 65536u
#define BLOCKS 4096

IMPORT("log") void env_log(const char *ptr, uint32_t len);
IMPORT("answer") uint64_t env_answer(const char *ptr, uint32_t len);

enum {
  HONEST = 0,
  // What malloc does wrong.
  NO_BLOCK = 1,
  ODD = 2,
  AT_END = 3,
  OVER_END = 4,
  SAME = 5,
  GROW = 6,
  CALL_HOST = 7,
  HIGH = 8,
  WRAP = 9,
  TRAP_IN_MALLOC = 10,
  TRAP_IN_FREE = 11,
  // What greet answers wrong, and shout tells the host.
  LENGTH_MAX = 20,
  RESULT_AT_END = 21,
  RESULT_OVER_END = 22,
  ILL_FORMED = 23,
  SURROGATE = 24,
  OVERLAP = 25,
  RESULT_HIGH = 26,
  NULL_EMPTY = 27,
  NULL_TEXT = 28,
  LENGTH_HIGH = 29,
  RESULT_GROW = 30,
  FREE_ARGUMENT = 31,
  CUT = 32,
  RESULT_ARGUMENT = 33,
};

extern uint8_t __heap_base;

typedef struct {
  char *ptr;
  uint32_t len;
} string;

static int32_t chosen;
static uint32_t blocks[BLOCKS];
static uint32_t given;
static int32_t live_blocks, bad_frees;
static uintptr_t top;

static uint32_t end(void) { return __builtin_wasm_memory_size(0) * PAGE; }

// Nothing is ever used again, so that a wrong free can be told from a right one.
static uint32_t bump(uint32_t size) {
  if (!top) top = (uintptr_t)&__heap_base;
  uintptr_t block = (top + 15) & ~(uintptr_t)15;
  while ((uint64_t)block + size > end()) {
    if (__builtin_wasm_memory_grow(0, 1) == SIZE_MAX) __builtin_trap();
  }
  top = block + size;
  return block;
}

static uint32_t block_for(uint32_t size) {
  static uint32_t same;
  switch (chosen) {
    case NO_BLOCK: return 0;
    case ODD: return bump(size + 1) + 1;
    case AT_END: return end();
    case OVER_END: return end() - 1;
    case SAME:
      if (!same) same = bump(PAGE);
      return same;
    case GROW:
      // From the very end of memory: a host's old view does not reach the block.
      top = end();
      return bump(size ? size : 1);
    case CALL_HOST: env_log("from malloc", 11); return bump(size);
    case HIGH: return 0x80000000u;
    case WRAP: return 0xfffffff0u;
    case TRAP_IN_MALLOC: __builtin_trap();
    default: return bump(size);
  }
}

EXPORT("mode") void mode(int32_t which) { chosen = which; }

EXPORT("malloc") uint32_t counted_malloc(uint32_t size) {
  uint32_t block = block_for(size);
  if (!block) return 0;
  if (given == BLOCKS) __builtin_trap();
  blocks[given++] = block;
  live_blocks++;
  return block;
}

EXPORT("free") void counted_free(uint32_t block) {
  if (chosen == TRAP_IN_FREE) __builtin_trap();
  for (uint32_t i = given; i-- > 0;) {
    if (blocks[i] != block) continue;
    blocks[i] = blocks[--given];
    live_blocks--;
    return;
  }
  bad_frees++;
}

EXPORT("live") int32_t live(void) { return live_blocks; }

// Of blocks that were never given out, or are free already: the honest answer of a good host is 0.
EXPORT("bad_frees") int32_t bad(void) { return bad_frees; }

static string given_text(const char *text, uint32_t len) {
  string copy = {(char *)counted_malloc(len), len};
  for (uint32_t i = 0; i < len; i++) copy.ptr[i] = text[i];
  return copy;
}

static string greeting(const char *name, uint32_t len) {
  static const char before[] = "Hello, ";
  const uint32_t first = sizeof before - 1;
  string text = {(char *)counted_malloc(first + len + 1), first + len + 1};
  for (uint32_t i = 0; i < first; i++) text.ptr[i] = before[i];
  for (uint32_t i = 0; i < len; i++) text.ptr[first + i] = name[i];
  text.ptr[first + len] = '!';
  return text;
}

static string answer_to(char *name, uint32_t len) {
  string text;
  switch (chosen) {
    case LENGTH_MAX: return (string){given_text("Hello", 5).ptr, UINT32_MAX};
    case RESULT_AT_END: return (string){(char *)end(), 1};
    case RESULT_OVER_END: return (string){(char *)end() - 4, 5};
    // The first byte of two, and a second that cannot follow it.
    case ILL_FORMED: return given_text("Hello, \xc3\x28!", 10);
    case SURROGATE: return given_text("Hello, \xed\xa0\x80!", 11);
    case OVERLAP: return (string){name + len / 2, len - len / 2};
    case RESULT_HIGH: return (string){(char *)0x80000000u, 5};
    case NULL_EMPTY: return (string){0, 0};
    case NULL_TEXT: return (string){0, 5};
    case LENGTH_HIGH: return (string){given_text("Hello", 5).ptr, 0x80000000u};
    case RESULT_GROW:
      chosen = GROW;
      text = greeting(name, len);
      chosen = RESULT_GROW;
      return text;
    case FREE_ARGUMENT: counted_free((uint32_t)name); return given_text("Hello", 5);
    // Without the last byte of its last character.
    case CUT: return given_text("Hello, \xe2\x82", 9);
    case RESULT_ARGUMENT: return (string){name, len};
    default: return greeting(name, len);
  }
}

static uint64_t packed(string text) { return (uint64_t)(uintptr_t)text.ptr << 32 | text.len; }

EXPORT("greet") uint64_t greet(char *name, uint32_t len) { return packed(answer_to(name, len)); }

EXPORT("greet_ret") void greet_ret(string *ret, char *name, uint32_t len) { *ret = answer_to(name, len); }

EXPORT("echo") uint64_t echo(const char *text, uint32_t len) { return packed(given_text(text, len)); }

EXPORT("reverse") uint64_t reverse(const char *bytes, uint32_t len) {
  string back = {(char *)counted_malloc(len), len};
  for (uint32_t i = 0; i < len; i++) back.ptr[i] = bytes[len - 1 - i];
  return packed(back);
}

EXPORT("sum") int64_t sum(const int64_t *values, uint32_t len) {
  uint64_t total = 0;
  for (uint32_t i = 0; i < len; i++) total += (uint64_t)values[i];
  return (int64_t)total;
}

// Not freed: what a bad answer points to is no block of this allocator.
EXPORT("shout") void shout(char *text, uint32_t len) {
  string message = answer_to(text, len);
  env_log(message.ptr, message.len);
}

EXPORT("ask") uint64_t ask(char *question, uint32_t len) {
  string told = chosen < LENGTH_MAX ? (string){question, len} : answer_to(question, len);
  return env_answer(told.ptr, told.len);
}

EXPORT("add") int32_t add(int32_t a, int32_t b) { return (int32_t)((uint32_t)a + (uint32_t)b); }
