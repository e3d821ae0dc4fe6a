/* ctx for riscv64: swap, set, enter, return. RISC-V ELF psABI 1.0 ("Register Convention", "Integer
 * Calling Convention", "Hardware Floating-point Calling Convention", lp64d), ELF, 64-bit pointers.
 *
 * As x86_64_sysv, and where stores and loads are concerned as aarch64_aapcs64, except where this
 * says otherwise; the reasons that hold for all are there.
 *
 * THE ABI AT A GLANCE
 *
 *     register       in a call                          in a switch
 *     a0             argument 1; result 1; address of   `from`; then the context that goes on
 *                    a result in memory
 *     a1             argument 2; result 2               the resumer, or 0
 *     a2             argument 3                         pc of `to`
 *     a3             argument 4                         sp of `to`
 *     a4             argument 5                         s0 of `to`
 *     a5             argument 6                         `to`
 *     a6             argument 7                         where `from` goes on
 *     a7             argument 8                         keys, control words
 *     t0             free                               control words
 *     t1             free                               keys, control words
 *     t2 to t6       free; linkers' code changes t0     not touched
 *                    to t3
 *     s0             callee-saved; the frame pointer    kept in the context
 *     sp             callee-saved                       kept in the context
 *     s1             callee-saved                       kept in the context by a call of ctx_swap
 *                                                       and by clang's code, otherwise in its frame
 *     s2 to s11      callee-saved                       kept in the context by a call of ctx_swap,
 *                                                       otherwise by the compiler in its frame
 *     ra             return address                     as s2 to s11
 *     gp, tp         the linker's; the thread's         not touched
 *     fa0 to fa7     arguments; results in 0 and 1      not touched
 *     fs0 to fs11    callee-saved                       as s2 to s11
 *     ft0 to ft11    free                               not touched
 *     frm            kept, except by functions that     loaded where the declared one differs
 *                    are there to change it
 *     fflags         free                               not touched
 *     memory         arguments from sp up; there is     not touched
 *                    no red zone
 *
 * A callee may change every register that is not callee-saved.
 *
 * HOW A CONTEXT RESTS
 *
 * A context that is not running is three words: where to go on (pc), and with which sp and s0. To
 * resume a context C, whoever resumes it
 *     - has C's declared floating-point control word in force,
 *     - loads sp and s0 from C,
 *     - leaves C's address in a0, and in a1 the address of the context that it leaves, or 0,
 *     - and jumps to C's pc.
 * Everything else is up to the code that C's pc points at, which knows what it saved and where. So
 * each form of swap pays only for what it keeps, and all of them resume each other:
 *     call-less and inline   a0 is as it was; the others are clobbered. The compiler has saved what
 *                            is live (and no more) in its own frame. (With clang s1 is in C;
 *                            switch.h says why.)
 *     ctx_swap, called       s1 to s11, ra and fs0 to fs11 are in C; see ctx_asm_return_from_swap
 *     a fresh context        the arguments are in its entry frame; see ctx_asm_enter
 *     below a function       pc, sp, s0 and the above are in a frame of the function's; see
 *     on top of it           ctx_asm_on_top
 * No switch pushes anything: a full stack can still be left.
 *
 * A call of ctx_swap takes 24 stores and 24 loads more than the other forms, for these registers;
 * in the header's forms the compiler saves those of them that are live. docs/performance.md counts
 * all forms.
 *
 * JUMPS
 *
 * A processor takes a jump for a call if it writes ra or t0 (x1, x5), and for a return if it reads
 * them. So no jump between contexts names these two.
 *
 * WHO WAITS FOR WHOM, STATES OF A STACK
 *
 * As in x86_64_sysv, with these frames:
 *
 *     never started               running                     suspended, or returned
 *     +---------------------+     +---------------------+     +---------------------+  <- end
 *     | root frame:         |     | root frame          |     | root frame          |
 *     |   where unwinding   |     |                     |     |                     |
 *     |     may have to end |     |                     |     |                     |
 *     |   context           |<s0  |                     |     |                     |
 *     |   0 (return address)|     |                     |     |                     |
 *     |   0 (saved s0)      |     |                     |     |                     |
 *     +---------------------+     +---------------------+     +---------------------+
 *     | result frame        |     | result frame        |     | result frame        |
 *     | result in memory    |     | result in memory    |     | result in memory    |
 *     +---------------------+     +---------------------+     +---------------------+
 *     | copies of arguments |     | copies of arguments |     | copies of arguments |
 *     +---------------------+     +---------------------+     +---------------------+
 *     | arguments in memory |     | arguments in memory |     | arguments in memory |
 *     +---------------------+     +---------------------+     +---------------------+
 *     | entry frame:        |     | entry's own frame   |     | entry's own frame   |
 *     |   result frame or 0 |     | ...                 |<sp  | ...                 |<sp, saved
 *     |   fa0 to fa7        |     |                     |     |                     |
 *     |   a0 to a7          |<sp  |                     |     |                     |
 *     +---------------------+     |                     |     |                     |
 *     | not touched         |     |                     |     |                     |
 *
 * Without arguments there is no entry frame: sp points to the root frame. A frame pointer points
 * above the frame's record, so s0 points into the root frame. Only wide contexts have a result
 * frame: their result goes to memory. Once the entry has returned, sp is back at the arguments in
 * memory; the backstop callback runs below.
 *
 * INVARIANTS
 *
 *     sp is 16-byte aligned, always ("Integer Calling Convention").
 *     s0 points to the root frame's context from a context's first instruction on, and again once
 *     its entry has returned, since s0 is callee-saved.
 *
 * WHAT IS NOT SAVED, AND WHY
 *
 *     Registers that a call may clobber, and fflags: no caller may expect them. That holds for all
 *     vector registers, and for how they are set up (vl, vtype, vxrm, vxsat), too. (Functions of
 *     the vector calling convention keep more. A switch is not such a function.)
 *     frm: it is declared, not read; see CTX_CHANGE_FP.
 *     The signal mask: to read it is a system call.
 *     gp and tp: they are the same for all code of a thread.
 *     The shadow stack pointer: see CTX_OBJECT_NOTES. */

