/* ctx for x86-64: swap, set, enter, return. System V psABI (version 1.0, sections 3.2 "Function
 * Calling Sequence" and 3.4 "Process Initialization"), ELF, 64-bit pointers.
 *
 * THE ABI AT A GLANCE (3.2.1 to 3.2.3)
 *
 *     register       in a call                          in a switch
 *     rdi            argument 1                         `from`; then the context that goes on
 *     rsi            argument 2                         `to`
 *     rdx            argument 3; result 2               rsp of `to`
 *     rcx            argument 4                         rip of `to`
 *     r8             argument 5                         rbp of `to`
 *     r9             argument 6                         keys and control words, to compare them
 *     rax            result 1; al: how many vector      the resumer, or 0
 *                    registers a variadic call uses
 *     r10            static chain                       return address of a call of ctx_swap
 *     r11            free                               where `from` goes on
 *     rsp, rbp       callee-saved                       kept in the context
 *     rbx, r12 to    callee-saved                       kept in the context by a call of ctx_swap,
 *     r15                                               otherwise by the compiler in its frame
 *     xmm0           argument, result                   the resumer, to store it
 *     xmm1 to xmm7   arguments; result in 1             not touched
 *     xmm8 and up    free                               not touched
 *     st0, st1       results; x87 is empty at a call    not touched
 *     MXCSR, x87     control bits are callee-saved      loaded where the declared ones differ
 *     flags          DF is 0                            DF not touched, others changed
 *     memory         arguments from rsp + 8 up;         not touched
 *                    red zone, 128 bytes below rsp
 *
 * A callee may change every register that is not callee-saved.
 *
 * HOW A CONTEXT RESTS
 *
 * A context that is not running is three words: where to go on (rip), and with which rsp and rbp.
 * To resume a context C, whoever resumes it
 *     - has C's declared floating-point control words in force,
 *     - loads rsp and rbp from C,
 *     - leaves C's address in rdi, and in rax the address of the context that it leaves, or 0,
 *     - and jumps to C's rip.
 * Everything else is up to the code that C's rip points at, which knows what it saved and where. So
 * each form of swap pays only for what it keeps, and all of them resume each other:
 *     call-less and inline   rdi is as it was; the others are clobbered. The compiler has saved
 *                            what is live (and no more) in its own frame. (With older clangs rbx
 *                            is in C; switch.h says why.)
 *     ctx_swap, called       rbx, r12 to r15 are in C; see ctx_asm_return_from_swap
 *     a fresh context        the arguments are in its entry frame; see ctx_asm_enter
 *     below a function       rip, rsp, rbp and the above are in a frame of the function's; see
 *     on top of it           ctx_asm_on_top
 * No switch pushes anything: a red zone stays as it is, and a full stack can still be left.
 *
 * Both addresses come in registers, because C itself may still be on its way from memory. If a
 * child found its own address in what it has saved, it would store to a place that is not known
 * yet, and every load behind that store would wait. If it found its resumer's address there, it
 * would not know where to go. With both in registers, switches among a hundred thousand contexts
 * overlap, as far as the processor looks ahead.
 *
 * WHO WAITS FOR WHOM
 *
 * A swap from P to C makes P the parent of C, and records in P that it waits for C. Whoever resumes
 * P clears that record: a swap, a yield, a return and a set. So P waits for C exactly while P is
 * suspended where it swapped to C.
 * An unwinder goes on from a child into its parent as long as the parent waits for that child
 * (CTX_CFI_ROOT).
 *
 * STATES OF A STACK (high addresses on top; fresh.h in ctx/arch/x86_64_sysv defines the root frame,
 * frame.h the others)
 *
 *     never started               running                     suspended, or returned
 *     +---------------------+     +---------------------+     +---------------------+  <- end
 *     | root frame:         |     | root frame          |     | root frame          |
 *     |   where unwinding   |     |                     |     |                     |
 *     |     may have to end |     |                     |     |                     |
 *     |   context           |     |                     |     |                     |
 *     |   0 (return address)|     |                     |     |                     |
 *     |   0 (saved rbp)     |<rbp |                     |     |                     |
 *     +---------------------+     +---------------------+     +---------------------+
 *     | result frame        |     | result frame        |     | result frame        |
 *     | result in memory    |     | result in memory    |     | result in memory    |
 *     +---------------------+     +---------------------+     +---------------------+
 *     | arguments in memory |     | arguments in memory |     | arguments in memory |
 *     +---------------------+     +---------------------+     +---------------------+
 *     | entry frame:        |     | return address into |     | return address      |
 *     |   xmm0 to xmm7      |     |   ctx_asm_enter     |     |                     |
 *     |   rdi, rsi, ... r9  |<rsp +---------------------+     +---------------------+
 *     +---------------------+     | entry's own frame   |     | entry's own frame   |
 *     | not touched         |     | ...                 |<rsp | ...                 |<rsp, saved
 *     |                     |     |                     |     |                     |
 *
 * Without arguments there is no entry frame: rsp and rbp both point to the root frame. Only wide
 * contexts have a result frame: more than eight bytes of a vector register pass something, an
 * argument in memory is aligned to more than 16 bytes, or a result is elsewhere than in rax, rdx
 * and xmm0. Once the entry has returned, rsp is back at the arguments in memory; the backstop
 * callback runs below.
 *
 * INVARIANTS
 *
 *     rsp is 16-byte aligned at every call, so (rsp + 8) % 16 == 0 at every entry (3.2.2).
 *     rbp holds the root frame's address from a context's first instruction on, and again once its
 *     entry has returned, since rbp is callee-saved.
 *
 * WHAT IS NOT SAVED, AND WHY
 *
 *     Registers that a call may clobber, x87 registers, status flags: the psABI lets no caller
 *     expect them.
 *     Control bits of MXCSR and of the x87 unit: they are declared, not read; see CTX_CHANGE_FP.
 *     The signal mask: to read it is a system call.
 *     fs and gs: they are the thread's.
 *     The shadow stack pointer: see CTX_OBJECT_NOTES. */

