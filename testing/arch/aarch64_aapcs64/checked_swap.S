/* A swap with a number in each callee-saved register, for //testing/signals. */

#include "ctx/arch/elf.h"
#include "ctx/arch/aarch64_aapcs64/assembly.h"
#include "testing/arch/aarch64_aapcs64/assembly.h"

    .text

/* A register's number has its index in each byte. */
#define NUMBER_OF(index) (0x0101010101010101 * (0x40 + (index)))

/* ---- uint64_t checked_swap(ctx_context *from, ctx_context *to) ---- */

/* In: x0, x1, for ctx_swap. Out: x0 = the bits in which any of the registers differs then.
 * Clobbers: what a C function may. */
    .p2align 4
    CTX_PUBLIC_FUNCTION checked_swap
    bti c
    PUSH_KEPT
#define GIVE_GENERAL(name, low, index) LOAD_NUMBER name, NUMBER_OF(index) ;
    CTX_TEST_FOR_EACH_KEPT_GENERAL(GIVE_GENERAL)
#define GIVE_VECTOR(name, low, index) \
    LOAD_NUMBER x9, NUMBER_OF(index) ; \
    fmov name, x9 ;
    CTX_TEST_FOR_EACH_KEPT_VECTOR(GIVE_VECTOR)
    bl ctx_swap
    mov x0, #0
#define COMPARE_GENERAL(name, low, index) \
    LOAD_NUMBER x9, NUMBER_OF(index) ; \
    eor x9, x9, name ; \
    orr x0, x0, x9 ;
    CTX_TEST_FOR_EACH_KEPT_GENERAL(COMPARE_GENERAL)
#define COMPARE_VECTOR(name, low, index) \
    LOAD_NUMBER x9, NUMBER_OF(index) ; \
    fmov x10, name ; \
    eor x9, x9, x10 ; \
    orr x0, x0, x9 ;
    CTX_TEST_FOR_EACH_KEPT_VECTOR(COMPARE_VECTOR)
    POP_KEPT
    ret
    udf #0
    CTX_END_FUNCTION checked_swap

    CTX_OBJECT_NOTES
