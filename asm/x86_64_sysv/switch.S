/* ctx for x86-64, System V psABI (version 1.0, sections 3.2 "Function Calling Sequence" and 3.4
 * "Process Initialization"), ELF, 64-bit pointers: swap, set, enter, return.
 *
 * HOW A CONTEXT RESTS
 *
 * A context that is not running is three words: where to go on (rip), and with which rsp and rbp.
 * To resume a context C, whoever resumes it
 *     - has C's declared floating-point control words in force,
 *     - loads rsp and rbp from C,
 *     - leaves C's address in rdi, and in rax the address of the context that it leaves, or 0,
 *     - and jumps to C's rip.
 * Everything else is the business of the code that C's rip points at, which knows what it saved and
 * where. So each form of swap pays only for what it keeps, and all of them resume each other:
 *     call-less and inline   rbx is in C; rdi is as it was; the others are clobbered: the compiler
 *                            has saved what is live (and no more) in its own frame
 *     ctx_swap, called       rbx, r12 to r15 are in C; see ctx_asm_return_from_swap
 *     a fresh context        the arguments are in its entry frame; see ctx_asm_enter
 * Nothing is ever pushed by a switch: a red zone stays as it is, and a stack that is full can still
 * be left.
 *
 * The two addresses are in registers since C itself may still be on its way from memory. A child
 * that knows its own address only from what it had saved stores what it saves next to an unknown
 * place, and whatever is loaded after that waits to see if it was the same place; one that knows
 * its resumer's only from there has nowhere to go. Known at once, a hundred thousand contexts are
 * on their way at the same time, as far as the processor looks ahead.
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
 *     rsp is 16-byte aligned at every call, so (rsp + 8) % 16 == 0 at every entry (3.2.2).
 *     rbp holds the root frame's address from a context's first instruction on, and again once its
 *     entry has returned, since rbp is callee-saved.
 *
 * WHAT IS NOT SAVED, AND WHY
 *     Registers that a call may clobber, x87 registers and status flags: the psABI lets no caller
 *     expect them. MXCSR's and the x87 unit's control bits are declared, not read (see
 *     CTX_CHANGE_FP). The signal mask: reading it is a system call. fs and gs: they are the
 *     thread's. The shadow stack pointer: see CTX_OBJECT_NOTES. */

#if defined(__x86_64__) && !defined(__ILP32__) && defined(__ELF__)

#include "ctx/arch/dwarf.h"
#include "ctx/arch/elf.h"
#include "ctx/arch/x86_64_sysv/assembly.h"
#include "ctx/arch/x86_64_sysv/fp_words.h"
#include "ctx/arch/x86_64_sysv/layout.h"
#include "ctx/internal/build.h"

    .text

/* Gives `to` (rsi) its declared control words, which differ from those of `from` (rdi).
 * In: rdi, rsi. Out: -. Clobbers: r9, flags, the status flags of SSE and of the x87 unit.
 *
 * A context's key is its declared word; or, where the context wants its words saved at each switch
 * (CTX_FLAG_FP_SAVE), its own address with the top bit set, which equals nobody else's key; or 0 in
 * a host that has not been switched from yet. So one compare of keys, in the switch, finds the
 * three cases in which there is something to do. The words themselves are in MXCSR and X87_CONTROL,
 * which lie side by side. */
.macro CTX_CHANGE_FP
    /* Whoever is a plain, declared context has its words in memory already. */
    movq CTX_OFFSET_FP_KEY(%rdi), %r9
    decq %r9
    jns 21f

    /* An undeclared host (0 - 1) or a saving context (top bit): read what is in force. */
    stmxcsr CTX_OFFSET_MXCSR(%rdi)
    andl $CTX_MXCSR_CONTROL_, CTX_OFFSET_MXCSR(%rdi)
    fnstcw CTX_OFFSET_X87_CONTROL(%rdi)
    incq %r9
    jnz 21f
    /* From now on the host has declared what it was first switched from with. Two loads: the
     * stores above are too narrow to be forwarded to one. */
    movzwl CTX_OFFSET_X87_CONTROL(%rdi), %r9d
    shlq $CTX_FP_KEY_X87_SHIFT_, %r9
    movq %r9, CTX_OFFSET_FP_KEY(%rdi)
    movl CTX_OFFSET_MXCSR(%rdi), %r9d
    movl %r9d, CTX_OFFSET_FP_KEY(%rdi)