#include "ctx/arch/arch.h"

#ifdef CTX_ARCH_X86_64_SYSV_

#include "ctx/arch/dwarf.h"
#include "ctx/arch/elf.h"
#include "ctx/arch/x86_64_sysv/assembly.h"
#include "ctx/arch/x86_64_sysv/fp_words.h"
#include "ctx/arch/x86_64_sysv/layout.h"
#include "ctx/internal/build.h"

    .text

/* Gives `to` (rsi) its declared control words, when its key differs from that of `from` (rdi).
 * In: rdi, rsi. Out: -. Clobbers: rax, r9, flags, the status flags of SSE and of the x87 unit.
 *
 * A context's key is one of four. It is usually the declared words, as one number. If the context
 * wants its words saved at each switch (CTX_FLAG_FP_SAVE), it is the context's own address with the
 * top bit set, which equals nobody else's key. The same with CTX_FP_KEY_INHERITS_ is the key of one
 * that takes over its resumer's words (CTX_FLAG_FP_INHERIT), until it has done so, or is switched
 * from. In a host that has not been switched from yet it is CTX_FP_KEY_UNKNOWN_. So one compare of
 * keys, in the switch, finds all cases in which there is something to do. The words themselves are
 * in MXCSR and X87_CONTROL, which lie side by side as they do in a key. */
.macro CTX_CHANGE_FP
    /* A plain context that has declared its words has them in its key already. */
    movq CTX_OFFSET_FP_KEY(%rdi), %r9
    testq %r9, %r9
    jg 21f

    /* One that has declared none (0), or whose key is its own (top bit): read what is in force. */
    stmxcsr CTX_OFFSET_MXCSR(%rdi)
    andl $CTX_MXCSR_CONTROL_, CTX_OFFSET_MXCSR(%rdi)
    fnstcw CTX_OFFSET_X87_CONTROL(%rdi)
    /* There are two loads, since the stores are too narrow to be forwarded to one. */
    movzwl CTX_OFFSET_X87_CONTROL(%rdi), %eax
    shlq $CTX_FP_KEY_X87_SHIFT_, %rax
    testq %r9, %r9
    jz 20f
    testb $CTX_FP_KEY_INHERITS_, %r9b
    jnz 20f
    movl CTX_OFFSET_MXCSR(%rdi), %r9d
    addq %rax, %r9
    jmp 21f
20:
    /* From now on it has declared the words with which it was first switched from. */
    movl CTX_OFFSET_MXCSR(%rdi), %r9d
    addq %rax, %r9
    movq %r9, CTX_OFFSET_FP_KEY(%rdi)
21:
    /* Here r9 has the words of `from`. */
    testb $CTX_FP_KEY_INHERITS_, CTX_OFFSET_FP_KEY(%rsi)
    jz 24f
    movq %r9, CTX_OFFSET_FP_KEY(%rsi)
    movq %r9, CTX_OFFSET_MXCSR(%rsi)
    jmp 23f
24:
    /* Reloading costs the most, so each word is reloaded only where it differs. */
    movl CTX_OFFSET_MXCSR(%rsi), %r9d
    cmpl CTX_OFFSET_MXCSR(%rdi), %r9d
    je 22f
    ldmxcsr CTX_OFFSET_MXCSR(%rsi)
22:
    movzwl CTX_OFFSET_X87_CONTROL(%rsi), %r9d
    cmpw CTX_OFFSET_X87_CONTROL(%rdi), %r9w
    je 23f
    /* A flag that one context has raised must not trap in another that has it unmasked. */
    fnclex
    fldcw CTX_OFFSET_X87_CONTROL(%rsi)
23:
.endm

/* From here on this is the context that rdi points to, about to go on. Its rsp is in the given
 * register. Each place adds what else is in registers already. */
#define CTX_CFI_ABOUT_TO_GO_ON(rsp)         \
    .cfi_def_cfa rsp, 0;                    \
    .cfi_same_value %rdi;                   \
    CTX_CFI_IN_CONTEXT(DW_RBX, CTX_OFFSET_RBX)

