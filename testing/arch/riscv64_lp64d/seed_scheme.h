/* A context of the seed's scheme: testing/bench/seed_scheme.h. */
#ifndef CTX_TESTING_ARCH_RISCV64_LP64D_SEED_SCHEME_H_
#define CTX_TESTING_ARCH_RISCV64_LP64D_SEED_SCHEME_H_

/* Offsets in seed_context, for the assembly; seed_scheme.c asserts them. */
#define SEED_S(n) (8 * (n))
#define SEED_SP 96
#define SEED_RA 104
#define SEED_A0 112
#define SEED_A1 120
#define SEED_FS(n) (128 + 8 * (n))
#define SEED_FA(n) (224 + 8 * (n))
#define SEED_RETVALS 288
#define SEED_RETVAL_FA0 304
#define SEED_PARENT 312
#define SEED_CALLBACK 320
#define SEED_CALLBACK_DATA 328

#ifndef __ASSEMBLER__

#include <signal.h>
#include <stddef.h>
#include <stdint.h>

enum { SEED_NUM_GENERAL = 8, SEED_NUM_VECTOR = 8 };

typedef struct seed_context {
  uint64_t s[12], sp, ra, a0, a1;
  uint64_t fs[12];
  uint64_t fa[8];
  uint64_t retvals[2];
  uint64_t retval_fa0;
  struct seed_context *parent;
  void (*callback)(void *);
  void *callback_data;
  sigset_t signal_mask;
} __attribute__((aligned(64))) seed_context;

void seed_asm_bootstrap(void);
void seed_asm_backstop(void);

static inline void seed_put_vector(seed_context *child, size_t index, uint64_t lane) {
  child->fa[index] = lane;
}

/* Below `top` are the addresses of the chain, then the first registers' contents. */
static inline void seed_start(seed_context *child, uint64_t *top, const uint64_t *general,
                              void (*entry)(void)) {
  *--top = (uint64_t)(uintptr_t)seed_asm_backstop;
  *--top = (uint64_t)(uintptr_t)entry;
  for (size_t i = SEED_NUM_GENERAL; i > 0; i--)
    *--top = general[i - 1];
  child->sp = (uint64_t)(uintptr_t)top;
  child->s[0] = (uint64_t)(uintptr_t)child;
  child->ra = (uint64_t)(uintptr_t)seed_asm_bootstrap;
}

#endif /* __ASSEMBLER__ */

#endif /* CTX_TESTING_ARCH_RISCV64_LP64D_SEED_SCHEME_H_ */
