/* The switches of twins.h. None switches: the checker judges a switch by the registers with which
 * it comes back. */

#include "ctx/arch/elf.h"
#include "ctx/arch/riscv64_lp64d/assembly.h"
#include "testing/arch/riscv64_lp64d/register_list.h"

    .text

.macro TWIN what
    .p2align 4
    CTX_HIDDEN_FUNCTION ctx_test_twin_\what
.endm

.macro END_TWIN what
    ret
    CTX_END_FUNCTION ctx_test_twin_\what
.endm

/* Defines one twin that loses a register, and one that cuts it. The upper half becomes 0, or ones
 * where a float is written to a floating-point register. */
#define LOSE_AND_CUT_GENERAL(name, index) \
    TWIN loses_##name ; \
    not name, name ; \
    END_TWIN loses_##name ; \
    TWIN cuts_##name ; \
    slli name, name, 32 ; \
    srli name, name, 32 ; \
    END_TWIN cuts_##name ;
    CTX_TEST_FOR_EACH_KEPT_GENERAL(LOSE_AND_CUT_GENERAL)

#define LOSE_AND_CUT_FLOATING(name, index) \
    TWIN loses_##name ; \
    fmv.x.d t0, name ; \
    not t0, t0 ; \
    fmv.d.x name, t0 ; \
    END_TWIN loses_##name ; \
    TWIN cuts_##name ; \
    fmv.x.w t0, name ; \
    fmv.w.x name, t0 ; \
    END_TWIN cuts_##name ;
    CTX_TEST_FOR_EACH_KEPT_FLOATING(LOSE_AND_CUT_FLOATING)

    TWIN swaps_s1_and_s2
    mv t0, s1
    mv s1, s2
    mv s2, t0
    END_TWIN swaps_s1_and_s2

    TWIN swaps_fs0_and_fs1
    fmv.d ft0, fs0
    fmv.d fs0, fs1
    fmv.d fs1, ft0
    END_TWIN swaps_fs0_and_fs1

    TWIN raises_sp
    addi sp, sp, 16
    END_TWIN raises_sp

    TWIN lowers_sp
    addi sp, sp, -16
    END_TWIN lowers_sp

    /* The mode is changed by one bit each. */
.macro TWIN_FRM bit
    TWIN changes_rounding_\bit
    frrm t0
    xori t0, t0, (1 << \bit)
    fsrm t0
    END_TWIN changes_rounding_\bit
.endm
    TWIN_FRM 0
    TWIN_FRM 1
    TWIN_FRM 2

    TWIN raises_status_flags
    fsflagsi 0x1f
    END_TWIN raises_status_flags

    TWIN does_nothing
    END_TWIN does_nothing

#define TWIN_RA 8
#define TWIN_FRAME_SIZE 16
    TWIN clobbers_what_it_may
    addi sp, sp, -TWIN_FRAME_SIZE
    .cfi_adjust_cfa_offset TWIN_FRAME_SIZE
    sd ra, TWIN_RA(sp)
    .cfi_rel_offset ra, TWIN_RA
    mv a0, sp
    call ctx_test_clobber_volatile
    ld ra, TWIN_RA(sp)
    .cfi_restore ra
    addi sp, sp, TWIN_FRAME_SIZE
    .cfi_adjust_cfa_offset -TWIN_FRAME_SIZE
    END_TWIN clobbers_what_it_may

    CTX_OBJECT_NOTES
