/* ctx for aarch64: swap, set, enter, return. AAPCS64 (sections "Machine Registers", "The Stack",
 * "Subroutine Calls", "Parameter Passing"), ELF, little-endian, 64-bit pointers.
 *
 * As x86_64_sysv, except where this says otherwise; the reasons that hold for both are there.
 *
 * THE ABI AT A GLANCE
 *
 *     register       in a call                          in a switch
 *     x0             argument 1; result 1               `from`; then the context that goes on
 *     x1             argument 2; result 2               the resumer, or 0
 *     x2             argument 3                         pc of `to`
 *     x3             argument 4                         sp of `to`
 *     x4             argument 5                         x29 of `to`
 *     x5             argument 6                         where `from` goes on
 *     x6             argument 7                         `to`
 *     x7             argument 8                         keys, control words, sp of `from`
 *     x8             address of a result in memory      the same
 *     x9 to x15      free                               x9, x10: control words
 *     x16, x17       free; changed by linkers' code     x16: in a shared library's jump to the body
 *     x18            free on Linux                      not touched
 *     x19            callee-saved                       kept in the context by a call of ctx_swap
 *                                                       and by clang's code, otherwise in its frame
 *     x20 to x28     callee-saved                       kept in the context by a call of ctx_swap,
 *                                                       otherwise by the compiler in its frame
 *     x29, sp        callee-saved                       kept in the context
 *     x30            return address                     as x20 to x28
 *     v0 to v7       arguments; results in 0 to 3       not touched
 *     v8 to v15      lower halves callee-saved          as x20 to x28
 *     v16 to v31     free                               not touched
 *     FPCR           callee-saved                       loaded where the declared one differs
 *     FPSR, flags    free                               FPSR not touched, flags changed
 *     memory         arguments from sp up; there is     not touched
 *                    no red zone
 *
 * A callee may change every register that is not callee-saved.
 *
 * HOW A CONTEXT RESTS
 *
 * A context that is not running is three words: where to go on (pc), and with which sp and x29. To
 * resume a context C, whoever resumes it
 *     - has C's declared floating-point control word in force,
 *     - loads sp and x29 from C,
 *     - leaves C's address in x0, and in x1 the address of the context that it leaves, or 0,
 *     - and jumps to C's pc, with a br: there is a landing pad.
 * Everything else is up to the code that C's pc points at, which knows what it saved and where. So
 * each form of swap pays only for what it keeps, and all of them resume each other:
 *     call-less and inline   x0 is as it was; the others are clobbered. The compiler has saved what
 *                            is live (and no more) in its own frame. (With clang x19 is in C;
 *                            switch.h says why.)
 *     ctx_swap, called       x19 to x28, x30 and d8 to d15 are in C; see ctx_asm_return_from_swap
 *     a fresh context        the arguments are in its entry frame; see ctx_asm_enter
 *     below a function       pc, sp, x29 and the above are in a frame of the function's; see
 *     on top of it           ctx_asm_on_top
 * No switch pushes anything: a full stack can still be left.
 *
 * PAIRS
 *
 * There are instructions that load or store two neighbouring words, for the price of one. So a swap
 * is three stores: pc and sp of `from`; the parent of `to` with the end of its wait; the wait of
 * `from` with its x29. It need not look whether the parent is the same as last time. What is loaded
 * as a pair has been stored as one, too, and x29 is the second half of its store: a processor hands
 * both on to loads that follow soon.
 *
 * WHO WAITS FOR WHOM, STATES OF A STACK
 *
 * As there, with these frames:
 *
 *     never started               running                     suspended, or returned
 *     +---------------------+     +---------------------+     +---------------------+  <- end
 *     | root frame:         |     | root frame          |     | root frame          |
 *     |   where unwinding   |     |                     |     |                     |
 *     |     may have to end |     |                     |     |                     |
 *     |   context           |     |                     |     |                     |
 *     |   0 (return address)|     |                     |     |                     |
 *     |   0 (saved x29)     |<x29 |                     |     |                     |
 *     +---------------------+     +---------------------+     +---------------------+
 *     | result frame        |     | result frame        |     | result frame        |
 *     | result in memory    |     | result in memory    |     | result in memory    |
 *     +---------------------+     +---------------------+     +---------------------+
 *     | copies of arguments |     | copies of arguments |     | copies of arguments |
 *     +---------------------+     +---------------------+     +---------------------+
 *     | arguments in memory |     | arguments in memory |     | arguments in memory |
 *     +---------------------+     +---------------------+     +---------------------+
 *     | entry frame:        |     | entry's own frame   |     | entry's own frame   |
 *     |   q0 to q7          |     | ...                 |<sp  | ...                 |<sp, saved
 *     |   x8                |     |                     |     |                     |
 *     |   x0 to x7          |<sp  |                     |     |                     |
 *     +---------------------+     |                     |     |                     |
 *     | not touched         |     |                     |     |                     |
 *
 * Without arguments there is no entry frame: sp and x29 both point to the root frame. Only wide
 * contexts have a result frame: a result is elsewhere than in x0, x1 and q0. Once the entry has
 * returned, sp is back at the arguments in memory; the backstop callback runs below.
 *
 * INVARIANTS
 *
 *     sp is 16-byte aligned, always ("The Stack").
 *     x29 holds the root frame's address from a context's first instruction on, and again once its
 *     entry has returned, since x29 is callee-saved.
 *
 * WHAT IS NOT SAVED, AND WHY
 *
 *     Registers that a call may clobber, FPSR, status flags: no caller may expect them. That holds
 *     for the upper halves of v8 to v15 and for what SVE adds to the registers, too. (Functions
 *     that pass SVE's types keep more. A switch is not such a function.)
 *     Control bits of FPCR: they are declared, not read; see CTX_CHANGE_FP.
 *     SME's ZA and TPIDR2_EL0: streaming mode and ZA are off at a switch.
 *     The signal mask: to read it is a system call.
 *     TPIDR_EL0: it is the thread's.
 *     The shadow stack pointer: see CTX_OBJECT_NOTES.
 *     Addresses in a context are not signed (PAC): an unwinder reads them, and a compiler that
 *     signs return addresses does so in its own frames, which a switch leaves alone. */

