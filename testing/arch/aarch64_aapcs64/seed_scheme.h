/* A context of the seed's scheme: testing/bench/seed_scheme.h. */
#ifndef CTX_TESTING_ARCH_AARCH64_AAPCS64_SEED_SCHEME_H_
#define CTX_TESTING_ARCH_AARCH64_AAPCS64_SEED_SCHEME_H_

/* Offsets in seed_context, for the assembly; seed_scheme.c asserts them. */
#define SEED_X(n) (8 * ((n)-19)) /* x19 to x30 */
#define SEED_SP 96
#define SEED_X0 104
#define SEED_X1 112
#define SEED_D(n) (128 + 8 * ((n)-8)) /* d8 to d15 */
#define SEED_Q(n) (192 + 16 * (n))    /* q0 to q7 */
#define SEED_RETVALS 320
#define SEED_RETVAL_Q0 336
#define SEED_PARENT 352
#define SEED_CALLBACK 360
#define SEED_CALLBACK_DATA 368

#ifndef __ASSEMBLER__

#include <signal.h>
#include <stddef.h>
#include <stdint.h>

enum { SEED_NUM_GENERAL = 8, SEED_NUM_VECTOR = 8 };

typedef struct seed_vector {
  _Alignas(16) uint64_t words[2];
} seed_vector;

typedef struct seed_context {
  uint64_t x19_to_x30[12], sp, x0, x1;
  uint64_t padding;
  uint64_t d8_to_d15[8];
  seed_vector q[8];
  uint64_t retvals[2];
  seed_vector retval_q0;
  struct seed_context *parent;
  void (*callback)(void *);
  void *callback_data;
  sigset_t signal_mask;
} __attribute__((aligned(64))) seed_context;

void seed_asm_bootstrap(void);
void seed_asm_backstop(void);

static inline void seed_put_vector(seed_context *child, size_t index, uint64_t lane) {
  child->q[index] = (seed_vector){{lane, lane}};
}

/* Below `top` are the addresses of the chain, then the first registers' contents. */
static inline void seed_start(seed_context *child, uint64_t *top, const uint64_t *general,
                              void (*entry)(void)) {
  *--top = (uint64_t)(uintptr_t)seed_asm_backstop;
  *--top = (uint64_t)(uintptr_t)entry;
  for (size_t i = SEED_NUM_GENERAL; i > 0; i--)
    *--top = general[i - 1];
  child->sp = (uint64_t)(uintptr_t)top;
  child->x19_to_x30[29 - 19] = (uint64_t)(uintptr_t)child;
  child->x19_to_x30[30 - 19] = (uint64_t)(uintptr_t)seed_asm_bootstrap;
}

#endif /* __ASSEMBLER__ */

#endif /* CTX_TESTING_ARCH_AARCH64_AAPCS64_SEED_SCHEME_H_ */
