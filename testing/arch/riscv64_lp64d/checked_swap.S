/* A swap with a number in each callee-saved register, for //testing/signals. */

#include "ctx/arch/elf.h"
#include "ctx/arch/riscv64_lp64d/assembly.h"
#include "testing/arch/riscv64_lp64d/assembly.h"

    .text

/* A register's number has its index in each byte. */
#define NUMBER_OF(index) (0x0101010101010101 * (0x40 + (index)))

/* ---- uint64_t checked_swap(ctx_context *from, ctx_context *to) ---- */

/* In: a0, a1, for ctx_swap. Out: a0 = the bits in which any of the registers differs then.
 * Clobbers: what a C function may. */
    .p2align 4
    CTX_PUBLIC_FUNCTION checked_swap
    PUSH_KEPT
#define GIVE_GENERAL(name, index) li name, NUMBER_OF(index) ;
    CTX_TEST_FOR_EACH_KEPT_GENERAL(GIVE_GENERAL)
#define GIVE_FLOATING(name, index) \
    li t0, NUMBER_OF(index) ; \
    fmv.d.x name, t0 ;
    CTX_TEST_FOR_EACH_KEPT_FLOATING(GIVE_FLOATING)
    call ctx_swap
    li a0, 0
#define COMPARE_GENERAL(name, index) \
    li t0, NUMBER_OF(index) ; \
    xor t0, t0, name ; \
    or a0, a0, t0 ;
    CTX_TEST_FOR_EACH_KEPT_GENERAL(COMPARE_GENERAL)
#define COMPARE_FLOATING(name, index) \
    li t0, NUMBER_OF(index) ; \
    fmv.x.d t1, name ; \
    xor t0, t0, t1 ; \
    or a0, a0, t0 ;
    CTX_TEST_FOR_EACH_KEPT_FLOATING(COMPARE_FLOATING)
    POP_KEPT
    ret
    unimp
    CTX_END_FUNCTION checked_swap

    CTX_OBJECT_NOTES