#include "ctx/arch/arch.h"

#ifdef CTX_ARCH_AARCH64_AAPCS64_

#include "ctx/arch/aarch64_aapcs64/assembly.h"
#include "ctx/arch/aarch64_aapcs64/fp_words.h"
#include "ctx/arch/aarch64_aapcs64/layout.h"
#include "ctx/arch/dwarf.h"
#include "ctx/arch/elf.h"
#include "ctx/internal/build.h"

    .text

/* Gives `to` (x6) its declared control word, when its key differs from that of `from` (x0).
 * In: x0, x6. Out: -. Clobbers: x7, x8, x9, x10, flags.
 *
 * A context's key is one of four, as there: the declared word; its own address with the top bit;
 * the same with CTX_FP_KEY_INHERITS_; CTX_FP_KEY_UNKNOWN_. The word itself is in FP_WORDS, as it is
 * in a key. */
.macro CTX_CHANGE_FP
    /* A plain context that has declared its word has it in its key already. */
    ldr x7, [x0, CTX_OFFSET_FP_KEY]
    cmp x7, 0
    b.gt 21f

    /* One that has declared none (0), or whose key is its own (top bit): read what is in force. */
    mrs x8, fpcr
    movz x9, CTX_FPCR_CONTROL_ & 0xffff
    movk x9, CTX_FPCR_CONTROL_ >> 16, lsl 16
    and x8, x8, x9
    orr x8, x8, CTX_FP_ALWAYS_SET_
    str x8, [x0, CTX_OFFSET_FP_WORDS]
    cbz x7, 20f
    tbz x7, CTX_FP_KEY_INHERITS_BIT_, 22f
20:
    /* From now on it has declared the word with which it was first switched from. */
    str x8, [x0, CTX_OFFSET_FP_KEY]
22:
    mov x7, x8
21:
    /* Here x7 has the word of `from`. */
    ldr x8, [x6, CTX_OFFSET_FP_KEY]
    tbz x8, CTX_FP_KEY_INHERITS_BIT_, 24f
    str x7, [x6, CTX_OFFSET_FP_KEY]
    str x7, [x6, CTX_OFFSET_FP_WORDS]
    b 23f
24:
    /* Reloading costs the most, so it is done only where the word differs. */
    ldr w10, [x6, CTX_OFFSET_FP_WORDS]
    cmp w10, w7
    b.eq 23f
    msr fpcr, x10
23:
.endm

/* From here on this is the context that x0 points to, about to go on. Its sp is in the given
 * register. Each place adds what else is in registers already. */
#define CTX_CFI_ABOUT_TO_GO_ON(sp)          \
    .cfi_def_cfa sp, 0;                     \
    .cfi_same_value x0;                     \
    CTX_CFI_IN_CONTEXT(DW_X19, CTX_OFFSET_X19)

/* The caller's registers are in the context that x0 points to, as CTX_KEEP_FOR_CALL leaves them. */
.macro CTX_CFI_LEFT_BY_CALL
    CTX_CFI_IN_CONTEXT(DW_X19, CTX_OFFSET_X19)
    .irp n, 20, 21, 22, 23, 24, 25, 26, 27, 28
    CTX_CFI_IN_CONTEXT(DW_X(\n), CTX_OFFSET_SAVED_X(\n))
    .endr
    CTX_CFI_IN_CONTEXT(DW_X30, CTX_OFFSET_X30)
    .irp n, 8, 9, 10, 11, 12, 13, 14, 15
    CTX_CFI_IN_CONTEXT(DW_V(\n), CTX_OFFSET_SAVED_D(\n))
    .endr
