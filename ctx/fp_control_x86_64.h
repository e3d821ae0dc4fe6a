/* The floating-point control words and the key by which switches compare them; see CTX_CHANGE_FP in
 * asm/x86_64_sysv.S. */
#ifndef CTX_FP_CONTROL_X86_64_H_
#define CTX_FP_CONTROL_X86_64_H_

#include "asm/layout.h"
#include "ctx/ctx.h"

typedef struct ctx_fp_words {
  uint32_t mxcsr;
  uint16_t x87_control;
} ctx_fp_words;

/* ctx_fp_current reads what is in force. */
static inline ctx_fp_words ctx_fp_current(void) {
  ctx_fp_words words;
  __asm__("stmxcsr %0" : "=m"(words.mxcsr));
  __asm__("fnstcw %0" : "=m"(words.x87_control));
  return words;
}

/* ctx_fp_declare makes `words` those that `context` is resumed with. */
static inline void ctx_fp_declare(ctx_context *context, ctx_fp_words words, bool saves) {
  uint32_t mxcsr = words.mxcsr & CTX_MXCSR_CONTROL;
  uint32_t x87_control = words.x87_control & CTX_X87_CONTROL;
  context->mxcsr = mxcsr;
  context->x87_control = (uint16_t)x87_control;
  context->fp_key = saves ? (uint64_t)(uintptr_t)context | UINT64_C(1) << 63
                          : (uint64_t)x87_control << 32 | mxcsr;
}

static inline bool ctx_fp_saves(const ctx_context *context) { return context->fp_key >> 63 != 0; }

#endif /* CTX_FP_CONTROL_X86_64_H_ */
