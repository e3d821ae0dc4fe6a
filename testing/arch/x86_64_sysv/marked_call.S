/* Callers that no compiler would write: for the probe's own test, and for what an entry finds. */

#include "ctx/arch/elf.h"
#include "ctx/arch/x86_64_sysv/assembly.h"
#include "testing/arch/x86_64_sysv/assembly.h"

    .text

#define NUMBER_OF_RSP 4
#define NUMBER_OF_RSI 6
#define NUMBER_OF_RDI 7

/* Puts 0xb0 + n in general register n, except rsp and two others, and 0xc0 + n in each word of
 * vector register n. */
#define MARK(name, number) \
    .if number != NUMBER_OF_RSP && number != \except && number != \and_except ; \
    movq $(0xb0 + number), %name ; \
    .endif ;
.macro MARK_REGISTERS except, and_except
    .irp FOR_EACH_VECTOR
    movl $(0xc0 + \n), %eax
    FILL_VECTOR \n
    .endr
    CTX_TEST_FOR_EACH_GENERAL(MARK)
.endm

/* ---- void oracle_marked_call(void) ---- */

/* Calls oracle_probe with all of them, the direction flag set, and one x87 register in use.
 * In: nothing. Out: nothing. Clobbers: what a C function may.
 * Stack: return address at (rsp). */
    .p2align 4
    CTX_PUBLIC_FUNCTION oracle_marked_call
    endbr64
    PUSH_KEPT
    MARK_REGISTERS NUMBER_OF_RSP, NUMBER_OF_RSP
    fld1
    std
    callq oracle_probe
    fstp %st(0)
    POP_KEPT
    ret
    ud2
    CTX_END_FUNCTION oracle_marked_call

/* ---- void oracle_marked_swap(ctx_context *from, ctx_context *to) ---- */

/* Calls ctx_swap with all of them except its arguments.
 * In: rdi, rsi, for ctx_swap. Out: nothing. Clobbers: what a C function may.
 * Stack: return address at (rsp). */
    .p2align 4
    CTX_PUBLIC_FUNCTION oracle_marked_swap
    endbr64
    PUSH_KEPT
    MARK_REGISTERS NUMBER_OF_RDI, NUMBER_OF_RSI
    callq ctx_swap@PLT
    POP_KEPT
    ret
    ud2
    CTX_END_FUNCTION oracle_marked_swap

    CTX_OBJECT_NOTES
