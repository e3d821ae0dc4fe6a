/* The functions of testing/bench/calls.h. */
#include "ctx/arch/aarch64_aapcs64/assembly.h"

    .text

    .p2align 6
    CTX_PUBLIC_FUNCTION bench_call
    bti c
    ret
    CTX_END_FUNCTION bench_call

#define SAVED(n) (16 + 8 * (n))
    .p2align 6
    CTX_PUBLIC_FUNCTION bench_call_saving_five
    bti c
    stp x19, x20, [sp, #-48]!
    .cfi_adjust_cfa_offset 48
    stp x21, x22, [sp, #SAVED(0)]
    str x23, [sp, #SAVED(2)]
    .cfi_rel_offset x19, 0
    .cfi_rel_offset x20, 8
    .cfi_rel_offset x21, SAVED(0)
    .cfi_rel_offset x22, SAVED(1)
    .cfi_rel_offset x23, SAVED(2)
    ldr x23, [sp, #SAVED(2)]
    ldp x21, x22, [sp, #SAVED(0)]
    ldp x19, x20, [sp], #48
    .cfi_adjust_cfa_offset -48
    ret
    CTX_END_FUNCTION bench_call_saving_five

    CTX_OBJECT_NOTES
