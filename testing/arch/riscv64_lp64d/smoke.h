/* The control word of floating point, for testing/builds/smoke.c: in C and in C++. */
#ifndef CTX_TESTING_ARCH_RISCV64_LP64D_SMOKE_H_
#define CTX_TESTING_ARCH_RISCV64_LP64D_SMOKE_H_

#include <stdint.h>

#include "ctx/ctx.h"

static inline uint32_t fp_words_now(void) {
  uint64_t frm;
  __asm__ volatile("frrm %0" : "=r"(frm));
  return (uint32_t)frm;
}

/* A process does not start with this: it rounds towards zero. */
enum { OTHER_FP_WORDS = 1 };
static inline void give_other_fp_words(ctx_context *context) {
  ctx_declare_fp_control(context, OTHER_FP_WORDS);
}

#endif /* CTX_TESTING_ARCH_RISCV64_LP64D_SMOKE_H_ */