21:
    /* Reloading costs the most, so each only where it differs. */
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

/* Gives a context (rdi) its control words, whatever is in force.
 * In: rdi. Out: -. Clobbers: the status flags of SSE and of the x87 unit. */
.macro CTX_LOAD_FP
    ldmxcsr CTX_OFFSET_MXCSR(%rdi)
    fnclex /* as above */
    fldcw CTX_OFFSET_X87_CONTROL(%rdi)
.endm

/* A register of the frame to unwind to lies in the context that rdi points to. */
#define CTX_CFI_IN_CONTEXT(reg, offset) \
    .cfi_escape DW_CFA_EXPRESSION, reg, 3, DW_OP_BREG(DW_RDI), CTX_LEB(offset)

/* This has become the context that rdi points to, about to go on; its rsp is in the register given.
 * What else is in registers already is told apart by each place. */
#define CTX_CFI_ABOUT_TO_GO_ON(rsp)         \
    .cfi_def_cfa rsp, 0;                    \
    .cfi_same_value %rdi;                   \
    CTX_CFI_IN_CONTEXT(DW_RBX, CTX_OFFSET_RBX)

/* ---- Returning from ctx_swap -------------------------------------------------------------------
 *
 * Where a context goes on that left by calling ctx_swap. Not callable.
 * In: rdi = the context, resumed; its rsp points to ctx_swap's return address; r10 = if the resumer
 * left by calling ctx_swap, the return address of that call, else anything; rax = the resumer, or
 * 0.
 * Out: rbx, rbp, rsp and r12 to r15 as at the call; rax as it was. Clobbers: rcx, flags.
 *
 * A ret is predicted to go where the last call on this processor came from: the resumer's, and a
 * mispredicted ret costs more than all the rest. So it returns by a jump; unless both called from
 * the same place, as all users of one yield function do. Then a ret is right, and keeps the
 * processor's return stack right for the callers. */
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
    notrack jmpq *%rcx /* where a call returns to there is no endbr64 */
    ud2
    .cfi_restore_state
1:
    ret
    CTX_END_FUNCTION ctx_asm_return_from_swap

/* ---- void ctx_swap(ctx_context *from, ctx_context *to) -----------------------------------------
 * ---- ctx_context *ctx_swap_resumer(ctx_context *from, ctx_context *to)
 *
 * The external functions: for function pointers and for other languages.
 * In: rdi = from, rsi = to. Out, once `from` is resumed: rax = the resumer, or 0. Clobbers, by
 * then: what any C function may. Stack: return address at (rsp).
 *
 * It is the call-less swap below, called from here with the address above. The two are aligned so
 * that the shared body is one cache line: otherwise it takes a quarter longer. */
    .p2align 6
    .fill 16, 1, 0xcc
    CTX_WEAK_FUNCTION ctx_swap
    CTX_WEAK_ALIAS ctx_swap_resumer
    endbr64
    movq CTX_OFFSET_RIP(%rsi), %rcx
    movq CTX_OFFSET_RSP(%rsi), %rdx
    movq CTX_OFFSET_RBP(%rsi), %r8
    movq %rbx, CTX_OFFSET_RBX(%rdi)
    movq %r12, CTX_OFFSET_R12(%rdi)
    movq %r13, CTX_OFFSET_R13(%rdi)
    movq %r14, CTX_OFFSET_R14(%rdi)
    movq %r15, CTX_OFFSET_R15(%rdi)
    movq (%rsp), %r10
    leaq ctx_asm_return_from_swap + CTX_RESUME_OFFSET(%rip), %r11
    .p2align 6
    CTX_END_FUNCTION ctx_swap
    /* Falls through. */

