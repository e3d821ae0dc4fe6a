#include "testing/signals/checked_swap.h"

/* All is in assembly, since a compiler knows no way to name all of these registers. */
uint64_t checked_swap_by(ctx_context *from, ctx_context *to,
                         void (*swap)(ctx_context *, ctx_context *))
    __attribute__((visibility("hidden")));

__asm__(
    ".text\n"
    ".globl checked_swap_by\n"
    ".hidden checked_swap_by\n"
    ".type checked_swap_by, @function\n"
    "checked_swap_by:\n"
    ".cfi_startproc\n"
    "endbr64\n"
    "pushq %rbp\n.cfi_adjust_cfa_offset 8\n.cfi_rel_offset %rbp, 0\n"
    "pushq %rbx\n.cfi_adjust_cfa_offset 8\n.cfi_rel_offset %rbx, 0\n"
    "pushq %r12\n.cfi_adjust_cfa_offset 8\n.cfi_rel_offset %r12, 0\n"
    "pushq %r13\n.cfi_adjust_cfa_offset 8\n.cfi_rel_offset %r13, 0\n"
    "pushq %r14\n.cfi_adjust_cfa_offset 8\n.cfi_rel_offset %r14, 0\n"
    "pushq %r15\n.cfi_adjust_cfa_offset 8\n.cfi_rel_offset %r15, 0\n"
    "subq $8, %rsp\n.cfi_adjust_cfa_offset 8\n"
    "movabsq $0xb0b0b0b0b0b0b0b0, %rbx\n"
    "movabsq $0xb1b1b1b1b1b1b1b1, %rbp\n"
    "movabsq $0xc2c2c2c2c2c2c2c2, %r12\n"
    "movabsq $0xc3c3c3c3c3c3c3c3, %r13\n"
    "movabsq $0xc4c4c4c4c4c4c4c4, %r14\n"
    "movabsq $0xc5c5c5c5c5c5c5c5, %r15\n"
    "callq *%rdx\n"
    "movabsq $0xb0b0b0b0b0b0b0b0, %rcx\nxorq %rcx, %rbx\n"
    "movabsq $0xb1b1b1b1b1b1b1b1, %rcx\nxorq %rcx, %rbp\n"
    "movabsq $0xc2c2c2c2c2c2c2c2, %rcx\nxorq %rcx, %r12\n"
    "movabsq $0xc3c3c3c3c3c3c3c3, %rcx\nxorq %rcx, %r13\n"
    "movabsq $0xc4c4c4c4c4c4c4c4, %rcx\nxorq %rcx, %r14\n"
    "movabsq $0xc5c5c5c5c5c5c5c5, %rcx\nxorq %rcx, %r15\n"
    "movq %rbx, %rax\n"
    "orq %rbp, %rax\n"
    "orq %r12, %rax\n"
    "orq %r13, %rax\n"
    "orq %r14, %rax\n"
    "orq %r15, %rax\n"
    "addq $8, %rsp\n.cfi_adjust_cfa_offset -8\n"
    "popq %r15\n.cfi_adjust_cfa_offset -8\n"
    "popq %r14\n.cfi_adjust_cfa_offset -8\n"
    "popq %r13\n.cfi_adjust_cfa_offset -8\n"
    "popq %r12\n.cfi_adjust_cfa_offset -8\n"
    "popq %rbx\n.cfi_adjust_cfa_offset -8\n"
    "popq %rbp\n.cfi_adjust_cfa_offset -8\n"
    "retq\n"
    ".cfi_endproc\n"
    ".size checked_swap_by, . - checked_swap_by\n");

uint64_t checked_swap(ctx_context *from, ctx_context *to) {
  void (*volatile swap)(ctx_context *, ctx_context *) = ctx_swap;
  return checked_swap_by(from, to, swap);
}
