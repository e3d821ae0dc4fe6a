/* The switches of twins.h. None switches: the checker judges a switch by the registers with which
 * it comes back. */

#include "ctx/arch/elf.h"
#include "ctx/arch/x86_64_sysv/assembly.h"
#include "testing/arch/x86_64_sysv/register_list.h"

    .text

.macro TWIN what
    .p2align 4
    CTX_HIDDEN_FUNCTION ctx_test_twin_\what
    endbr64
.endm

.macro END_TWIN what
    ret
    CTX_END_FUNCTION ctx_test_twin_\what
.endm

/* Defines one twin that loses a register, and one that cuts it. */
#define LOSE_AND_CUT(name, low, index) \
    TWIN loses_##name ; \
    notq %name ; \
    END_TWIN loses_##name ; \
    TWIN cuts_##name ; \
    movl %low, %low ; \
    END_TWIN cuts_##name ;
    CTX_TEST_FOR_EACH_KEPT(LOSE_AND_CUT)

    TWIN swaps_r12_and_r13
    xchgq %r12, %r13
    END_TWIN swaps_r12_and_r13

    TWIN raises_rsp
    popq %rax
    addq $16, %rsp
    jmpq *%rax
    CTX_END_FUNCTION ctx_test_twin_raises_rsp

    TWIN lowers_rsp
    popq %rax
    subq $16, %rsp
    jmpq *%rax
    CTX_END_FUNCTION ctx_test_twin_lowers_rsp

    /* The words are changed by one bit each. */
.macro TWIN_MXCSR what, bit
    TWIN \what
    stmxcsr -8(%rsp)
    xorl $\bit, -8(%rsp)
    ldmxcsr -8(%rsp)
    END_TWIN \what
.endm
    TWIN_MXCSR changes_rounding, 0x2000
    TWIN_MXCSR unmasks_an_exception, 0x0200
    TWIN_MXCSR sets_flush_to_zero, 0x8000
    TWIN_MXCSR raises_status_flags, 0x003f

.macro TWIN_X87 what, bit
    TWIN \what
    fnstcw -8(%rsp)
    xorw $\bit, -8(%rsp)
    fldcw -8(%rsp)
    END_TWIN \what
.endm
    TWIN_X87 changes_x87_rounding, 0x0400
    TWIN_X87 changes_x87_precision, 0x0100

    TWIN leaves_an_x87_value
    fld1
    END_TWIN leaves_an_x87_value

    TWIN sets_the_direction_flag
    std
    END_TWIN sets_the_direction_flag

    TWIN does_nothing
    END_TWIN does_nothing

    TWIN clobbers_what_it_may
    pushq $0
    movq %rsp, %rdi
    callq ctx_test_clobber_volatile
    popq %rax
    END_TWIN clobbers_what_it_may

    CTX_OBJECT_NOTES