#include "ctx/arch/arch.h"

#ifdef CTX_ARCH_RISCV64_LP64D_

#include "ctx/arch/dwarf.h"
#include "ctx/arch/elf.h"
#include "ctx/arch/riscv64_lp64d/assembly.h"
#include "ctx/arch/riscv64_lp64d/fp_words.h"
#include "ctx/arch/riscv64_lp64d/layout.h"
#include "ctx/internal/build.h"

    .text

/* Gives `to` (a5) its declared control word, when its key differs from that of `from` (a0).
 * In: a0, a5. Out: -. Clobbers: a7, t0, t1.
 *
 * A context's key is one of four, as there: the declared word; its own address with the top bit;
 * the same with CTX_FP_KEY_INHERITS_; CTX_FP_KEY_UNKNOWN_. The word itself is in FP_WORDS, as it is
 * in a key. */
.macro CTX_CHANGE_FP
    /* A plain context that has declared its word has it in its key already. */
    ld a7, CTX_OFFSET_FP_KEY(a0)
    bgtz a7, 21f

    /* One that has declared none (0), or whose key is its own (top bit): read what is in force. */
    frrm t0
    ori t0, t0, CTX_FP_ALWAYS_SET_
    sd t0, CTX_OFFSET_FP_WORDS(a0)
    beqz a7, 20f
    andi a7, a7, CTX_FP_KEY_INHERITS_
    beqz a7, 22f
20:
    /* From now on it has declared the word with which it was first switched from. */
    sd t0, CTX_OFFSET_FP_KEY(a0)
22:
    mv a7, t0
21:
    /* Here a7 has the word of `from`. */
    ld t0, CTX_OFFSET_FP_KEY(a5)
    andi t0, t0, CTX_FP_KEY_INHERITS_
    beqz t0, 24f
    sd a7, CTX_OFFSET_FP_KEY(a5)
    sd a7, CTX_OFFSET_FP_WORDS(a5)
    j 23f
24:
    /* Reloading costs the most, so it is done only where the word differs. */
    ld t0, CTX_OFFSET_FP_WORDS(a5)
    beq t0, a7, 23f
    fsrm t0
23:
.endm

/* From here on this is the context that a0 points to, about to go on. Its sp is in the given
 * register. Each place adds what else is in registers already. */
#define CTX_CFI_ABOUT_TO_GO_ON(sp)        \
    .cfi_def_cfa sp, 0;                   \
    .cfi_same_value a0;                   \
    CTX_CFI_IN_CONTEXT(DW_S1, CTX_OFFSET_S1)