.endm

/* ---- Returning from ctx_swap ---- */
/* A context that left by calling ctx_swap goes on here. Not callable.
 * In: x0 = the context, resumed; x1 = the resumer, or 0.
 * Out: x0 = the resumer, or 0; x19 to x28, x30 and d8 to d15 as at the call. Clobbers: -.
 *
 * A processor predicts that a ret goes where the last call came from. Here that was the resumer's
 * call, so unless both called from the same place the prediction is wrong. There is nothing else to
 * return with: where BTI is on, only a ret may arrive at a return address, which has no landing
 * pad.
 *
 * The rules for unwinding end one by one: gdb 13 does not go back to the state that a function
 * begins with. */
    .p2align 6
    .cfi_startproc
    CTX_CFI_LEFT_BY_CALL
    CTX_RESUME_POINT ctx_asm_return_from_swap
    ldr x19, [x0, CTX_OFFSET_X19]
    ldp x20, x21, [x0, CTX_OFFSET_SAVED_X(20)]
    ldp x22, x23, [x0, CTX_OFFSET_SAVED_X(22)]
    ldp x24, x25, [x0, CTX_OFFSET_SAVED_X(24)]
    ldp x26, x27, [x0, CTX_OFFSET_SAVED_X(26)]
    ldp x28, x30, [x0, CTX_OFFSET_SAVED_X(28)]
    ldp d8, d9, [x0, CTX_OFFSET_SAVED_D(8)]
    ldp d10, d11, [x0, CTX_OFFSET_SAVED_D(10)]
    ldp d12, d13, [x0, CTX_OFFSET_SAVED_D(12)]
    ldp d14, d15, [x0, CTX_OFFSET_SAVED_D(14)]
    .irp n, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 30
    .cfi_same_value x\n
    .endr
    .irp n, 8, 9, 10, 11, 12, 13, 14, 15
    .cfi_same_value d\n
    .endr
    mov x0, x1
    ret

    /* Unwinders find such a context here, below a function on top of it: see CTX_CFI_TOP. */
    CTX_CFI_LEFT_BY_CALL
    .cfi_def_cfa sp, CTX_SIZE_FRAME_RECORD
    udf #0
.Lleft_by_call:
    udf #0
    CTX_END_FUNCTION ctx_asm_return_from_swap

/* ---- Switching ---- */

/* A call of an external function is the call-less form of it below: it falls into the shared body.
 * The context goes on at ctx_asm_return_from_swap.
 * In: x0 = the context that is left, x6 = the one that goes on; x30 = the return address. Stack:
 * not used.
 * Clobbers, once the context is resumed: what any C function may. Out, then: x0 = the resumer. */
.macro CTX_LEAVE_BY_CALL
    ldp x2, x3, [x6, CTX_OFFSET_PC]
    ldr x4, [x6, CTX_OFFSET_X29]
    CTX_KEEP_FOR_CALL
.endm

/* The part of it that does not depend on `to`. In: x0 = the context that is left. Out: x5.
 * Clobbers: -. */
.macro CTX_KEEP_FOR_CALL
    str x19, [x0, CTX_OFFSET_X19]
    stp x20, x21, [x0, CTX_OFFSET_SAVED_X(20)]
    stp x22, x23, [x0, CTX_OFFSET_SAVED_X(22)]
    stp x24, x25, [x0, CTX_OFFSET_SAVED_X(24)]
    stp x26, x27, [x0, CTX_OFFSET_SAVED_X(26)]
    stp x28, x30, [x0, CTX_OFFSET_SAVED_X(28)]
    stp d8, d9, [x0, CTX_OFFSET_SAVED_D(8)]
    stp d10, d11, [x0, CTX_OFFSET_SAVED_D(10)]
    stp d12, d13, [x0, CTX_OFFSET_SAVED_D(12)]
    stp d14, d15, [x0, CTX_OFFSET_SAVED_D(14)]
    adr x5, ctx_asm_return_from_swap + CTX_RESUME_OFFSET
.endm

/* Begins a shared body, which the stubs in ctx/arch/aarch64_aapcs64/switch.h jump to. Where the
 * control word may have to change, it makes a detour by CTX_BODY_END, from 1 to 2 and back.
 * In: x0 = from, x6 = to, x5 = where `from` goes on; x2, x3 and x4 = pc, sp and x29, loaded from
 * `to`, or those of a function on top of it. Stack: not used.
 * Out, where x5 pointed, once `from` is resumed: x0 = from; x1 = the resumer, or 0; sp and x29 as
 * they were. x11 to x28, x30, the vector registers and FPSR pass from one to the other as they are.
 * Clobbers, by then: every other register. */
