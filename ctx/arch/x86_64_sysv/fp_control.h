/* The floating-point control words, and the key by which switches compare them; see CTX_CHANGE_FP
 * in asm/x86_64_sysv/switch.S. Included by ctx/inline.h, by way of fresh.h. */
#ifndef CTX_ARCH_X86_64_SYSV_FP_CONTROL_H_
#define CTX_ARCH_X86_64_SYSV_FP_CONTROL_H_

#include <stdbool.h>

#include "ctx/arch/fp_key.h"
#include "ctx/arch/x86_64_sysv/fp_words.h"
#include "ctx/ctx.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ctx_fp_words_ makes one number of both words, as a context has them from its field mxcsr on. */
static __inline__ uint64_t ctx_fp_words_(uint32_t mxcsr, uint16_t x87_control) {
  uint64_t x87_bits = (x87_control & CTX_X87_CONTROL_) | CTX_X87_ALWAYS_SET_;
  return x87_bits << CTX_FP_KEY_X87_SHIFT_ | (mxcsr & CTX_MXCSR_CONTROL_);
}

/* ctx_fp_current_ reads the words that are in force. */
static __inline__ uint64_t ctx_fp_current_(void) {
  uint32_t mxcsr;
  uint16_t x87_control;
  __asm__ volatile("stmxcsr %0" : "=m"(mxcsr));
  __asm__ volatile("fnstcw %0" : "=m"(x87_control));
  return ctx_fp_words_(mxcsr, x87_control);
}

/* ctx_fp_key_ is the number that switches compare for a context that declares `words`. */
static __inline__ uint64_t ctx_fp_key_(const ctx_context *context, uint64_t words, bool saves) {
  return saves ? ctx_fp_key_own_(context) : words;
}

/* ctx_fp_is_as_declared_ returns whether the words that are in force are those that `running`,
 * which runs, has declared. A context that has declared none, or saves its own, is right. */
static __inline__ bool ctx_fp_is_as_declared_(const ctx_context *running) {
  uint64_t key = running->fp_key;
  if (key == CTX_FP_KEY_UNKNOWN_ || ctx_fp_key_is_own_(key)) return true;
  return ctx_fp_current_() == ctx_fp_words_(running->mxcsr, running->x87_control);
}

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CTX_ARCH_X86_64_SYSV_FP_CONTROL_H_ */