/* The caller's registers are in the context that a0 points to, as CTX_KEEP_FOR_CALL leaves them. */
.macro CTX_CFI_LEFT_BY_CALL
    CTX_CFI_IN_CONTEXT(DW_S1, CTX_OFFSET_S1)
    .irp n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    CTX_CFI_IN_CONTEXT(DW_S(\n), CTX_OFFSET_SAVED_S(\n))
    .endr
    CTX_CFI_IN_CONTEXT(DW_RA, CTX_OFFSET_RA)
    CTX_CFI_IN_CONTEXT(DW_FS0, CTX_OFFSET_SAVED_FS(0))
    CTX_CFI_IN_CONTEXT(DW_FS1, CTX_OFFSET_SAVED_FS(1))
    .irp n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    CTX_CFI_IN_CONTEXT(DW_FS(\n), CTX_OFFSET_SAVED_FS(\n))
    .endr
.endm

/* ---- Returning from ctx_swap ---- */
/* A context that left by calling ctx_swap goes on here. Not callable.
 * In: a0 = the context, resumed; a1 = the resumer, or 0.
 * Out: a0 = the resumer, or 0; s1 to s11, ra and fs0 to fs11 as at the call. Clobbers: -.
 *
 * A processor predicts that a return goes where the last call came from. Here that was the
 * resumer's call, so unless both called from the same place the prediction is wrong. But the
 * resumer's call must have its return, or all the later ones would be predicted wrong.
 *
 * The rules for unwinding end one by one: gdb 13 does not go back to the state that a function
 * begins with. */
    .p2align 6
    .cfi_startproc
    CTX_CFI_LEFT_BY_CALL
    CTX_RESUME_POINT ctx_asm_return_from_swap
    ld s1, CTX_OFFSET_S1(a0)
    .irp n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    ld s\n, CTX_OFFSET_SAVED_S(\n)(a0)
    .endr
    ld ra, CTX_OFFSET_RA(a0)
    .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    fld fs\n, CTX_OFFSET_SAVED_FS(\n)(a0)
    .endr
    .cfi_same_value s1
    .cfi_same_value ra
    .irp n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    .cfi_same_value s\n
    .endr
    .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    .cfi_same_value fs\n
    .endr
    mv a0, a1
    ret

    /* Unwinders find such a context here, below a function on top of it: see CTX_CFI_TOP. */
    CTX_CFI_LEFT_BY_CALL
    .cfi_def_cfa sp, CTX_SIZE_FRAME_RECORD
    CTX_TRAP
.Lleft_by_call:
    CTX_TRAP
    CTX_END_FUNCTION ctx_asm_return_from_swap

/* ---- Switching ---- */

/* A call of an external function is the call-less form of it below: it falls into the shared body.
 * The context goes on at ctx_asm_return_from_swap.
 * In: a0 = the context that is left, a5 = the one that goes on; ra = the return address. Stack: not
 * used.
 * Clobbers, once the context is resumed: what any C function may. Out, then: a0 = the resumer. */
.macro CTX_LEAVE_BY_CALL
    ld a2, CTX_OFFSET_PC(a5)
    ld a3, CTX_OFFSET_SP(a5)
    ld a4, CTX_OFFSET_S0(a5)
    CTX_KEEP_FOR_CALL
.endm

/* The part of it that does not depend on `to`. In: a0 = the context that is left. Out: a6.
 * Clobbers: -. */
.macro CTX_KEEP_FOR_CALL
    sd s1, CTX_OFFSET_S1(a0)
    .irp n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    sd s\n, CTX_OFFSET_SAVED_S(\n)(a0)
    .endr
    sd ra, CTX_OFFSET_RA(a0)
    .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    fsd fs\n, CTX_OFFSET_SAVED_FS(\n)(a0)
    .endr
    lla a6, ctx_asm_return_from_swap + CTX_RESUME_OFFSET
.endm

/* Begins a shared body, which the stubs in ctx/arch/riscv64_lp64d/switch.h jump to. Where the
 * control word may have to change, it makes a detour by CTX_BODY_END, from 1 to 2 and back.
 * In: a0 = from, a5 = to, a6 = where `from` goes on; a2, a3 and a4 = pc, sp and s0, loaded from
 * `to`, or those of a function on top of it. Stack: not used.
 * Out, where a6 pointed, once `from` is resumed: a0 = from; a1 = the resumer, or 0; sp and s0 as
 * they were. t2 to t6, s1 to s11, ra, the floating-point and vector registers and fflags pass from
 * one to the other as they are. Clobbers, by then: every other register. */