/* ---- Returning from ctx_swap ---- */
/* A context that left by calling ctx_swap goes on here. Not callable.
 * In: rdi = the context, resumed; its rsp points to ctx_swap's return address; rax = the resumer,
 * or 0; r10 = the return address of the resumer's call, if it left by calling ctx_swap, otherwise
 * anything.
 * Out: rbx, rbp, rsp and r12 to r15 as at the call; rax as it was. Clobbers: rcx, flags.
 *
 * A processor predicts that a ret goes where the last call came from. Here that was the resumer's
 * call, and a mispredicted ret costs more than all the rest. So this returns by a jump, unless both
 * called from the same place, as all users of one yield function do. Then a ret is right, and keeps
 * the processor's return stack right for the callers. */
    .p2align 6
    .cfi_startproc
    CTX_CFI_IN_CONTEXT(DW_RBX, CTX_OFFSET_RBX)
    CTX_CFI_IN_CONTEXT(DW_R12, CTX_OFFSET_R12)
    CTX_CFI_IN_CONTEXT(DW_R13, CTX_OFFSET_R13)
    CTX_CFI_IN_CONTEXT(DW_R14, CTX_OFFSET_R14)
    CTX_CFI_IN_CONTEXT(DW_R15, CTX_OFFSET_R15)
    CTX_RESUME_POINT ctx_asm_return_from_swap
    endbr64
    movq CTX_OFFSET_RBX(%rdi), %rbx
    movq CTX_OFFSET_R12(%rdi), %r12
    movq CTX_OFFSET_R13(%rdi), %r13
    movq CTX_OFFSET_R14(%rdi), %r14
    movq CTX_OFFSET_R15(%rdi), %r15
    cmpq (%rsp), %r10
    je 1f
    .cfi_remember_state
    popq %rcx
    .cfi_def_cfa_offset 0
    .cfi_register %rip, %rcx
    notrack jmpq *%rcx /* a return address has no endbr64 */
    ud2
    .cfi_restore_state
1:
    ret
    CTX_END_FUNCTION ctx_asm_return_from_swap

/* ---- Switching ---- */

/* A call of an external function is the call-less form of it below: it falls into the shared body.
 * The context goes on at ctx_asm_return_from_swap.
 * In: rdi = the context that is left, rsi = the one that goes on. Stack: return address at (rsp).
 * Clobbers, once the context is resumed: what any C function may. Out, then: rax = the resumer. */
.macro CTX_LEAVE_BY_CALL
    movq CTX_OFFSET_RIP(%rsi), %rcx
    movq CTX_OFFSET_RSP(%rsi), %rdx
    movq CTX_OFFSET_RBP(%rsi), %r8
    CTX_KEEP_FOR_CALL
.endm

/* The part of it that does not depend on `to`. In: rdi = the context that is left. Out: r10, r11.
 * Clobbers: -. */
.macro CTX_KEEP_FOR_CALL
    movq %rbx, CTX_OFFSET_RBX(%rdi)
    movq %r12, CTX_OFFSET_R12(%rdi)
    movq %r13, CTX_OFFSET_R13(%rdi)
    movq %r14, CTX_OFFSET_R14(%rdi)
    movq %r15, CTX_OFFSET_R15(%rdi)
    movq (%rsp), %r10
    leaq ctx_asm_return_from_swap + CTX_RESUME_OFFSET(%rip), %r11
.endm

/* Begins a shared body, which the stubs in ctx/arch/x86_64_sysv/switch.h jump to. Where control
 * words may have to change, it makes a detour by CTX_BODY_END, from 1 to 2 and back.
 * In: rdi = from, rsi = to, r11 = where `from` goes on; rcx, rdx and r8 = rip, rsp and rbp, loaded
 * from `to`, or those of a function on top of it. Stack: no return address.
 * Out, where r11 pointed, once `from` is resumed: rdi = from; rax = the resumer, or 0; rsp and rbp
 * as they were. rbx, r10 and r12 to r15 pass from one to the other as they are. Clobbers, by then:
 * every other register.
 *
 * The three words of `to` are loaded before those of `from` are stored. The other way round the
 * processor takes the loads to depend on the stores, as they did a switch ago, and waits. */
.macro CTX_BODY_BEGIN
    .cfi_def_cfa_offset 0
    .cfi_register %rip, %r11
    endbr64
    movq CTX_OFFSET_FP_KEY(%rsi), %r9
    cmpq CTX_OFFSET_FP_KEY(%rdi), %r9
    jne 2f
1:
    movq %r11, CTX_OFFSET_RIP(%rdi)
    movq %rsp, CTX_OFFSET_RSP(%rdi)
    movq %rbp, CTX_OFFSET_RBP(%rdi)
.endm

/* Puts both addresses where they go: rdi = to, rax = from. */
.macro CTX_BODY_TURN
    movq %rdi, %rax
    .cfi_remember_state
    movq %rsi, %rdi
    .cfi_register %rdi, %rax
.endm

/* Stands behind the last store. Before it a backtrace shows `from`, from here on it shows `to`. */
.macro CTX_BODY_LEAVE
    CTX_CFI_ABOUT_TO_GO_ON(%rdx)
    .cfi_register %rip, %rcx
    .cfi_register %rbp, %r8
    movq %rdx, %rsp
    movq %r8, %rbp
    jmpq *%rcx
    ud2
    .cfi_restore_state
.endm

.macro CTX_BODY_END
2:
    CTX_CHANGE_FP
    jmp 1b
.endm

/* Each build and version has names of its own: a mixed program does not link, see build.h. */
#define ctx_asm_swap CTX_BODY_NAME_(ctx_asm_swap)
#define ctx_asm_yield CTX_BODY_NAME_(ctx_asm_yield)