/* ---- ctx_asm_swap ------------------------------------------------------------------------------
 *
 * The call-less swap: what the stubs in ctx/arch/x86_64_sysv/switch.h jump to.
 * In: rdi = from, rsi = to, r11 = where `from` goes on; loaded from `to`: rcx = rip, rdx = rsp,
 * r8 = rbp. Stack: no return address.
 * Out, where r11 pointed, once `from` is resumed: rdi = from; rax = the resumer, or 0; rsp and rbp
 * as they were. rbx, r10 and r12 to r15 pass from one to the other as they are. Clobbers, by then:
 * every other register.
 *
 * All of `to` is loaded before any of `from` is stored: the other way round the processor takes the
 * loads to depend on the stores (they did, a switch ago), and waits. */
#ifdef CTX_INSTRUMENTED_ /* a name of its own: a mixed program does not link, see build.h */
#define ctx_asm_swap ctx_asm_swap_watched
#endif
    CTX_PUBLIC_FUNCTION ctx_asm_swap
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
    movq %rdi, CTX_OFFSET_PARENT(%rsi)
    movq %rdi, %rax
    .cfi_remember_state
    movq %rsi, %rdi
    CTX_CFI_ABOUT_TO_GO_ON(%rdx)
    .cfi_register %rip, %rcx
    .cfi_register %rbp, %r8
    movq %rdx, %rsp
    movq %r8, %rbp
    jmpq *%rcx
    ud2
    .cfi_restore_state
2:
    CTX_CHANGE_FP
    jmp 1b
    CTX_END_FUNCTION ctx_asm_swap

/* ---- _Noreturn void ctx_set(const ctx_context *to) ---------------------------------------------
 *
 * In: rdi = to. Out, where `to` goes on: rdi = to, rax = 0. Clobbers: flags, the status flags of
 * SSE and of the x87 unit. Stack: not used, so that an exhausted one can be left.
 *
 * Which context is discarded is not known, nor what words are in force: they are loaded. */
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
    jmpq *CTX_OFFSET_RIP(%rdi)
    ud2
    CTX_END_FUNCTION ctx_set

/* ---- Entering and returning --------------------------------------------------------------------
 *
 * Four ways into one function, by what init wrote; a fresh context's rip is one of them.
 *     ctx_asm_enter        loads the arguments from the entry frame
 *     ctx_asm_enter_bare   no arguments: there is no entry frame
 *     ctx_asm_enter_wide   as ctx_asm_enter; more than eight bytes of the vector registers, or of
 *                          results what no context has a field for
 *     ctx_asm_activate     calls the activation callback, then goes on as one of the three
 * In: rdi = the context; rsp = its entry frame (bare: its root frame); rbp = its root frame.
 * Clobbers: everything else; nothing is live in a fresh context.
 * At the entry's first instruction: arguments in registers and memory as 3.2.3 has them; al = the
 * number of vector registers used; (rsp + 8) % 16 == 0; rbp = a frame that ends a walk; every other
 * general register 0 (but r11, the entry's own address), and every vector register up to the 15th
 * where it passes nothing, in all its width: what the host had there is none of a guest's business.
 * (What passes no arguments and not every processor has, zmm16 to zmm31, the masks of AVX-512 and
 * APX's r16 to r31, is left alone.)
 *
 * The entry is called, not returned to, so that an unwinder, which looks at the address before,
 * finds this function, and so that the processor's return stack is right for the return.
 *
 * Unwinding from here goes on in the parent, the context that last swapped here, as it is at that
 * moment: a link that is read, not stored. That ends at a host, whose frames go on to main. Where
 * parents form a ring (two children that swap to each other) no host is at its end, and a member of
 * the ring is running, so what it has saved is out of date; unwinding ends here then.
 *     CFA  *(parent + RSP):  context = *(rbp + ROOT_CONTEXT); parent = *(context + PARENT)
 *     rbp  at parent + RBP, and rbx at parent + RBX, where all forms of swap keep it
 *     rdi  = parent, as when the parent is resumed; ctx_asm_return_from_swap's rules want it
 *     rip  at parent + RIP if, within CTX_MAX_PARENTS steps from parent to parent, one has no entry
 *          (a host), else at rbp + ROOT_UNWIND_END, which holds the address of ctx_asm_orphan
 * It is marked as a signal frame since debuggers take a stack on which a caller lies below its
 * callee to be corrupt, except across a signal. */