.macro CTX_BODY_BEGIN
    .cfi_register ra, a6
    ld a7, CTX_OFFSET_FP_KEY(a5)
    ld t1, CTX_OFFSET_FP_KEY(a0)
    bne a7, t1, 2f
1:
    sd a6, CTX_OFFSET_PC(a0)
    sd sp, CTX_OFFSET_SP(a0)
    sd s0, CTX_OFFSET_S0(a0)
.endm

/* Puts both addresses where they go: a0 = to, a1 = from. */
.macro CTX_BODY_TURN
    mv a1, a0
    .cfi_remember_state
    mv a0, a5
    .cfi_register a0, a1
.endm

/* Stands behind the last store. Before it a backtrace shows `from`, from here on it shows `to`. */
.macro CTX_BODY_LEAVE
    CTX_CFI_ABOUT_TO_GO_ON(a3)
    .cfi_register ra, a2
    .cfi_register s0, a4
    mv sp, a3
    mv s0, a4
    jr a2
    CTX_TRAP
    .cfi_restore_state
.endm

.macro CTX_BODY_END
2:
    CTX_CHANGE_FP
    j 1b
.endm

/* Each build and version has names of its own: a mixed program does not link, see build.h. */
#define ctx_asm_swap CTX_BODY_NAME_(ctx_asm_swap)
#define ctx_asm_yield CTX_BODY_NAME_(ctx_asm_yield)

/* ---- void ctx_swap(ctx_context *from, ctx_context *to) ---- */
/* ---- ctx_context *ctx_swap_resumer(ctx_context *from, ctx_context *to) ---- */
/* The external functions: for function pointers and for other languages. See CTX_LEAVE_BY_CALL.
 * They are aligned so that the shared body is one cache line: with compressed instructions it is 40
 * bytes long up to its jump. */
    .p2align 6
    CTX_TRAP
    CTX_WEAK_FUNCTION ctx_swap
    CTX_WEAK_ALIAS ctx_swap_resumer
    mv a5, a1
    CTX_LEAVE_BY_CALL
    .p2align 6
    CTX_END_FUNCTION ctx_swap
    /* Falls through. */

/* ---- ctx_asm_swap ---- */
/* The call-less swap; see CTX_BODY_BEGIN.
 *
 * The wait of `to` ends before that of `from` begins. The other way round, two children that have
 * swapped to each other would wait for each other for a moment, and a backtrace would go round.
 * (If `to` is an ancestor of `from`, a backtrace between the two stores ends there.)
 *
 * The parent is stored even if it is the same as last time: to compare it would take a load, and a
 * branch besides. */
    CTX_PUBLIC_FUNCTION ctx_asm_swap
.Lswap_body: /* By the public name a jump might go elsewhere, in a shared library. */
    CTX_BODY_BEGIN
    CTX_BODY_TURN
    sd a1, CTX_OFFSET_PARENT(a0)
    sd zero, CTX_OFFSET_WAITS(a0)
    sd a0, CTX_OFFSET_WAITS(a1)
    CTX_BODY_LEAVE
    CTX_BODY_END
    CTX_END_FUNCTION ctx_asm_swap

/* ---- ctx_context *ctx_yield(ctx_context *self) ---- */
/* The external function. In: a0 = self. The rest is as at ctx_swap. */
    .p2align 6
    CTX_TRAP
    CTX_WEAK_FUNCTION ctx_yield
    ld a5, CTX_OFFSET_PARENT(a0)
    CTX_LEAVE_BY_CALL
    .p2align 6
    CTX_END_FUNCTION ctx_yield
    /* Falls through. */

/* ---- ctx_asm_yield ---- */
/* The call-less yield; see CTX_BODY_BEGIN. `to` is the parent of `from`. */
    CTX_PUBLIC_FUNCTION ctx_asm_yield
.Lyield_body:
    CTX_BODY_BEGIN
    CTX_BODY_TURN
    sd zero, CTX_OFFSET_WAITS(a0)
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
    CTX_CFI_IN_TOP(DW_RA, CTX_OFFSET_TOP_UNWIND_PC)
    CTX_CFI_IN_TOP(DW_S0, CTX_OFFSET_TOP_S0)
    CTX_CFI_IN_TOP(DW_S1, CTX_OFFSET_S1)
    .cfi_escape DW_CFA_VAL_EXPRESSION, DW_A0, 3, DW_OP_BREG(DW_SP), CTX_LEB(0)
.endm

/* Copies callee-saved registers between a context and a frame on top of it, `from` and `to` in
 * either order. Clobbers: t0. */
