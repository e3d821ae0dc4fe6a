/* A caller for the probe's own test, which no compiler would write. */

#include "ctx/arch/elf.h"
#include "ctx/arch/x86_64_sysv/assembly.h"
#include "testing/arch/x86_64_sysv/assembly.h"

    .text

#define NUMBER_OF_RSP 4

/* ---- void oracle_marked_call(void) ---- */

/* Calls oracle_probe with 0xb0 + n in general register n (except rsp), 0xc0 + n in each word of
 * vector register n, the direction flag set, and one x87 register in use.
 * In: nothing. Out: nothing. Clobbers: what a C function may.
 * Stack: return address at (rsp). */
    .p2align 4
    CTX_PUBLIC_FUNCTION oracle_marked_call
    endbr64
    PUSH_KEPT
    .irp FOR_EACH_VECTOR
    movl $(0xc0 + \n), %eax
    FILL_VECTOR \n
    .endr
#define MARK(name, number) \
    .if number != NUMBER_OF_RSP ; \
    movq $(0xb0 + number), %name ; \
    .endif ;
    CTX_TEST_FOR_EACH_GENERAL(MARK)
    fld1
    std
    callq oracle_probe
    fstp %st(0)
    POP_KEPT
    ret
    ud2
    CTX_END_FUNCTION oracle_marked_call

    CTX_OBJECT_NOTES
