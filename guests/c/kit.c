// The kit as a plain C guest has it: (ptr, len) in, ptr << 32 | len out, and the host frees both.
#include "kit.h"

IMPORT("log") void env_log(const char *ptr, uint32_t len);
IMPORT("answer") uint64_t env_answer(const char *ptr, uint32_t len);

static uint64_t packed(string text) { return (uint64_t)(uintptr_t)text.ptr << 32 | text.len; }

EXPORT("greet") uint64_t greet(const char *name, uint32_t len) { return packed(greeting(name, len)); }

// The same in the two other forms that C has: what a struct as a result becomes, and C's own strings.
EXPORT("greet_ret") void greet_ret(string *ret, const char *name, uint32_t len) { *ret = greeting(name, len); }

EXPORT("greet_cstr") char *greet_cstr(const char *name) { return greeting(name, strlen(name)).ptr; }

EXPORT("echo") uint64_t echo(const char *text, uint32_t len) { return packed(copied(text, len)); }

EXPORT("count") uint32_t count(const char *text, uint32_t len) {
  uint32_t points = 0;
  // Every byte but the continuation bytes starts a code point.
  for (uint32_t i = 0; i < len; i++) points += (text[i] & 0xc0) != 0x80;
  return points;
}

EXPORT("reverse") uint64_t reverse(const char *bytes, uint32_t len) { return packed(reversed(bytes, len)); }

EXPORT("sum") int64_t sum(const int64_t *values, uint32_t len) {
  // Unsigned, because signed overflow is undefined in C.
  uint64_t total = 0;
  for (uint32_t i = 0; i < len; i++) total += (uint64_t)values[i];
  return (int64_t)total;
}

EXPORT("scale") uint64_t scale(const double *values, uint32_t len, double by) {
  return packed(scaled(values, len, by));
}

typedef struct {
  const char *at, *end;
} reader;

static char peek(reader *json) {
  // memchr and not strchr, which would find a NUL too.
  while (json->at < json->end && memchr(" \t\r\n", *json->at, 4)) json->at++;
  return json->at < json->end ? *json->at : '\0';
}

static void expect(reader *json, char wanted) {
  if (peek(json) != wanted) __builtin_trap();
  json->at++;
}

// As it stands between the quotes: it goes out as JSON again, so its escapes may stay.
static string quoted(reader *json) {
  expect(json, '"');
  const char *start = json->at;
  while (json->at < json->end && *json->at != '"') {
    if ((unsigned char)*json->at < 0x20) __builtin_trap();
    json->at += *json->at == '\\' ? 2 : 1;
  }
  if (json->at >= json->end) __builtin_trap();
  return (string){(char *)start, json->at++ - start};
}

static int32_t integer(reader *json) {
  int negative = peek(json) == '-';
  json->at += negative;
  const char *start = json->at;
  int64_t value = 0;
  for (; json->at < json->end && *json->at >= '0' && *json->at <= '9'; json->at++) {
    value = value * 10 + (*json->at - '0');
    if (value > (int64_t)INT32_MAX + negative) __builtin_trap();
  }
  if (json->at == start || (*start == '0' && json->at - start > 1)) __builtin_trap();
  return negative ? -value : value;
}

static int is(string key, const char *name) { return key.len == strlen(name) && !memcmp(key.ptr, name, key.len); }

EXPORT("repeat") uint64_t repeat(const char *request, uint32_t len) {
  reader json = {request, request + len};
  string name = {0};
  int32_t num = -1;

  expect(&json, '{');
  do {
    string key = quoted(&json);
    expect(&json, ':');
    if (is(key, "name")) name = quoted(&json);
    else if (is(key, "num")) num = integer(&json);
    else __builtin_trap();
  } while (peek(&json) == ',' && json.at++);
  expect(&json, '}');
  peek(&json);
  if (json.at != json.end || !name.ptr || num < 0) __builtin_trap();

  static const char before[] = "{\"names\":[", after[] = "]}";
  // Two quotes around each name, and one comma less than there are names.
  uint64_t each = (uint64_t)name.len + 3, fixed = sizeof before - 1 + sizeof after - 1;
  if (num && each > (SIZE_MAX - fixed) / num) __builtin_trap();
  uint64_t size = fixed + each * num - (num > 0);
  string answer = {block_of(size), size};
  char *at = put(answer.ptr, before, sizeof before - 1);
  for (int32_t i = 0; i < num; i++) {
    if (i) *at++ = ',';
    *at++ = '"';
    at = put(at, name.ptr, name.len);
    *at++ = '"';
  }
  put(at, after, sizeof after - 1);
  return packed(answer);
}

EXPORT("shout") void shout(const char *text, uint32_t len) {
  string message = around("", text, len, "!");
  env_log(message.ptr, message.len);
  counted_free(message.ptr);
}

EXPORT("ask") uint64_t ask(const char *question, uint32_t len) {
  uint64_t answer = env_answer(question, len);
  char *ptr = (char *)(uintptr_t)(answer >> 32);
  string said = around("You said: ", ptr, (uint32_t)answer, "");
  // The host took this block from malloc for us: it is ours.
  counted_free(ptr);
  return packed(said);
}

EXPORT("add") int32_t add(int32_t a, int32_t b) { return (int32_t)((uint32_t)a + (uint32_t)b); }

EXPORT("fail") uint64_t fail(const char *text, uint32_t len) {
  // Read first, so that the trap comes from a call whose argument did arrive.
  if (count(text, len) <= len) __builtin_trap();
  return 0;
}
