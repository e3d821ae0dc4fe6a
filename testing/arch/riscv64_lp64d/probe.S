/* The assembly of the probe (testing/oracle/probe.h), for the RISC-V Calling Conventions. */

#include "ctx/arch/elf.h"
#include "ctx/arch/riscv64_lp64d/assembly.h"
#include "testing/arch/riscv64_lp64d/assembly.h"
#include "testing/arch/riscv64_lp64d/probe_layout.h"

    .text
    .hidden oracle_captured
    .hidden oracle_to_reply
    .hidden oracle_follow_copies

/* ---- void oracle_probe(void) ---- */

/* Captures itself being called; see probe.h.
 * In: anything. Stack: oracle_captured.num_words readable words from sp up.
 * Out: a0, a1, fa0, fa1 as oracle_to_reply says. Clobbers: whatever a C function may, so that no
 * caller relies on it.
 *
 * An address needs a register, so two of them are stored below sp first. Every other one is stored
 * before it is used. */
    .p2align 4
    CTX_PUBLIC_FUNCTION oracle_probe
    addi sp, sp, -PROBE_FRAME_SIZE
    .cfi_adjust_cfa_offset PROBE_FRAME_SIZE
    sd t0, PROBE_FRAME_FIRST(sp)
    sd t1, PROBE_FRAME_SECOND(sp)
    lla t0, oracle_captured
#define CAPTURE(name, number) sd name, CAPTURE_OFFSET_GENERAL(number)(t0) ;
    CTX_TEST_FOR_EACH_GENERAL(CAPTURE)
    ld t1, PROBE_FRAME_FIRST(sp)
    sd t1, CAPTURE_OFFSET_GENERAL(5)(t0)
    ld t1, PROBE_FRAME_SECOND(sp)
    sd t1, CAPTURE_OFFSET_GENERAL(6)(t0)
    addi t2, sp, PROBE_FRAME_SIZE
    sd t2, CAPTURE_OFFSET_GENERAL(2)(t0)
    frcsr t1
    sd t1, CAPTURE_OFFSET_FCSR(t0)
#define CAPTURE_FLOATING(name, number) fsd name, CAPTURE_OFFSET_FLOATING(number)(t0) ;
    CTX_TEST_FOR_EACH_FLOATING(CAPTURE_FLOATING)
    ld t1, CAPTURE_OFFSET_NUM_CALLS(t0)
    addi t1, t1, 1
    sd t1, CAPTURE_OFFSET_NUM_CALLS(t0)

    ld t1, CAPTURE_OFFSET_NUM_WORDS(t0)
    addi t3, t0, CAPTURE_OFFSET_WORDS
1:
    beqz t1, 2f
    ld t4, (t2)
    sd t4, (t3)
    addi t2, t2, 8
    addi t3, t3, 8
    addi t1, t1, -1
    j 1b
2:
    /* C finds the copies of arguments whose addresses were passed. */
    sd s0, PROBE_FRAME_FIRST(sp)
    sd ra, PROBE_FRAME_SECOND(sp)
    .cfi_rel_offset s0, PROBE_FRAME_FIRST
    .cfi_rel_offset ra, PROBE_FRAME_SECOND
    call oracle_follow_copies
    ld s0, PROBE_FRAME_FIRST(sp)
    ld ra, PROBE_FRAME_SECOND(sp)
    .cfi_restore s0
    .cfi_restore ra
    addi sp, sp, PROBE_FRAME_SIZE
    .cfi_adjust_cfa_offset -PROBE_FRAME_SIZE

    /* The result in memory, if a0, as it was, allows it. */
    lla t0, oracle_captured
    lla t1, oracle_to_reply
    ld a0, CAPTURE_OFFSET_GENERAL(10)(t0)
    ld t2, REPLY_OFFSET_MEMORY(t1)
    beqz t2, 4f
    ld t3, REPLY_OFFSET_MEMORY_LOW(t1)
    bltu a0, t3, 4f
    ld t3, REPLY_OFFSET_MEMORY_HIGH(t1)
    bgtu a0, t3, 4f
    ld t3, REPLY_OFFSET_MEMORY_SIZE(t1)
3:
    beqz t3, 4f
    lbu t4, (t2)
    sb t4, (a0)
    addi t2, t2, 1
    addi a0, a0, 1
    addi t3, t3, -1
    j 3b
4:
    li t0, ORACLE_POISON
    FILL_VOLATILE_FLOATING t0
    fld fa0, REPLY_OFFSET_FA0(t1)
    fld fa1, REPLY_OFFSET_FA1(t1)
    ld a0, REPLY_OFFSET_A0(t1)
    ld a1, REPLY_OFFSET_A1(t1)
    .irp name, a2, a3, a4, a5, a6, a7, t1, t2, t3, t4, t5, t6
    mv \name, t0
    .endr
    ret
    unimp
    CTX_END_FUNCTION oracle_probe

/* ---- void oracle_swap(ctx_context *from, ctx_context *to) ---- */

/* In: a0, a1, for ctx_swap. Out: nothing. Clobbers: what a C function may. */
    .p2align 4
    CTX_PUBLIC_FUNCTION oracle_swap
    PUSH_KEPT
    li a2, ORACLE_POISON
    FILL_FLOATING a2
    .irp name, a3, a4, a5, a6, a7, t0, t1, t2, t3, t4, t5, t6
    mv \name, a2
    .endr
#define POISON_KEPT(name, index) mv name, a2 ;
    CTX_TEST_FOR_EACH_KEPT_GENERAL(POISON_KEPT)
    call ctx_swap
    POP_KEPT
    ret
    unimp
    CTX_END_FUNCTION oracle_swap

/* ---- void oracle_clobber(void *unused) ---- */

/* In: nothing. Out: nothing. Clobbers: every register and flag that a C function may, except ra. */
    .p2align 4
    CTX_PUBLIC_FUNCTION oracle_clobber
    li a0, ORACLE_POISON
    FILL_VOLATILE_FLOATING a0
    .irp name, a1, a2, a3, a4, a5, a6, a7, t0, t1, t2, t3, t4, t5, t6
    mv \name, a0
    .endr
    fsflagsi 0x1f
    ret
    unimp
    CTX_END_FUNCTION oracle_clobber

    CTX_OBJECT_NOTES
