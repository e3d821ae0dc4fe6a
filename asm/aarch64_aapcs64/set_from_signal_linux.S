/* Leaves a signal's handler for a context, with that context's signal mask. Linux on aarch64. */

#include "ctx/arch/arch.h"

#if defined(CTX_ARCH_AARCH64_AAPCS64_) && defined(__linux__)

#include <asm/unistd.h>

#include "ctx/arch/aarch64_aapcs64/assembly.h"
#include "ctx/arch/aarch64_aapcs64/layout.h"

#define CTX_SIG_SETMASK 2       /* SIG_SETMASK of <signal.h>, which is not for assembly */
#define CTX_KERNEL_MASK_SIZE 8  /* bytes of the kernel's sigset_t */

    .text

/* ---- void ctx_system_set_from_signal(const ctx_context *to) ---- */
/* In: x0 = to. Out, where `to` goes on: x0 = to, x1 = 0. Clobbers: everything else that the caller
 * may use.
 * Out, if the system refuses the mask: nothing; the caller goes on.
 *
 * As x86_64_sysv: the mask is set once the handler's stack has been left.
 *
 * System calls keep all registers except x0. */
    .p2align 4
    CTX_HIDDEN_FUNCTION ctx_system_set_from_signal
    CTX_LAND_CALL
    mov x9, x0
    mov x10, sp /* the way back */
    ldp x11, x12, [x9, CTX_OFFSET_PC]
    mov x0, CTX_SIG_SETMASK
    add x1, x9, CTX_OFFSET_SIGNAL_MASK
    mov x2, 0
    mov x3, CTX_KERNEL_MASK_SIZE
    mov x8, __NR_rt_sigprocmask
    .cfi_def_cfa x12, 0
    .cfi_register x0, x9
    CTX_CFI_IN_CONTEXT_OF(DW_X9, DW_X30, CTX_OFFSET_PC)
    CTX_CFI_IN_CONTEXT_OF(DW_X9, DW_X29, CTX_OFFSET_X29)
    CTX_CFI_IN_CONTEXT_OF(DW_X9, DW_X19, CTX_OFFSET_X19)
    mov sp, x12
    svc #0
    cbnz x0, 1f
    mov x0, x9
    mov x1, 0
    ldr w2, [x0, CTX_OFFSET_FP_WORDS]
    msr fpcr, x2
    ldr x29, [x0, CTX_OFFSET_X29]
    str xzr, [x0, CTX_OFFSET_WAITS]
    br x11
    udf #0
1:
    mov sp, x10
    .cfi_def_cfa sp, 0
    .irp n, 0, 19, 29, 30
    .cfi_same_value x\n
    .endr
    ret
    CTX_END_FUNCTION ctx_system_set_from_signal

#endif

/* On every architecture: a program is marked as all of its objects are. */
#include CTX_ARCH_HEADER_(assembly.h)
    CTX_OBJECT_NOTES