.macro CTX_BODY_BEGIN
    .cfi_register x30, x5
    CTX_LAND_CALL
    ldr x7, [x6, CTX_OFFSET_FP_KEY]
    ldr x8, [x0, CTX_OFFSET_FP_KEY]
    cmp x7, x8
    b.ne 2f
1:
    mov x7, sp
    stp x5, x7, [x0, CTX_OFFSET_PC]
.endm

/* Puts both addresses where they go: x0 = to, x1 = from. */
.macro CTX_BODY_TURN
    mov x1, x0
    .cfi_remember_state
    mov x0, x6
    .cfi_register x0, x1
.endm

/* Stands behind the last store. Before it a backtrace shows `from`, from here on it shows `to`. */
.macro CTX_BODY_LEAVE
    CTX_CFI_ABOUT_TO_GO_ON(x3)
    .cfi_register x30, x2
    .cfi_register x29, x4
    mov sp, x3
    mov x29, x4
    br x2
    udf #0
    .cfi_restore_state
.endm

.macro CTX_BODY_END
2:
    CTX_CHANGE_FP
    b 1b
.endm

/* Each build and version has names of its own: a mixed program does not link, see build.h. */
#define ctx_asm_swap CTX_BODY_NAME_(ctx_asm_swap)
#define ctx_asm_yield CTX_BODY_NAME_(ctx_asm_yield)

/* ---- void ctx_swap(ctx_context *from, ctx_context *to) ---- */
/* ---- ctx_context *ctx_swap_resumer(ctx_context *from, ctx_context *to) ---- */
/* The external functions: for function pointers and for other languages. See CTX_LEAVE_BY_CALL.
 * They are aligned so that the shared body is one cache line. */
    .p2align 6
    udf #0
    CTX_WEAK_FUNCTION ctx_swap
    CTX_WEAK_ALIAS ctx_swap_resumer
    CTX_LAND_CALL
    mov x6, x1
    CTX_LEAVE_BY_CALL
    .p2align 6
    CTX_END_FUNCTION ctx_swap
    /* Falls through. */

/* ---- ctx_asm_swap ---- */
/* The call-less swap; see CTX_BODY_BEGIN.
 *
 * The wait of `to` ends before that of `from` begins. The other way round, two children that have
 * swapped to each other would wait for each other for a moment, and a backtrace would go round.
 * (If `to` is an ancestor of `from`, a backtrace between the two stores ends there.) A signal may
 * find the first store half done, on older processors: the same holds then, as `from` waits for
 * nobody yet. */
    CTX_PUBLIC_FUNCTION ctx_asm_swap
.Lswap_body: /* By the public name a jump might go elsewhere, in a shared library. */
    CTX_BODY_BEGIN
    CTX_BODY_TURN
    stp x1, xzr, [x0, CTX_OFFSET_PARENT]
    stp x0, x29, [x1, CTX_OFFSET_WAITS]
    CTX_BODY_LEAVE
    CTX_BODY_END
    CTX_END_FUNCTION ctx_asm_swap

/* ---- ctx_context *ctx_yield(ctx_context *self) ---- */
/* The external function. In: x0 = self. The rest is as at ctx_swap. */
    .p2align 6
    udf #0
    CTX_WEAK_FUNCTION ctx_yield
    CTX_LAND_CALL
    ldr x6, [x0, CTX_OFFSET_PARENT]
    CTX_LEAVE_BY_CALL
    .p2align 6
    CTX_END_FUNCTION ctx_yield
    /* Falls through. */

/* ---- ctx_asm_yield ---- */
/* The call-less yield; see CTX_BODY_BEGIN. `to` is the parent of `from`. */
    CTX_PUBLIC_FUNCTION ctx_asm_yield
.Lyield_body:
    CTX_BODY_BEGIN
    str x29, [x0, CTX_OFFSET_X29]
    CTX_BODY_TURN
    str xzr, [x0, CTX_OFFSET_WAITS]
    CTX_BODY_LEAVE
    CTX_BODY_END
    CTX_END_FUNCTION ctx_asm_yield

/* ---- Running on top ---- */
/* As there. There is no red zone, so the frame lies right below what is in use.
 *
 * Unwinders tell frames apart by their CFAs, when they look for the one that catches an exception.
 * That of ctx_asm_return_from_swap is its caller's stack pointer, which is also where the frame on
 * top ends. So the frame on top has another CFA there, in itself, and leads to a place of that
 * function from which unwinders find their way back. */
#define CTX_CFI_IN_TOP(reg, offset) \
    .cfi_escape DW_CFA_EXPRESSION, reg, 3, DW_OP_BREG(DW_SP), CTX_LEB(offset)
