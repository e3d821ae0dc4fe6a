/* The functions of testing/bench/calls.h. */
#include "ctx/arch/riscv64_lp64d/assembly.h"

    .text

    .p2align 6
    CTX_PUBLIC_FUNCTION bench_call
    ret
    CTX_END_FUNCTION bench_call

#define SAVED(n) (8 * (n))
#define SAVED_SIZE 48
    .p2align 6
    CTX_PUBLIC_FUNCTION bench_call_saving_five
    addi sp, sp, -SAVED_SIZE
    .cfi_adjust_cfa_offset SAVED_SIZE
    .irp n, 0, 1, 2, 3, 4
    sd s\n, SAVED(\n)(sp)
    .cfi_rel_offset s\n, SAVED(\n)
    .endr
    .irp n, 0, 1, 2, 3, 4
    ld s\n, SAVED(\n)(sp)
    .cfi_restore s\n
    .endr
    addi sp, sp, SAVED_SIZE
    .cfi_adjust_cfa_offset -SAVED_SIZE
    ret
    CTX_END_FUNCTION bench_call_saving_five

    CTX_OBJECT_NOTES
