/* A context of the seed's scheme: testing/bench/seed_scheme.h. */
#ifndef CTX_TESTING_ARCH_X86_64_SYSV_SEED_SCHEME_H_
#define CTX_TESTING_ARCH_X86_64_SYSV_SEED_SCHEME_H_

/* Offsets in seed_context, for the assembly; seed_scheme.c asserts them. */
#define SEED_RBX 0
#define SEED_RSP 8
#define SEED_RBP 16
#define SEED_RDI 24
#define SEED_R12 32
#define SEED_R13 40
#define SEED_R14 48
#define SEED_R15 56
#define SEED_RSI 64
#define SEED_XMM(n) (80 + 16 * (n))
#define SEED_RETVALS 208
#define SEED_RETVAL_XMM0 224
#define SEED_PARENT 240
#define SEED_CALLBACK 248
#define SEED_CALLBACK_DATA 256

#ifndef __ASSEMBLER__

#include <emmintrin.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>

enum { SEED_NUM_GENERAL = 6, SEED_NUM_VECTOR = 8 };

typedef struct seed_context {
  uint64_t rbx, rsp, rbp, rdi, r12, r13, r14, r15, rsi;
  uint64_t padding;
  __m128 xmm[8];
  uint64_t retvals[2];
  __m128 retval_xmm0;
  struct seed_context *parent;
  void (*callback)(void *);
  void *callback_data;
  sigset_t signal_mask;
} __attribute__((aligned(64))) seed_context;

void seed_asm_bootstrap(void);
void seed_asm_backstop(void);

static inline void seed_put_vector(seed_context *child, size_t index, uint64_t lane) {
  child->xmm[index] = _mm_castsi128_ps(_mm_set1_epi64x((long long)lane));
}

/* Below `top` are the addresses of the chain, with the first registers' contents between. */
static inline void seed_start(seed_context *child, uint64_t *top, const uint64_t *general,
                              void (*entry)(void)) {
  *--top = (uint64_t)(uintptr_t)seed_asm_backstop;
  *--top = (uint64_t)(uintptr_t)entry;
  for (size_t i = 0; i < SEED_NUM_GENERAL; i++)
    *--top = general[i];
  *--top = (uint64_t)(uintptr_t)seed_asm_bootstrap;
  child->rsp = (uint64_t)(uintptr_t)top;
  child->rbp = (uint64_t)(uintptr_t)child;
}

#endif /* __ASSEMBLER__ */

#endif /* CTX_TESTING_ARCH_X86_64_SYSV_SEED_SCHEME_H_ */
