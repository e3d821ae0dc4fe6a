/* The floating-point control words, as contexts keep them: #define only, for C and for assembly.
 * Included by ctx/inline.h, by way of fp_control.h. */
#ifndef CTX_ARCH_X86_64_SYSV_FP_WORDS_H_
#define CTX_ARCH_X86_64_SYSV_FP_WORDS_H_

/* The bits of MXCSR that the psABI (3.2.1, "Registers") makes callee-saved: denormals-are-zero, the
 * exception masks, rounding and flush-to-zero. Bits 0 to 5 are status flags. */
#define CTX_MXCSR_CONTROL_ 0xffc0

/* The bits of the x87 control word: masks, bit 6, precision, rounding and the 80287's infinity bit.
 * Bit 6 always reads as 1, whatever is loaded, so that no declared word is 0. */
#define CTX_X87_CONTROL_ 0x1f7f
#define CTX_X87_ALWAYS_SET_ 0x40

/* Where the x87 control word lies in a key, in bits. MXCSR's are below. */
#define CTX_FP_KEY_X87_SHIFT_ 32

/* Keys that are no words; see CTX_CHANGE_FP. An all-zero host has the first one. The others are the
 * context's own address with the top bit, and this one if it takes over its resumer's words. */
#define CTX_FP_KEY_UNKNOWN_ 0
#define CTX_FP_KEY_INHERITS_ 1

/* The words that a process starts with (psABI 3.4.1), less status flags. */
#define CTX_MXCSR_DEFAULT_ 0x1f80
#define CTX_X87_DEFAULT_ 0x037f

#endif /* CTX_ARCH_X86_64_SYSV_FP_WORDS_H_ */
