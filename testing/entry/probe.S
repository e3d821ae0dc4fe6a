/* The probe's assembly, for x86-64 System V (psABI 3.2). Nothing here is thread-safe: there is one
 * record, ctx_probe. */

#include "asm/macros.h"
#include "testing/entry/probe_layout.h"

#define CTX_FOR_EACH_XMM \
    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15

    .text
    .hidden ctx_probe

/* ---- void ctx_probe_entry(void) ----------------------------------------------------------------
 *
 * Records itself being called; see probe.h.
 * In: anything. Stack: return address at (rsp), ctx_probe.num_words readable words above it.
 * Out: rax, rdx, xmm0 as ctx_probe says. Clobbers: rcx, rsi, rdi, r8, r9, r10, r11, xmm1 to xmm15,
 * flags: whatever a C function may, so that no caller relies on them.
 *
 * Every general register is stored before the first is used, and flags before any instruction that
 * changes them: the record is of the first instruction. */
    .p2align 4
    CTX_PUBLIC_FUNCTION ctx_probe_entry
    endbr64
    movq %rax, CTX_PROBE_OFFSET_RAX+ctx_probe(%rip)
    movq %rcx, CTX_PROBE_OFFSET_RCX+ctx_probe(%rip)
    movq %rdx, CTX_PROBE_OFFSET_RDX+ctx_probe(%rip)
    movq %rbx, CTX_PROBE_OFFSET_RBX+ctx_probe(%rip)
    movq %rsp, CTX_PROBE_OFFSET_RSP+ctx_probe(%rip)
    movq %rbp, CTX_PROBE_OFFSET_RBP+ctx_probe(%rip)
    movq %rsi, CTX_PROBE_OFFSET_RSI+ctx_probe(%rip)
    movq %rdi, CTX_PROBE_OFFSET_RDI+ctx_probe(%rip)
    movq %r8, CTX_PROBE_OFFSET_R8+ctx_probe(%rip)
    movq %r9, CTX_PROBE_OFFSET_R9+ctx_probe(%rip)
    movq %r10, CTX_PROBE_OFFSET_R10+ctx_probe(%rip)
    movq %r11, CTX_PROBE_OFFSET_R11+ctx_probe(%rip)
    movq %r12, CTX_PROBE_OFFSET_R12+ctx_probe(%rip)
    movq %r13, CTX_PROBE_OFFSET_R13+ctx_probe(%rip)
    movq %r14, CTX_PROBE_OFFSET_R14+ctx_probe(%rip)
    movq %r15, CTX_PROBE_OFFSET_R15+ctx_probe(%rip)
    .irp CTX_FOR_EACH_XMM
    movups %xmm\n, CTX_PROBE_OFFSET_XMM(\n)+ctx_probe(%rip)
    .endr
    pushfq
    .cfi_adjust_cfa_offset 8
    popq CTX_PROBE_OFFSET_RFLAGS+ctx_probe(%rip)
    .cfi_adjust_cfa_offset -8
    stmxcsr CTX_PROBE_OFFSET_MXCSR+ctx_probe(%rip)
    /* fnstenv masks all exceptions once it has stored the words. */
    fnstenv CTX_PROBE_OFFSET_X87+ctx_probe(%rip)
    fldenv CTX_PROBE_OFFSET_X87+ctx_probe(%rip)

    incq CTX_PROBE_OFFSET_NUM_CALLS+ctx_probe(%rip)
    /* Whatever the direction flag was, the copy goes up, and callers get it back clear. */
    cld
    leaq 8(%rsp), %rsi
    leaq CTX_PROBE_OFFSET_WORDS+ctx_probe(%rip), %rdi
    movq CTX_PROBE_OFFSET_NUM_WORDS+ctx_probe(%rip), %rcx
    rep movsq

    movabsq $CTX_PROBE_POISON, %rax
    movq %rax, %rcx
    movq %rax, %rsi
    movq %rax, %rdi
    movq %rax, %r8
    movq %rax, %r9
    movq %rax, %r10
    movq %rax, %r11
    .irp CTX_FOR_EACH_XMM
    movq %rax, %xmm\n
    punpcklqdq %xmm\n, %xmm\n
    .endr
    movq CTX_PROBE_OFFSET_RESULT_RAX+ctx_probe(%rip), %rax
    movq CTX_PROBE_OFFSET_RESULT_RDX+ctx_probe(%rip), %rdx
    movups CTX_PROBE_OFFSET_RESULT_XMM0+ctx_probe(%rip), %xmm0
    ret
    ud2
    CTX_END_FUNCTION ctx_probe_entry

/* ---- void ctx_probe_swap(ctx_context *from, ctx_context *to) -----------------------------------
 *
 * In: rdi, rsi, for ctx_swap. Out: nothing. Clobbers: what a C function may.
 * Stack: return address at (rsp). */
    .p2align 4
    CTX_PUBLIC_FUNCTION ctx_probe_swap
    endbr64
    .irp reg, rbp, rbx, r12, r13, r14, r15
    pushq %\reg
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %\reg, 0
    .endr
    subq $8, %rsp /* calls are made with rsp 16-byte aligned */
    .cfi_adjust_cfa_offset 8
    movabsq $CTX_PROBE_POISON, %rax
    .irp reg, rbp, rbx, rcx, rdx, r8, r9, r10, r11, r12, r13, r14, r15
    movq %rax, %\reg
    .endr
    .irp CTX_FOR_EACH_XMM
    movq %rax, %xmm\n
    punpcklqdq %xmm\n, %xmm\n
    .endr
    callq ctx_swap@PLT
    addq $8, %rsp
    .cfi_adjust_cfa_offset -8
    .irp reg, r15, r14, r13, r12, rbx, rbp
    popq %\reg
    .cfi_adjust_cfa_offset -8
    .cfi_restore %\reg
    .endr
    ret
    ud2
    CTX_END_FUNCTION ctx_probe_swap

/* ---- void ctx_probe_clobber(void *unused) ------------------------------------------------------
 *
 * In: nothing. Out: nothing. Clobbers: every register and flag that a C function may.
 * Stack: return address at (rsp). */
    .p2align 4
    CTX_PUBLIC_FUNCTION ctx_probe_clobber
    endbr64
    movabsq $CTX_PROBE_POISON, %rax
    .irp reg, rcx, rdx, rsi, rdi, r8, r9, r10, r11
    movq %rax, %\reg
    .endr
    .irp CTX_FOR_EACH_XMM
    movq %rax, %xmm\n
    punpcklqdq %xmm\n, %xmm\n
    .endr
    cmpq $0, %rax
    ret
    ud2
    CTX_END_FUNCTION ctx_probe_clobber

    CTX_OBJECT_NOTES