.macro CTX_CFI_TOP
    .cfi_escape DW_CFA_DEF_CFA_EXPRESSION, 4, \
        DW_OP_BREG(DW_SP), CTX_LEB(CTX_OFFSET_TOP_CFA), DW_OP_DEREF
    CTX_CFI_IN_TOP(DW_X30, CTX_OFFSET_TOP_UNWIND_PC)
    CTX_CFI_IN_TOP(DW_X29, CTX_OFFSET_TOP_X29)
    CTX_CFI_IN_TOP(DW_X19, CTX_OFFSET_X19)
    .cfi_escape DW_CFA_VAL_EXPRESSION, DW_X0, 3, DW_OP_BREG(DW_SP), CTX_LEB(0)
.endm

/* Copies callee-saved registers between a context and a frame on top of it, `from` and `to` in
 * either order. Clobbers: x9, x10. */
.macro CTX_COPY_SAVED from, to
    ldr x9, [\from, CTX_OFFSET_X19]
    str x9, [\to, CTX_OFFSET_X19]
    .irp offset, CTX_OFFSET_SAVED_X(20), CTX_OFFSET_SAVED_X(22), CTX_OFFSET_SAVED_X(24), \
        CTX_OFFSET_SAVED_X(26), CTX_OFFSET_SAVED_X(28), CTX_OFFSET_SAVED_D(8), \
        CTX_OFFSET_SAVED_D(10), CTX_OFFSET_SAVED_D(12), CTX_OFFSET_SAVED_D(14)
    ldp x9, x10, [\from, \offset]
    stp x9, x10, [\to, \offset]
    .endr
.endm

/* ---- ctx_asm_on_top ---- */
/* `to` of ctx_swap_with goes on here, and afterwards where it was suspended. Not callable.
 * In: sp = x29 = the frame. Out, where the context goes on: as after a swap by its parent.
 * Clobbers, by then: what any C function may, x19 to x28 and d8 to d15. */
    .p2align 4
    .cfi_startproc
    CTX_CFI_TOP
    CTX_RESUME_POINT ctx_asm_on_top
    ldp x9, x0, [sp, CTX_OFFSET_TOP_FUNCTION]
    blr x9
    ldr x0, [sp, CTX_OFFSET_TOP_CONTEXT]
    CTX_COPY_SAVED sp, x0
    ldr x1, [x0, CTX_OFFSET_PARENT]
    ldp x4, x2, [sp, CTX_OFFSET_TOP_X29]
    add x3, sp, CTX_SIZE_TOP_FRAME
    .cfi_remember_state
    CTX_BODY_LEAVE
    CTX_END_FUNCTION ctx_asm_on_top

/* Writes the frame on top of `to`, and leaves by a call: a shared body comes next.
 * In: x0 = from, x1 = to, x2 = function, x3 = data. Out: as a shared body takes it.
 * Clobbers: others that any C function may. */
.macro CTX_PUT_ON_TOP
    ldp x7, x8, [x1, CTX_OFFSET_PC]
    sub x4, x8, CTX_SIZE_TOP_FRAME
    ldr x9, [x1, CTX_OFFSET_X29]
    stp x9, x7, [x4, CTX_OFFSET_TOP_X29]
    adr x5, ctx_asm_return_from_swap + CTX_RESUME_OFFSET
    adr x9, .Lleft_by_call
    sub x10, x8, CTX_SIZE_FRAME_RECORD
    cmp x7, x5
    csel x8, x10, x8, eq
    csel x7, x9, x7, eq
    stp x8, x7, [x4, CTX_OFFSET_TOP_CFA]
    str x1, [x4, CTX_OFFSET_TOP_CONTEXT]
    stp x2, x3, [x4, CTX_OFFSET_TOP_FUNCTION]
    CTX_COPY_SAVED x1, x4
    mov x6, x1
    adr x2, ctx_asm_on_top + CTX_RESUME_OFFSET
    mov x3, x4
    CTX_KEEP_FOR_CALL
.endm

/* ---- void ctx_swap_with(ctx_context *from, ctx_context *to, ctx_callback f, void *data) ---- */
/* In: as CTX_PUT_ON_TOP. The rest is as at ctx_swap. */
    .p2align 4
    CTX_WEAK_FUNCTION ctx_swap_with
    CTX_HIDDEN_ALIAS ctx_asm_swap_with
    CTX_LAND_CALL
    CTX_PUT_ON_TOP
    b .Lswap_body
    CTX_END_FUNCTION ctx_swap_with

/* ---- ctx_asm_yield_with ---- */
/* void ctx_asm_yield_with(ctx_context *self, ctx_context *parent, ctx_callback f, void *data): the
 * same for a yield, by which nobody's parent changes. In: as CTX_PUT_ON_TOP, of which `self` is
 * `from`. The rest is as at ctx_yield. */
    .p2align 4
    CTX_HIDDEN_FUNCTION ctx_asm_yield_with
    CTX_PUT_ON_TOP
    b .Lyield_body
    CTX_END_FUNCTION ctx_asm_yield_with

