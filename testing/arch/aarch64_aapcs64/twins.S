/* The switches of twins.h. None switches: the checker judges a switch by the registers with which
 * it comes back. */

#include "ctx/arch/elf.h"
#include "ctx/arch/aarch64_aapcs64/assembly.h"
#include "testing/arch/aarch64_aapcs64/register_list.h"

    .text

.macro TWIN what
    .p2align 4
    CTX_HIDDEN_FUNCTION ctx_test_twin_\what
    bti c
.endm

.macro END_TWIN what
    ret
    CTX_END_FUNCTION ctx_test_twin_\what
.endm

/* Defines one twin that loses a register, and one that cuts it. Writing a lower half makes the rest
 * of a register 0. */
#define LOSE_AND_CUT_GENERAL(name, low, index) \
    TWIN loses_##name ; \
    mvn name, name ; \
    END_TWIN loses_##name ; \
    TWIN cuts_##name ; \
    mov low, low ; \
    END_TWIN cuts_##name ;
    CTX_TEST_FOR_EACH_KEPT_GENERAL(LOSE_AND_CUT_GENERAL)

#define LOSE_AND_CUT_VECTOR(name, low, index) \
    TWIN loses_##name ; \
    fmov x9, name ; \
    mvn x9, x9 ; \
    fmov name, x9 ; \
    END_TWIN loses_##name ; \
    TWIN cuts_##name ; \
    fmov low, low ; \
    END_TWIN cuts_##name ;
    CTX_TEST_FOR_EACH_KEPT_VECTOR(LOSE_AND_CUT_VECTOR)

    TWIN swaps_x19_and_x20
    mov x9, x19
    mov x19, x20
    mov x20, x9
    END_TWIN swaps_x19_and_x20

    TWIN swaps_d8_and_d9
    fmov x9, d8
    fmov d8, d9
    fmov d9, x9
    END_TWIN swaps_d8_and_d9

    TWIN raises_sp
    add sp, sp, #16
    END_TWIN raises_sp

    TWIN lowers_sp
    sub sp, sp, #16
    END_TWIN lowers_sp

    /* The word is changed by one bit each. */
.macro TWIN_FPCR what, bit
    TWIN \what
    mrs x9, fpcr
    eor x9, x9, #(1 << \bit)
    msr fpcr, x9
    END_TWIN \what
.endm
    TWIN_FPCR changes_rounding, 22
    TWIN_FPCR sets_flush_to_zero, 24
    TWIN_FPCR sets_default_nan, 25
    TWIN_FPCR sets_alternative_half, 26

    TWIN raises_status_flags
    mov x9, #0x9f
    msr fpsr, x9
    END_TWIN raises_status_flags

    TWIN loses_upper_halves
    .irp n, 8, 9, 10, 11, 12, 13, 14, 15
    fmov d\n, d\n
    .endr
    END_TWIN loses_upper_halves

    TWIN does_nothing
    END_TWIN does_nothing

    TWIN clobbers_what_it_may
    stp x30, xzr, [sp, #-32]!
    .cfi_adjust_cfa_offset 32
    .cfi_rel_offset x30, 0
    add x0, sp, #16
    bl ctx_test_clobber_volatile
    ldp x30, xzr, [sp], #32
    .cfi_adjust_cfa_offset -32
    .cfi_restore x30
    END_TWIN clobbers_what_it_may

    CTX_OBJECT_NOTES
