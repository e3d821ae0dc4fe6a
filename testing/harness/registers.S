/* The caller of registers.h: a C call with a known value in each register that the callee must keep
 * (psABI 3.2.1 and 3.2.3, "Registers and the Stack Frame"). */

#include "ctx/arch/x86_64_sysv/assembly.h"
#include "testing/harness/registers_layout.h"

    .text

/* Marks the frame of a call, with the address of its struct beside it, so that both are found again
 * when a callee returns with a wrong rsp and nothing else is known either. */
#define FRAME_MAGIC 0x4354585f46524d45
#define FRAME_COPIES 4

.macro SAVE_SET base, reg
    movq %rbx, \base + CTX_TEST_SET_RBX(\reg)
    movq %rbp, \base + CTX_TEST_SET_RBP(\reg)
    movq %r12, \base + CTX_TEST_SET_R12(\reg)
    movq %r13, \base + CTX_TEST_SET_R13(\reg)
    movq %r14, \base + CTX_TEST_SET_R14(\reg)
    movq %r15, \base + CTX_TEST_SET_R15(\reg)
    movq %rsp, \base + CTX_TEST_SET_RSP(\reg)
    stmxcsr \base + CTX_TEST_SET_MXCSR(\reg)
    /* fnstenv masks all exceptions behind the caller's back; fldenv undoes that. */
    fnstenv \base + CTX_TEST_SET_X87(\reg)
    fldenv \base + CTX_TEST_SET_X87(\reg)
.endm

.macro LOAD_SET base, reg
    movq \base + CTX_TEST_SET_RBX(\reg), %rbx
    movq \base + CTX_TEST_SET_RBP(\reg), %rbp
    movq \base + CTX_TEST_SET_R12(\reg), %r12
    movq \base + CTX_TEST_SET_R13(\reg), %r13
    movq \base + CTX_TEST_SET_R14(\reg), %r14
    movq \base + CTX_TEST_SET_R15(\reg), %r15
.endm

/* In: rdi = registers, rsi = function, rdx = from, rcx = to. Out: rax = what the function left. */
    .p2align 4
    CTX_HIDDEN_FUNCTION ctx_test_call_with_registers
    endbr64
    movq %rdi, %rax
    SAVE_SET CTX_TEST_HOST, %rax
    .rept FRAME_COPIES
    pushq %rax
    .cfi_adjust_cfa_offset 8
    movabsq $FRAME_MAGIC, %r8
    pushq %r8
    .cfi_adjust_cfa_offset 8
    .endr
    /* Aligns the stack. What an earlier call has left here might be the magic. */
    pushq $0
    .cfi_adjust_cfa_offset 8
    movq %rdx, %rdi
    movq %rsi, %r11
    movq %rcx, %rsi
    LOAD_SET CTX_TEST_BEFORE, %rax
    movq %rsp, CTX_TEST_BEFORE + CTX_TEST_SET_RSP(%rax)
    stmxcsr CTX_TEST_BEFORE + CTX_TEST_SET_MXCSR(%rax)
    fnstenv CTX_TEST_BEFORE + CTX_TEST_SET_X87(%rax)
    fldenv CTX_TEST_BEFORE + CTX_TEST_SET_X87(%rax)
    callq *%r11

    movq %rax, %rsi
    movabsq $FRAME_MAGIC, %rcx
    movq %rsp, %rdx
1:
    cmpq (%rdx), %rcx
    leaq 8(%rdx), %rdx
    jne 1b
    movq (%rdx), %rax
    SAVE_SET CTX_TEST_AFTER, %rax
    movq CTX_TEST_HOST + CTX_TEST_SET_RSP(%rax), %rsp
    .cfi_def_cfa_offset 8
    pushfq
    .cfi_adjust_cfa_offset 8
    popq CTX_TEST_AFTER + CTX_TEST_SET_FLAGS(%rax)
    .cfi_adjust_cfa_offset -8
    cld
    fninit
    fldcw CTX_TEST_HOST + CTX_TEST_SET_X87(%rax)
    ldmxcsr CTX_TEST_HOST + CTX_TEST_SET_MXCSR(%rax)
    LOAD_SET CTX_TEST_HOST, %rax
    movq %rsi, %rax
    ret
    CTX_END_FUNCTION ctx_test_call_with_registers

/* In: rdi = a ctx_test_entry_state. */
    .p2align 4
    CTX_HIDDEN_FUNCTION ctx_test_record_entry
    endbr64
    movq %rsp, CTX_TEST_ENTRY_RSP(%rdi)
    pushfq
    .cfi_adjust_cfa_offset 8
    popq CTX_TEST_ENTRY_FLAGS(%rdi)
    .cfi_adjust_cfa_offset -8
    stmxcsr CTX_TEST_ENTRY_MXCSR(%rdi)
    fnstenv CTX_TEST_ENTRY_X87(%rdi)
    fldenv CTX_TEST_ENTRY_X87(%rdi)
    ret
    CTX_END_FUNCTION ctx_test_record_entry

/* In: rdi = a counter. */
    .p2align 4
    CTX_HIDDEN_FUNCTION ctx_test_clobber_volatile
    endbr64
    incq (%rdi)
    movabsq $0xbadc0ffee0ddf00d, %rax
    .irp reg, rcx, rdx, rsi, rdi, r8, r9, r10, r11
    movq %rax, %\reg
    .endr
    movq %rax, %xmm0
    punpcklqdq %xmm0, %xmm0
    .irp n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
    movdqa %xmm0, %xmm\n
    .endr
    .rept 8
    fld1
    .endr
    .rept 8
    fstp %st(0)
    .endr
    stc
    ret
    CTX_END_FUNCTION ctx_test_clobber_volatile

/* In: rdi = value, rsi = function, rdx = from, rcx = to. Out: rax = what the function left. */
    .p2align 4
    CTX_HIDDEN_FUNCTION ctx_test_call_with_volatile
    endbr64
    movq %rdi, %rax
    movq %rsi, %r11
    movq %rdx, %rdi
    movq %rcx, %rsi
    .irp reg, rcx, rdx, r8, r9, r10
    movq %rax, %\reg
    .endr
    jmpq *%r11
    CTX_END_FUNCTION ctx_test_call_with_volatile

/* In: rdi = value. */
    .p2align 4
    CTX_HIDDEN_FUNCTION ctx_test_return_with_volatile
    endbr64
    .irp reg, rax, rcx, rdx, rsi, r8, r9, r10, r11
    movq %rdi, %\reg
    .endr
    ret
    CTX_END_FUNCTION ctx_test_return_with_volatile

    CTX_OBJECT_NOTES
