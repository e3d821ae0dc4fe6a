/* A context of the seed's scheme (testing/bench/seed_scheme.h). It stands for what that costs, and
 * no more: unwinders have no descriptions, and branch targets no marks. */
#include "testing/arch/x86_64_sysv/seed_scheme.h"

    .text

/* void seed_asm_swap(seed_context *from, seed_context *to). In: rdi, rsi. */
    .p2align 6
    .globl seed_asm_swap
    .type seed_asm_swap, @function
seed_asm_swap:
    movq %rbx, SEED_RBX(%rdi)
    movq %rsp, SEED_RSP(%rdi)
    movq %rbp, SEED_RBP(%rdi)
    movq %rdi, SEED_RDI(%rdi)
    movq %r12, SEED_R12(%rdi)
    movq %r13, SEED_R13(%rdi)
    movq %r14, SEED_R14(%rdi)
    movq %r15, SEED_R15(%rdi)
    movq %rsi, SEED_RSI(%rdi)
    movaps %xmm0, SEED_XMM(0)(%rdi)
    movaps %xmm1, SEED_XMM(1)(%rdi)
    movaps %xmm2, SEED_XMM(2)(%rdi)
    movaps %xmm3, SEED_XMM(3)(%rdi)
    movaps %xmm4, SEED_XMM(4)(%rdi)
    movaps %xmm5, SEED_XMM(5)(%rdi)
    movaps %xmm6, SEED_XMM(6)(%rdi)
    movaps %xmm7, SEED_XMM(7)(%rdi)
seed_load:
    movq SEED_RBX(%rsi), %rbx
    movq SEED_RSP(%rsi), %rsp
    movq SEED_RBP(%rsi), %rbp
    movq SEED_RDI(%rsi), %rdi
    movq SEED_R12(%rsi), %r12
    movq SEED_R13(%rsi), %r13
    movq SEED_R14(%rsi), %r14
    movq SEED_R15(%rsi), %r15
    movaps SEED_XMM(0)(%rsi), %xmm0
    movaps SEED_XMM(1)(%rsi), %xmm1
    movaps SEED_XMM(2)(%rsi), %xmm2
    movaps SEED_XMM(3)(%rsi), %xmm3
    movaps SEED_XMM(4)(%rsi), %xmm4
    movaps SEED_XMM(5)(%rsi), %xmm5
    movaps SEED_XMM(6)(%rsi), %xmm6
    movaps SEED_XMM(7)(%rsi), %xmm7
    movq SEED_RSI(%rsi), %rsi
    ret
    .size seed_asm_swap, . - seed_asm_swap

/* A fresh context starts here. Its general arguments are on the stack, the last one on top, and
 * above them the entry's address. */
    .p2align 6
    .globl seed_asm_bootstrap
    .type seed_asm_bootstrap, @function
seed_asm_bootstrap:
    popq %r9
    popq %r8
    popq %rcx
    popq %rdx
    popq %rsi
    popq %rdi
    ret
    .size seed_asm_bootstrap, . - seed_asm_bootstrap

/* The entry returns here. In: rbp = the context. The stack is as aligned as before a call. */
    .p2align 6
    .globl seed_asm_backstop
    .type seed_asm_backstop, @function
seed_asm_backstop:
    movq %rax, SEED_RETVALS(%rbp)
    movq %rdx, SEED_RETVALS + 8(%rbp)
    movaps %xmm0, SEED_RETVAL_XMM0(%rbp)
    movq SEED_CALLBACK(%rbp), %rax
    testq %rax, %rax
    jz 1f
    movq SEED_CALLBACK_DATA(%rbp), %rdi
    callq *%rax
1:
    movq %rbp, %rdi
    movq SEED_PARENT(%rbp), %rsi
    jmp seed_asm_swap
    .size seed_asm_backstop, . - seed_asm_backstop

    .section .note.GNU-stack, "", @progbits