.macro CTX_COPY_SAVED from, to
    ld t0, CTX_OFFSET_S1(\from)
    sd t0, CTX_OFFSET_S1(\to)
    .irp n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    ld t0, CTX_OFFSET_SAVED_S(\n)(\from)
    sd t0, CTX_OFFSET_SAVED_S(\n)(\to)
    .endr
    ld t0, CTX_OFFSET_RA(\from)
    sd t0, CTX_OFFSET_RA(\to)
    .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    ld t0, CTX_OFFSET_SAVED_FS(\n)(\from)
    sd t0, CTX_OFFSET_SAVED_FS(\n)(\to)
    .endr
.endm

/* ---- ctx_asm_on_top ---- */
/* `to` of ctx_swap_with goes on here, and afterwards where it was suspended. Not callable.
 * In: sp = the frame, s0 = the end of its record. Out, where the context goes on: as after a swap
 * by its parent. Clobbers, by then: what any C function may, s1 to s11 and fs0 to fs11. */
    .p2align 4
    .cfi_startproc
    CTX_CFI_TOP
    CTX_RESUME_POINT ctx_asm_on_top
    ld t1, CTX_OFFSET_TOP_FUNCTION(sp)
    ld a0, CTX_OFFSET_TOP_DATA(sp)
    jalr t1
    ld a0, CTX_OFFSET_TOP_CONTEXT(sp)
    CTX_COPY_SAVED sp, a0
    ld a1, CTX_OFFSET_PARENT(a0)
    ld a2, CTX_OFFSET_TOP_PC(sp)
    addi a3, sp, CTX_SIZE_TOP_FRAME
    ld a4, CTX_OFFSET_TOP_S0(sp)
    .cfi_remember_state
    CTX_BODY_LEAVE
    CTX_END_FUNCTION ctx_asm_on_top

/* Writes the frame on top of `to`, and leaves by a call: a shared body comes next.
 * In: a0 = from, a1 = to, a2 = function, a3 = data. Out: as a shared body takes it.
 * Clobbers: others that any C function may. */
.macro CTX_PUT_ON_TOP
    mv a5, a1
    ld t1, CTX_OFFSET_SP(a5)
    addi a4, t1, -CTX_SIZE_TOP_FRAME
    sd a5, CTX_OFFSET_TOP_CONTEXT(a4)
    sd a2, CTX_OFFSET_TOP_FUNCTION(a4)
    sd a3, CTX_OFFSET_TOP_DATA(a4)
    ld a7, CTX_OFFSET_PC(a5)
    sd a7, CTX_OFFSET_TOP_PC(a4)
    lla a6, ctx_asm_return_from_swap + CTX_RESUME_OFFSET
    bne a7, a6, 21f
    addi t1, t1, -CTX_SIZE_FRAME_RECORD
    lla a7, .Lleft_by_call
21:
    sd t1, CTX_OFFSET_TOP_CFA(a4)
    sd a7, CTX_OFFSET_TOP_UNWIND_PC(a4)
    ld t1, CTX_OFFSET_S0(a5)
    sd t1, CTX_OFFSET_TOP_S0(a4)
    CTX_COPY_SAVED a5, a4
    lla a2, ctx_asm_on_top + CTX_RESUME_OFFSET
    mv a3, a4
    addi a4, a4, CTX_SIZE_FRAME_RECORD
    CTX_KEEP_FOR_CALL
.endm

/* ---- void ctx_swap_with(ctx_context *from, ctx_context *to, ctx_callback f, void *data) ---- */
/* In: as CTX_PUT_ON_TOP. The rest is as at ctx_swap. */
    .p2align 4
    CTX_WEAK_FUNCTION ctx_swap_with
    CTX_HIDDEN_ALIAS ctx_asm_swap_with
    CTX_PUT_ON_TOP
    j .Lswap_body
    CTX_END_FUNCTION ctx_swap_with

/* ---- ctx_asm_yield_with ---- */
/* void ctx_asm_yield_with(ctx_context *self, ctx_context *parent, ctx_callback f, void *data): the
 * same for a yield, by which nobody's parent changes. In: as CTX_PUT_ON_TOP, of which `self` is
 * `from`. The rest is as at ctx_yield. */
    .p2align 4
    CTX_HIDDEN_FUNCTION ctx_asm_yield_with
    CTX_PUT_ON_TOP
    j .Lyield_body
    CTX_END_FUNCTION ctx_asm_yield_with