/* ---- _Noreturn void ctx_set(const ctx_context *to) ---- */
/* In: x0 = to. Out, where `to` goes on: x0 = to, x1 = 0. Clobbers: x2, x3, x4, x9. Stack: not used,
 * so that an exhausted one can be left.
 *
 * Nobody knows which context is discarded, nor which control word is in force. So it is loaded. */
    .p2align 4
    CTX_WEAK_FUNCTION ctx_set
    CTX_HIDDEN_ALIAS ctx_asm_set
    CTX_LAND_CALL
    CTX_LOAD_FP
    ldp x2, x3, [x0, CTX_OFFSET_PC]
    ldr x4, [x0, CTX_OFFSET_X29]
    mov x1, 0
    CTX_CFI_ABOUT_TO_GO_ON(x3)
    .cfi_register x30, x2
    .cfi_register x29, x4
    mov sp, x3
    mov x29, x4
    str xzr, [x0, CTX_OFFSET_WAITS]
    br x2
    udf #0
    CTX_END_FUNCTION ctx_set

/* ---- Entering and returning ---- */
/* There are three ways into one function. A fresh context's pc is one of them, as init wrote it.
 *     ctx_asm_enter        loads the arguments from the entry frame
 *     ctx_asm_enter_bare   no arguments: there is no entry frame
 *     ctx_asm_activate     calls the activation callback, then goes on as one of the two
 * In: x0 = the context; sp = its entry frame (bare: its root frame); x29 = its root frame.
 * Clobbers: everything else, since nothing is live in a fresh context.
 * At the entry's first instruction:
 *     The arguments are in registers and memory as "Parameter Passing" has them.
 *     x16 = the entry's own address; x29 = a frame that ends a walk; sp % 16 == 0.
 *     All other general registers that pass nothing are 0, and so are all vector registers: what
 *     the host had there is none of a guest's business. (A write to 64 bits of one clears the rest
 *     of it, and what SVE adds.)
 * (SVE's predicates pass no arguments, and not every processor has them. They are left alone.
 * Android's x18 is its own.)
 *
 * The entry is called, not returned to. So an unwinder, which looks at the address before, finds
 * this function, and the processor's return stack is right for the return.
 *
 * Unwinding from here goes on in the parent, as there:
 *     CFA  *(parent + SP):  context = *(x29 + ROOT_CONTEXT); parent = *(context + PARENT)
 *     x29  at parent + X29, and x19 at parent + X19, where those forms of swap keep it that do
 *     x0   = parent, as when the parent is resumed; ctx_asm_return_from_swap's rules want it
 *     x30  at parent + PC if *(parent + WAITS) is the context; otherwise at x29 + ROOT_UNWIND_END,
 *          which holds the address of ctx_asm_orphan. Here x30 stands for the place to go on, as
 *          the column of the return address.
 * The frame is marked as a signal's, since debuggers take a stack on which a caller lies below its
 * callee to be corrupt, except across a signal. */
#define CTX_ROOT_CONTEXT_OPS DW_OP_BREG(DW_X29), CTX_LEB(CTX_OFFSET_ROOT_CONTEXT), DW_OP_DEREF
#define CTX_ROOT_CONTEXT_SIZE 4
#define CTX_ROOT_PARENT_OPS \
    CTX_ROOT_CONTEXT_OPS, DW_OP_PLUS_UCONST, CTX_LEB(CTX_OFFSET_PARENT), DW_OP_DEREF
#define CTX_ROOT_PARENT_SIZE (CTX_ROOT_CONTEXT_SIZE + 4)
#define CTX_ROOT_END_OPS DW_OP_BREG(DW_X29), CTX_LEB(CTX_OFFSET_ROOT_UNWIND_END)
#define CTX_ROOT_END_SIZE 3

.macro CTX_CFI_ROOT
    .cfi_signal_frame
    .cfi_escape DW_CFA_DEF_CFA_EXPRESSION, CTX_ROOT_PARENT_SIZE + 4, CTX_ROOT_PARENT_OPS, \
        DW_OP_PLUS_UCONST, CTX_LEB(CTX_OFFSET_SP), DW_OP_DEREF
    .cfi_escape DW_CFA_EXPRESSION, DW_X29, CTX_ROOT_PARENT_SIZE + 3, CTX_ROOT_PARENT_OPS, \
        DW_OP_PLUS_UCONST, CTX_LEB(CTX_OFFSET_X29)
    .cfi_escape DW_CFA_EXPRESSION, DW_X19, CTX_ROOT_PARENT_SIZE + 3, CTX_ROOT_PARENT_OPS, \
        DW_OP_PLUS_UCONST, CTX_LEB(CTX_OFFSET_X19)
    .cfi_escape DW_CFA_VAL_EXPRESSION, DW_X0, CTX_ROOT_PARENT_SIZE, CTX_ROOT_PARENT_OPS
    /* The end's address, and the distance from there to the parent's pc if the parent waits. */
    .cfi_escape DW_CFA_EXPRESSION, DW_X30, \
        2 * CTX_ROOT_PARENT_SIZE + CTX_ROOT_CONTEXT_SIZE + 2 * CTX_ROOT_END_SIZE + 11, \
        CTX_ROOT_END_OPS, \
        CTX_ROOT_PARENT_OPS, DW_OP_PLUS_UCONST, CTX_LEB(CTX_OFFSET_WAITS), DW_OP_DEREF, \
        CTX_ROOT_CONTEXT_OPS, DW_OP_EQ, \
        CTX_ROOT_PARENT_OPS, DW_OP_PLUS_UCONST, CTX_LEB(CTX_OFFSET_PC), \
        CTX_ROOT_END_OPS, DW_OP_MINUS, \
        DW_OP_MUL, DW_OP_PLUS
