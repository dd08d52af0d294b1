// Kernel: binary trees of depth n, node by node from an allocator of free lists, counted and freed again. Calls, pointers and
// blocks of memory, n up to 18.
#include "kernel.h"

#define MAX 18
#define HEAP (24 << 20)
#define CLASSES 16

struct node { struct node *left, *right; int32_t value; };
struct block { uint32_t size; struct block *next; };

static uint8_t heap[HEAP];
static uint32_t used;
static struct block *free_blocks[CLASSES];

static void *allocate(uint32_t size) {
  uint32_t class = (size + 15) / 16;
  require(class < CLASSES);
  struct block *block = free_blocks[class];
  if (block) {
    free_blocks[class] = block->next;
  } else {
    uint32_t whole = class * 16 + 16;
    require(used + whole <= HEAP);
    block = (struct block *)(heap + used);
    used += whole;
    block->size = class;
  }
  return &block->next;
}

static void release(void *pointer) {
  struct block *block = (struct block *)((uint8_t *)pointer - 4);
  require(block->size < CLASSES);
  block->next = free_blocks[block->size];
  free_blocks[block->size] = block;
}

static struct node *build(int32_t depth, int32_t value) {
  struct node *node = allocate(sizeof *node);
  node->value = value;
  node->left = depth ? build(depth - 1, value * 2) : 0;
  node->right = depth ? build(depth - 1, value * 2 + 1) : 0;
  return node;
}

static int32_t sum(const struct node *node) {
  return node->left ? node->value + sum(node->left) - sum(node->right) : node->value;
}

static void destroy(struct node *node) {
  if (node->left) destroy(node->left), destroy(node->right);
  release(node);
}

EXPORT("run") int64_t run(int32_t n) {
  require(n >= 4 && n <= MAX);
  used = 0;
  for (int i = 0; i < CLASSES; i++) free_blocks[i] = 0;
  uint64_t checksum = CHECKSUM_START;
  struct node *lasting = build(n, 1);
  for (int32_t depth = 4; depth < n; depth += 4) {
    for (int32_t i = 0; i < 1 << (n - depth); i++) {
      struct node *tree = build(depth, i);
      checksum = mixed(checksum, (uint32_t)sum(tree));
      destroy(tree);
    }
  }
  return (int64_t)mixed(checksum, (uint32_t)sum(lasting));
}
