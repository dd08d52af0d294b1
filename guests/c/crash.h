// A file of its own, so that there is more than one.
static __attribute__((noinline)) int read(int index) {
  int *far = (int *)(0x40000000 + index);
  return *far;
}

static inline int checked(int index, int value) {
  if (value != index) {
    __builtin_trap();
  }
  return value;
}
