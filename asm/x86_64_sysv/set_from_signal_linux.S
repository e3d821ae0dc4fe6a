/* Leaves a signal's handler for a context, with that context's signal mask. Linux on x86-64. */

#include "ctx/arch/arch.h"

#if defined(CTX_ARCH_X86_64_SYSV_) && defined(__linux__)

#include <asm/unistd.h>

#include "ctx/arch/x86_64_sysv/assembly.h"
#include "ctx/arch/x86_64_sysv/layout.h"

#define CTX_SIG_SETMASK 2       /* SIG_SETMASK of <signal.h>, which is not for assembly */
#define CTX_KERNEL_MASK_SIZE 8  /* bytes of the kernel's sigset_t */

    .text

/* ---- void ctx_system_set_from_signal(const ctx_context *to) ---- */
/* In: rdi = to. Out, where `to` goes on: rdi = to, rax = 0. Clobbers: everything else that the
 * caller may use.
 * Out, if the system refuses the mask: nothing; the caller goes on.
 *
 * The mask is set once the handler's stack has been left. A signal that was held up arrives then,
 * on top of `to`, or on an alternate stack that is free again. If its handler leaves for a context
 * in this way, too, stacks do not grow with the number of signals. What `to` keeps has not changed
 * then, so it is still suspended where it was.
 *
 * System calls keep all registers except rax, rcx and r11. */
    .p2align 4
    CTX_HIDDEN_FUNCTION ctx_system_set_from_signal
    endbr64
    movq %rdi, %r9
    movq %rsp, %r8 /* the way back */
    movl $CTX_SIG_SETMASK, %edi
    leaq CTX_OFFSET_SIGNAL_MASK(%r9), %rsi
    xorl %edx, %edx
    movl $CTX_KERNEL_MASK_SIZE, %r10d
    movl $__NR_rt_sigprocmask, %eax
    movq CTX_OFFSET_RSP(%r9), %rsp
    .cfi_remember_state
    .cfi_def_cfa %rsp, 0
    .cfi_register %rdi, %r9
    CTX_CFI_IN_CONTEXT_OF(DW_R9, DW_RIP, CTX_OFFSET_RIP)
    CTX_CFI_IN_CONTEXT_OF(DW_R9, DW_RBP, CTX_OFFSET_RBP)
    CTX_CFI_IN_CONTEXT_OF(DW_R9, DW_RBX, CTX_OFFSET_RBX)
    syscall
    testq %rax, %rax
    jnz 1f
    movq %r9, %rdi
    CTX_LOAD_FP
    movq CTX_OFFSET_RBP(%rdi), %rbp
    movq $0, CTX_OFFSET_WAITS(%rdi)
    jmpq *CTX_OFFSET_RIP(%rdi)
    ud2
1:
    movq %r8, %rsp
    .cfi_restore_state
    ret
    CTX_END_FUNCTION ctx_system_set_from_signal

#endif

/* On every architecture: a program is marked as all of its objects are. */
#include CTX_ARCH_HEADER_(assembly.h)
    CTX_OBJECT_NOTES
