// demo:kit in C, by hand. An argument's blocks belong to the guest: what is given back as it came is not copied.
#include "resources.h"

HOST("log") void host_log(const char *ptr, uint32_t len);
HOST("answer") void host_answer(const char *ptr, uint32_t len, string *ret);
HOST("add") int32_t host_add(int32_t a, int32_t b);
HOST("tick") void host_tick(void);
HOST("check") void host_check(const char *ptr, uint32_t len, result_check *ret);
HOST("review") void host_review(uint32_t level, const entry *ptr, uint32_t len, result_review *ret);
HOST("relay") void host_relay(const large *all, large *ret);

EXPORT("greet") string *greet(char *name, uint32_t len) {
  string given = {name, len}, whole = {block((uint64_t)len + 8), len + 8};
  put(put(put(whole.ptr, "Hello, ", 7), name, len), "!", 1);
  free_string(given);
  RETURN(string, whole);
}
POST("greet") void greet_post(string *ret) { free_string(*ret); }

EXPORT("echo") string *echo(char *text, uint32_t len) { RETURN(string, {text, len}); }
POST("echo") void echo_post(string *ret) { free_string(*ret); }

static uint32_t points_in(const char *text, uint32_t len) {
  uint32_t points = 0;
  // Every byte but the continuation bytes starts a code point.
  for (uint32_t i = 0; i < len; i++) points += (text[i] & 0xc0) != 0x80;
  return points;
}

EXPORT("count") uint32_t count(char *text, uint32_t len) {
  uint32_t points = points_in(text, len);
  release(text, len);
  return points;
}

EXPORT("reverse") bytes *reverse(uint8_t *values, uint32_t len) {
  for (uint32_t i = 0; i < len / 2; i++) {
    uint8_t value = values[i];
    values[i] = values[len - 1 - i];
    values[len - 1 - i] = value;
  }
  RETURN(bytes, {values, len});
}
POST("reverse") void reverse_post(bytes *ret) { release(ret->ptr, ret->len); }

EXPORT("sum") int64_t sum(const int64_t *values, uint32_t len) {
  // Unsigned, because signed overflow is undefined in C.
  uint64_t total = 0;
  for (uint32_t i = 0; i < len; i++) total += (uint64_t)values[i];
  release(values, len);
  return (int64_t)total;
}

typedef LIST(double) doubles;

EXPORT("scale") doubles *scale(double *values, uint32_t len, double by) {
  for (uint32_t i = 0; i < len; i++) values[i] *= by;
  RETURN(doubles, {values, len});
}
POST("scale") void scale_post(doubles *ret) { release(ret->ptr, ret->len); }

EXPORT("repeat") strings *repeat(char *name, uint32_t len, int32_t num) {
  if (num < 0) __builtin_trap();
  string given = {name, len}, empty = {0};
  strings names = {block((uint64_t)num * sizeof(string)), num};
  for (int32_t i = 0; i < num; i++) names.ptr[i] = joined(given, "", empty);
  free_string(given);
  RETURN(strings, names);
}
POST("repeat") void repeat_post(strings *ret) { FREE_ALL(*ret, free_string); }

EXPORT("shout") void shout(char *text, uint32_t len) {
  string given = {text, len}, empty = {0}, message = joined(given, "!", empty);
  free_string(given);
  host_log(message.ptr, message.len);
  free_string(message);
}

EXPORT("ask") string *ask(char *question, uint32_t len) {
  string said, before = {"You said: ", 10};
  host_answer(question, len, &said);
  string whole = joined(before, "", said);
  free_string(said);
  release(question, len);
  RETURN(string, whole);
}
POST("ask") void ask_post(string *ret) { free_string(*ret); }

EXPORT("add") int32_t add(int32_t a, int32_t b) { return (int32_t)((uint32_t)a + (uint32_t)b); }
EXPORT("live") int32_t live(void) { return live_blocks; }

EXPORT("fail") string *fail(char *text, uint32_t len) {
  // Read first, so that the trap comes from a call whose argument did arrive.
  if (points_in(text, len) <= len) __builtin_trap();
  return NULL;
}

