/* The assembly of sentinels.c: a frame with a number of its own in each callee-saved register. */

#include "ctx/arch/elf.h"
#include "ctx/arch/riscv64_lp64d/assembly.h"
#include "testing/arch/riscv64_lp64d/assembly.h"

    .text

/* ---- void trace_with_sentinels(swap, ctx_context *from, ctx_context *to) ---- */

/* In: a0 = a function; a1, a2 = its arguments. Out: nothing. Clobbers: what a C function may. */
    .p2align 4
    CTX_PUBLIC_FUNCTION trace_with_sentinels
    PUSH_KEPT
    mv t1, a0
    mv a0, a1
    mv a1, a2
#define GIVE_GENERAL(name, index) li name, (0x5e00 + index) ;
    CTX_TEST_FOR_EACH_KEPT_GENERAL(GIVE_GENERAL)
#define GIVE_FLOATING(name, index) \
    li t0, (0x5e00 + index) ; \
    fmv.d.x name, t0 ;
    CTX_TEST_FOR_EACH_KEPT_FLOATING(GIVE_FLOATING)
    jalr t1
    .globl trace_sentinel_return
trace_sentinel_return:
    POP_KEPT
    ret
    unimp
    CTX_END_FUNCTION trace_with_sentinels

    CTX_OBJECT_NOTES
