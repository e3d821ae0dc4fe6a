/* A context of the seed's scheme (testing/bench/seed_scheme.h). It stands for what that costs, and
 * no more: unwinders have no descriptions. */
#include "ctx/arch/riscv64_lp64d/assembly.h"
#include "testing/arch/riscv64_lp64d/seed_scheme.h"

    .text

#define FOR_EACH_SAVED n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
#define FOR_EACH_ARGUMENT n, 0, 1, 2, 3, 4, 5, 6, 7

/* void seed_asm_swap(seed_context *from, seed_context *to). In: a0, a1. */
    .p2align 6
    .globl seed_asm_swap
    .type seed_asm_swap, %function
seed_asm_swap:
    .irp FOR_EACH_SAVED
    sd s\n, SEED_S(\n)(a0)
    fsd fs\n, SEED_FS(\n)(a0)
    .endr
    .irp FOR_EACH_ARGUMENT
    fsd fa\n, SEED_FA(\n)(a0)
    .endr
    sd sp, SEED_SP(a0)
    sd ra, SEED_RA(a0)
    sd a0, SEED_A0(a0)
    sd a1, SEED_A1(a0)
    .irp FOR_EACH_SAVED
    ld s\n, SEED_S(\n)(a1)
    fld fs\n, SEED_FS(\n)(a1)
    .endr
    .irp FOR_EACH_ARGUMENT
    fld fa\n, SEED_FA(\n)(a1)
    .endr
    ld sp, SEED_SP(a1)
    ld ra, SEED_RA(a1)
    ld a0, SEED_A0(a1)
    ld a1, SEED_A1(a1)
    ret
    .size seed_asm_swap, . - seed_asm_swap

/* A fresh context starts here. Its general arguments are on the stack, and above them the addresses
 * of the entry and of the backstop. */
#define FRESH_A(n) (8 * (n))
#define FRESH_ENTRY 64
#define FRESH_BACKSTOP 72
#define FRESH_SIZE 80
    .p2align 6
    .globl seed_asm_bootstrap
    .type seed_asm_bootstrap, %function
seed_asm_bootstrap:
    .irp FOR_EACH_ARGUMENT
    ld a\n, FRESH_A(\n)(sp)
    .endr
    ld t1, FRESH_ENTRY(sp)
    ld ra, FRESH_BACKSTOP(sp)
    addi sp, sp, FRESH_SIZE
    jr t1
    .size seed_asm_bootstrap, . - seed_asm_bootstrap

/* The entry returns here. In: s0 = the context. */
#define SEED_RETVAL(n) (SEED_RETVALS + 8 * (n))
    .p2align 6
    .globl seed_asm_backstop
    .type seed_asm_backstop, %function
seed_asm_backstop:
    sd a0, SEED_RETVAL(0)(s0)
    sd a1, SEED_RETVAL(1)(s0)
    fsd fa0, SEED_RETVAL_FA0(s0)
    ld t1, SEED_CALLBACK(s0)
    beqz t1, 1f
    ld a0, SEED_CALLBACK_DATA(s0)
    jalr t1
1:
    mv a0, s0
    ld a1, SEED_PARENT(s0)
    j seed_asm_swap
    .size seed_asm_backstop, . - seed_asm_backstop

    CTX_OBJECT_NOTES
