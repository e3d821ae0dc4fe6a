/* The assembly of sentinels.c: a frame with a number of its own in each callee-saved register. */

#include "ctx/arch/elf.h"
#include "ctx/arch/aarch64_aapcs64/assembly.h"
#include "testing/arch/aarch64_aapcs64/assembly.h"

    .text

/* ---- void trace_with_sentinels(swap, ctx_context *from, ctx_context *to) ---- */

/* In: x0 = a function; x1, x2 = its arguments. Out: nothing. Clobbers: what a C function may. */
    .p2align 4
    CTX_PUBLIC_FUNCTION trace_with_sentinels
    bti c
    PUSH_KEPT
    mov x16, x0
    mov x0, x1
    mov x1, x2
#define GIVE_GENERAL(name, low, index) mov name, #(0x5e00 + index) ;
    CTX_TEST_FOR_EACH_KEPT_GENERAL(GIVE_GENERAL)
#define GIVE_VECTOR(name, low, index) \
    mov x9, #(0x5e00 + index) ; \
    fmov name, x9 ;
    CTX_TEST_FOR_EACH_KEPT_VECTOR(GIVE_VECTOR)
    blr x16
    .globl trace_sentinel_return
trace_sentinel_return:
    POP_KEPT
    ret
    udf #0
    CTX_END_FUNCTION trace_with_sentinels

    CTX_OBJECT_NOTES
