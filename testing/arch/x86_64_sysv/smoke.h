/* Control words of floating point, for testing/builds/smoke.c: in C and in C++. */
#ifndef CTX_TESTING_ARCH_X86_64_SYSV_SMOKE_H_
#define CTX_TESTING_ARCH_X86_64_SYSV_SMOKE_H_

#include <stdint.h>

#include "ctx/ctx.h"

static inline uint32_t fp_words_now(void) {
  uint32_t mxcsr;
  __asm__ volatile("stmxcsr %0" : "=m"(mxcsr));
  return mxcsr & 0xffc0;
}

/* A process does not start with these. */
enum { OTHER_FP_WORDS = 0x7f80 };
static inline void give_other_fp_words(ctx_context *context) {
  ctx_declare_fp_control(context, OTHER_FP_WORDS, 0x0f7f);
}

#endif /* CTX_TESTING_ARCH_X86_64_SYSV_SMOKE_H_ */
