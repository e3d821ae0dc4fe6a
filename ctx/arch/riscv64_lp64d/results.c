#include "ctx/arch/arch.h"

#ifdef CTX_ARCH_RISCV64_LP64D_

#include "ctx/arch/riscv64_lp64d/layout.h"
#include "ctx/arch/riscv64_lp64d/results.h"

void ctx_results_clear(ctx_context *child) {
  child->retval_gp[0] = child->retval_gp[1] = 0;
  child->retval_fp[0] = child->retval_fp[1] = child->retval_fa1 = 0;
  if (child->returned != 0 && child->returned < CTX_RETURNED_CANCELLED) {
    child->returned = CTX_RETURNED_CLEARED;
  }
}

#endif