.endm

/* Records that the context has started: its place to go on is gone until it is suspended. Whatever
 * resumes it before that meets a trap. In: x0 = the context. Clobbers: x9. */
.macro CTX_START_RUNNING
    adr x9, ctx_asm_orphan + CTX_RESUME_OFFSET
    str x9, [x0, CTX_OFFSET_PC]
.endm

/* Clears everything that passes nothing in any call: x9 to x28 except x16; v8 to v31.
 * In: -. Out: those, 0. Clobbers: -. */
.macro CTX_CLEAR_REGISTERS
    .irp n, 9, 10, 11, 12, 13, 14, 15, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28
    mov x\n, 0
    .endr
#ifndef __ANDROID__
    mov x18, 0
#endif
    .irp n, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, \
        30, 31
    movi d\n, 0
    .endr
.endm

    .p2align 6
    .cfi_startproc
    .cfi_personality CTX_PERSONALITY_ENCODING, ctx_asm_personality
    CTX_CFI_ROOT
    CTX_RESUME_POINT ctx_asm_activate
    CTX_START_RUNNING
    ldp x9, x0, [x0, CTX_OFFSET_ACTIVATION]
    blr x9
    ldr x0, [x29, CTX_OFFSET_ROOT_CONTEXT]
    ldr x9, [x0, CTX_OFFSET_ENTER]
    br x9
    udf #0

    CTX_HIDDEN_ALIAS ctx_asm_enter
    CTX_LAND_JUMP
    CTX_START_RUNNING
    /* Whether the context is wide has to outlast the entry, in which no register is left for it. So
     * the context remembers where its result frame is, or 0. */
    ldr x9, [sp, CTX_OFFSET_IS_WIDE]
    sub x10, x29, CTX_SIZE_RESULT_FRAME
    cmp x9, 0
    csel x9, x10, xzr, ne
    str x9, [x0, CTX_OFFSET_RESULTS]
    ldr x16, [x0, CTX_OFFSET_ENTRY]
    CTX_CLEAR_REGISTERS
    ldp q0, q1, [sp, CTX_OFFSET_ENTRY_Q(0)]
    ldp q2, q3, [sp, CTX_OFFSET_ENTRY_Q(2)]
    ldp q4, q5, [sp, CTX_OFFSET_ENTRY_Q(4)]
    ldp q6, q7, [sp, CTX_OFFSET_ENTRY_Q(6)]
    ldr x8, [sp, CTX_OFFSET_RESULT_ADDRESS]
    ldp x0, x1, [sp, CTX_OFFSET_ENTRY_X(0)]
    ldp x2, x3, [sp, CTX_OFFSET_ENTRY_X(2)]
    ldp x4, x5, [sp, CTX_OFFSET_ENTRY_X(4)]
    ldp x6, x7, [sp, CTX_OFFSET_ENTRY_X(6)]
    add sp, sp, CTX_SIZE_ENTRY_FRAME
    blr x16
    ldr x19, [x29, CTX_OFFSET_ROOT_CONTEXT]
    mov w10, CTX_RETURNED
    ldr x9, [x19, CTX_OFFSET_RESULTS]
    cbz x9, 9f
    stp q0, q1, [x9, CTX_OFFSET_RESULT_Q(0)]
    stp q2, q3, [x9, CTX_OFFSET_RESULT_Q(2)]
    mov w10, CTX_RETURNED_WIDE
    b 9f

    CTX_HIDDEN_ALIAS ctx_asm_enter_bare
    CTX_LAND_JUMP
    CTX_START_RUNNING
    ldr x16, [x0, CTX_OFFSET_ENTRY]
    CTX_CLEAR_REGISTERS
    .irp n, 0, 1, 2, 3, 4, 5, 6, 7
    mov x\n, 0
    movi d\n, 0
    .endr
    mov x8, 0
    blr x16
    ldr x19, [x29, CTX_OFFSET_ROOT_CONTEXT]
    mov w10, CTX_RETURNED

    /* The entry has returned: keep what is in the registers of "Result Return".
     * In: x19 = the context, x10 = a CTX_RETURNED... */
