/* Names for DWARF rules that the assembler has no directive for. They are spelled in bytes. */
#ifndef CTX_ARCH_DWARF_H_
#define CTX_ARCH_DWARF_H_

/* CTX_LEB(n) is a number below 8192 in LEB128, padded to two bytes. Signed and unsigned are the
 * same. */
#define CTX_LEB(n) (((n)&0x7f) | 0x80), ((n) >> 7)

/* DWARF 5, 7.7.1 (expressions) and 7.24 (call frame instructions). */
#define DW_CFA_DEF_CFA_EXPRESSION 0x0f
#define DW_CFA_EXPRESSION 0x10
#define DW_CFA_VAL_EXPRESSION 0x16
#define DW_OP_DEREF 0x06
#define DW_OP_MINUS 0x1c
#define DW_OP_MUL 0x1e
#define DW_OP_PLUS 0x22
#define DW_OP_PLUS_UCONST 0x23
#define DW_OP_EQ 0x29
#define DW_OP_LIT(n) (0x30 + (n))
#define DW_OP_BREG(n) (0x70 + (n))

#endif /* CTX_ARCH_DWARF_H_ */
