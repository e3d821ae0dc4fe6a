/* A context of the seed's scheme (testing/bench/seed_scheme.h). It stands for what that costs, and
 * no more: unwinders have no descriptions. */
#include "ctx/arch/aarch64_aapcs64/assembly.h"
#include "testing/arch/aarch64_aapcs64/seed_scheme.h"

    .text

/* void seed_asm_swap(seed_context *from, seed_context *to). In: x0, x1. */
    .p2align 6
    .globl seed_asm_swap
    .type seed_asm_swap, %function
seed_asm_swap:
    bti c
    stp x19, x20, [x0, #SEED_X(19)]
    stp x21, x22, [x0, #SEED_X(21)]
    stp x23, x24, [x0, #SEED_X(23)]
    stp x25, x26, [x0, #SEED_X(25)]
    stp x27, x28, [x0, #SEED_X(27)]
    stp x29, x30, [x0, #SEED_X(29)]
    mov x9, sp
    stp x9, x0, [x0, #SEED_SP]
    str x1, [x0, #SEED_X1]
    stp d8, d9, [x0, #SEED_D(8)]
    stp d10, d11, [x0, #SEED_D(10)]
    stp d12, d13, [x0, #SEED_D(12)]
    stp d14, d15, [x0, #SEED_D(14)]
    stp q0, q1, [x0, #SEED_Q(0)]
    stp q2, q3, [x0, #SEED_Q(2)]
    stp q4, q5, [x0, #SEED_Q(4)]
    stp q6, q7, [x0, #SEED_Q(6)]
    ldp x19, x20, [x1, #SEED_X(19)]
    ldp x21, x22, [x1, #SEED_X(21)]
    ldp x23, x24, [x1, #SEED_X(23)]
    ldp x25, x26, [x1, #SEED_X(25)]
    ldp x27, x28, [x1, #SEED_X(27)]
    ldp x29, x30, [x1, #SEED_X(29)]
    ldp x9, x0, [x1, #SEED_SP]
    mov sp, x9
    ldp d8, d9, [x1, #SEED_D(8)]
    ldp d10, d11, [x1, #SEED_D(10)]
    ldp d12, d13, [x1, #SEED_D(12)]
    ldp d14, d15, [x1, #SEED_D(14)]
    ldp q0, q1, [x1, #SEED_Q(0)]
    ldp q2, q3, [x1, #SEED_Q(2)]
    ldp q4, q5, [x1, #SEED_Q(4)]
    ldp q6, q7, [x1, #SEED_Q(6)]
    ldr x1, [x1, #SEED_X1]
    ret
    .size seed_asm_swap, . - seed_asm_swap

/* A fresh context starts here. Its general arguments are on the stack, and above them the addresses
 * of the entry and of the backstop. */
#define FRESH_X(n) (8 * (n))
#define FRESH_ENTRY 64
#define FRESH_SIZE 80
    .p2align 6
    .globl seed_asm_bootstrap
    .type seed_asm_bootstrap, %function
seed_asm_bootstrap:
    ldp x0, x1, [sp, #FRESH_X(0)]
    ldp x2, x3, [sp, #FRESH_X(2)]
    ldp x4, x5, [sp, #FRESH_X(4)]
    ldp x6, x7, [sp, #FRESH_X(6)]
    ldp x16, x30, [sp, #FRESH_ENTRY]
    add sp, sp, #FRESH_SIZE
    br x16
    .size seed_asm_bootstrap, . - seed_asm_bootstrap

/* The entry returns here. In: x29 = the context. */
    .p2align 6
    .globl seed_asm_backstop
    .type seed_asm_backstop, %function
seed_asm_backstop:
    stp x0, x1, [x29, #SEED_RETVALS]
    str q0, [x29, #SEED_RETVAL_Q0]
    ldp x9, x0, [x29, #SEED_CALLBACK]
    cbz x9, 1f
    blr x9
1:
    mov x0, x29
    ldr x1, [x29, #SEED_PARENT]
    b seed_asm_swap
    .size seed_asm_backstop, . - seed_asm_backstop

    CTX_OBJECT_NOTES