9:
    stp x0, x1, [x19, CTX_OFFSET_RETVAL_X0]
    str q0, [x19, CTX_OFFSET_RETVAL_Q0]
    str x10, [x19, CTX_OFFSET_RETURNED]
    ldr x9, [x19, CTX_OFFSET_BACKSTOP]
    cbz x9, 3f
    ldr x0, [x19, CTX_OFFSET_BACKSTOP_DATA]
    blr x9
3:
    /* The parent is read only now: the callback may have switched away, and been resumed by
     * another. */
    ldr x0, [x19, CTX_OFFSET_PARENT]
    ldr x9, [x19, CTX_OFFSET_FP_KEY]
    ldr x10, [x0, CTX_OFFSET_FP_KEY]
    cmp x9, x10
    b.ne 5f
4:
    ldp x2, x3, [x0, CTX_OFFSET_PC]
    ldr x4, [x0, CTX_OFFSET_X29]
    mov x1, x19
    .cfi_remember_state
    CTX_CFI_ABOUT_TO_GO_ON(x3)
    .cfi_register x30, x2
    .cfi_register x29, x4
    mov sp, x3
    mov x29, x4
    str xzr, [x0, CTX_OFFSET_WAITS]
    br x2
    udf #0
    .cfi_restore_state
5:
    CTX_LOAD_FP
    b 4b

    /* ctx_asm_end_cancelled goes on here: as if the entry had returned nothing.
     * In: x29 = the root frame. */
    CTX_HIDDEN_ALIAS ctx_asm_cancelled
    mov sp, x29
    ldr x19, [x29, CTX_OFFSET_ROOT_CONTEXT]
    mov x0, 0
    mov x1, 0
    movi v0.2d, 0
    mov w10, CTX_RETURNED_CANCELLED
    b 9b

    /* An unwinder goes on here once an exception has left the entry, or the activation callback,
     * and ctx_personality has said so.
     * In: x29 = the root frame; x0, x1 as below. Out: a call of x1(context, x0), which does not
     * return. */
    CTX_HIDDEN_ALIAS ctx_asm_threw
    CTX_LAND_JUMP
    mov sp, x29
    mov x9, x1
    mov x1, x0
    ldr x0, [x29, CTX_OFFSET_ROOT_CONTEXT]
    blr x9
    udf #0
    CTX_END_FUNCTION ctx_asm_activate

/* ---- _Noreturn void ctx_asm_end_cancelled(uintptr_t root) ---- */
/* All frames above the root have been unwound, by ctx_cancel.
 * In: x0 = the root frame. Out, in ctx_asm_cancelled: x29 = the root frame. Clobbers: x1.
 *
 * A function of its own, for the reason that x86_64_sysv has. */
    .p2align 4
    CTX_HIDDEN_FUNCTION ctx_asm_end_cancelled
    mov x1, x29
    .cfi_register x29, x1
    mov x29, x0
    b ctx_asm_cancelled
    CTX_END_FUNCTION ctx_asm_end_cancelled

/* ---- ctx_asm_orphan ---- */
/* The entry of a context that nobody has swapped to returns here: it was entered through ctx_set,
 * and has no parent. Not callable. In: -. Out: -. Stack: none, sp is 0.
 *
 * It is a trap under a name of its own. A backtrace that cannot go on ends here, too: debuggers
 * stop neither at a return address of 0 (beyond a signal frame) nor at a null frame pointer, but
 * where a function says that nothing called it. */
    .p2align 4
    .cfi_startproc
    .cfi_undefined x30
    CTX_RESUME_POINT ctx_asm_orphan
    udf #0
    CTX_END_FUNCTION ctx_asm_orphan

/* ---- ctx_asm_personality ---- */
/* Exceptions meet this where a context's frames end: it is ctx_personality (ctx/context/throw.c),
 * at an address that rules for unwinding can refer to. The reference is weak, since a program may
 * have these functions and no context. It goes by way of the GOT. A word with the address, as
 * compilers have for personalities, is lost where the gold linker removes what is not used.
 * In, out: as the function. Clobbers: x16. */
    .weak ctx_personality
    .hidden ctx_personality
    .p2align 4
    CTX_HIDDEN_FUNCTION ctx_asm_personality
    CTX_LAND_CALL
    adrp x16, :got:ctx_personality
    ldr x16, [x16, :got_lo12:ctx_personality]
    br x16
    udf #0
    CTX_END_FUNCTION ctx_asm_personality

#endif

/* On every architecture: a program is marked as all of its objects are. */
#include CTX_ARCH_HEADER_(assembly.h)
    CTX_OBJECT_NOTES
