/* The floating-point control word, and the key by which switches compare it; see CTX_CHANGE_FP in
 * asm/riscv64_lp64d/switch.S. Included by ctx/inline.h, by way of fresh.h. */
#ifndef CTX_ARCH_RISCV64_LP64D_FP_CONTROL_H_
#define CTX_ARCH_RISCV64_LP64D_FP_CONTROL_H_

#include <stdbool.h>

#include "ctx/arch/fp_key.h"
#include "ctx/arch/riscv64_lp64d/fp_words.h"
#include "ctx/ctx.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ctx_fp_words_ makes the number that a context has in its field fp_words. */
static __inline__ uint64_t ctx_fp_words_(uint64_t frm) {
  return (frm & CTX_FRM_CONTROL_) | CTX_FP_ALWAYS_SET_;
}

/* ctx_fp_current_ reads the word that is in force. */
static __inline__ uint64_t ctx_fp_current_(void) {
  uint64_t frm;
  __asm__ volatile("frrm %0" : "=r"(frm));
  return ctx_fp_words_(frm);
}

/* ctx_fp_key_ is the number that switches compare for a context that declares `words`. */
static __inline__ uint64_t ctx_fp_key_(const ctx_context *context, uint64_t words, bool saves) {
  return saves ? ctx_fp_key_own_(context) : words;
}

/* ctx_fp_is_as_declared_ returns whether the word that is in force is the one that `running`, which
 * runs, has declared. A context that has declared none, or saves its own, is right. */
static __inline__ bool ctx_fp_is_as_declared_(const ctx_context *running) {
  uint64_t key = running->fp_key;
  if (key == CTX_FP_KEY_UNKNOWN_ || ctx_fp_key_is_own_(key)) return true;
  return ctx_fp_current_() == running->fp_words;
}

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CTX_ARCH_RISCV64_LP64D_FP_CONTROL_H_ */
