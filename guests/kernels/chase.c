// Kernel: n steps through a list whose nodes lie in 1 MiB in random order. Loads that wait for each other.
#include "kernel.h"

#define NODES (1 << 16)

struct node { struct node *next; uint32_t value; uint32_t unused[2]; };

static struct node nodes[NODES];
static uint32_t order[NODES];

EXPORT("run") int64_t run(int32_t n) {
  uint32_t seed = 99;
  for (uint32_t i = 0; i < NODES; i++) order[i] = i;
  for (uint32_t i = NODES - 1; i > 0; i--) {
    uint32_t other = random_next(&seed) % (i + 1), kept = order[i];
    order[i] = order[other], order[other] = kept;
  }
  for (uint32_t i = 0; i < NODES; i++) {
    nodes[order[i]].next = &nodes[order[(i + 1) % NODES]];
    nodes[order[i]].value = i * 2654435761u;
  }
  uint64_t sum = 0;
  const struct node *node = nodes;
  for (int32_t i = 0; i < n; i++) {
    sum += node->value;
    node = node->next;
  }
  return (int64_t)sum;
}
