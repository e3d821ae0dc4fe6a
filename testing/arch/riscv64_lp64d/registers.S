/* The caller of testing/harness/registers.h: a C call with a known value in each register that the
 * callee must keep (RISC-V Calling Conventions, "Register Convention"). */

#include "ctx/arch/elf.h"
#include "ctx/arch/riscv64_lp64d/assembly.h"
#include "testing/arch/riscv64_lp64d/assembly.h"
#include "testing/arch/riscv64_lp64d/registers_layout.h"

    .text

/* Marks the frame of a call, with the address of its struct beside it, so that both are found again
 * when a callee returns with a wrong sp, and no register helps. */
#define FRAME_MAGIC 0x4354585f46524d45

/* The frame, from sp up: the return address, 0, and four copies. */
#define FRAME_RA 0
#define FRAME_ZERO 8
#define FRAME_COPY(n) (16 + 16 * (n))
#define FRAME_COPY_ADDRESS(n) (24 + 16 * (n))
#define FRAME_SIZE FRAME_COPY(4)
#define BELOW_FRAME(n) (-8 - 8 * (n))

/* In: t0 = registers. `set` is the offset of one of its sets. Clobbers: t1. */
#define SAVE_GENERAL(name, index) sd name, (\set + CTX_TEST_SET_KEPT(index))(t0) ;
#define SAVE_FLOATING(name, index) fsd name, (\set + CTX_TEST_SET_KEPT(index))(t0) ;
.macro SAVE_SET set
    CTX_TEST_FOR_EACH_KEPT_GENERAL(SAVE_GENERAL)
    CTX_TEST_FOR_EACH_KEPT_FLOATING(SAVE_FLOATING)
    SAVE_STATE \set
.endm
.macro SAVE_STATE set
    sd sp, (\set + CTX_TEST_SET_SP)(t0)
    frrm t1
    sd t1, (\set + CTX_TEST_SET_FRM)(t0)
.endm

#define LOAD_GENERAL(name, index) ld name, (\set + CTX_TEST_SET_KEPT(index))(t0) ;
#define LOAD_FLOATING(name, index) fld name, (\set + CTX_TEST_SET_KEPT(index))(t0) ;
.macro LOAD_SET set
    CTX_TEST_FOR_EACH_KEPT_GENERAL(LOAD_GENERAL)
    CTX_TEST_FOR_EACH_KEPT_FLOATING(LOAD_FLOATING)
.endm

/* Where the caller's registers are, for unwinders: in the struct, whose address is in the highest
 * copy, so far below the CFA. */
#define COPY_BELOW_CFA 8
#define KEPT_IN_STRUCT(number, index) \
    .cfi_escape DW_CFA_EXPRESSION, number, 6, DW_OP_LIT(COPY_BELOW_CFA), DW_OP_MINUS, \
        DW_OP_DEREF, DW_OP_PLUS_UCONST, CTX_LEB(CTX_TEST_HOST + CTX_TEST_SET_KEPT(index)) ;
#define FOR_EACH_DWARF(X) \
    X(DW_S0, 0) X(DW_S1, 1) X(DW_S(2), 2) X(DW_S(3), 3) X(DW_S(4), 4) X(DW_S(5), 5) \
    X(DW_S(6), 6) X(DW_S(7), 7) X(DW_S(8), 8) X(DW_S(9), 9) X(DW_S(10), 10) X(DW_S(11), 11) \
    X(DW_FS0, 12) X(DW_FS1, 13) X(DW_FS(2), 14) X(DW_FS(3), 15) X(DW_FS(4), 16) \
    X(DW_FS(5), 17) X(DW_FS(6), 18) X(DW_FS(7), 19) X(DW_FS(8), 20) X(DW_FS(9), 21) \
    X(DW_FS(10), 22) X(DW_FS(11), 23)
#define KEPT_IN_PLACE(number, index) .cfi_same_value number ;

