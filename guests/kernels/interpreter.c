// Kernel: a small stack machine, a switch in a loop, whose program counts the primes below n. Jumps that are hard to predict.
#include "kernel.h"

enum { PUSH, LOAD, STORE, ADD, SUB, MUL, REM, LESS, EQUAL, NOT, JUMP, JUMP_IF_ZERO, DUP, DROP, HALT };
enum { I, J, COUNT, LIMIT };

static int32_t code[128], stack[64], variables[4], length;

static int32_t emit(int32_t operator, int32_t operand) {
  code[length++] = operator;
  code[length++] = operand;
  return length - 1;
}

static void op(int32_t operator) { code[length++] = operator; }

static void increment(int32_t variable) {
  emit(LOAD, variable), emit(PUSH, 1), op(ADD), emit(STORE, variable);
}

// for (i = 2; i < limit; i++) { for (j = 2; j * j <= i; j++) if (i % j == 0) goto next; count++; next:; }
static void assemble(void) {
  length = 0;
  emit(PUSH, 2), emit(STORE, I);
  int32_t outer = length;
  emit(LOAD, I), emit(LOAD, LIMIT), op(LESS);
  int32_t done = emit(JUMP_IF_ZERO, 0);
  emit(PUSH, 2), emit(STORE, J);
  int32_t inner = length;
  emit(LOAD, I), emit(LOAD, J), op(DUP), op(MUL), op(LESS), op(NOT);
  int32_t prime = emit(JUMP_IF_ZERO, 0);
  emit(LOAD, I), emit(LOAD, J), op(REM), emit(PUSH, 0), op(EQUAL), op(NOT);
  int32_t divided = emit(JUMP_IF_ZERO, 0);
  increment(J), emit(JUMP, inner);
  code[prime] = length;
  increment(COUNT);
  code[divided] = length;
  increment(I), emit(JUMP, outer);
  code[done] = length;
  op(HALT);
}

static int64_t interpret(void) {
  int32_t *top = stack;
  const int32_t *at = code;
  int64_t steps = 0;
  for (;;) {
    steps++;
    switch (*at++) {
      case PUSH: *top++ = *at++; break;
      case LOAD: *top++ = variables[*at++]; break;
      case STORE: variables[*at++] = *--top; break;
      case ADD: top--, top[-1] += top[0]; break;
      case SUB: top--, top[-1] -= top[0]; break;
      case MUL: top--, top[-1] *= top[0]; break;
      case REM: top--, top[-1] %= top[0]; break;
      case LESS: top--, top[-1] = top[-1] < top[0]; break;
      case EQUAL: top--, top[-1] = top[-1] == top[0]; break;
      case NOT: top[-1] = !top[-1]; break;
      case JUMP: at = code + *at; break;
      case JUMP_IF_ZERO: at = *--top ? at + 1 : code + *at; break;
      case DUP: top[0] = top[-1], top++; break;
      case DROP: top--; break;
      default: return steps;
    }
  }
}

EXPORT("run") int64_t run(int32_t n) {
  assemble();
  variables[COUNT] = 0, variables[LIMIT] = n;
  int64_t steps = interpret();
  return steps << 20 | variables[COUNT];
}
