/* The assembly of the probe and that of its test share this: how registers are saved and filled,
 * vector registers in all the width that this processor has. */
/* This is assembly: */
/* clang-format off */
#ifndef CTX_TESTING_ARCH_X86_64_SYSV_ASSEMBLY_H_
#define CTX_TESTING_ARCH_X86_64_SYSV_ASSEMBLY_H_

#include "testing/arch/x86_64_sysv/probe_layout.h"
#include "testing/arch/x86_64_sysv/register_list.h"

/* The registers that a function must keep, on the stack, which is aligned for calls then; and back
 * again. */
#define PUSHED_SIZE (8 * CTX_TEST_NUM_KEPT + 8)
#define PUSH(name, low, index) \
    movq %name, 8 * (index)(%rsp) ; \
    .cfi_rel_offset %name, 8 * (index) ;
.macro PUSH_KEPT
    subq $PUSHED_SIZE, %rsp
    .cfi_adjust_cfa_offset PUSHED_SIZE
    CTX_TEST_FOR_EACH_KEPT(PUSH)
.endm

#define POP(name, low, index) \
    movq 8 * (index)(%rsp), %name ; \
    .cfi_restore %name ;
.macro POP_KEPT
    CTX_TEST_FOR_EACH_KEPT(POP)
    addq $PUSHED_SIZE, %rsp
    .cfi_adjust_cfa_offset -PUSHED_SIZE
.endm

#define FOR_EACH_VECTOR \
    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15

    .hidden oracle_vector_level

/* Fills vector register n with rax. Clobbers: flags. */
.macro FILL_VECTOR n
    cmpb $VECTOR_LEVEL_AVX, oracle_vector_level(%rip)
    ja 81f
    movq %rax, %xmm\n
    punpcklqdq %xmm\n, %xmm\n
    jb 82f
    vinsertf128 $1, %xmm\n, %ymm\n, %ymm\n
    jmp 82f
81:
    vpbroadcastq %rax, %zmm\n
82:
.endm

/* Fills all of them with rax. Clobbers: flags. */
.macro FILL_VECTORS
    .irp FOR_EACH_VECTOR
    FILL_VECTOR \n
    .endr
.endm

#endif /* CTX_TESTING_ARCH_X86_64_SYSV_ASSEMBLY_H_ */
