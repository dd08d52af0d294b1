// Keeps a secret wherever a guest can, and looks for the secret of another call: that nothing leaks from one to the next.
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXPORT(name) __attribute__((export_name(name)))

enum { STATICS = 1, HEAP = 2, ANYWHERE = 4, DESCRIPTORS = 8, SIZE = 16, ENVIRONMENT = 32, BLOCK = 3000, LARGE = 3 << 20 };

static uint64_t kept;
static uint64_t *block;
static uint32_t pages_at_first;

// Only WASI's reactors have this, run once before anything else.
__attribute__((constructor)) static void started(void) { pages_at_first = __builtin_wasm_memory_size(0); }

// Volatile, or the compiler would leave out blocks that are not read.
static uint64_t *filled(size_t bytes, uint64_t secret) {
  volatile uint64_t *at = malloc(bytes);
  for (size_t i = 0; i < bytes / sizeof *at; i++) at[i] = secret;
  return (uint64_t *)at;
}

EXPORT("keep") void keep(uint64_t secret) {
  kept = secret;
  block = filled(BLOCK, secret);
  filled(LARGE, secret);  // grows the memory
  free(filled(BLOCK, secret));
  volatile uint64_t stack[500];
  for (int i = 0; i < 500; i++) stack[i] = secret;
  setenv("SECRET", "told", 1);
}

// Leaves a file open, in the middle. 0 where there is no such file.
EXPORT("hold") int32_t hold(void) {
  char byte;
  int file = open("/data/note.txt", O_RDONLY);
  return file >= 0 && read(file, &byte, 1) == 1 ? file : 0;
}

EXPORT("find") int32_t find(uint64_t secret) {
  int32_t found = 0;
  if (kept || block) found |= STATICS;
  if (getenv("SECRET")) found |= ENVIRONMENT;
  if ((uint32_t)__builtin_wasm_memory_size(0) != pages_at_first) found |= SIZE;
  // All there is, as it is: no libc, and the secret itself is in no memory but in that which was left.
  const volatile uint8_t *end = (const uint8_t *)(__builtin_wasm_memory_size(0) << 16);
  for (const volatile uint8_t *at = (const uint8_t *)1024; at + 8 <= end; at++)
    if (*at == (uint8_t)secret && *(const volatile uint64_t *)at == secret) found |= ANYWHERE;
  uint64_t *fresh = malloc(BLOCK);
  for (int i = 0; i < BLOCK / 8; i++)
    if (((volatile uint64_t *)fresh)[i] == secret) found |= HEAP;
  char byte;
  for (int file = 4; file < 40; file++)
    if (read(file, &byte, 1) >= 0) found |= DESCRIPTORS;
  return found;
}
