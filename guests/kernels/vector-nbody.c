// Kernel for vectors: n steps of five bodies, whose places and speeds are pairs of f64 and one more.
#include "kernel.h"

#define BODIES 5

typedef double pair __attribute__((vector_size(16)));

struct body { pair place, speed; double height, rise, mass; };

static struct body bodies[BODIES];

static void advance(double dt) {
  for (int i = 0; i < BODIES; i++) {
    struct body *a = &bodies[i];
    for (int j = i + 1; j < BODIES; j++) {
      struct body *b = &bodies[j];
      pair apart = a->place - b->place, squares = apart * apart;
      double up = a->height - b->height, square = squares[0] + squares[1] + up * up;
      double force = dt / (square * __builtin_sqrt(square)), on_a = force * b->mass, on_b = force * a->mass;
      a->speed -= apart * on_a, a->rise -= up * on_a;
      b->speed += apart * on_b, b->rise += up * on_b;
    }
  }
  for (int i = 0; i < BODIES; i++) {
    bodies[i].place += bodies[i].speed * dt;
    bodies[i].height += bodies[i].rise * dt;
  }
}

EXPORT("run") int64_t run(int32_t n) {
  for (int i = 0; i < BODIES; i++) {
    bodies[i].place = (pair){i * 3.5, i * -1.25}, bodies[i].height = i * 0.125;
    bodies[i].speed = (pair){i * 0.01, i * 0.6}, bodies[i].rise = i * -0.02;
    bodies[i].mass = i ? 0.01 * i : 39.0;
  }
  for (int32_t step = 0; step < n; step++) advance(0.001);
  uint64_t checksum = CHECKSUM_START;
  for (int i = 0; i < BODIES; i++) {
    checksum = mixed(mixed(checksum, bits_of(bodies[i].place[0])), bits_of(bodies[i].place[1]));
    checksum = mixed(checksum, bits_of(bodies[i].height));
  }
  return (int64_t)checksum;
}