/* ---- _Noreturn void ctx_set(const ctx_context *to) ---- */
/* In: a0 = to. Out, where `to` goes on: a0 = to, a1 = 0. Clobbers: a2, a3, a4, a7. Stack: not used,
 * so that an exhausted one can be left.
 *
 * Nobody knows which context is discarded, nor which control word is in force. So it is loaded. */
    .p2align 4
    CTX_WEAK_FUNCTION ctx_set
    CTX_HIDDEN_ALIAS ctx_asm_set
    CTX_LOAD_FP
    ld a2, CTX_OFFSET_PC(a0)
    ld a3, CTX_OFFSET_SP(a0)
    ld a4, CTX_OFFSET_S0(a0)
    li a1, 0
    CTX_CFI_ABOUT_TO_GO_ON(a3)
    .cfi_register ra, a2
    .cfi_register s0, a4
    mv sp, a3
    mv s0, a4
    sd zero, CTX_OFFSET_WAITS(a0)
    jr a2
    CTX_TRAP
    CTX_END_FUNCTION ctx_set

/* ---- Entering and returning ---- */
/* There are three ways into one function. A fresh context's pc is one of them, as init wrote it.
 *     ctx_asm_enter        loads the arguments from the entry frame
 *     ctx_asm_enter_bare   no arguments: there is no entry frame
 *     ctx_asm_activate     calls the activation callback, then goes on as one of the two
 * In: a0 = the context; sp = its entry frame (bare: its root frame); s0 = its root frame's context.
 * Clobbers: everything else, since nothing is live in a fresh context.
 * At the entry's first instruction:
 *     The arguments are in registers and memory as "Calling Conventions" has them.
 *     t1 = the entry's own address; s0 = a frame that ends a walk; sp % 16 == 0.
 *     All other general registers that pass nothing are 0, and so are all floating-point registers:
 *     what the host had there is none of a guest's business.
 * (Vector registers pass no arguments, and not every processor has them. They are left alone.)
 *
 * The entry is called, not returned to. So an unwinder, which looks at the address before, finds
 * this function, and the processor's return stack is right for the return.
 *
 * Unwinding from here goes on in the parent, as there:
 *     CFA  *(parent + SP):  context = *(s0 + ROOT_CONTEXT); parent = *(context + PARENT)
 *     s0   at parent + S0, and s1 at parent + S1, where those forms of swap keep it that do
 *     a0   = parent, as when the parent is resumed; ctx_asm_return_from_swap's rules want it
 *     ra   at parent + PC if *(parent + WAITS) is the context; otherwise at s0 + ROOT_UNWIND_END,
 *          which holds the address of ctx_asm_orphan. Here ra stands for the place to go on, as the
 *          column of the return address.
 * The frame is marked as a signal's, since debuggers take a stack on which a caller lies below its
 * callee to be corrupt, except across a signal. */
#define CTX_ROOT_CONTEXT_OPS \
    DW_OP_BREG(DW_S0), CTX_LEB(CTX_FROM_S0(CTX_OFFSET_ROOT_CONTEXT)), DW_OP_DEREF
#define CTX_ROOT_CONTEXT_SIZE 4
#define CTX_ROOT_PARENT_OPS \
    CTX_ROOT_CONTEXT_OPS, DW_OP_PLUS_UCONST, CTX_LEB(CTX_OFFSET_PARENT), DW_OP_DEREF
#define CTX_ROOT_PARENT_SIZE (CTX_ROOT_CONTEXT_SIZE + 4)
#define CTX_ROOT_END_OPS DW_OP_BREG(DW_S0), CTX_LEB(CTX_FROM_S0(CTX_OFFSET_ROOT_UNWIND_END))
#define CTX_ROOT_END_SIZE 3

