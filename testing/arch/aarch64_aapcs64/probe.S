/* The assembly of the probe (testing/oracle/probe.h), for AAPCS64 (6.4, 6.8, 6.9). */

#include "ctx/arch/elf.h"
#include "ctx/arch/aarch64_aapcs64/assembly.h"
#include "testing/arch/aarch64_aapcs64/assembly.h"
#include "testing/arch/aarch64_aapcs64/probe_layout.h"

    .text
    .hidden oracle_captured
    .hidden oracle_to_reply
    .hidden oracle_follow_copies

/* ---- void oracle_probe(void) ---- */

/* Captures itself being called; see probe.h.
 * In: anything. Stack: oracle_captured.num_words readable words from sp up.
 * Out: x0, x1, v0 to v3 as oracle_to_reply says. Clobbers: whatever a C function may, so that no
 * caller relies on it.
 *
 * An address needs a register, so two of them are stored below sp first. Every other one is stored
 * before it is used. */
    .p2align 4
    CTX_PUBLIC_FUNCTION oracle_probe
    bti c
    stp x16, x17, [sp, #-PROBE_FRAME_SCRATCH]!
    .cfi_adjust_cfa_offset PROBE_FRAME_SCRATCH
    LOAD_ADDRESS x16, oracle_captured
#define CAPTURE(name, number) str name, [x16, #CAPTURE_OFFSET_GENERAL(number)] ;
    CTX_TEST_FOR_EACH_GENERAL(CAPTURE)
    ldp x10, x11, [sp]
    str x10, [x16, #CAPTURE_OFFSET_GENERAL(16)]
    str x11, [x16, #CAPTURE_OFFSET_GENERAL(17)]
    add x17, sp, #PROBE_FRAME_SCRATCH
    str x17, [x16, #CAPTURE_OFFSET_SP]
    mrs x10, fpcr
    str x10, [x16, #CAPTURE_OFFSET_FPCR]
    .irp FOR_EACH_VECTOR
    str q\n, [x16, #CAPTURE_OFFSET_VECTOR(\n)]
    .endr
    ldr x10, [x16, #CAPTURE_OFFSET_NUM_CALLS]
    add x10, x10, #1
    str x10, [x16, #CAPTURE_OFFSET_NUM_CALLS]

    ldr x10, [x16, #CAPTURE_OFFSET_NUM_WORDS]
    add x11, x16, #CAPTURE_OFFSET_WORDS
1:
    cbz x10, 2f
    ldr x12, [x17], #8
    str x12, [x11], #8
    sub x10, x10, #1
    b 1b
2:
    /* C finds the copies of arguments whose addresses were passed. */
    stp x29, x30, [sp, #-PROBE_FRAME_SCRATCH]!
    .cfi_adjust_cfa_offset PROBE_FRAME_SCRATCH
    .cfi_rel_offset x29, 0
    .cfi_rel_offset x30, 8
    bl oracle_follow_copies
    ldp x29, x30, [sp], #PROBE_FRAME_SIZE
    .cfi_restore x29
    .cfi_restore x30
    .cfi_adjust_cfa_offset -PROBE_FRAME_SIZE

    /* The result in memory, if x8, as it was, allows it. */
    LOAD_ADDRESS x16, oracle_captured
    LOAD_ADDRESS x17, oracle_to_reply
    ldr x8, [x16, #CAPTURE_OFFSET_GENERAL(8)]
    ldr x9, [x17, #REPLY_OFFSET_MEMORY]
    cbz x9, 4f
    ldr x10, [x17, #REPLY_OFFSET_MEMORY_LOW]
    cmp x8, x10
    b.lo 4f
    ldr x10, [x17, #REPLY_OFFSET_MEMORY_HIGH]
    cmp x8, x10
    b.hi 4f
    ldr x10, [x17, #REPLY_OFFSET_MEMORY_SIZE]
3:
    cbz x10, 4f
    ldrb w11, [x9], #1
    strb w11, [x8], #1
    sub x10, x10, #1
    b 3b
4:
    LOAD_NUMBER x16, ORACLE_POISON
    FILL_VOLATILE_VECTORS x16
    .irp n, 0, 1, 2, 3
    ldr q\n, [x17, #REPLY_OFFSET_VECTOR(\n)]
    .endr
    ldr x0, [x17, #REPLY_OFFSET_X0]
    ldr x1, [x17, #REPLY_OFFSET_X1]
    .irp n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17, 18
    mov x\n, x16
    .endr
    ret
    udf #0
    CTX_END_FUNCTION oracle_probe

/* ---- void oracle_swap(ctx_context *from, ctx_context *to) ---- */

/* In: x0, x1, for ctx_swap. Out: nothing. Clobbers: what a C function may. */
    .p2align 4
    CTX_PUBLIC_FUNCTION oracle_swap
    bti c
    PUSH_KEPT
    LOAD_NUMBER x2, ORACLE_POISON
    FILL_VECTORS x2
    .irp n, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26
    mov x\n, x2
    .endr
    .irp n, 27, 28, 29
    mov x\n, x2
    .endr
    bl ctx_swap
    POP_KEPT
    ret
    udf #0
    CTX_END_FUNCTION oracle_swap

/* ---- void oracle_clobber(void *unused) ---- */

/* In: nothing. Out: nothing. Clobbers: every register and flag that a C function may. */
    .p2align 4
    CTX_PUBLIC_FUNCTION oracle_clobber
    bti c
    LOAD_NUMBER x0, ORACLE_POISON
    FILL_VOLATILE_VECTORS x0
    .irp n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18
    mov x\n, x0
    .endr
    cmp x0, #0
    ret
    udf #0
    CTX_END_FUNCTION oracle_clobber

    CTX_OBJECT_NOTES
