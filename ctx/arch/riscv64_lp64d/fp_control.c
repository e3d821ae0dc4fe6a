#include "ctx/arch/arch.h"

#ifdef CTX_ARCH_RISCV64_LP64D_

#include "ctx/arch/riscv64_lp64d/fp_control.h"

void ctx_declare_fp_control(ctx_context *context, uint64_t frm) {
  uint64_t words = ctx_fp_words_(frm);
  context->fp_key = ctx_fp_key_(context, words, ctx_fp_saves_(context));
  context->fp_words = words;
}

#endif