.macro CTX_CFI_ROOT
    .cfi_signal_frame
    .cfi_escape DW_CFA_DEF_CFA_EXPRESSION, CTX_ROOT_PARENT_SIZE + 4, CTX_ROOT_PARENT_OPS, \
        DW_OP_PLUS_UCONST, CTX_LEB(CTX_OFFSET_SP), DW_OP_DEREF
    .cfi_escape DW_CFA_EXPRESSION, DW_S0, CTX_ROOT_PARENT_SIZE + 3, CTX_ROOT_PARENT_OPS, \
        DW_OP_PLUS_UCONST, CTX_LEB(CTX_OFFSET_S0)
    .cfi_escape DW_CFA_EXPRESSION, DW_S1, CTX_ROOT_PARENT_SIZE + 3, CTX_ROOT_PARENT_OPS, \
        DW_OP_PLUS_UCONST, CTX_LEB(CTX_OFFSET_S1)
    .cfi_escape DW_CFA_VAL_EXPRESSION, DW_A0, CTX_ROOT_PARENT_SIZE, CTX_ROOT_PARENT_OPS
    /* The end's address, and the distance from there to the parent's pc if the parent waits. */
    .cfi_escape DW_CFA_EXPRESSION, DW_RA, \
        2 * CTX_ROOT_PARENT_SIZE + CTX_ROOT_CONTEXT_SIZE + 2 * CTX_ROOT_END_SIZE + 11, \
        CTX_ROOT_END_OPS, \
        CTX_ROOT_PARENT_OPS, DW_OP_PLUS_UCONST, CTX_LEB(CTX_OFFSET_WAITS), DW_OP_DEREF, \
        CTX_ROOT_CONTEXT_OPS, DW_OP_EQ, \
        CTX_ROOT_PARENT_OPS, DW_OP_PLUS_UCONST, CTX_LEB(CTX_OFFSET_PC), \
        CTX_ROOT_END_OPS, DW_OP_MINUS, \
        DW_OP_MUL, DW_OP_PLUS
.endm

/* Records that the context has started: its place to go on is gone until it is suspended. Whatever
 * resumes it before that meets a trap. In: a0 = the context. Clobbers: t0. */
.macro CTX_START_RUNNING
    lla t0, ctx_asm_orphan + CTX_RESUME_OFFSET
    sd t0, CTX_OFFSET_PC(a0)
.endm

/* Clears everything that passes nothing in any call: t0, t2 to t6, s1 to s11, ft0 to ft11, fs0 to
 * fs11. In: -. Out: those, 0. Clobbers: -. */
.macro CTX_CLEAR_REGISTERS
    .irp reg, t0, t2, t3, t4, t5, t6, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11
    li \reg, 0
    .endr
    .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    fmv.d.x ft\n, zero
    fmv.d.x fs\n, zero
    .endr
.endm

    .p2align 6
    .cfi_startproc
    .cfi_personality CTX_PERSONALITY_ENCODING, ctx_asm_personality
    CTX_CFI_ROOT
    CTX_RESUME_POINT ctx_asm_activate
    CTX_START_RUNNING
    ld t1, CTX_OFFSET_ACTIVATION(a0)
    ld a0, CTX_OFFSET_ACTIVATION_DATA(a0)
    jalr t1
    ld a0, CTX_FROM_S0(CTX_OFFSET_ROOT_CONTEXT)(s0)
    ld t1, CTX_OFFSET_ENTER(a0)
    jr t1
    CTX_TRAP

    CTX_HIDDEN_ALIAS ctx_asm_enter
    CTX_START_RUNNING
    /* Where the result frame is has to outlast the entry, in which no register is left for it. */
    ld t1, CTX_OFFSET_RESULT_FRAME(sp)
    sd t1, CTX_OFFSET_RESULTS(a0)
    ld t1, CTX_OFFSET_ENTRY(a0)
    CTX_CLEAR_REGISTERS
    .irp n, 0, 1, 2, 3, 4, 5, 6, 7
    fld fa\n, CTX_OFFSET_ENTRY_FA(\n)(sp)
    ld a\n, CTX_OFFSET_ENTRY_A(\n)(sp)
    .endr
    addi sp, sp, CTX_SIZE_ENTRY_FRAME
    jalr t1
    ld s1, CTX_FROM_S0(CTX_OFFSET_ROOT_CONTEXT)(s0)
    li t0, CTX_RETURNED
    ld t1, CTX_OFFSET_RESULTS(s1)
    beqz t1, 9f
    li t0, CTX_RETURNED_WIDE
    j 9f

    CTX_HIDDEN_ALIAS ctx_asm_enter_bare
    CTX_START_RUNNING
    ld t1, CTX_OFFSET_ENTRY(a0)
    CTX_CLEAR_REGISTERS
    .irp n, 0, 1, 2, 3, 4, 5, 6, 7
    li a\n, 0
    fmv.d.x fa\n, zero
    .endr
    jalr t1
    ld s1, CTX_FROM_S0(CTX_OFFSET_ROOT_CONTEXT)(s0)
    li t0, CTX_RETURNED

    /* The entry has returned: keep what is in the registers that return anything.
     * In: s1 = the context, t0 = a CTX_RETURNED... */
