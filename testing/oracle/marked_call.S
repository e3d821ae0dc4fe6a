/* A caller for the probe's own test, which no compiler would write. */

#include "ctx/arch/x86_64_sysv/assembly.h"
#include "testing/oracle/vectors.h"

    .text

/* ---- void oracle_marked_call(void) -------------------------------------------------------------
 *
 * Calls oracle_probe with 0xb0 + n in general register n (rsp apart), 0xc0 + n in each word of
 * vector register n, the direction flag set, and one x87 register in use.
 * In: nothing. Out: nothing. Clobbers: what a C function may.
 * Stack: return address at (rsp). */
    .p2align 4
    CTX_PUBLIC_FUNCTION oracle_marked_call
    endbr64
    .irp reg, rbp, rbx, r12, r13, r14, r15
    pushq %\reg
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %\reg, 0
    .endr
    subq $8, %rsp /* calls are made with rsp 16-byte aligned */
    .cfi_adjust_cfa_offset 8
    .irp FOR_EACH_VECTOR
    movl $(0xc0 + \n), %eax
    FILL_VECTOR \n
    .endr
    movl $0xb0, %eax
    movl $0xb1, %ecx
    movl $0xb2, %edx
    movl $0xb3, %ebx
    movl $0xb5, %ebp
    movl $0xb6, %esi
    movl $0xb7, %edi
    .irp n, 8, 9, 10, 11, 12, 13, 14, 15
    movl $(0xb0 + \n), %r\n\()d
    .endr
    fld1
    std
    callq oracle_probe
    fstp %st(0)
    addq $8, %rsp
    .cfi_adjust_cfa_offset -8
    .irp reg, r15, r14, r13, r12, rbx, rbp
    popq %\reg
    .cfi_adjust_cfa_offset -8
    .cfi_restore %\reg
    .endr
    ret
    ud2
    CTX_END_FUNCTION oracle_marked_call

    CTX_OBJECT_NOTES
