/* Callers that no compiler would write: for the probe's own test, and for what an entry finds. */

#include "ctx/arch/elf.h"
#include "ctx/arch/aarch64_aapcs64/assembly.h"
#include "testing/arch/aarch64_aapcs64/assembly.h"

    .text

#define NUMBER_OF_LR 30

/* Puts 0xb0 + n in general register n, from the first one on (except x30), and 0xc0 + n in each
 * word of vector register n. */
#define MARK(name, number) \
    .if number != NUMBER_OF_LR && number >= \first ; \
    mov name, #(0xb0 + number) ; \
    .endif ;
.macro MARK_REGISTERS first
    .irp FOR_EACH_VECTOR
    mov x9, #(0xc0 + \n)
    FILL_VECTOR \n, x9
    .endr
    CTX_TEST_FOR_EACH_GENERAL(MARK)
.endm

/* ---- void oracle_marked_call(void) ---- */

/* Calls oracle_probe with all of them.
 * In: nothing. Out: nothing. Clobbers: what a C function may. */
    .p2align 4
    CTX_PUBLIC_FUNCTION oracle_marked_call
    bti c
    PUSH_KEPT
    MARK_REGISTERS 0
    bl oracle_probe
    POP_KEPT
    ret
    udf #0
    CTX_END_FUNCTION oracle_marked_call

/* ---- void oracle_marked_swap(ctx_context *from, ctx_context *to) ---- */

/* Calls ctx_swap with all of them except its arguments.
 * In: x0, x1, for ctx_swap. Out: nothing. Clobbers: what a C function may. */
    .p2align 4
    CTX_PUBLIC_FUNCTION oracle_marked_swap
    bti c
    PUSH_KEPT
    MARK_REGISTERS 2
    bl ctx_swap
    POP_KEPT
    ret
    udf #0
    CTX_END_FUNCTION oracle_marked_swap

    CTX_OBJECT_NOTES