/* ---- void ctx_swap(ctx_context *from, ctx_context *to) ---- */
/* ---- ctx_context *ctx_swap_resumer(ctx_context *from, ctx_context *to) ---- */
/* The external functions: for function pointers and for other languages. See CTX_LEAVE_BY_CALL.
 * They are aligned so that the shared body is one cache line: otherwise it takes a quarter
 * longer. */
    .p2align 6
    .fill 16, 1, 0xcc
    CTX_WEAK_FUNCTION ctx_swap
    CTX_WEAK_ALIAS ctx_swap_resumer
    endbr64
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
 * Stores are what a switch takes its time for, and what is stored takes longer to load. So the
 * parent is stored only if it is another one than last time. Then it is one store of 16 bytes with
 * the end of the wait, so that no backtrace comes between. */
    CTX_PUBLIC_FUNCTION ctx_asm_swap
.Lswap_body: /* By the public name a jump might go elsewhere, in a shared library. */
    CTX_BODY_BEGIN
    CTX_BODY_TURN
    cmpq CTX_OFFSET_PARENT(%rdi), %rax
    jne 3f
    .cfi_remember_state
    movq $0, CTX_OFFSET_WAITS(%rdi)
    movq %rdi, CTX_OFFSET_WAITS(%rax)
    CTX_BODY_LEAVE
3:
    movq %rax, %xmm0 /* its upper half is 0 */
    movaps %xmm0, CTX_OFFSET_PARENT(%rdi)
    movq %rdi, CTX_OFFSET_WAITS(%rax)
    CTX_BODY_LEAVE
    CTX_BODY_END
    CTX_END_FUNCTION ctx_asm_swap

/* ---- ctx_context *ctx_yield(ctx_context *self) ---- */
/* The external function. In: rdi = self. The rest is as at ctx_swap. */
    .p2align 6
    .fill 8, 1, 0xcc
    CTX_WEAK_FUNCTION ctx_yield
    endbr64
    movq CTX_OFFSET_PARENT(%rdi), %rsi
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
    movq $0, CTX_OFFSET_WAITS(%rdi)
    CTX_BODY_LEAVE
    CTX_BODY_END
    CTX_END_FUNCTION ctx_asm_yield

/* ---- Running on top ---- */
/* A function that runs on top of a suspended context has a frame of its own above it, on the
 * context's stack: below the red zone, which is in use. The frame keeps how the context rests. (The
 * function may switch away, which overwrites that in the context.) Callee-saved registers have the
 * offsets in it that they have in a context: rules for unwinding may take either.
 *
 * The rules below hold from the frame's first instruction on, whatever has become of the context.
 * The unwinder knows the frame's address as rsp. */
#define CTX_CFI_IN_TOP(reg, offset) \
    .cfi_escape DW_CFA_EXPRESSION, reg, 3, DW_OP_BREG(DW_RSP), CTX_LEB(offset)
.macro CTX_CFI_TOP
    .cfi_escape DW_CFA_DEF_CFA_EXPRESSION, 4, \
        DW_OP_BREG(DW_RSP), CTX_LEB(CTX_OFFSET_TOP_RSP), DW_OP_DEREF
    CTX_CFI_IN_TOP(DW_RIP, CTX_OFFSET_TOP_RIP)
    CTX_CFI_IN_TOP(DW_RBP, CTX_OFFSET_TOP_RBP)
    CTX_CFI_IN_TOP(DW_RBX, CTX_OFFSET_RBX)
    .cfi_escape DW_CFA_VAL_EXPRESSION, DW_RDI, 3, DW_OP_BREG(DW_RSP), CTX_LEB(0)
.endm

/* Copies callee-saved registers between a context and a frame on top of it, `from` and `to` in
 * either order. Clobbers: r9. */
.macro CTX_COPY_SAVED from, to
    .irp offset, CTX_OFFSET_RBX, CTX_OFFSET_R12, CTX_OFFSET_R13, CTX_OFFSET_R14, CTX_OFFSET_R15
    movq \offset(\from), %r9
    movq %r9, \offset(\to)
    .endr
.endm

/* ---- ctx_asm_on_top ---- */
/* `to` of ctx_swap_with goes on here, and afterwards where it was suspended. Not callable.
 * In: rsp = rbp = the frame. Out, where the context goes on: as after a swap by its parent.
 * Clobbers, by then: what any C function may, and rbx and r12 to r15. */
    .p2align 4
    .cfi_startproc
    CTX_CFI_TOP
    CTX_RESUME_POINT ctx_asm_on_top
    endbr64
    movq CTX_OFFSET_TOP_DATA(%rsp), %rdi
    callq *CTX_OFFSET_TOP_FUNCTION(%rsp)
    movq CTX_OFFSET_TOP_CONTEXT(%rsp), %rdi
    CTX_COPY_SAVED %rsp, %rdi
    movq CTX_OFFSET_PARENT(%rdi), %rax
    movq CTX_OFFSET_TOP_RIP(%rsp), %rcx
    movq CTX_OFFSET_TOP_RBP(%rsp), %r8
    movq CTX_OFFSET_TOP_RSP(%rsp), %rdx
    .cfi_remember_state
    CTX_BODY_LEAVE
    CTX_END_FUNCTION ctx_asm_on_top

