// Kernel: the n-th Fibonacci number by two calls. Nothing but calls.
#include "kernel.h"

__attribute__((noinline)) static int64_t fib(int32_t n) {
  if (n < 2) return n;
  return fib(n - 1) + fib(n - 2);
}

EXPORT("run") int64_t run(int32_t n) { return fib(n); }