#define CTX_ROOT_PARENT_OPS                                          \
    DW_OP_BREG(DW_RBP), CTX_LEB(CTX_OFFSET_ROOT_CONTEXT),            \
    DW_OP_DEREF, DW_OP_PLUS_UCONST, CTX_LEB(CTX_OFFSET_PARENT),      \
    DW_OP_DEREF
#define CTX_ROOT_PARENT_SIZE 8
#define CTX_MAX_PARENTS 64

.macro CTX_CFI_ROOT
    .cfi_signal_frame
    .cfi_escape DW_CFA_DEF_CFA_EXPRESSION, CTX_ROOT_PARENT_SIZE + 4, CTX_ROOT_PARENT_OPS, \
        DW_OP_PLUS_UCONST, CTX_LEB(CTX_OFFSET_RSP), DW_OP_DEREF
    .cfi_escape DW_CFA_EXPRESSION, DW_RBP, CTX_ROOT_PARENT_SIZE + 3, CTX_ROOT_PARENT_OPS, \
        DW_OP_PLUS_UCONST, CTX_LEB(CTX_OFFSET_RBP)
    .cfi_escape DW_CFA_EXPRESSION, DW_RBX, CTX_ROOT_PARENT_SIZE + 3, CTX_ROOT_PARENT_OPS, \
        DW_OP_PLUS_UCONST, CTX_LEB(CTX_OFFSET_RBX)
    .cfi_escape DW_CFA_VAL_EXPRESSION, DW_RDI, CTX_ROOT_PARENT_SIZE, CTX_ROOT_PARENT_OPS
    /* The numbers at the left count bytes from `step`; the stack of the expression is at the right,
     * P for the parent, p for the context looked at, n for the steps left. */
    .cfi_escape DW_CFA_EXPRESSION, DW_RIP, CTX_ROOT_PARENT_SIZE + 39, CTX_ROOT_PARENT_OPS, \
        DW_OP_DUP, DW_OP_CONST1U, CTX_MAX_PARENTS, /* P p n */ \
        /* step: 0 */ DW_OP_SWAP, /* P n p */ \
        /* 1 */ DW_OP_DUP, DW_OP_PLUS_UCONST, CTX_LEB(CTX_OFFSET_ENTRY), DW_OP_DEREF, \
        /* 6 */ DW_OP_LIT(0), DW_OP_EQ, \
        /* 8 */ DW_OP_BRA, 20, 0, /* to host; P n p */ \
        /* 11 */ DW_OP_PLUS_UCONST, CTX_LEB(CTX_OFFSET_PARENT), DW_OP_DEREF, /* P n p' */ \
        /* 15 */ DW_OP_SWAP, DW_OP_LIT(1), DW_OP_MINUS, DW_OP_DUP, /* P p' n-1 n-1 */ \
        /* 19 */ DW_OP_BRA, 0xea, 0xff, /* to step, 22 back; P p' n-1 */ \
        /* 22 */ DW_OP_DROP, DW_OP_DROP, DW_OP_DROP, /* nothing */ \
        /* 25 */ DW_OP_BREG(DW_RBP), CTX_LEB(CTX_OFFSET_ROOT_UNWIND_END), \
        /* 28 */ DW_OP_SKIP, 5, 0, /* to the end */ \
        /* host: 31 */ DW_OP_DROP, DW_OP_DROP, DW_OP_PLUS_UCONST, CTX_LEB(CTX_OFFSET_RIP)
.endm

