// Benchmark: quicksort of n pseudo-random ints, n up to 1,000,000.
#include <stdint.h>

#define EXPORT(name) __attribute__((export_name(name)))
#define MAX 1000000

static int32_t values[MAX];

static void fill(int32_t n) {
  // Xorshift: any generator would do, this one is easy to repeat in another language.
  uint32_t state = 2463534242u;
  for (int32_t i = 0; i < n; i++) {
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    values[i] = (int32_t)state;
  }
}

static void sort(int32_t low, int32_t high) {
  while (low < high) {
    int32_t pivot = values[low + (high - low) / 2], left = low - 1, right = high + 1;
    for (;;) {
      do left++; while (values[left] < pivot);
      do right--; while (values[right] > pivot);
      if (left >= right) break;
      int32_t swapped = values[left];
      values[left] = values[right];
      values[right] = swapped;
    }
    // Recursion takes the shorter side, so that the stack stays within log2(n) frames.
    if (right - low < high - right - 1) {
      sort(low, right);
      low = right + 1;
    } else {
      sort(right + 1, high);
      high = right;
    }
  }
}

EXPORT("run") int64_t run(int32_t n) {
  if (n < 0 || n > MAX) __builtin_trap();

  fill(n);
  sort(0, n - 1);

  // Depends on the order, so an unsorted array cannot give the right answer.
  uint64_t checksum = 0;
  for (int32_t i = 0; i < n; i++) checksum = checksum * 31 + (uint64_t)(int64_t)values[i];
  return (int64_t)checksum;
}
