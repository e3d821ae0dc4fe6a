#include "ctx/arch/arch.h"

#ifdef CTX_ARCH_X86_64_SYSV_

#include "ctx/arch/x86_64_sysv/fp_control.h"
#include "ctx/arch/x86_64_sysv/fp_words.h"

void ctx_declare_fp_control(ctx_context *context, uint32_t mxcsr, uint16_t x87_control) {
  uint64_t words = ctx_fp_words_(mxcsr, x87_control);
  context->fp_key = ctx_fp_key_(context, words, ctx_fp_saves_(context));
  context->mxcsr = (uint32_t)words;
  context->x87_control = (uint16_t)(words >> CTX_FP_KEY_X87_SHIFT_);
  context->fp_zero = 0;
}

#endif