/* Everything that passes nothing, before the rest is loaded: r10, rbx, r12 to r15; what is above the
 * 16th byte of the vector registers up to the 15th; all of the 8th to the 15th.
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

/* In: rsp = an entry frame. Out: rdi, rsi, rdx, rcx, r8, r9; rax = the number of vector registers. */
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
    .cfi_personality 0x1b, ctx_asm_personality /* DW_EH_PE_pcrel | DW_EH_PE_sdata4 */
    CTX_CFI_ROOT
    CTX_RESUME_POINT ctx_asm_activate
    endbr64
    movq CTX_OFFSET_ACTIVATION(%rdi), %rax
    movq CTX_OFFSET_ACTIVATION_DATA(%rdi), %rdi
    callq *%rax
    movq CTX_OFFSET_ROOT_CONTEXT(%rbp), %rdi
    jmpq *CTX_OFFSET_ENTER(%rdi)
    ud2

    CTX_HIDDEN_ALIAS ctx_asm_enter_wide
    endbr64
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

    /* Keep what only wide results are in; rax, rdx and xmm0 stay for what all have in common. */
    movaps %xmm1, CTX_BELOW_ROOT(CTX_OFFSET_RESULT_XMM1)(%rbp)
    movzwl CTX_BELOW_ROOT(CTX_OFFSET_RESULT_VECTOR_SIZE)(%rbp), %ecx
    cmpl $CTX_SIZE_YMM, %ecx
    jb 6f
    je 5f
    vmovups %zmm0, CTX_BELOW_ROOT(CTX_OFFSET_RESULT_VECTOR0)(%rbp)
    /* The lower half once more, since that costs less than a jump. */
5:
    vmovups %ymm0, CTX_BELOW_ROOT(CTX_OFFSET_RESULT_VECTOR0)(%rbp)
    vzeroupper /* nobody but this one has to pay for it */
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
     * In: rbx = the context, rcx = what tells that it has returned. */
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
    /* The parent is read only now: the callback may have been away, and resumed by another. */
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
    jmpq *CTX_OFFSET_RIP(%rdi)
    ud2
    .cfi_restore_state
5:
    CTX_LOAD_FP
    jmp 4b
    CTX_END_FUNCTION ctx_asm_activate

/* ---- _Unwind_Reason_Code ctx_asm_personality(int version, _Unwind_Action actions, ...) ---------
 *
 * What exceptions meet where a context's frames end (Itanium C++ ABI, exception handling, 1.6).
 * In: esi = actions. Out: eax. Clobbers: flags.
 *
 * An exception must not be caught by the parent: the child would be abandoned in the middle. It is
 * uncaught instead, so that std::terminate runs with the thrower's frames still there. The
 * unwinding that ends a thread (pthread_exit, cancellation) is of all its frames: it goes on. */
#define URC_FATAL_PHASE1_ERROR 3
#define URC_CONTINUE_UNWIND 8
#define UA_FORCE_UNWIND 8
    .p2align 4
    CTX_HIDDEN_FUNCTION ctx_asm_personality
    endbr64
    movl $URC_CONTINUE_UNWIND, %eax
    testl $UA_FORCE_UNWIND, %esi
    jnz 1f
    movl $URC_FATAL_PHASE1_ERROR, %eax
1:
    ret
    CTX_END_FUNCTION ctx_asm_personality

/* ---- ctx_asm_orphan ----------------------------------------------------------------------------
 *
 * Where the entry of a context returns to that nobody has swapped to: it was entered through
 * ctx_set, and has no parent. Not callable. In: -. Out: -. Stack: none, rsp is 0.
 *
 * A trap under a name of its own. And where a backtrace ends that cannot go on: debuggers stop
 * neither at a return address of 0 (beyond a signal frame) nor at a null frame pointer, but where a
 * function says that nothing called it. */
    .p2align 4
    .cfi_startproc
    .cfi_undefined %rip
    CTX_RESUME_POINT ctx_asm_orphan
    endbr64
    ud2
    CTX_END_FUNCTION ctx_asm_orphan

/* ---- uint8_t ctx_asm_vector_size ---------------------------------------------------------------
 *
 * The bytes of the widest vector registers that there are; above 16 there is vzeroupper. 16, which
 * all have, until ctx/arch/x86_64_sysv/cpu.c has asked the processor. */
    .globl ctx_asm_vector_size
    .hidden ctx_asm_vector_size
    .type ctx_asm_vector_size, @object
    .size ctx_asm_vector_size, 1
    .data
ctx_asm_vector_size:
    .byte CTX_SIZE_XMM

    CTX_OBJECT_NOTES

#else

    /* Nothing, which needs no executable stack either. */
    .section .note.GNU-stack, "", %progbits

#endif
