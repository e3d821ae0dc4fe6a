/* Vector registers in all the width that this processor has, for the assembly of the probe and of
 * its test. */
/* This is assembly: */
/* clang-format off */
#ifndef CTX_TESTING_ORACLE_VECTORS_H_
#define CTX_TESTING_ORACLE_VECTORS_H_

#include "testing/oracle/probe_layout.h"

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

#endif /* CTX_TESTING_ORACLE_VECTORS_H_ */