EXPORT("echo-bool") uint32_t echo_bool(uint32_t value) { return value; }
EXPORT("echo-s8") int32_t echo_s8(int32_t value) { return value; }
EXPORT("echo-u8") uint32_t echo_u8(uint32_t value) { return value; }
EXPORT("echo-s16") int32_t echo_s16(int32_t value) { return value; }
EXPORT("echo-u16") uint32_t echo_u16(uint32_t value) { return value; }
EXPORT("echo-s32") int32_t echo_s32(int32_t value) { return value; }
EXPORT("echo-u32") uint32_t echo_u32(uint32_t value) { return value; }
EXPORT("echo-s64") int64_t echo_s64(int64_t value) { return value; }
EXPORT("echo-u64") uint64_t echo_u64(uint64_t value) { return value; }
EXPORT("echo-f32") float echo_f32(float value) { return value; }
EXPORT("echo-f64") double echo_f64(double value) { return value; }
EXPORT("echo-char") uint32_t echo_char(uint32_t value) { return value; }

EXPORT("echo-bytes") bytes *echo_bytes(uint8_t *ptr, uint32_t len) { RETURN(bytes, {ptr, len}); }
POST("echo-bytes") void echo_bytes_post(bytes *ret) { release(ret->ptr, ret->len); }

EXPORT("echo-u32s") u32s *echo_u32s(uint32_t *ptr, uint32_t len) { RETURN(u32s, {ptr, len}); }
POST("echo-u32s") void echo_u32s_post(u32s *ret) { release(ret->ptr, ret->len); }

EXPORT("echo-strings") strings *echo_strings(string *ptr, uint32_t len) { RETURN(strings, {ptr, len}); }
POST("echo-strings") void echo_strings_post(strings *ret) { FREE_ALL(*ret, free_string); }

EXPORT("echo-nested") nested *echo_nested(u16s *ptr, uint32_t len) { RETURN(nested, {ptr, len}); }
POST("echo-nested") void echo_nested_post(nested *ret) { FREE_ALL(*ret, free_list_u16); }

// Parameters that do not fit into sixteen numbers come in one block, which is the guest's as well.
EXPORT("echo-arrays") arrays *echo_arrays(arrays *values) { return values; }
POST("echo-arrays") void echo_arrays_post(arrays *ret) {
  release(ret->bools.ptr, ret->bools.len);
  release(ret->s8s.ptr, ret->s8s.len);
  release(ret->u8s.ptr, ret->u8s.len);
  release(ret->s16s.ptr, ret->s16s.len);
  release(ret->u16s.ptr, ret->u16s.len);
  release(ret->s32s.ptr, ret->s32s.len);
  release(ret->u32s.ptr, ret->u32s.len);
  release(ret->s64s.ptr, ret->s64s.len);
  release(ret->u64s.ptr, ret->u64s.len);
  release(ret->f32s.ptr, ret->f32s.len);
  release(ret->f64s.ptr, ret->f64s.len);
  release(ret->chars.ptr, ret->chars.len);
  release(ret, sizeof *ret);
}

EXPORT("echo-point") point *echo_point(int32_t x, int32_t y) { RETURN(point, {x, y}); }

EXPORT("echo-line")
line *echo_line(int32_t x0, int32_t y0, int32_t x1, int32_t y1, char *label, uint32_t len) {
  RETURN(line, {{x0, y0}, {x1, y1}, {label, len}});
}
POST("echo-line") void echo_line_post(line *ret) { free_line(*ret); }

EXPORT("echo-lines") lines *echo_lines(line *ptr, uint32_t len) { RETURN(lines, {ptr, len}); }
POST("echo-lines") void echo_lines_post(lines *ret) { FREE_ALL(*ret, free_line); }

EXPORT("echo-ten")
ten *echo_ten(uint32_t a, uint32_t b, int32_t c, uint32_t d, int64_t e, float f, double g, uint32_t h, char *i,
              uint32_t i_len, uint8_t *j, uint32_t j_len) {
  RETURN(ten, {a, b, c, d, e, f, g, h, {i, i_len}, {j, j_len}});
}
POST("echo-ten") void echo_ten_post(ten *ret) {
  free_string(ret->i);
  release(ret->j.ptr, ret->j.len);
}

static void free_boxed_large(large *value) {
  free_large(*value);
  release(value, sizeof *value);
}

EXPORT("echo-large") large *echo_large(large *value) { return value; }
POST("echo-large") void echo_large_post(large *ret) { free_boxed_large(ret); }

