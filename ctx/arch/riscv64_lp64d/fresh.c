#include "ctx/arch/arch.h"

#ifdef CTX_ARCH_RISCV64_LP64D_

#include "ctx/arch/riscv64_lp64d/fp_words.h"
#include "ctx/arch/riscv64_lp64d/fresh.h"
#include "ctx/arch/riscv64_lp64d/routines.h"

/* ctx_no_parent is the parent of a context that nobody has swapped to. It is not a constant, since
 * a return or a yield writes into the parent that it no longer waits. */
static ctx_context ctx_no_parent = {
    .pc = CTX_RESUME_AT(ctx_asm_orphan),
    .fp_key = CTX_FP_ALWAYS_SET_ | CTX_FRM_DEFAULT_,
    .fp_words = CTX_FP_ALWAYS_SET_ | CTX_FRM_DEFAULT_,
};

const struct ctx_fresh_addresses_ ctx_fresh_addresses_ = {
    .enter_bare = (uint64_t)(uintptr_t)ctx_asm_enter_bare,
    .activate = CTX_RESUME_AT(ctx_asm_activate),
    .unwind_end = CTX_RESUME_AT(ctx_asm_orphan),
    .no_parent = (uint64_t)(uintptr_t)&ctx_no_parent,
};

#endif
