// Fails in several ways, some frames deep, and is built with debug information: traps tell the lines below.
#define EXPORT(name) __attribute__((export_name(#name))) __attribute__((noinline))

#include "crash.h"

static int zero;

EXPORT(divide) int divide(int a, int b) {
  return a /
      b;
}

static __attribute__((noinline)) int through(int (*function)(int, int), int a) {
  int result = function(a, zero);
  return result + 1;
}

EXPORT(indirect) int indirect(int a) {
  if (a > 100) {
    return a;
  }
  return through(divide, a);
}

EXPORT(outside) int outside(int index) {
  int sum = 0;
  for (int i = 0; i < 3; i++) {
    sum += i;
  }
  return read(index) + sum;
}

EXPORT(inlined) int inlined(int index) {
  return checked(index,
                 read(index - 1));
}

EXPORT(spin) int spin(int n) {
  volatile int i = n;
  while (i != 0) {
    i = i + 1 | 1;
  }
  return i;
}