// Many parameters lie in memory like the fields of one record.
EXPORT("many") large *many(large *parameters) { return parameters; }
POST("many") void many_post(large *ret) { free_boxed_large(ret); }

EXPORT("echo-entries") entries *echo_entries(entry *ptr, uint32_t len) { RETURN(entries, {ptr, len}); }
POST("echo-entries") void echo_entries_post(entries *ret) { FREE_ALL(*ret, free_entry); }

EXPORT("echo-tuple") triple *echo_tuple(uint32_t first, char *second, uint32_t len, double third) {
  RETURN(triple, {first, {second, len}, third});
}
POST("echo-tuple") void echo_tuple_post(triple *ret) { free_string(ret->second); }

EXPORT("swap") swapped *swap(uint32_t first, char *second, uint32_t len) { RETURN(swapped, {{second, len}, first}); }
POST("swap") void swap_post(swapped *ret) { free_string(ret->first); }

// The first number after the tag is 64 bits wide for square, so it is for the other cases too.
EXPORT("echo-shape") shape *echo_shape(uint32_t tag, uint64_t first, uint32_t second, int32_t third, int32_t fourth) {
  static shape area;
  area.tag = tag;
  switch (tag) {
  case shape_circle: {
    uint32_t bits = first;
    memcpy(&area.circle, &bits, sizeof bits);
    break;
  }
  case shape_square: area.square = first; break;
  case shape_label: area.label = (string){(char *)(uintptr_t)first, second}; break;
  case shape_polygon:
    area.polygon.ptr = (point *)(uintptr_t)first;
    area.polygon.len = second;
    break;
  case shape_named: area.named = (named){{(char *)(uintptr_t)first, second}, {third, fourth}}; break;
  }
  return &area;
}
POST("echo-shape") void echo_shape_post(shape *ret) { free_shape(*ret); }

EXPORT("echo-shapes") shapes *echo_shapes(shape *ptr, uint32_t len) { RETURN(shapes, {ptr, len}); }
POST("echo-shapes") void echo_shapes_post(shapes *ret) { FREE_ALL(*ret, free_shape); }

EXPORT("echo-color") uint32_t echo_color(uint32_t value) { return value; }
EXPORT("echo-level") uint32_t echo_level(uint32_t value) { return value; }
EXPORT("echo-rights") uint32_t echo_rights(uint32_t value) { return value; }
EXPORT("echo-days") uint32_t echo_days(uint32_t value) { return value; }
EXPORT("echo-bits") uint32_t echo_bits(uint32_t value) { return value; }

typedef LIST(all_flags) list_of_flags;

EXPORT("echo-all-flags") list_of_flags *echo_all_flags(all_flags *ptr, uint32_t len) {
  RETURN(list_of_flags, {ptr, len});
}
POST("echo-all-flags") void echo_all_flags_post(list_of_flags *ret) { release(ret->ptr, ret->len); }

EXPORT("echo-option") option_string *echo_option(uint32_t some, char *ptr, uint32_t len) {
  RETURN(option_string, {some, {ptr, len}});
}
POST("echo-option") void echo_option_post(option_string *ret) {
  if (ret->some) free_string(ret->value);
}

EXPORT("echo-nested-option") option_option *echo_nested_option(uint32_t outer, uint32_t inner, uint32_t value) {
  RETURN(option_option, {outer, {inner, value}});
}

typedef LIST(option_u64) options;

EXPORT("echo-options") options *echo_options(option_u64 *ptr, uint32_t len) { RETURN(options, {ptr, len}); }
POST("echo-options") void echo_options_post(options *ret) { release(ret->ptr, ret->len); }

EXPORT("divide") result_s32 *divide(int32_t a, int32_t b) {
  if (!b) RETURN(result_s32, {1, .error = text_of("division by zero")});
  if (a == INT32_MIN && b == -1) RETURN(result_s32, {1, .error = text_of("overflow")});
  RETURN(result_s32, {0, .value = a / b});
}
POST("divide") void divide_post(result_s32 *ret) {
  if (ret->failed) free_string(ret->error);
}

EXPORT("expect") uint32_t expect(uint32_t yes) { return !yes; }

