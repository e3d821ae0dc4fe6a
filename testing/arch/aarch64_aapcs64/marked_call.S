/* A caller for the probe's own test, which no compiler would write. */

#include "ctx/arch/elf.h"
#include "ctx/arch/aarch64_aapcs64/assembly.h"
#include "testing/arch/aarch64_aapcs64/assembly.h"

    .text

#define NUMBER_OF_LR 30

/* ---- void oracle_marked_call(void) ---- */

/* Calls oracle_probe with 0xb0 + n in general register n (except x30), and 0xc0 + n in each word of
 * vector register n.
 * In: nothing. Out: nothing. Clobbers: what a C function may. */
    .p2align 4
    CTX_PUBLIC_FUNCTION oracle_marked_call
    bti c
    PUSH_KEPT
    .irp FOR_EACH_VECTOR
    mov x9, #(0xc0 + \n)
    FILL_VECTOR \n, x9
    .endr
#define MARK(name, number) \
    .if number != NUMBER_OF_LR ; \
    mov name, #(0xb0 + number) ; \
    .endif ;
    CTX_TEST_FOR_EACH_GENERAL(MARK)
    bl oracle_probe
    POP_KEPT
    ret
    udf #0
    CTX_END_FUNCTION oracle_marked_call

    CTX_OBJECT_NOTES
