/* The assembly of tests shares this: how registers are saved and filled. */
/* This is assembly: */
/* clang-format off */
#ifndef CTX_TESTING_ARCH_RISCV64_LP64D_ASSEMBLY_H_
#define CTX_TESTING_ARCH_RISCV64_LP64D_ASSEMBLY_H_

#include "testing/arch/riscv64_lp64d/register_list.h"

/* The registers that a function must keep, and the return address, on the stack; and back again. */
#define PUSHED_OFFSET(index) (8 * (index))
#define PUSHED_RA PUSHED_OFFSET(CTX_TEST_NUM_KEPT)
#define PUSHED_SIZE PUSHED_OFFSET(CTX_TEST_NUM_KEPT + 2)
#define PUSH_GENERAL(name, index) \
    sd name, PUSHED_OFFSET(index)(sp) ; \
    .cfi_rel_offset name, PUSHED_OFFSET(index) ;
#define PUSH_FLOATING(name, index) \
    fsd name, PUSHED_OFFSET(index)(sp) ; \
    .cfi_rel_offset name, PUSHED_OFFSET(index) ;
.macro PUSH_KEPT
    addi sp, sp, -PUSHED_SIZE
    .cfi_adjust_cfa_offset PUSHED_SIZE
    CTX_TEST_FOR_EACH_KEPT_GENERAL(PUSH_GENERAL)
    CTX_TEST_FOR_EACH_KEPT_FLOATING(PUSH_FLOATING)
    sd ra, PUSHED_RA(sp)
    .cfi_rel_offset ra, PUSHED_RA
.endm

#define POP_GENERAL(name, index) \
    ld name, PUSHED_OFFSET(index)(sp) ; \
    .cfi_restore name ;
#define POP_FLOATING(name, index) \
    fld name, PUSHED_OFFSET(index)(sp) ; \
    .cfi_restore name ;
.macro POP_KEPT
    CTX_TEST_FOR_EACH_KEPT_GENERAL(POP_GENERAL)
    CTX_TEST_FOR_EACH_KEPT_FLOATING(POP_FLOATING)
    ld ra, PUSHED_RA(sp)
    .cfi_restore ra
    addi sp, sp, PUSHED_SIZE
    .cfi_adjust_cfa_offset -PUSHED_SIZE
.endm

/* Fill floating-point registers with a general one: all, or those that a function may change. */
#define FILL_WITH_REG(name) fmv.d.x name, \reg ;
#define FILL_NUMBERED_WITH_REG(name, number) FILL_WITH_REG(name)
.macro FILL_FLOATING reg
    CTX_TEST_FOR_EACH_FLOATING(FILL_NUMBERED_WITH_REG)
.endm
.macro FILL_VOLATILE_FLOATING reg
    CTX_TEST_FOR_EACH_VOLATILE_FLOATING(FILL_WITH_REG)
.endm

#endif /* CTX_TESTING_ARCH_RISCV64_LP64D_ASSEMBLY_H_ */
