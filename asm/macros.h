/* What every assembly file of ctx needs, written once: how a function begins and ends, how DWARF
 * rules that the assembler has no directive for are spelled, and the platform notes. */
/* This is assembly: */
/* clang-format off */
#ifndef CTX_ASM_MACROS_H_
#define CTX_ASM_MACROS_H_

#include "asm/layout.h"

/* CTX_PUBLIC_FUNCTION: callable from other objects, shared libraries among them.
 * CTX_WEAK_FUNCTION: the same, and yields to a definition in C (instrumented builds have one).
 * CTX_HIDDEN_FUNCTION: for the library itself.
 * The caller gives rules for unwinding that hold from the first instruction on, then endbr64 where
 * the function can be reached by an indirect jump or call. */
.macro CTX_BEGIN_FUNCTION name
    .type \name, @function
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

/* Another name for the place where it stands, in the middle of a function too. */
.macro CTX_WEAK_ALIAS name
    .weak \name
    .type \name, @function
\name:
.endm

.macro CTX_HIDDEN_ALIAS name
    .globl \name
    .hidden \name
    .type \name, @function
\name:
.endm

/* Begins a function that is not called, but that a context goes on in, CTX_RESUME_OFFSET bytes on;
 * after .cfi_startproc and the rules for unwinding. Unwinders and debuggers look such an address up
 * one byte earlier, as they do for all return addresses: those bytes are there to be found. */
.macro CTX_RESUME_POINT name
    CTX_HIDDEN_ALIAS \name
    ud2
    .if . - \name != CTX_RESUME_OFFSET
    .error "CTX_RESUME_OFFSET is not the size of ud2"
    .endif
.endm

.macro CTX_END_FUNCTION name
    .cfi_endproc
    .size \name, . - \name
.endm

/* A number below 8192 in LEB128, padded to two bytes: the same bytes signed and unsigned. */
#define CTX_LEB(n) (((n)&0x7f) | 0x80), ((n) >> 7)

/* DWARF 5, 7.7.1 (expressions) and 7.24 (call frame instructions). */
#define DW_CFA_DEF_CFA_EXPRESSION 0x0f
#define DW_CFA_EXPRESSION 0x10
#define DW_CFA_VAL_EXPRESSION 0x16
#define DW_OP_DEREF 0x06
#define DW_OP_CONST1U 0x08
#define DW_OP_DUP 0x12
#define DW_OP_DROP 0x13
#define DW_OP_SWAP 0x16
#define DW_OP_MINUS 0x1c
#define DW_OP_PLUS_UCONST 0x23
#define DW_OP_BRA 0x28
#define DW_OP_EQ 0x29
#define DW_OP_SKIP 0x2f
#define DW_OP_LIT(n) (0x30 + (n))
#define DW_OP_BREG(n) (0x70 + (n))

/* x86-64 psABI, figure 3.36: DWARF register numbers. */
#define DW_RBX 3
#define DW_RDI 5
#define DW_RBP 6
#define DW_R12 12
#define DW_R13 13
#define DW_R14 14
#define DW_R15 15
#define DW_RIP 16

/* The object needs no executable stack. It marks its indirect branch targets (IBT), and does not
 * keep a shadow stack (SHSTK), so it must not claim to: NT_GNU_PROPERTY_TYPE_0 with
 * GNU_PROPERTY_X86_FEATURE_1_AND = GNU_PROPERTY_X86_FEATURE_1_IBT. */
.macro CTX_OBJECT_NOTES
    .section .note.GNU-stack, "", @progbits
    .section .note.gnu.property, "a", @note
    .p2align 3
    .long 4          /* size of the name */
    .long 16         /* size of the property */
    .long 5          /* NT_GNU_PROPERTY_TYPE_0 */
    .asciz "GNU"
    .long 0xc0000002 /* GNU_PROPERTY_X86_FEATURE_1_AND */
    .long 4          /* size of its value */
    .long 1          /* GNU_PROPERTY_X86_FEATURE_1_IBT */
    .long 0          /* padding */
.endm

#endif /* CTX_ASM_MACROS_H_ */
