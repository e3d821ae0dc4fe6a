#include "ctx/arch/arch.h"

#ifdef CTX_ARCH_AARCH64_AAPCS64_

#include "ctx/arch/aarch64_aapcs64/layout.h"
#include "ctx/arch/aarch64_aapcs64/results.h"

void ctx_results_clear(ctx_context *child) {
  child->retval_gp[0] = child->retval_gp[1] = 0;
  child->retval_fp[0] = child->retval_fp[1] = 0;
  if (child->returned != 0 && child->returned < CTX_RETURNED_CANCELLED) {
    child->returned = CTX_RETURNED_CLEARED;
  }
}

#endif
