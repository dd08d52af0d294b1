// Strings that are not the kit's: static ones, none at all, C's own beside pointers and lengths.
#include "kit.h"

IMPORT("title") uint64_t env_title(const char *ptr, uint32_t len);
IMPORT("nickname") const char *env_nickname(const char *name);

static uint64_t packed(const char *text, uint32_t len) { return (uint64_t)(uintptr_t)text << 32 | len; }

static const char *const names[] = {"mov", "add", "jmp"};

static const char *name(int32_t i) { return i >= 0 && i < 3 ? names[i] : NULL; }

// What a table of names gives, in each form that C has: it must not be freed. None where there is no such name.
EXPORT("name_of") const char *name_of(int32_t i) { return name(i); }

EXPORT("name_of_packed") uint64_t name_of_packed(int32_t i) { return name(i) ? packed(name(i), 3) : 0; }

EXPORT("name_of_ret") void name_of_ret(string *ret, int32_t i) {
  ret->ptr = (char *)name(i);
  ret->len = name(i) ? 3 : 0;
}

EXPORT("primes") uint64_t primes(void) {
  static const int32_t first[] = {2, 3, 5, 7};
  return packed((const char *)first, 4);
}

// In memory that no data segment fills.
EXPORT("numbered") const char *numbered(int32_t i) {
  static char text[16];
  char *end = put(text, "number ", 7);
  *end++ = '0' + i % 10;
  *end = '\0';
  return text;
}

// Of the heap, as the kit's: the host frees it. None for an even number.
EXPORT("odd") char *odd(int32_t i) { return i % 2 ? copied("odd", 3).ptr : NULL; }

EXPORT("odd_packed") uint64_t odd_packed(int32_t i) {
  if (i % 2 == 0) return 0;
  string text = copied("odd", 3);
  return packed(text.ptr, text.len);
}

// How long a string is; -1 for none.
EXPORT("length") int32_t length(const char *text) { return text ? (int32_t)strlen(text) : -1; }

EXPORT("length_counted") int32_t length_counted(const char *ptr, uint32_t len) { return ptr ? (int32_t)len : -1; }

EXPORT("total") int64_t total(const int32_t *values, uint32_t len) {
  int64_t sum = values ? 0 : -1;
  for (uint32_t i = 0; i < len; i++) sum += values[i];
  return sum;
}

// C's own string, and a number of its own: by its type it may also be a pointer and a length.
EXPORT("repeat") uint64_t repeat(const char *text, int32_t times) {
  uint32_t len = strlen(text);
  string all = {block_of((uint64_t)len * times), len * times};
  for (int32_t i = 0; i < times; i++) memcpy(all.ptr + len * i, text, len);
  return packed(all.ptr, all.len);
}

EXPORT("greet") uint64_t greet(const char *who, uint32_t len) {
  string text = greeting(who, len);
  return packed(text.ptr, text.len);
}

// What the host has for a name, or "-" for none.
EXPORT("title") uint64_t title(const char *ptr, uint32_t len) {
  uint64_t found = env_title(ptr, len);
  if (found) return found;
  string none = copied("-", 1);
  return packed(none.ptr, none.len);
}

EXPORT("nickname") const char *nickname(const char *who) {
  const char *found = env_nickname(who);
  return found ? found : copied("-", 1).ptr;
}

// Asks the host for the nickname of no name.
EXPORT("nickname_of_none") const char *nickname_of_none(void) { return nickname(NULL); }
