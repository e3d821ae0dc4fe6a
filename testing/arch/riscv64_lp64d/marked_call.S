/* Callers that no compiler would write: for the probe's own test, and for what an entry finds. */

#include "ctx/arch/elf.h"
#include "ctx/arch/riscv64_lp64d/assembly.h"
#include "testing/arch/riscv64_lp64d/assembly.h"

    .text

/* The registers up to tp, and those that the calls below need, stay as they are. */
#define NUMBER_OF_TP 4

/* Puts 0xb0 + n in general register n, from the one behind tp on, except those from a0 up to
 * another one; and 0xc0 + n in each floating-point register. */
#define MARK(name, number) \
    .if number > NUMBER_OF_TP && (number < CTX_TEST_NUMBER_OF_a0 || number >= \first) ; \
    li name, (0xb0 + number) ; \
    .endif ;
#define MARK_FLOATING(name, number) \
    li t0, (0xc0 + number) ; \
    fmv.d.x name, t0 ;
.macro MARK_REGISTERS first
    CTX_TEST_FOR_EACH_FLOATING(MARK_FLOATING)
    CTX_TEST_FOR_EACH_GENERAL(MARK)
.endm

/* ---- void oracle_marked_call(void) ---- */

/* Calls oracle_probe with all of them.
 * In: nothing. Out: nothing. Clobbers: what a C function may. */
    .p2align 4
    CTX_PUBLIC_FUNCTION oracle_marked_call
    PUSH_KEPT
    MARK_REGISTERS CTX_TEST_NUMBER_OF_a0
    call oracle_probe
    POP_KEPT
    ret
    unimp
    CTX_END_FUNCTION oracle_marked_call

/* ---- void oracle_marked_swap(ctx_context *from, ctx_context *to) ---- */

/* Calls ctx_swap with all of them except its arguments.
 * In: a0, a1, for ctx_swap. Out: nothing. Clobbers: what a C function may. */
    .p2align 4
    CTX_PUBLIC_FUNCTION oracle_marked_swap
    PUSH_KEPT
    MARK_REGISTERS CTX_TEST_NUMBER_OF_a0 + 2
    call ctx_swap
    POP_KEPT
    ret
    unimp
    CTX_END_FUNCTION oracle_marked_swap

    CTX_OBJECT_NOTES