EXPORT("refuse") result_nothing *refuse(char *text, uint32_t len) { RETURN(result_nothing, {len > 0, {text, len}}); }
POST("refuse") void refuse_post(result_nothing *ret) { free_string(ret->error); }

static uint32_t encode(uint32_t c, char *out) {
  if (c < 0x80) {
    out[0] = c;
    return 1;
  }
  uint32_t more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
  out[0] = 0xf0 << (3 - more) | c >> 6 * more;
  for (uint32_t i = 1; i <= more; i++) out[i] = 0x80 | (c >> 6 * (more - i) & 0x3f);
  return more + 1;
}

EXPORT("occurrences") result_u32 *occurrences(char *text, uint32_t len, uint32_t c) {
  char wanted[4];
  uint32_t size = encode(c, wanted), found = 0;
  for (uint32_t i = 0; i + size <= len; i++) found += !memcmp(text + i, wanted, size);
  release(text, len);
  RETURN(result_u32, {!found, found});
}

EXPORT("echo-result") result_s32 *echo_result(uint32_t failed, uint32_t first, uint32_t len) {
  static result_s32 area;
  area.failed = failed;
  if (failed) area.error = (string){(char *)first, len};
  else area.value = first;
  return &area;
}
POST("echo-result") void echo_result_post(result_s32 *ret) {
  if (ret->failed) free_string(ret->error);
}

EXPORT("echo-results") results *echo_results(result_bytes *ptr, uint32_t len) { RETURN(results, {ptr, len}); }
POST("echo-results") void echo_results_post(results *ret) { FREE_ALL(*ret, free_result); }

EXPORT("add-by-host") int32_t add_by_host(int32_t a, int32_t b) { return host_add(a, b); }

EXPORT("check") result_check *check(char *text, uint32_t len) {
  static result_check area;
  host_check(text, len, &area);
  release(text, len);
  return &area;
}
POST("check") void check_post(result_check *ret) {
  if (ret->failed) free_refusal(ret->error);
}

EXPORT("review") result_review *review(uint32_t level, entry *ptr, uint32_t len) {
  static result_review area;
  entries given = {ptr, len};
  host_review(level, ptr, len, &area);
  FREE_ALL(given, free_entry);
  return &area;
}
POST("review") void review_post(result_review *ret) {
  if (ret->failed) free_refusal(ret->error);
  else FREE_ALL(ret->value, free_entry);
}

EXPORT("relay") large *relay(large *all) {
  static large area;
  host_relay(all, &area);
  free_boxed_large(all);
  return &area;
}
POST("relay") void relay_post(large *ret) { free_large(*ret); }

EXPORT("nothing") void nothing(void) {}

EXPORT("take-string") uint32_t take_string(char *text, uint32_t len) {
  release(text, len);
  return len;
}

EXPORT("take-bytes") uint32_t take_bytes(uint8_t *values, uint32_t len) {
  release(values, len);
  return len;
}

EXPORT("take-u32s") uint32_t take_u32s(uint32_t *values, uint32_t len) {
  release(values, len);
  return len;
}

EXPORT("make-string") string *make_string(uint32_t size) {
  string made = {block(size), size};
  memset(made.ptr, 'x', size);
  RETURN(string, made);
}
POST("make-string") void make_string_post(string *ret) { free_string(*ret); }

EXPORT("make-bytes") bytes *make_bytes(uint32_t size) {
  bytes made = {block(size), size};
  memset(made.ptr, 120, size);
  RETURN(bytes, made);
}
POST("make-bytes") void make_bytes_post(bytes *ret) { release(ret->ptr, ret->len); }

EXPORT("make-u32s") u32s *make_u32s(uint32_t size) {
  u32s made = {block((uint64_t)size * sizeof(uint32_t)), size};
  for (uint32_t i = 0; i < size; i++) made.ptr[i] = i;
  RETURN(u32s, made);
}
POST("make-u32s") void make_u32s_post(u32s *ret) { release(ret->ptr, ret->len); }

EXPORT("call-tick") void call_tick(uint32_t times) {
  while (times--) host_tick();
}

EXPORT("call-add") int32_t call_add(uint32_t times) {
  int32_t total = 0;
  while (times--) total = host_add(total, 1);
  return total;
}

EXPORT("call-log") void call_log(uint32_t times, char *text, uint32_t len) {
  while (times--) host_log(text, len);
  release(text, len);
}