/* Writes the frame on top of `to`, and leaves by a call: a shared body comes next.
 * In: rdi = from, rsi = to, rdx = function, rcx = data. Out: as a shared body takes it.
 * Clobbers: others that any C function may. */
.macro CTX_PUT_ON_TOP
    movq CTX_OFFSET_RSP(%rsi), %r9
    leaq -(CTX_SIZE_RED_ZONE + CTX_SIZE_TOP_FRAME)(%r9), %r8
    andq $-16, %r8
    movq %r9, CTX_OFFSET_TOP_RSP(%r8)
    movq %rsi, CTX_OFFSET_TOP_CONTEXT(%r8)
    movq %rdx, CTX_OFFSET_TOP_FUNCTION(%r8)
    movq %rcx, CTX_OFFSET_TOP_DATA(%r8)
    movq CTX_OFFSET_RIP(%rsi), %r9
    movq %r9, CTX_OFFSET_TOP_RIP(%r8)
    movq CTX_OFFSET_RBP(%rsi), %r9
    movq %r9, CTX_OFFSET_TOP_RBP(%r8)
    CTX_COPY_SAVED %rsi, %r8
    leaq ctx_asm_on_top + CTX_RESUME_OFFSET(%rip), %rcx
    movq %r8, %rdx
    CTX_KEEP_FOR_CALL
.endm

/* ---- void ctx_swap_with(ctx_context *from, ctx_context *to, ctx_callback f, void *data) ---- */
/* In: as CTX_PUT_ON_TOP. The rest is as at ctx_swap. */
    .p2align 4
    CTX_WEAK_FUNCTION ctx_swap_with
    CTX_HIDDEN_ALIAS ctx_asm_swap_with
    endbr64
    CTX_PUT_ON_TOP
    jmp .Lswap_body
    CTX_END_FUNCTION ctx_swap_with

/* ---- ctx_asm_yield_with ---- */
/* void ctx_asm_yield_with(ctx_context *self, ctx_context *parent, ctx_callback f, void *data): the
 * same for a yield, by which nobody's parent changes. In: as CTX_PUT_ON_TOP, of which `self` is
 * `from`. The rest is as at ctx_yield. */
    .p2align 4
    CTX_HIDDEN_FUNCTION ctx_asm_yield_with
    CTX_PUT_ON_TOP
    jmp .Lyield_body
    CTX_END_FUNCTION ctx_asm_yield_with

/* ---- _Noreturn void ctx_set(const ctx_context *to) ---- */
/* In: rdi = to. Out, where `to` goes on: rdi = to, rax = 0. Clobbers: flags, the status flags of
 * SSE and of the x87 unit. Stack: not used, so that an exhausted one can be left.
 *
 * Nobody knows which context is discarded, nor which control words are in force. So they are
 * loaded. */
    .p2align 4
    CTX_WEAK_FUNCTION ctx_set
    CTX_HIDDEN_ALIAS ctx_asm_set
    endbr64
    CTX_LOAD_FP
    xorl %eax, %eax
    movq CTX_OFFSET_RSP(%rdi), %rsp
    CTX_CFI_ABOUT_TO_GO_ON(%rsp)
    CTX_CFI_IN_CONTEXT(DW_RIP, CTX_OFFSET_RIP)
    CTX_CFI_IN_CONTEXT(DW_RBP, CTX_OFFSET_RBP)
    movq CTX_OFFSET_RBP(%rdi), %rbp
    movq $0, CTX_OFFSET_WAITS(%rdi)
    jmpq *CTX_OFFSET_RIP(%rdi)
    ud2
    CTX_END_FUNCTION ctx_set

/* ---- Entering and returning ---- */
/* There are four ways into one function. A fresh context's rip is one of them, as init wrote it.
 *     ctx_asm_enter        loads the arguments from the entry frame
 *     ctx_asm_enter_bare   no arguments: there is no entry frame
 *     ctx_asm_enter_wide   as ctx_asm_enter, for wide contexts (see above)
 *     ctx_asm_activate     calls the activation callback, then goes on as one of the three
 * In: rdi = the context; rsp = its entry frame (bare: its root frame); rbp = its root frame.
 * Clobbers: everything else, since nothing is live in a fresh context.
 * At the entry's first instruction:
 *     The arguments are in registers and memory as 3.2.3 has them.
 *     al = the number of vector registers used; r11 = the entry's own address;
 *     rbp = a frame that ends a walk; (rsp + 8) % 16 == 0.
 *     All other general registers that pass nothing are 0, and so are all vector registers up to
 *     the 15th, in all their width: what the host had there is none of a guest's business.
 * (zmm16 to zmm31, the masks of AVX-512 and APX's r16 to r31 pass no arguments, and not every
 * processor has them. They are left alone.)
 *
 * The entry is called, not returned to. So an unwinder, which looks at the address before, finds
 * this function, and the processor's return stack is right for the return.
 *
 * Unwinding from here goes on in the parent: in the context that last swapped here, as long as it
 * waits for this one. The link to it is read, not stored. Parents end at a host, whose frames go on
 * to main. A parent that something else has resumed since does not wait: it runs, or is suspended
 * somewhere else, or is gone. Unwinding ends here then.
 *     CFA  *(parent + RSP):  context = *(rbp + ROOT_CONTEXT); parent = *(context + PARENT)
 *     rbp  at parent + RBP, and rbx at parent + RBX, where those forms of swap keep it that do
 *     rdi  = parent, as when the parent is resumed; ctx_asm_return_from_swap's rules want it
 *     rip  at parent + RIP if *(parent + WAITS) is the context; otherwise at rbp + ROOT_UNWIND_END,
 *          which holds the address of ctx_asm_orphan
 * The frame is marked as a signal's, since debuggers take a stack on which a caller lies below its
 * callee to be corrupt, except across a signal. */
