/* The assembly of the probe (testing/oracle/probe.h), for x86-64 System V (psABI 3.2). */

#include "ctx/arch/elf.h"
#include "ctx/arch/x86_64_sysv/assembly.h"
#include "testing/arch/x86_64_sysv/assembly.h"

    .text
    .hidden oracle_captured
    .hidden oracle_to_reply
    .hidden oracle_x87_status_after

/* ---- void oracle_probe(void) ---- */

/* Captures itself being called; see probe.h.
 * In: anything. Stack: return address at (rsp), oracle_captured.num_words readable words above it.
 * Out: rax, rdx, xmm0, xmm1 in all their width, st0, st1 as oracle_to_reply says. Clobbers:
 * whatever a C function may, so that no caller relies on it.
 *
 * Every general register is stored before the first is used, and flags before any instruction that
 * changes them: the capture is of the first instruction. */
    .p2align 4
    CTX_PUBLIC_FUNCTION oracle_probe
    endbr64
#define CAPTURE(name, number) movq %name, CAPTURE_OFFSET_GENERAL(number)+oracle_captured(%rip) ;
    CTX_TEST_FOR_EACH_GENERAL(CAPTURE)
    pushfq
    .cfi_adjust_cfa_offset 8
    popq CAPTURE_OFFSET_RFLAGS+oracle_captured(%rip)
    .cfi_adjust_cfa_offset -8
    cmpb $VECTOR_LEVEL_AVX, oracle_vector_level(%rip)
    ja 2f
    je 1f
    .irp FOR_EACH_VECTOR
    movaps %xmm\n, CAPTURE_OFFSET_VECTOR(\n)+oracle_captured(%rip)
    .endr
    jmp 3f
1:
    .irp FOR_EACH_VECTOR
    vmovaps %ymm\n, CAPTURE_OFFSET_VECTOR(\n)+oracle_captured(%rip)
    .endr
    jmp 3f
2:
    .irp FOR_EACH_VECTOR
    vmovaps %zmm\n, CAPTURE_OFFSET_VECTOR(\n)+oracle_captured(%rip)
    .endr
3:
    stmxcsr CAPTURE_OFFSET_MXCSR+oracle_captured(%rip)
    /* fnstenv masks all exceptions once it has stored the words. */
    fnstenv CAPTURE_OFFSET_X87+oracle_captured(%rip)
    fldcw CAPTURE_OFFSET_X87+oracle_captured(%rip)

    incq CAPTURE_OFFSET_NUM_CALLS+oracle_captured(%rip)
    /* Whatever the direction flag was, copies go up, and callers get it back clear. */
    cld
    movq %rdi, %rdx
    movq CAPTURE_OFFSET_NUM_WORDS+oracle_captured(%rip), %rcx
    testq %rcx, %rcx
    jz 4f /* where there is nothing, a string instruction is what takes longest here */
    leaq 8(%rsp), %rsi
    leaq CAPTURE_OFFSET_WORDS+oracle_captured(%rip), %rdi
    rep movsq
4:
    /* The result in memory, if rdx = rdi, as it was, allows it; r8 is rax then. */
    movq REPLY_OFFSET_RAX+oracle_to_reply(%rip), %r8
    movq REPLY_OFFSET_MEMORY+oracle_to_reply(%rip), %rsi
    testq %rsi, %rsi
    jz 6f
    xorl %r8d, %r8d
    cmpq REPLY_OFFSET_MEMORY_LOW+oracle_to_reply(%rip), %rdx
    jb 6f
    cmpq REPLY_OFFSET_MEMORY_HIGH+oracle_to_reply(%rip), %rdx
    ja 6f
    movq %rdx, %rdi
    movq %rdx, %r8
    movq REPLY_OFFSET_MEMORY_SIZE+oracle_to_reply(%rip), %rcx
    rep movsb
6:
    movabsq $ORACLE_POISON, %rax
    FILL_VECTORS
    movq %rax, %rcx
    movq %rax, %rsi
    movq %rax, %rdi
    movq %rax, %r9
    movq %rax, %r10
    movq %rax, %r11

    cmpb $VECTOR_LEVEL_AVX, oracle_vector_level(%rip)
    ja 8f
    je 7f
    movaps REPLY_OFFSET_VECTOR(0)+oracle_to_reply(%rip), %xmm0
    movaps REPLY_OFFSET_VECTOR(1)+oracle_to_reply(%rip), %xmm1
    jmp 9f
7:
    vmovaps REPLY_OFFSET_VECTOR(0)+oracle_to_reply(%rip), %ymm0
    vmovaps REPLY_OFFSET_VECTOR(1)+oracle_to_reply(%rip), %ymm1
    jmp 9f
8:
    vmovaps REPLY_OFFSET_VECTOR(0)+oracle_to_reply(%rip), %zmm0
    vmovaps REPLY_OFFSET_VECTOR(1)+oracle_to_reply(%rip), %zmm1
9:
    movq REPLY_OFFSET_NUM_ST+oracle_to_reply(%rip), %rdx
    cmpq $1, %rdx
    jb 11f
    je 10f
    fldt REPLY_OFFSET_ST(1)+oracle_to_reply(%rip)
10:
    fldt REPLY_OFFSET_ST(0)+oracle_to_reply(%rip)
11:
    movq %r8, %rax
    movq REPLY_OFFSET_RDX+oracle_to_reply(%rip), %rdx
    movq %rcx, %r8
    ret
    ud2
    CTX_END_FUNCTION oracle_probe

/* ---- void oracle_swap(ctx_context *from, ctx_context *to) ---- */

/* In: rdi, rsi, for ctx_swap. Out: nothing. Clobbers: what a C function may.
 * Stack: return address at (rsp). */
    .p2align 4
    CTX_PUBLIC_FUNCTION oracle_swap
    endbr64
    PUSH_KEPT
    movabsq $ORACLE_POISON, %rax
    FILL_VECTORS
    .irp reg, rcx, rdx, r8, r9, r10, r11
    movq %rax, %\reg
    .endr
#define POISON_KEPT(name, low, index) movq %rax, %name ;
    CTX_TEST_FOR_EACH_KEPT(POISON_KEPT)
    callq ctx_swap@PLT
    fnstsw oracle_x87_status_after(%rip)
    cmpb $VECTOR_LEVEL_SSE, oracle_vector_level(%rip)
    je 1f
    vzeroupper /* what was returned is dirty up there, and C code after it would be slow */
1:
    POP_KEPT
    ret
    ud2
    CTX_END_FUNCTION oracle_swap

/* ---- void oracle_clobber(void *unused) ---- */

/* In: nothing. Out: nothing. Clobbers: every register and flag that a C function may.
 * Stack: return address at (rsp). */
    .p2align 4
    CTX_PUBLIC_FUNCTION oracle_clobber
    endbr64
    movabsq $ORACLE_POISON, %rax
    FILL_VECTORS
#define POISON_VOLATILE(name) movq %rax, %name ;
    CTX_TEST_FOR_EACH_VOLATILE(POISON_VOLATILE)
    cmpq $0, %rax
    ret
    ud2
    CTX_END_FUNCTION oracle_clobber

    CTX_OBJECT_NOTES
