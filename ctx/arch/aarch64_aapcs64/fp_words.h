/* The floating-point control words, as contexts keep them: #define only, for C and for assembly.
 * Included by ctx/inline.h, by way of fp_control.h. */
#ifndef CTX_ARCH_AARCH64_AAPCS64_FP_WORDS_H_
#define CTX_ARCH_AARCH64_AAPCS64_FP_WORDS_H_

/* There is one such word, FPCR; the status flags are in another register, FPSR. Its control bits:
 * alternative half precision (26), default NaN, flush to zero, rounding (23, 22), flush to zero for
 * half precision (19), the traps (15, 12 to 8), EBF (13), AH and FIZ (1, 0). NEP (2) is not among
 * them: it is 0 at every call (AAPCS64, "SIMD and Floating-Point Registers"). */
#define CTX_FPCR_CONTROL_ 0x07c8bf03

/* A bit beside it that is always set, so that no declared word is 0. */
#define CTX_FP_ALWAYS_SET_ 0x100000000

/* Keys that are no words; see CTX_CHANGE_FP. An all-zero host has the first one. The others are the
 * context's own address with the top bit, and this one, NEP's, if it takes over its resumer's
 * words. Neither words nor addresses of contexts have that bit. */
#define CTX_FP_KEY_UNKNOWN_ 0
#define CTX_FP_KEY_INHERITS_ 4
#define CTX_FP_KEY_INHERITS_BIT_ 2

/* The word that a process starts with. */
#define CTX_FPCR_DEFAULT_ 0

#endif /* CTX_ARCH_AARCH64_AAPCS64_FP_WORDS_H_ */