#define CTX_ROOT_CONTEXT_OPS DW_OP_BREG(DW_RBP), CTX_LEB(CTX_OFFSET_ROOT_CONTEXT), DW_OP_DEREF
#define CTX_ROOT_CONTEXT_SIZE 4
#define CTX_ROOT_PARENT_OPS \
    CTX_ROOT_CONTEXT_OPS, DW_OP_PLUS_UCONST, CTX_LEB(CTX_OFFSET_PARENT), DW_OP_DEREF
#define CTX_ROOT_PARENT_SIZE (CTX_ROOT_CONTEXT_SIZE + 4)
#define CTX_ROOT_END_OPS DW_OP_BREG(DW_RBP), CTX_LEB(CTX_OFFSET_ROOT_UNWIND_END)
#define CTX_ROOT_END_SIZE 3

.macro CTX_CFI_ROOT
    .cfi_signal_frame
    .cfi_escape DW_CFA_DEF_CFA_EXPRESSION, CTX_ROOT_PARENT_SIZE + 4, CTX_ROOT_PARENT_OPS, \
        DW_OP_PLUS_UCONST, CTX_LEB(CTX_OFFSET_RSP), DW_OP_DEREF
    .cfi_escape DW_CFA_EXPRESSION, DW_RBP, CTX_ROOT_PARENT_SIZE + 3, CTX_ROOT_PARENT_OPS, \
        DW_OP_PLUS_UCONST, CTX_LEB(CTX_OFFSET_RBP)
    .cfi_escape DW_CFA_EXPRESSION, DW_RBX, CTX_ROOT_PARENT_SIZE + 3, CTX_ROOT_PARENT_OPS, \
        DW_OP_PLUS_UCONST, CTX_LEB(CTX_OFFSET_RBX)
    .cfi_escape DW_CFA_VAL_EXPRESSION, DW_RDI, CTX_ROOT_PARENT_SIZE, CTX_ROOT_PARENT_OPS
    /* The end's address, and the distance from there to the parent's rip if the parent waits. */
    .cfi_escape DW_CFA_EXPRESSION, DW_RIP, \
        2 * CTX_ROOT_PARENT_SIZE + CTX_ROOT_CONTEXT_SIZE + 2 * CTX_ROOT_END_SIZE + 11, \
        CTX_ROOT_END_OPS, \
        CTX_ROOT_PARENT_OPS, DW_OP_PLUS_UCONST, CTX_LEB(CTX_OFFSET_WAITS), DW_OP_DEREF, \
        CTX_ROOT_CONTEXT_OPS, DW_OP_EQ, \
        CTX_ROOT_PARENT_OPS, DW_OP_PLUS_UCONST, CTX_LEB(CTX_OFFSET_RIP), \
        CTX_ROOT_END_OPS, DW_OP_MINUS, \
        DW_OP_MUL, DW_OP_PLUS
.endm

/* Records that the context has started: its place to go on is gone until it is suspended. Whatever
 * resumes it before that meets a trap. In: rdi = the context. Clobbers: rax. */
.macro CTX_START_RUNNING
    leaq ctx_asm_orphan + CTX_RESUME_OFFSET(%rip), %rax
    movq %rax, CTX_OFFSET_RIP(%rdi)
.endm

/* Clears everything that passes nothing, before the rest is loaded: r10, rbx, r12 to r15; what is
 * above the 16th byte of the vector registers up to the 15th; all of the 8th to the 15th.
 * In: -. Out: those, 0. Clobbers: flags. */
.macro CTX_CLEAR_REGISTERS
    cmpb $CTX_SIZE_XMM, ctx_asm_vector_size(%rip)
    jbe 21f
    vzeroupper
21:
    xorl %r10d, %r10d
    xorl %ebx, %ebx
    xorl %r12d, %r12d
    xorl %r13d, %r13d
    xorl %r14d, %r14d
    xorl %r15d, %r15d
    .irp n, 8, 9, 10, 11, 12, 13, 14, 15
    xorps %xmm\n, %xmm\n
    .endr
.endm

/* Loads the general registers of an entry. In: rsp = an entry frame. Out: rdi, rsi, rdx, rcx, r8,
 * r9; rax = the number of vector registers. */
.macro CTX_LOAD_GP_ARGUMENTS
    movq CTX_OFFSET_RDI(%rsp), %rdi
    movq CTX_OFFSET_RSI(%rsp), %rsi
    movq CTX_OFFSET_RDX(%rsp), %rdx
    movq CTX_OFFSET_RCX(%rsp), %rcx
    movq CTX_OFFSET_R8(%rsp), %r8
    movq CTX_OFFSET_R9(%rsp), %r9
    movl CTX_OFFSET_NUM_VECTOR(%rsp), %eax
