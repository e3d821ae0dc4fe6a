#include "ctx/arch/arch.h"

#ifdef CTX_ARCH_AARCH64_AAPCS64_

#include "ctx/arch/aarch64_aapcs64/fp_control.h"

/* Returns what this processor makes of a word. The bits of features that it does not have, traps
 * most of all, read as 0 whatever is loaded. No arithmetic comes between. */
static uint64_t ctx_fpcr_as_loaded(uint64_t fpcr) {
  uint64_t before, loaded;
  __asm__ volatile(
      "mrs %0, fpcr\n\t"
      "msr fpcr, %2\n\t"
      "mrs %1, fpcr\n\t"
      "msr fpcr, %0"
      : "=&r"(before), "=&r"(loaded)
      : "r"(fpcr));
  return loaded;
}

void ctx_declare_fp_control(ctx_context *context, uint64_t fpcr) {
  uint64_t words = ctx_fp_words_(ctx_fpcr_as_loaded(fpcr & CTX_FPCR_CONTROL_));
  context->fp_key = ctx_fp_key_(context, words, ctx_fp_saves_(context));
  context->fp_words = words;
}

#endif
