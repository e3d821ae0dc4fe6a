/* Keys of control words that are no words. Included by the folders' fp_control.h, and so by
 * ctx/inline.h. */
#ifndef CTX_ARCH_FP_KEY_H_
#define CTX_ARCH_FP_KEY_H_

#include <stdbool.h>
#include <stdint.h>

#include "ctx/arch/arch.h"
#include CTX_ARCH_HEADER_(fp_words.h)
#include "ctx/ctx.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ctx_fp_key_own_ is a number that no other context's key equals. */
static __inline__ uint64_t ctx_fp_key_own_(const ctx_context *context) {
  return (uint64_t)(uintptr_t)context | UINT64_C(1) << 63;
}
static __inline__ bool ctx_fp_key_is_own_(uint64_t key) { return key >> 63 != 0; }

/* ctx_fp_saves_ returns whether the context saves its words at each switch. */
static __inline__ bool ctx_fp_saves_(const ctx_context *context) {
  return ctx_fp_key_is_own_(context->fp_key) && (context->fp_key & CTX_FP_KEY_INHERITS_) == 0;
}

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CTX_ARCH_FP_KEY_H_ */
