/* How functions begin and end in an ELF object, for assembly on every architecture. */
/* This is assembly: */
/* clang-format off */
#ifndef CTX_ARCH_ELF_H_
#define CTX_ARCH_ELF_H_

/* CTX_PUBLIC_FUNCTION begins a function that other objects call, shared libraries among them.
 * CTX_WEAK_FUNCTION does so, too, and yields to a definition in C (instrumented builds have one).
 * CTX_HIDDEN_FUNCTION begins a function for the library itself.
 * Next come rules for unwinding that hold from the first instruction on, and then a landing pad if
 * the function can be reached by an indirect jump or call. */
.macro CTX_BEGIN_FUNCTION name
    .type \name, %function
\name:
    .cfi_startproc
.endm

.macro CTX_PUBLIC_FUNCTION name
    .globl \name
    CTX_BEGIN_FUNCTION \name
.endm

.macro CTX_WEAK_FUNCTION name
    .weak \name
    CTX_BEGIN_FUNCTION \name
.endm

.macro CTX_HIDDEN_FUNCTION name
    .globl \name
    .hidden \name
    CTX_BEGIN_FUNCTION \name
.endm

/* An alias is another name for the place where it stands, in the middle of a function too. */
.macro CTX_WEAK_ALIAS name
    .weak \name
    .type \name, %function
\name:
.endm

.macro CTX_HIDDEN_ALIAS name
    .globl \name
    .hidden \name
    .type \name, %function
\name:
.endm

.macro CTX_END_FUNCTION name
    .cfi_endproc
    .size \name, . - \name
.endm

/* Rules for unwinding refer so to a function. */
#define CTX_PERSONALITY_ENCODING 0x1b /* DW_EH_PE_pcrel | DW_EH_PE_sdata4 */

#endif /* CTX_ARCH_ELF_H_ */
