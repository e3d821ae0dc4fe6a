/* Macros for the assembly of this architecture, beside ctx/arch/elf.h and ctx/arch/dwarf.h: the
 * numbers of registers, how a place to resume begins, and the platform's notes. */
/* This is assembly: */
/* clang-format off */
#ifndef CTX_ARCH_X86_64_SYSV_ASSEMBLY_H_
#define CTX_ARCH_X86_64_SYSV_ASSEMBLY_H_

#include "ctx/arch/dwarf.h"
#include "ctx/arch/elf.h"
#include "ctx/arch/x86_64_sysv/layout.h"

/* CTX_RESUME_POINT begins a function that is not called: a context goes on in it, CTX_RESUME_OFFSET
 * bytes behind the symbol. It stands behind .cfi_startproc and the rules for unwinding. Unwinders
 * and debuggers look such an address up one byte earlier, as they do for all return addresses. The
 * ud2 makes them find this function. */
.macro CTX_RESUME_POINT name
    CTX_HIDDEN_ALIAS \name
    ud2
    .if . - \name != CTX_RESUME_OFFSET
    .error "CTX_RESUME_OFFSET is not the size of ud2"
    .endif
.endm

/* The numbers of registers in DWARF (x86-64 psABI, 3.6.2). */
#define DW_RBX 3
#define DW_RDI 5
#define DW_RBP 6
#define DW_RSP 7
#define DW_R9 9
#define DW_R12 12
#define DW_R13 13
#define DW_R14 14
#define DW_R15 15
#define DW_RIP 16

/* A register of the frame to unwind to is in the context that another register points to: rdi, or
 * the one that is named first. */
#define CTX_CFI_IN_CONTEXT(reg, offset) CTX_CFI_IN_CONTEXT_OF(DW_RDI, reg, offset)
#define CTX_CFI_IN_CONTEXT_OF(context, reg, offset) \
    .cfi_escape DW_CFA_EXPRESSION, reg, 3, DW_OP_BREG(context), CTX_LEB(offset)

/* Gives a context (rdi) its control words, whatever is in force.
 * In: rdi. Out: -. Clobbers: the status flags of SSE and of the x87 unit. */
.macro CTX_LOAD_FP
    ldmxcsr CTX_OFFSET_MXCSR(%rdi)
    fnclex /* a flag of one context must not trap in another that has it unmasked */
    fldcw CTX_OFFSET_X87_CONTROL(%rdi)
.endm

/* The object needs no executable stack. It marks its indirect branch targets (IBT). It does not
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

#endif /* CTX_ARCH_X86_64_SYSV_ASSEMBLY_H_ */
