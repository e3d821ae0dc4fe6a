/* The caller of testing/harness/registers.h: a C call with a known value in each register that the
 * callee must keep (psABI 3.2.1 and 3.2.3, "Registers and the Stack Frame"). */

#include "ctx/arch/elf.h"
#include "ctx/arch/x86_64_sysv/assembly.h"
#include "testing/arch/x86_64_sysv/registers_layout.h"

    .text

/* Marks the frame of a call, with the address of its struct beside it, so that both are found again
 * when a callee returns with a wrong rsp, and no register helps. */
#define FRAME_MAGIC 0x4354585f46524d45
#define FRAME_COPIES 4

/* In: rax = registers. `set` is the offset of one of its sets. */
#define SAVE(name, low, index) movq %name, \set + CTX_TEST_SET_KEPT(index)(%rax) ;
.macro SAVE_SET set
    CTX_TEST_FOR_EACH_KEPT(SAVE)
    movq %rsp, \set + CTX_TEST_SET_RSP(%rax)
    SAVE_WORDS \set
.endm

.macro SAVE_WORDS set
    stmxcsr \set + CTX_TEST_SET_MXCSR(%rax)
    /* fnstenv masks all exceptions behind the caller's back; fldenv undoes that. */
    fnstenv \set + CTX_TEST_SET_X87(%rax)
    fldenv \set + CTX_TEST_SET_X87(%rax)
.endm

#define LOAD(name, low, index) movq \set + CTX_TEST_SET_KEPT(index)(%rax), %name ;
.macro LOAD_SET set
    CTX_TEST_FOR_EACH_KEPT(LOAD)
.endm

/* Where the caller's registers are, for unwinders: in the struct, whose address is in the highest
 * copy, so far below the CFA. */
#define COPY_BELOW_CFA 16
#define KEPT_IN_STRUCT(number, index) \
    .cfi_escape DW_CFA_EXPRESSION, number, 6, DW_OP_LIT(COPY_BELOW_CFA), DW_OP_MINUS, \
        DW_OP_DEREF, DW_OP_PLUS_UCONST, CTX_LEB(CTX_TEST_HOST + CTX_TEST_SET_KEPT(index)) ;
#define FOR_EACH_DWARF(X) \
    X(DW_RBX, 0) X(DW_RBP, 1) X(DW_R12, 2) X(DW_R13, 3) X(DW_R14, 4) X(DW_R15, 5)
#define KEPT_IN_PLACE(number, index) .cfi_same_value number ;

/* In: rdi = registers, rsi = function, rdx = from, rcx = to. Out: rax = what the function left. */
    .p2align 4
    CTX_HIDDEN_FUNCTION ctx_test_call_with_registers
    endbr64
    movq %rdi, %rax
    SAVE_SET CTX_TEST_HOST
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
    FOR_EACH_DWARF(KEPT_IN_STRUCT)
    LOAD_SET CTX_TEST_BEFORE
    movq %rsp, CTX_TEST_BEFORE + CTX_TEST_SET_RSP(%rax)
    SAVE_WORDS CTX_TEST_BEFORE
    callq *%r11

    movq %rax, %rsi
    movabsq $FRAME_MAGIC, %rcx
    movq %rsp, %rdx
1:
    cmpq (%rdx), %rcx
    leaq 8(%rdx), %rdx
    jne 1b
    movq (%rdx), %rax
    SAVE_SET CTX_TEST_AFTER
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
    LOAD_SET CTX_TEST_HOST
    FOR_EACH_DWARF(KEPT_IN_PLACE)
    movq %rsi, %rax
    ret
    CTX_END_FUNCTION ctx_test_call_with_registers

/* In: rdi = a ctx_test_entry_state. */
    .p2align 4
    CTX_HIDDEN_FUNCTION ctx_test_record_entry
    endbr64
    movq %rsp, CTX_TEST_ENTRY_SP(%rdi)
    movq %rbp, CTX_TEST_ENTRY_FP(%rdi)
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
#define FILL_FROM_RAX(name) movq %rax, %name ;
    CTX_TEST_FOR_EACH_VOLATILE(FILL_FROM_RAX)
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
#define FILL_FROM_RDI(name) movq %rdi, %name ;
    CTX_TEST_FOR_EACH_VOLATILE(FILL_FROM_RDI)
    ret
    CTX_END_FUNCTION ctx_test_return_with_volatile

    CTX_OBJECT_NOTES
