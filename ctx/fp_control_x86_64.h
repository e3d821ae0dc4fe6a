/* The floating-point control words and the key by which switches compare them; see CTX_CHANGE_FP in
 * asm/x86_64_sysv.S. */
#ifndef CTX_FP_CONTROL_X86_64_H_
#define CTX_FP_CONTROL_X86_64_H_

#include <string.h>

#include "asm/layout.h"
#include "ctx/ctx.h"

/* Both words in one number, as they lie in a context from its field mxcsr on. */
static inline uint64_t ctx_fp_words(uint32_t mxcsr, uint16_t x87_control) {
  return (uint64_t)(x87_control & CTX_X87_CONTROL) << 32 | (mxcsr & CTX_MXCSR_CONTROL);
}

/* ctx_fp_current reads what is in force. */
static inline uint64_t ctx_fp_current(void) {
  uint32_t mxcsr;
  uint16_t x87_control;
  __asm__ volatile("stmxcsr %0" : "=m"(mxcsr));
  __asm__ volatile("fnstcw %0" : "=m"(x87_control));
  return ctx_fp_words(mxcsr, x87_control);
}

/* ctx_fp_declare makes `words` those that `context` is resumed with. */
static inline void ctx_fp_declare(ctx_context *context, uint64_t words, bool saves) {
  memcpy(&context->mxcsr, &words, sizeof words);
  context->fp_key = saves ? (uint64_t)(uintptr_t)context | UINT64_C(1) << 63 : words;
}
_Static_assert(offsetof(ctx_context, x87_control) == offsetof(ctx_context, mxcsr) + 4 &&
                   offsetof(ctx_context, fp_zero) == offsetof(ctx_context, mxcsr) + 6,
               "the words lie side by side");

static inline bool ctx_fp_saves(const ctx_context *context) { return context->fp_key >> 63 != 0; }

#endif /* CTX_FP_CONTROL_X86_64_H_ */
