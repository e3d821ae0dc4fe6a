#include "ctx/arch/arch.h"

#ifdef CTX_ARCH_X86_64_SYSV_

#include "ctx/arch/x86_64_sysv/fp_words.h"
#include "ctx/arch/x86_64_sysv/fresh.h"
#include "ctx/arch/x86_64_sysv/routines.h"

/* ctx_no_parent is the parent of a context that nobody has swapped to. It is not a constant, since
 * a return or a yield writes into the parent that it no longer waits. */
static ctx_context ctx_no_parent = {
    .rip = CTX_RESUME_AT(ctx_asm_orphan),
    .fp_key = (uint64_t)CTX_X87_DEFAULT_ << CTX_FP_KEY_X87_SHIFT_ | CTX_MXCSR_DEFAULT_,
    .mxcsr = CTX_MXCSR_DEFAULT_,
    .x87_control = CTX_X87_DEFAULT_,
};

const struct ctx_fresh_addresses_ ctx_fresh_addresses_ = {
    .enter_bare = (uint64_t)(uintptr_t)ctx_asm_enter_bare,
    .activate = CTX_RESUME_AT(ctx_asm_activate),
    .unwind_end = CTX_RESUME_AT(ctx_asm_orphan),
    .no_parent = (uint64_t)(uintptr_t)&ctx_no_parent,
};

#endif