9:
    sd a0, CTX_OFFSET_RETVAL_A0(s1)
    sd a1, CTX_OFFSET_RETVAL_A1(s1)
    fsd fa0, CTX_OFFSET_RETVAL_FA0(s1)
    sd zero, CTX_OFFSET_RETVAL_FA0_HIGH(s1)
    fsd fa1, CTX_OFFSET_RETVAL_FA1(s1)
    sd t0, CTX_OFFSET_RETURNED(s1)
    ld t1, CTX_OFFSET_BACKSTOP(s1)
    beqz t1, 3f
    ld a0, CTX_OFFSET_BACKSTOP_DATA(s1)
    jalr t1
3:
    /* The parent is read only now: the callback may have switched away, and been resumed by
     * another. */
    ld a0, CTX_OFFSET_PARENT(s1)
    ld t0, CTX_OFFSET_FP_KEY(s1)
    ld t1, CTX_OFFSET_FP_KEY(a0)
    bne t0, t1, 5f
4:
    ld a2, CTX_OFFSET_PC(a0)
    ld a3, CTX_OFFSET_SP(a0)
    ld a4, CTX_OFFSET_S0(a0)
    mv a1, s1
    .cfi_remember_state
    CTX_CFI_ABOUT_TO_GO_ON(a3)
    .cfi_register ra, a2
    .cfi_register s0, a4
    mv sp, a3
    mv s0, a4
    sd zero, CTX_OFFSET_WAITS(a0)
    jr a2
    CTX_TRAP
    .cfi_restore_state
5:
    CTX_LOAD_FP
    j 4b

    /* ctx_asm_end_cancelled goes on here: as if the entry had returned nothing. Nobody can read fa1
     * of a context that has been cancelled.
     * In: s0 = the end of the root frame's record. */
    CTX_HIDDEN_ALIAS ctx_asm_cancelled
    addi sp, s0, CTX_FROM_S0(0)
    ld s1, CTX_FROM_S0(CTX_OFFSET_ROOT_CONTEXT)(s0)
    li a0, 0
    li a1, 0
    fmv.d.x fa0, zero
    li t0, CTX_RETURNED_CANCELLED
    j 9b

    /* An unwinder goes on here once an exception has left the entry, or the activation callback,
     * and ctx_personality has said so.
     * In: s0 = the end of the root frame's record; a0, a1 as below. Out: a call of a1(context, a0),
     * which does not return. */
    CTX_HIDDEN_ALIAS ctx_asm_threw
    addi sp, s0, CTX_FROM_S0(0)
    mv t1, a1
    mv a1, a0
    ld a0, CTX_FROM_S0(CTX_OFFSET_ROOT_CONTEXT)(s0)
    jalr t1
    CTX_TRAP
    CTX_END_FUNCTION ctx_asm_activate

/* ---- _Noreturn void ctx_asm_end_cancelled(uintptr_t root) ---- */
/* All frames above the root have been unwound, by ctx_cancel.
 * In: a0 = the end of the root frame's record. Out, in ctx_asm_cancelled: s0 = the same. Clobbers:
 * a1.
 *
 * A function of its own, for the reason that x86_64_sysv has. */
    .p2align 4
    CTX_HIDDEN_FUNCTION ctx_asm_end_cancelled
    mv a1, s0
    .cfi_register s0, a1
    mv s0, a0
    j ctx_asm_cancelled
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
    .cfi_undefined ra
    CTX_RESUME_POINT ctx_asm_orphan
    CTX_TRAP
    CTX_END_FUNCTION ctx_asm_orphan

/* ---- ctx_asm_personality ---- */
/* Exceptions meet this where a context's frames end: it is ctx_personality (ctx/context/throw.c),
 * at an address that rules for unwinding can refer to. The reference is weak, since a program may
 * have these functions and no context. It goes by way of the GOT. A word with the address, as
 * compilers have for personalities, is lost where the gold linker removes what is not used.
 * In, out: as the function. Clobbers: t1. */
    .weak ctx_personality
    .hidden ctx_personality
    .p2align 4
    CTX_HIDDEN_FUNCTION ctx_asm_personality
    .option push
    .option pic
    la t1, ctx_personality
    .option pop
    jr t1
    CTX_TRAP
    CTX_END_FUNCTION ctx_asm_personality

#endif

/* On every architecture: a program is marked as all of its objects are. */
#include CTX_ARCH_HEADER_(assembly.h)
    CTX_OBJECT_NOTES
