/* Macros for the assembly of this architecture, beside ctx/arch/elf.h and ctx/arch/dwarf.h: the
 * numbers of registers, how a place to resume begins, landing pads, and the platform's notes. */
/* This is assembly: */
/* clang-format off */
#ifndef CTX_ARCH_AARCH64_AAPCS64_ASSEMBLY_H_
#define CTX_ARCH_AARCH64_AAPCS64_ASSEMBLY_H_

#include "ctx/arch/dwarf.h"
#include "ctx/arch/elf.h"
#include "ctx/arch/aarch64_aapcs64/layout.h"

/* Landing pads (BTI): an indirect call, or a jump through x16 or x17, arrives at CTX_LAND_CALL; any
 * other indirect jump at CTX_LAND_JUMP. A ret needs none, and no other jump arrives without. They
 * are hints, which do nothing on processors without BTI. */
#define CTX_LAND_CALL hint #34 /* bti c */
#define CTX_LAND_JUMP hint #36 /* bti j */

/* CTX_RESUME_POINT begins a function that is not called: a context goes on in it, CTX_RESUME_OFFSET
 * bytes behind the symbol. It stands behind .cfi_startproc and the rules for unwinding. Unwinders
 * and debuggers look such an address up one byte earlier, as they do for all return addresses. The
 * udf makes them find this function. */
.macro CTX_RESUME_POINT name
    CTX_HIDDEN_ALIAS \name
    udf #0
    .if . - \name != CTX_RESUME_OFFSET
    .error "CTX_RESUME_OFFSET is not the size of udf"
    .endif
    CTX_LAND_JUMP
.endm

/* The numbers of registers in DWARF (DWARF for the Arm 64-bit Architecture, 4.1). The column of the
 * return address is x30's. */
#define DW_X(n) (n)
#define DW_X0 DW_X(0)
#define DW_X9 DW_X(9)
#define DW_X19 DW_X(19)
#define DW_X29 DW_X(29)
#define DW_X30 DW_X(30)
#define DW_SP 31
#define DW_V(n) (64 + (n))

/* A register of the frame to unwind to is in the context that another register points to: x0, or
 * the one that is named first. */
#define CTX_CFI_IN_CONTEXT(reg, offset) CTX_CFI_IN_CONTEXT_OF(DW_X0, reg, offset)
#define CTX_CFI_IN_CONTEXT_OF(context, reg, offset) \
    .cfi_escape DW_CFA_EXPRESSION, reg, 3, DW_OP_BREG(context), CTX_LEB(offset)

/* Gives a context (x0) its control word, whatever is in force. In: x0. Out: -. Clobbers: x9. */
.macro CTX_LOAD_FP
    ldr w9, [x0, CTX_OFFSET_FP_WORDS]
    msr fpcr, x9
.endm

/* The object needs no executable stack. It marks its indirect branch targets (BTI). It signs no
 * addresses (PAC) and keeps no shadow stack (GCS), so it must not claim to: NT_GNU_PROPERTY_TYPE_0
 * with GNU_PROPERTY_AARCH64_FEATURE_1_AND = GNU_PROPERTY_AARCH64_FEATURE_1_BTI. */
.macro CTX_OBJECT_NOTES
    .section .note.GNU-stack, "", %progbits
    .section .note.gnu.property, "a", %note
    .p2align 3
    .long 4          /* size of the name */
    .long 16         /* size of the property */
    .long 5          /* NT_GNU_PROPERTY_TYPE_0 */
    .asciz "GNU"
    .long 0xc0000000 /* GNU_PROPERTY_AARCH64_FEATURE_1_AND */
    .long 4          /* size of its value */
    .long 1          /* GNU_PROPERTY_AARCH64_FEATURE_1_BTI */
    .long 0          /* padding */
.endm

#endif /* CTX_ARCH_AARCH64_AAPCS64_ASSEMBLY_H_ */
