/* The floating-point control words and the key by which switches compare them; see CTX_CHANGE_FP in
 * asm/x86_64_sysv.S. */
#ifndef CTX_FP_CONTROL_X86_64_H_
#define CTX_FP_CONTROL_X86_64_H_

#include "asm/layout.h"
#include "ctx/ctx.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Both words in one number, as they lie in a context from its field mxcsr on. */
static __inline__ uint64_t ctx_fp_words(uint32_t mxcsr, uint16_t x87_control) {
  uint64_t x87_bits = (x87_control & CTX_X87_CONTROL) | CTX_X87_ALWAYS_SET;
  return x87_bits << CTX_FP_KEY_X87_SHIFT | (mxcsr & CTX_MXCSR_CONTROL);
}

/* ctx_fp_current reads what is in force. */
static __inline__ uint64_t ctx_fp_current(void) {
  uint32_t mxcsr;
  uint16_t x87_control;
  __asm__ volatile("stmxcsr %0" : "=m"(mxcsr));
  __asm__ volatile("fnstcw %0" : "=m"(x87_control));
  return ctx_fp_words(mxcsr, x87_control);
}

static __inline__ bool ctx_fp_saves(const ctx_context *context) {
  return context->fp_key >> 63 != 0;
}

/* What switches compare for a context that declares `words`. */
static __inline__ uint64_t ctx_fp_key(const ctx_context *context, uint64_t words, bool saves) {
  return saves ? (uint64_t)(uintptr_t)context | UINT64_C(1) << 63 : words;
}

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CTX_FP_CONTROL_X86_64_H_ */
