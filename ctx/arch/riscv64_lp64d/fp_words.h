/* The floating-point control words, as contexts keep them: #define only, for C and for assembly.
 * Included by ctx/inline.h, by way of fp_control.h. */
#ifndef CTX_ARCH_RISCV64_LP64D_FP_WORDS_H_
#define CTX_ARCH_RISCV64_LP64D_FP_WORDS_H_

/* There is one such word, the rounding mode: frm, three bits of fcsr. The others, fflags, are
 * status flags. An instruction loads frm alone, and ignores the bits above these. */
#define CTX_FRM_CONTROL_ 7

/* A bit beside it that is always set, so that no declared word is 0. */
#define CTX_FP_ALWAYS_SET_ 8

/* Keys that are no words; see CTX_CHANGE_FP. An all-zero host has the first one. The others are the
 * context's own address with the top bit, and this one if it takes over its resumer's words.
 * Neither words nor addresses of contexts have that bit. */
#define CTX_FP_KEY_UNKNOWN_ 0
#define CTX_FP_KEY_INHERITS_ 16

/* The word that a process starts with. */
#define CTX_FRM_DEFAULT_ 0

#endif /* CTX_ARCH_RISCV64_LP64D_FP_WORDS_H_ */
