// Kernel: all permutations of n pancakes, and how often each has to be turned until the first is on top. Small arrays of ints,
// n up to 12.
#include "kernel.h"

#define MAX 12

static int32_t turns(const int32_t *permutation, int32_t n) {
  int32_t pile[MAX], count = 0;
  for (int32_t i = 0; i < n; i++) pile[i] = permutation[i];
  for (int32_t first = pile[0]; first != 0; first = pile[0]) {
    for (int32_t low = 0, high = first; low < high; low++, high--) {
      int32_t kept = pile[low];
      pile[low] = pile[high];
      pile[high] = kept;
    }
    count++;
  }
  return count;
}

EXPORT("run") int64_t run(int32_t n) {
  require(n >= 1 && n <= MAX);
  int32_t permutation[MAX], rotations[MAX + 1], most = 0, sum = 0, sign = 1;
  for (int32_t i = 0; i < n; i++) permutation[i] = i, rotations[i + 1] = 0;

  for (;;) {
    int32_t count = turns(permutation, n);
    if (count > most) most = count;
    sum += sign * count;
    sign = -sign;

    // The next permutation: rotates the first two, and each time that a group is through, the group that is larger by one.
    int32_t size = 2;
    for (;; size++) {
      if (size > n) return (int64_t)sum << 32 | most;
      int32_t first = permutation[0];
      for (int32_t i = 1; i < size; i++) permutation[i - 1] = permutation[i];
      permutation[size - 1] = first;
      if (++rotations[size] < size) break;
      rotations[size] = 0;
    }
  }
}