/* In: a0 = registers, a1 = function, a2 = from, a3 = to. Out: a0 = what the function left. */
    .p2align 4
    CTX_HIDDEN_FUNCTION ctx_test_call_with_registers
    mv t0, a0
    SAVE_SET CTX_TEST_HOST
    addi sp, sp, -FRAME_SIZE
    .cfi_adjust_cfa_offset FRAME_SIZE
    sd ra, FRAME_RA(sp)
    .cfi_rel_offset ra, FRAME_RA
    sd zero, FRAME_ZERO(sp)
    li t1, FRAME_MAGIC
    .irp n, 0, 1, 2, 3
    sd t1, FRAME_COPY(\n)(sp)
    sd t0, FRAME_COPY_ADDRESS(\n)(sp)
    .endr
    /* An earlier call might have left the magic below. */
    sd zero, BELOW_FRAME(0)(sp)
    sd zero, BELOW_FRAME(1)(sp)
    mv t2, a1
    mv a0, a2
    mv a1, a3
    FOR_EACH_DWARF(KEPT_IN_STRUCT)
    LOAD_SET CTX_TEST_BEFORE
    SAVE_STATE CTX_TEST_BEFORE
    jalr t2

    li t1, FRAME_MAGIC
    mv t2, sp
1:
    ld t3, (t2)
    addi t2, t2, 8
    bne t3, t1, 1b
    ld t0, (t2)
    SAVE_SET CTX_TEST_AFTER
    ld sp, (CTX_TEST_BEFORE + CTX_TEST_SET_SP)(t0)
    ld t1, (CTX_TEST_HOST + CTX_TEST_SET_FRM)(t0)
    fsrm t1
    LOAD_SET CTX_TEST_HOST
    FOR_EACH_DWARF(KEPT_IN_PLACE)
    ld ra, FRAME_RA(sp)
    .cfi_restore ra
    addi sp, sp, FRAME_SIZE
    .cfi_adjust_cfa_offset -FRAME_SIZE
    ret
    CTX_END_FUNCTION ctx_test_call_with_registers

/* In: a0 = a ctx_test_entry_state. Clobbers: t0. */
    .p2align 4
    CTX_HIDDEN_FUNCTION ctx_test_record_entry
    sd sp, CTX_TEST_ENTRY_SP(a0)
    sd s0, CTX_TEST_ENTRY_FP(a0)
    sd ra, CTX_TEST_ENTRY_RA(a0)
    frrm t0
    sd t0, CTX_TEST_ENTRY_FRM(a0)
    ret
    CTX_END_FUNCTION ctx_test_record_entry

/* In: a0 = a counter. Clobbers: everything that it may; t1 holds the return address. */
    .p2align 4
    CTX_HIDDEN_FUNCTION ctx_test_clobber_volatile
    ld t0, (a0)
    addi t0, t0, 1
    sd t0, (a0)
    mv t1, ra
    .cfi_register ra, t1
    li a0, 0xbadc0ffee0ddf00d
#define COPY_A0(name) \
    .ifnc name, t1 ; \
    mv name, a0 ; \
    .endif ;
    CTX_TEST_FOR_EACH_VOLATILE(COPY_A0)
    FILL_VOLATILE_FLOATING a0
    frflags t0
    not t0, t0
    fsflags t0
    mv t0, a0
    jr t1
    CTX_END_FUNCTION ctx_test_clobber_volatile

/* In: a0 = value, a1 = function, a2 = from, a3 = to. Out: a0 = what the function left. */
    .p2align 4
    CTX_HIDDEN_FUNCTION ctx_test_call_with_volatile
    mv t1, a1
    mv t0, a0
    mv a0, a2
    mv a1, a3
    .irp name, a2, a3, a4, a5, a6, a7, t2, t3, t4, t5, t6
    mv \name, t0
    .endr
    FILL_VOLATILE_FLOATING t0
    jr t1
    CTX_END_FUNCTION ctx_test_call_with_volatile

/* In: a0 = value. */
    .p2align 4
    CTX_HIDDEN_FUNCTION ctx_test_return_with_volatile
    .irp name, a1, a2, a3, a4, a5, a6, a7, t0, t1, t2, t3, t4, t5, t6
    mv \name, a0
    .endr
    FILL_VOLATILE_FLOATING a0
    ret
    CTX_END_FUNCTION ctx_test_return_with_volatile

    CTX_OBJECT_NOTES
