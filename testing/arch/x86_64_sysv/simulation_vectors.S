/* Functions that take and return vectors above 16 bytes (psABI 3.2.3). In C, clang has these
 * conventions only in files that are compiled for such registers as a whole. */

#include "ctx/arch/elf.h"
#include "ctx/arch/x86_64_sysv/assembly.h"

    .text
    .hidden simulation_vectors
    .hidden simulation_vectors_body

#define SECOND_VECTOR 64
#define FIRST_IN_MEMORY 8

/* Stores the arguments in the first two vector registers to simulation_vectors, calls
 * simulation_vectors_body(size, first argument in memory), and returns what that points at.
 * Stack: return address at (rsp). */
.macro VECTOR_FUNCTION name, size, reg
    .p2align 4
    CTX_HIDDEN_FUNCTION \name
    endbr64
    vmovups %\reg\()0, simulation_vectors(%rip)
    vmovups %xmm1, SECOND_VECTOR+simulation_vectors(%rip)
    vzeroupper
    leaq FIRST_IN_MEMORY(%rsp), %rsi
    subq $8, %rsp
    .cfi_adjust_cfa_offset 8
    movl $\size, %edi
    callq simulation_vectors_body
    vmovups (%rax), %\reg\()0
    addq $8, %rsp
    .cfi_adjust_cfa_offset -8
    ret
    CTX_END_FUNCTION \name
.endm

    VECTOR_FUNCTION simulation_return_v256, 32, ymm
    VECTOR_FUNCTION simulation_return_v512, 64, zmm

    CTX_OBJECT_NOTES