.endm

    .p2align 6
    .cfi_startproc
    .cfi_personality CTX_PERSONALITY_ENCODING, ctx_asm_personality
    CTX_CFI_ROOT
    CTX_RESUME_POINT ctx_asm_activate
    endbr64
    CTX_START_RUNNING
    movq CTX_OFFSET_ACTIVATION(%rdi), %rax
    movq CTX_OFFSET_ACTIVATION_DATA(%rdi), %rdi
    callq *%rax
    movq CTX_OFFSET_ROOT_CONTEXT(%rbp), %rdi
    jmpq *CTX_OFFSET_ENTER(%rdi)
    ud2

    CTX_HIDDEN_ALIAS ctx_asm_enter_wide
    endbr64
    CTX_START_RUNNING
    movq CTX_OFFSET_ENTRY(%rdi), %r11
    CTX_CLEAR_REGISTERS
    movl CTX_OFFSET_VECTOR_SIZE(%rsp), %r10d
    cmpl $CTX_SIZE_YMM, %r10d
    je 1f
    ja 2f
    .irp n, 0, 1, 2, 3, 4, 5, 6, 7
    movaps CTX_OFFSET_VECTOR(\n, CTX_SIZE_XMM)(%rsp), %xmm\n
    .endr
    jmp 3f
1:
    .irp n, 0, 1, 2, 3, 4, 5, 6, 7
    vmovups CTX_OFFSET_VECTOR(\n, CTX_SIZE_YMM)(%rsp), %ymm\n
    .endr
    jmp 3f
2:
    .irp n, 0, 1, 2, 3, 4, 5, 6, 7
    vmovups CTX_OFFSET_VECTOR(\n, CTX_SIZE_ZMM)(%rsp), %zmm\n
    .endr
3:
    CTX_LOAD_GP_ARGUMENTS
    leaq CTX_OFFSET_VECTORS(%rsp, %r10, CTX_NUM_VECTORS), %rsp
    xorl %r10d, %r10d
    callq *%r11

    /* Keep the registers that only wide results are in. rax, rdx and xmm0 stay for what all have in
     * common. */
    movaps %xmm1, CTX_BELOW_ROOT(CTX_OFFSET_RESULT_XMM1)(%rbp)
    movzwl CTX_BELOW_ROOT(CTX_OFFSET_RESULT_VECTOR_SIZE)(%rbp), %ecx
    cmpl $CTX_SIZE_YMM, %ecx
    jb 6f
    je 5f
    vmovups %zmm0, CTX_BELOW_ROOT(CTX_OFFSET_RESULT_VECTOR0)(%rbp)
    /* The lower half once more, since that costs less than a jump. */
5:
    vmovups %ymm0, CTX_BELOW_ROOT(CTX_OFFSET_RESULT_VECTOR0)(%rbp)
    vzeroupper /* only such contexts have to pay for it */
6:
    movzwl CTX_BELOW_ROOT(CTX_OFFSET_RESULT_NUM_X87)(%rbp), %ecx
    decl %ecx
    js 8f
    fstpt CTX_BELOW_ROOT(CTX_OFFSET_RESULT_ST0)(%rbp)
    jz 8f
    fstpt CTX_BELOW_ROOT(CTX_OFFSET_RESULT_ST1)(%rbp)
8:
    movq CTX_OFFSET_ROOT_CONTEXT(%rbp), %rbx
    leaq CTX_BELOW_ROOT(0)(%rbp), %rcx
    movq %rcx, CTX_OFFSET_RESULTS(%rbx)
    movl $CTX_RETURNED_WIDE, %ecx
    jmp 9f

    CTX_HIDDEN_ALIAS ctx_asm_enter
    endbr64
    CTX_START_RUNNING
    movq CTX_OFFSET_ENTRY(%rdi), %r11
    CTX_CLEAR_REGISTERS
    .irp n, 0, 1, 2, 3, 4, 5, 6, 7
    movq CTX_OFFSET_VECTOR(\n, CTX_SIZE_SCALAR)(%rsp), %xmm\n
    .endr
    CTX_LOAD_GP_ARGUMENTS
    addq $CTX_SIZE_ENTRY_FRAME(CTX_SIZE_SCALAR), %rsp
    jmp 7f

    CTX_HIDDEN_ALIAS ctx_asm_enter_bare
    endbr64
    CTX_START_RUNNING
    movq CTX_OFFSET_ENTRY(%rdi), %r11
    CTX_CLEAR_REGISTERS
    xorl %eax, %eax
    xorl %edi, %edi
    xorl %esi, %esi
    xorl %edx, %edx
    xorl %ecx, %ecx
    xorl %r8d, %r8d
    xorl %r9d, %r9d
    .irp n, 0, 1, 2, 3, 4, 5, 6, 7
    xorps %xmm\n, %xmm\n
    .endr
7:
    callq *%r11
    movl $CTX_RETURNED, %ecx
    movq CTX_OFFSET_ROOT_CONTEXT(%rbp), %rbx

    /* The entry has returned: keep what is in the registers of 3.2.3, "Returning of Values".
     * In: rbx = the context, rcx = a CTX_RETURNED... */
