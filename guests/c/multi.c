// Strings out as two results, (i32, i32), by clang's experimental multi-value calls: a struct comes back whole.
#include "kit.h"

EXPORT("greet") string greet(const char *name, uint32_t len) { return greeting(name, len); }

// The same under a name of its own, next to greet_ret and greet_cstr of the other module.
EXPORT("greet_multi") string greet_multi(const char *name, uint32_t len) { return greeting(name, len); }

EXPORT("echo") string echo(const char *text, uint32_t len) { return copied(text, len); }

EXPORT("reverse") string reverse(const char *bytes, uint32_t len) { return reversed(bytes, len); }

EXPORT("scale") string scale(const double *values, uint32_t len, double by) { return scaled(values, len, by); }
