/* The caller of testing/harness/registers.h: a C call with a known value in each register that the
 * callee must keep (AAPCS64 6.1.1 and 6.1.2). */

#include "ctx/arch/elf.h"
#include "ctx/arch/aarch64_aapcs64/assembly.h"
#include "testing/arch/aarch64_aapcs64/assembly.h"
#include "testing/arch/aarch64_aapcs64/registers_layout.h"

    .text

/* Marks the frame of a call, with the address of its struct beside it, so that both are found again
 * when a callee returns with a wrong sp, and no register helps. */
#define FRAME_MAGIC 0x4354585f46524d45
#define FRAME_COPIES 4

/* The frame, from sp up: the return address, 0, and the copies. */
#define FRAME_LR 0
#define FRAME_COPY(n) (16 + 16 * (n))
#define FRAME_SIZE FRAME_COPY(FRAME_COPIES)

/* In: x9 = registers. `set` is the offset of one of its sets. Clobbers: x10. */
#define SAVE(name, low, index) str name, [x9, #\set + CTX_TEST_SET_KEPT(index)] ;
.macro SAVE_SET set
    CTX_TEST_FOR_EACH_KEPT(SAVE)
    mov x10, sp
    str x10, [x9, #\set + CTX_TEST_SET_SP]
    mrs x10, fpcr
    str x10, [x9, #\set + CTX_TEST_SET_FPCR]
.endm

#define LOAD(name, low, index) ldr name, [x9, #\set + CTX_TEST_SET_KEPT(index)] ;
.macro LOAD_SET set
    CTX_TEST_FOR_EACH_KEPT(LOAD)
.endm

/* Where the caller's registers are, for unwinders: in the struct, whose address is in the highest
 * copy, so far below the CFA. */
#define COPY_BELOW_CFA 8
#define KEPT_IN_STRUCT(number, index) \
    .cfi_escape DW_CFA_EXPRESSION, number, 6, DW_OP_LIT(COPY_BELOW_CFA), DW_OP_MINUS, \
        DW_OP_DEREF, DW_OP_PLUS_UCONST, CTX_LEB(CTX_TEST_HOST + CTX_TEST_SET_KEPT(index)) ;
#define FOR_EACH_DWARF(X) \
    X(DW_X(19), 0) X(DW_X(20), 1) X(DW_X(21), 2) X(DW_X(22), 3) X(DW_X(23), 4) X(DW_X(24), 5) \
    X(DW_X(25), 6) X(DW_X(26), 7) X(DW_X(27), 8) X(DW_X(28), 9) X(DW_X(29), 10) \
    X(DW_V(8), 11) X(DW_V(9), 12) X(DW_V(10), 13) X(DW_V(11), 14) X(DW_V(12), 15) \
    X(DW_V(13), 16) X(DW_V(14), 17) X(DW_V(15), 18)
#define KEPT_IN_PLACE(number, index) .cfi_same_value number ;

/* In: x0 = registers, x1 = function, x2 = from, x3 = to. Out: x0 = what the function left. */
    .p2align 4
    CTX_HIDDEN_FUNCTION ctx_test_call_with_registers
    bti c
    mov x9, x0
    SAVE_SET CTX_TEST_HOST
    sub sp, sp, #FRAME_SIZE
    .cfi_adjust_cfa_offset FRAME_SIZE
    stp x30, xzr, [sp, #FRAME_LR]
    .cfi_rel_offset x30, FRAME_LR
    LOAD_NUMBER x10, FRAME_MAGIC
    .irp n, 0, 1, 2, 3
    stp x10, x9, [sp, #FRAME_COPY(\n)]
    .endr
    /* An earlier call might have left the magic below. */
    stp xzr, xzr, [sp, #-16]
    mov x16, x1
    mov x0, x2
    mov x1, x3
    FOR_EACH_DWARF(KEPT_IN_STRUCT)
    LOAD_SET CTX_TEST_BEFORE
    mov x10, sp
    str x10, [x9, #CTX_TEST_BEFORE + CTX_TEST_SET_SP]
    mrs x10, fpcr
    str x10, [x9, #CTX_TEST_BEFORE + CTX_TEST_SET_FPCR]
    blr x16

    LOAD_NUMBER x11, FRAME_MAGIC
    mov x12, sp
1:
    ldr x10, [x12], #8
    cmp x10, x11
    b.ne 1b
    ldr x9, [x12]
    SAVE_SET CTX_TEST_AFTER
    ldr x10, [x9, #CTX_TEST_BEFORE + CTX_TEST_SET_SP]
    mov sp, x10
    ldr x10, [x9, #CTX_TEST_HOST + CTX_TEST_SET_FPCR]
    msr fpcr, x10
    LOAD_SET CTX_TEST_HOST
    FOR_EACH_DWARF(KEPT_IN_PLACE)
    ldr x30, [sp, #FRAME_LR]
    .cfi_restore x30
    add sp, sp, #FRAME_SIZE
    .cfi_adjust_cfa_offset -FRAME_SIZE
    ret
    CTX_END_FUNCTION ctx_test_call_with_registers

/* In: x0 = a ctx_test_entry_state. Clobbers: x9. */
    .p2align 4
    CTX_HIDDEN_FUNCTION ctx_test_record_entry
    bti c
    mov x9, sp
    str x9, [x0, #CTX_TEST_ENTRY_SP]
    str x29, [x0, #CTX_TEST_ENTRY_FP]
    str x30, [x0, #CTX_TEST_ENTRY_LR]
    mrs x9, fpcr
    str x9, [x0, #CTX_TEST_ENTRY_FPCR]
    ret
    CTX_END_FUNCTION ctx_test_record_entry

/* In: x0 = a counter. Clobbers: everything that it may; x17 holds the return address. */
    .p2align 4
    CTX_HIDDEN_FUNCTION ctx_test_clobber_volatile
    bti c
    ldr x9, [x0]
    add x9, x9, #1
    str x9, [x0]
    mov x17, x30
    .cfi_register x30, x17
    LOAD_NUMBER x0, 0xbadc0ffee0ddf00d
    .irp n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 30
    mov x\n, x0
    .endr
    FILL_VOLATILE_VECTORS x0
    mrs x9, fpsr
    mvn x9, x9
    msr fpsr, x9
    mov x9, x0
    cmp x0, #0
    ret x17
    CTX_END_FUNCTION ctx_test_clobber_volatile

/* In: x0 = value, x1 = function, x2 = from, x3 = to. Out: x0 = what the function left. */
    .p2align 4
    CTX_HIDDEN_FUNCTION ctx_test_call_with_volatile
    bti c
    mov x16, x1
    mov x17, x0
    mov x0, x2
    mov x1, x3
    .irp n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 18
    mov x\n, x17
    .endr
    br x16
    CTX_END_FUNCTION ctx_test_call_with_volatile

/* In: x0 = value. */
    .p2align 4
    CTX_HIDDEN_FUNCTION ctx_test_return_with_volatile
    bti c
    .irp n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18
    mov x\n, x0
    .endr
    ret
    CTX_END_FUNCTION ctx_test_return_with_volatile

    CTX_OBJECT_NOTES
