/* Macros for the assembly of this architecture, beside ctx/arch/elf.h and ctx/arch/dwarf.h: the
 * numbers of registers, how a place to resume begins, and the platform's notes. */
/* This is assembly: */
/* clang-format off */
#ifndef CTX_ARCH_RISCV64_LP64D_ASSEMBLY_H_
#define CTX_ARCH_RISCV64_LP64D_ASSEMBLY_H_

#include "ctx/arch/dwarf.h"
#include "ctx/arch/elf.h"
#include "ctx/arch/riscv64_lp64d/layout.h"

/* A linker makes no instruction shorter: alignments, and the sizes of functions, are what is
 * written. */
    .option norelax

/* An instruction that traps, 4 bytes long whether or not there are compressed instructions. (The
 * compressed one has 2.) */
.macro CTX_TRAP
    .option push
    .option norvc
    unimp
    .option pop
.endm

/* CTX_RESUME_POINT begins a function that is not called: a context goes on in it, CTX_RESUME_OFFSET
 * bytes behind the symbol. It stands behind .cfi_startproc and the rules for unwinding. Unwinders
 * and debuggers look such an address up one byte earlier, as they do for all return addresses. The
 * trap makes them find this function. */
.macro CTX_RESUME_POINT name
    CTX_HIDDEN_ALIAS \name
    CTX_TRAP
    .if . - \name != CTX_RESUME_OFFSET
    .error "CTX_RESUME_OFFSET is not the size of a trap"
    .endif
.endm

/* The numbers of registers in DWARF (RISC-V DWARF Specification, 3). The column of the return
 * address is ra's. */
#define DW_RA 1
#define DW_SP 2
#define DW_S0 8
#define DW_S1 9
#define DW_A0 10
#define DW_A5 15
#define DW_S(n) (16 + (n)) /* s2 to s11 */
#define DW_FS0 40
#define DW_FS1 41
#define DW_FS(n) (48 + (n)) /* fs2 to fs11 */

/* A register of the frame to unwind to is in the context that another register points to: a0, or
 * the one that is named first. */
#define CTX_CFI_IN_CONTEXT(reg, offset) CTX_CFI_IN_CONTEXT_OF(DW_A0, reg, offset)
#define CTX_CFI_IN_CONTEXT_OF(context, reg, offset) \
    .cfi_escape DW_CFA_EXPRESSION, reg, 3, DW_OP_BREG(context), CTX_LEB(offset)

/* Gives a context (a0) its control word, whatever is in force. In: a0. Out: -. Clobbers: a7. */
.macro CTX_LOAD_FP
    ld a7, CTX_OFFSET_FP_WORDS(a0)
    fsrm a7
.endm

/* The object needs no executable stack. It has no landing pads (Zicfilp) and keeps no shadow stack
 * (Zicfiss), so it has no note that claims either. */
.macro CTX_OBJECT_NOTES
    .section .note.GNU-stack, "", %progbits
.endm

#endif /* CTX_ARCH_RISCV64_LP64D_ASSEMBLY_H_ */
