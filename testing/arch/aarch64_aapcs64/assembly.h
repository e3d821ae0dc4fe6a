/* The assembly of tests shares this: how registers are saved and filled. */
/* This is assembly: */
/* clang-format off */
#ifndef CTX_TESTING_ARCH_AARCH64_AAPCS64_ASSEMBLY_H_
#define CTX_TESTING_ARCH_AARCH64_AAPCS64_ASSEMBLY_H_

#include "testing/arch/aarch64_aapcs64/register_list.h"

/* Sets a register to 64 bits. */
.macro LOAD_NUMBER reg, number
    movz \reg, #((\number) & 0xffff)
    movk \reg, #(((\number) >> 16) & 0xffff), lsl #16
    movk \reg, #(((\number) >> 32) & 0xffff), lsl #32
    movk \reg, #(((\number) >> 48) & 0xffff), lsl #48
.endm

/* The address of an object of this program. */
.macro LOAD_ADDRESS reg, object
    adrp \reg, \object
    add \reg, \reg, :lo12:\object
.endm

/* The registers that a function must keep, and the return address, on the stack; and back again. */
#define PUSHED_OFFSET(index) (8 * (index))
#define PUSHED_LR PUSHED_OFFSET(CTX_TEST_NUM_KEPT)
#define PUSHED_SIZE PUSHED_OFFSET(CTX_TEST_NUM_KEPT + 1)
#define PUSH(name, low, index) \
    str name, [sp, #PUSHED_OFFSET(index)] ; \
    .cfi_rel_offset name, PUSHED_OFFSET(index) ;
.macro PUSH_KEPT
    sub sp, sp, #PUSHED_SIZE
    .cfi_adjust_cfa_offset PUSHED_SIZE
    CTX_TEST_FOR_EACH_KEPT(PUSH)
    str x30, [sp, #PUSHED_LR]
    .cfi_rel_offset x30, PUSHED_LR
.endm

#define POP(name, low, index) \
    ldr name, [sp, #PUSHED_OFFSET(index)] ; \
    .cfi_restore name ;
.macro POP_KEPT
    CTX_TEST_FOR_EACH_KEPT(POP)
    ldr x30, [sp, #PUSHED_LR]
    .cfi_restore x30
    add sp, sp, #PUSHED_SIZE
    .cfi_adjust_cfa_offset -PUSHED_SIZE
.endm

#define FOR_EACH_VECTOR \
    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, \
    25, 26, 27, 28, 29, 30, 31

.macro FILL_VECTOR n, reg
    dup v\n\().2d, \reg
.endm

.macro FILL_UPPER_HALF n, reg
    ins v\n\().d[1], \reg
.endm

/* Fills all vector registers with a general one. */
.macro FILL_VECTORS reg
    .irp FOR_EACH_VECTOR
    FILL_VECTOR \n, \reg
    .endr
.endm

/* Fills those parts of them that a function may change. */
.macro FILL_VOLATILE_VECTORS reg
    .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
    FILL_VECTOR \n, \reg
    .endr
    .irp n, 8, 9, 10, 11, 12, 13, 14, 15
    FILL_UPPER_HALF \n, \reg
    .endr
.endm

#endif /* CTX_TESTING_ARCH_AARCH64_AAPCS64_ASSEMBLY_H_ */