9:
    movq %rax, CTX_OFFSET_RETVAL_RAX(%rbx)
    movq %rdx, CTX_OFFSET_RETVAL_RDX(%rbx)
    movaps %xmm0, CTX_OFFSET_RETVAL_XMM0(%rbx)
    movq %rcx, CTX_OFFSET_RETURNED(%rbx)
    movq CTX_OFFSET_BACKSTOP(%rbx), %rax
    testq %rax, %rax
    jz 3f
    movq CTX_OFFSET_BACKSTOP_DATA(%rbx), %rdi
    callq *%rax
3:
    /* The parent is read only now: the callback may have switched away, and been resumed by
     * another. */
    movq CTX_OFFSET_PARENT(%rbx), %rdi
    movq CTX_OFFSET_FP_KEY(%rdi), %r9
    cmpq CTX_OFFSET_FP_KEY(%rbx), %r9
    jne 5f
4:
    movq %rbx, %rax
    movq CTX_OFFSET_RSP(%rdi), %rsp
    .cfi_remember_state
    movq CTX_OFFSET_RBP(%rdi), %rbp
    CTX_CFI_ABOUT_TO_GO_ON(%rsp)
    CTX_CFI_IN_CONTEXT(DW_RIP, CTX_OFFSET_RIP)
    .cfi_same_value %rbp
    movq $0, CTX_OFFSET_WAITS(%rdi)
    jmpq *CTX_OFFSET_RIP(%rdi)
    ud2
    .cfi_restore_state
5:
    CTX_LOAD_FP
    jmp 4b

    /* ctx_asm_end_cancelled goes on here: as if the entry had returned nothing.
     * In: rbp = the root frame. */
    CTX_HIDDEN_ALIAS ctx_asm_cancelled
    movq %rbp, %rsp
    movq CTX_OFFSET_ROOT_CONTEXT(%rbp), %rbx
    xorl %eax, %eax
    xorl %edx, %edx
    xorps %xmm0, %xmm0
    movl $CTX_RETURNED_CANCELLED, %ecx
    jmp 9b

    /* An unwinder goes on here once an exception has left the entry, or the activation callback,
     * and ctx_personality has said so.
     * In: rbp = the root frame; rax, rdx as below. Out: a call of rdx(context, rax), which does not
     * return. */
    CTX_HIDDEN_ALIAS ctx_asm_threw
    endbr64
    movq %rbp, %rsp
    movq CTX_OFFSET_ROOT_CONTEXT(%rbp), %rdi
    movq %rax, %rsi
    callq *%rdx
    ud2
    CTX_END_FUNCTION ctx_asm_activate

/* ---- _Noreturn void ctx_asm_end_cancelled(uintptr_t root) ---- */
/* All frames above the root have been unwound, by ctx_cancel.
 * In: rdi = the root frame. Out, in ctx_asm_cancelled: rbp = the root frame. Clobbers: rax.
 *
 * It is a function of its own, since what calls it may end with the call. The return address is
 * outside of the caller then, and unwinders look it up as it is behind a frame that is marked as a
 * signal's. */
    .p2align 4
    CTX_HIDDEN_FUNCTION ctx_asm_end_cancelled
    movq %rbp, %rax
    .cfi_register %rbp, %rax
    movq %rdi, %rbp
    jmp ctx_asm_cancelled
    CTX_END_FUNCTION ctx_asm_end_cancelled

/* ---- ctx_asm_orphan ---- */
/* The entry of a context that nobody has swapped to returns here: it was entered through ctx_set,
 * and has no parent. Not callable. In: -. Out: -. Stack: none, rsp is 0.
 *
 * It is a trap under a name of its own. A backtrace that cannot go on ends here, too: debuggers
 * stop neither at a return address of 0 (beyond a signal frame) nor at a null frame pointer, but
 * where a function says that nothing called it. */
    .p2align 4
    .cfi_startproc
    .cfi_undefined %rip
    CTX_RESUME_POINT ctx_asm_orphan
    endbr64
    ud2
    CTX_END_FUNCTION ctx_asm_orphan

/* ---- ctx_asm_personality ---- */
/* Exceptions meet this where a context's frames end: it is ctx_personality (ctx/context/throw.c),
 * at an address that rules for unwinding can refer to. The reference is weak, since a program may
 * have these functions and no context. It goes by way of the GOT. A word with the address, as
 * compilers have for personalities, is lost where the gold linker removes what is not used.
 * In, out: as the function. Clobbers: rax. */
    .weak ctx_personality
    .hidden ctx_personality
    .p2align 4
    CTX_HIDDEN_FUNCTION ctx_asm_personality
    endbr64
    movq ctx_personality@GOTPCREL(%rip), %rax
    jmpq *%rax
    ud2
    CTX_END_FUNCTION ctx_asm_personality

/* ---- uint8_t ctx_asm_vector_size ---- */
/* The bytes of the widest vector registers that there are; above 16 there is vzeroupper. It is 16,
 * which all processors have, until ctx/arch/x86_64_sysv/cpu.c has asked this one. */
    .globl ctx_asm_vector_size
    .hidden ctx_asm_vector_size
    .type ctx_asm_vector_size, @object
    .size ctx_asm_vector_size, 1
    .data
ctx_asm_vector_size:
    .byte CTX_SIZE_XMM

#endif

/* On every architecture: a program is marked as all of its objects are. */
#include CTX_ARCH_HEADER_(assembly.h)
    CTX_OBJECT_NOTES
