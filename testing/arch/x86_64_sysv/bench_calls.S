/* The functions of testing/bench/calls.h. */
    .text

    .p2align 6
    .globl bench_call
    .type bench_call, @function
bench_call:
    .cfi_startproc
    ret
    .cfi_endproc
    .size bench_call, . - bench_call

    .p2align 6
    .globl bench_call_saving_five
    .type bench_call_saving_five, @function
bench_call_saving_five:
    .cfi_startproc
    pushq %rbx
    .cfi_adjust_cfa_offset 8
    pushq %r12
    .cfi_adjust_cfa_offset 8
    pushq %r13
    .cfi_adjust_cfa_offset 8
    pushq %r14
    .cfi_adjust_cfa_offset 8
    pushq %r15
    .cfi_adjust_cfa_offset 8
    popq %r15
    .cfi_adjust_cfa_offset -8
    popq %r14
    .cfi_adjust_cfa_offset -8
    popq %r13
    .cfi_adjust_cfa_offset -8
    popq %r12
    .cfi_adjust_cfa_offset -8
    popq %rbx
    .cfi_adjust_cfa_offset -8
    ret
    .cfi_endproc
    .size bench_call_saving_five, . - bench_call_saving_five

    .section .note.GNU-stack, "", @progbits
