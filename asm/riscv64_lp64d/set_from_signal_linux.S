/* Leaves a signal's handler for a context, with that context's signal mask. Linux on riscv64. */

#include "ctx/arch/arch.h"

#if defined(CTX_ARCH_RISCV64_LP64D_) && defined(__linux__)

#include <asm/unistd.h>

#include "ctx/arch/riscv64_lp64d/assembly.h"
#include "ctx/arch/riscv64_lp64d/layout.h"

#define CTX_SIG_SETMASK 2       /* SIG_SETMASK of <signal.h>, which is not for assembly */
#define CTX_KERNEL_MASK_SIZE 8  /* bytes of the kernel's sigset_t */

    .text

/* ---- void ctx_system_set_from_signal(const ctx_context *to) ---- */
/* In: a0 = to. Out, where `to` goes on: a0 = to, a1 = 0. Clobbers: everything else that the caller
 * may use.
 * Out, if the system refuses the mask: nothing; the caller goes on.
 *
 * As x86_64_sysv: the mask is set once the handler's stack has been left.
 *
 * System calls keep all registers except a0, and vector registers. */
    .p2align 4
    CTX_HIDDEN_FUNCTION ctx_system_set_from_signal
    mv a5, a0
    mv a6, sp /* the way back */
    ld t1, CTX_OFFSET_PC(a5)
    ld t2, CTX_OFFSET_SP(a5)
    li a0, CTX_SIG_SETMASK
    addi a1, a5, CTX_OFFSET_SIGNAL_MASK
    li a2, 0
    li a3, CTX_KERNEL_MASK_SIZE
    li a7, __NR_rt_sigprocmask
    .cfi_def_cfa t2, 0
    .cfi_register a0, a5
    CTX_CFI_IN_CONTEXT_OF(DW_A5, DW_RA, CTX_OFFSET_PC)
    CTX_CFI_IN_CONTEXT_OF(DW_A5, DW_S0, CTX_OFFSET_S0)
    CTX_CFI_IN_CONTEXT_OF(DW_A5, DW_S1, CTX_OFFSET_S1)
    mv sp, t2
    ecall
    bnez a0, 1f
    mv a0, a5
    li a1, 0
    CTX_LOAD_FP
    ld s0, CTX_OFFSET_S0(a0)
    sd zero, CTX_OFFSET_WAITS(a0)
    jr t1
    CTX_TRAP
1:
    mv sp, a6
    .cfi_def_cfa sp, 0
    .cfi_same_value a0
    .cfi_same_value s0
    .cfi_same_value s1
    .cfi_same_value ra
    ret
    CTX_END_FUNCTION ctx_system_set_from_signal

#endif

/* On every architecture: a program is marked as all of its objects are. */
#include CTX_ARCH_HEADER_(assembly.h)
    CTX_OBJECT_NOTES
