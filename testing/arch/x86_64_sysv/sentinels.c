#include "testing/unwind/sentinels.h"

#if defined(__has_include)
#if __has_include(<libunwind.h>)
#define UNW_LOCAL_ONLY
#include <libunwind.h>
#endif
#endif

/* rbx, rbp, r12 to r15, by DWARF's numbers. The assembly has the same values. */
const trace_sentinel trace_sentinels[] = {{3, 0x5e01},  {6, 0x5e02},  {12, 0x5e03},
                                          {13, 0x5e04}, {14, 0x5e05}, {15, 0x5e06}};
const size_t trace_num_sentinels = sizeof trace_sentinels / sizeof trace_sentinels[0];

#ifdef UNW_TARGET_X86_64
_Static_assert(UNW_X86_64_RBX == 3 && UNW_X86_64_RBP == 6 && UNW_X86_64_R12 == 12 &&
                   UNW_X86_64_R13 == 13 && UNW_X86_64_R14 == 14 && UNW_X86_64_R15 == 15,
               "libunwind has DWARF's numbers");
#endif

__asm__(
    ".text\n"
    ".globl trace_with_sentinels\n"
    ".type trace_with_sentinels, @function\n"
    "trace_with_sentinels:\n"
    ".cfi_startproc\n"
    "endbr64\n"
    "pushq %rbx\n.cfi_adjust_cfa_offset 8\n.cfi_rel_offset %rbx, 0\n"
    "pushq %rbp\n.cfi_adjust_cfa_offset 8\n.cfi_rel_offset %rbp, 0\n"
    "pushq %r12\n.cfi_adjust_cfa_offset 8\n.cfi_rel_offset %r12, 0\n"
    "pushq %r13\n.cfi_adjust_cfa_offset 8\n.cfi_rel_offset %r13, 0\n"
    "pushq %r14\n.cfi_adjust_cfa_offset 8\n.cfi_rel_offset %r14, 0\n"
    "pushq %r15\n.cfi_adjust_cfa_offset 8\n.cfi_rel_offset %r15, 0\n"
    "subq $8, %rsp\n.cfi_adjust_cfa_offset 8\n"
    "movq %rdi, %rax\n"
    "movq %rsi, %rdi\n"
    "movq %rdx, %rsi\n"
    "movl $0x5e01, %ebx\n"
    "movl $0x5e02, %ebp\n"
    "movl $0x5e03, %r12d\n"
    "movl $0x5e04, %r13d\n"
    "movl $0x5e05, %r14d\n"
    "movl $0x5e06, %r15d\n"
    "callq *%rax\n"
    ".globl trace_sentinel_return\n"
    "trace_sentinel_return:\n"
    "addq $8, %rsp\n.cfi_adjust_cfa_offset -8\n"
    "popq %r15\n.cfi_adjust_cfa_offset -8\n"
    "popq %r14\n.cfi_adjust_cfa_offset -8\n"
    "popq %r13\n.cfi_adjust_cfa_offset -8\n"
    "popq %r12\n.cfi_adjust_cfa_offset -8\n"
    "popq %rbp\n.cfi_adjust_cfa_offset -8\n"
    "popq %rbx\n.cfi_adjust_cfa_offset -8\n"
    "retq\n"
    ".cfi_endproc\n"
    ".size trace_with_sentinels, . - trace_with_sentinels\n");
