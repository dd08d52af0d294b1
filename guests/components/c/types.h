// The types of kit.wit, each laid out as the canonical ABI wants it, which on wasm32 is C's own way.
#include "canonical.h"

typedef LIST(uint8_t) bytes;
typedef LIST(uint16_t) u16s;
typedef LIST(uint32_t) u32s;
typedef LIST(string) strings;
typedef LIST(u16s) nested;

typedef struct {
  uint32_t id;
  string name;
  double price;
} entry;
typedef LIST(entry) entries;

typedef struct {
  uint8_t tag;
  union {
    uint32_t too_long;
    string other;
  };
} refusal;
enum { refusal_empty, refusal_too_long, refusal_other };

typedef struct {
  uint8_t some, value;
} option_u8;

typedef struct {
  uint8_t first;
  uint64_t second;
} tuple_q;

typedef struct {
  uint8_t a;
  int8_t b;
  uint8_t c;
  int16_t d;
  uint16_t e;
  int32_t f;
  uint32_t g;
  int64_t h;
  uint64_t i;
  float j;
  double k;
  uint32_t l;
  string m;
  u32s n;
  option_u8 o;
  uint8_t p;
  tuple_q q;
} large;

typedef struct {
  LIST(uint8_t) bools;
  LIST(int8_t) s8s;
  LIST(uint8_t) u8s;
  LIST(int16_t) s16s;
  LIST(uint16_t) u16s;
  LIST(int32_t) s32s;
  LIST(uint32_t) u32s;
  LIST(int64_t) s64s;
  LIST(uint64_t) u64s;
  LIST(float) f32s;
  LIST(double) f64s;
  LIST(uint32_t) chars;
} arrays;

typedef struct {
  int32_t x, y;
} point;

typedef struct {
  point start, end;
  string label;
} line;
typedef LIST(line) lines;

typedef struct {
  uint8_t a, b;
  int16_t c;
  uint32_t d;
  int64_t e;
  float f;
  double g;
  uint32_t h;
  string i;
  bytes j;
} ten;

typedef struct {
  uint8_t first;
  string second;
  double third;
} triple;

typedef struct {
  string first;
  uint32_t second;
} swapped;

typedef struct {
  string first;
  point second;
} named;

typedef struct {
  uint8_t tag;
  union {
    float circle;
    uint64_t square;
    string label;
    LIST(point) polygon;
    named named;
  };
} shape;
typedef LIST(shape) shapes;
enum { shape_dot, shape_circle, shape_square, shape_label, shape_polygon, shape_named };

typedef struct {
  uint8_t rights;
  uint16_t days;
  uint32_t bits;
} all_flags;

typedef struct {
  uint8_t some;
  string value;
} option_string;

typedef struct {
  uint8_t some;
  struct {
    uint8_t some;
    uint32_t value;
  } value;
} option_option;

typedef struct {
  uint8_t some;
  uint64_t value;
} option_u64;

// A handle is a number, so this is also an option of a resource.
typedef struct {
  uint8_t some;
  uint32_t value;
} option_u32;

typedef struct {
  uint8_t failed;
  union {
    int32_t value;
    string error;
  };
} result_s32;

typedef struct {
  uint8_t failed;
  union {
    int64_t value;
    string error;
  };
} result_s64;

typedef struct {
  uint8_t failed;
  string error;
} result_nothing;

typedef struct {
  uint8_t failed;
  uint32_t value;
} result_u32;

typedef struct {
  uint8_t failed;
  union {
    bytes value;
    refusal error;
  };
} result_bytes;
typedef LIST(result_bytes) results;

typedef struct {
  uint8_t failed;
  union {
    uint32_t value;
    refusal error;
  };
} result_check;

typedef struct {
  uint8_t failed;
  union {
    entries value;
    refusal error;
  };
} result_review;

typedef struct {
  uint32_t account;
  string label;
} holding;

static void free_list_u16(u16s list) { release(list.ptr, list.len); }
static void free_entry(entry value) { free_string(value.name); }
static void free_line(line value) { free_string(value.label); }

static void free_refusal(refusal value) {
  if (value.tag == refusal_other) free_string(value.other);
}

static void free_large(large value) {
  free_string(value.m);
  release(value.n.ptr, value.n.len);
}

static void free_shape(shape value) {
  if (value.tag == shape_label) free_string(value.label);
  if (value.tag == shape_polygon) release(value.polygon.ptr, value.polygon.len);
  if (value.tag == shape_named) free_string(value.named.first);
}

static void free_result(result_bytes value) {
  if (value.failed) free_refusal(value.error);
  else release(value.value.ptr, value.value.len);
}
