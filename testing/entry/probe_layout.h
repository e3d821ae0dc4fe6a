/* Where the fields that probe.S touches lie, in bytes: #define only, for C and for assembly.
 * probe.c asserts every one of these numbers against struct ctx_probe. */
#ifndef CTX_TESTING_ENTRY_PROBE_LAYOUT_H_
#define CTX_TESTING_ENTRY_PROBE_LAYOUT_H_

#define CTX_PROBE_OFFSET_RAX 0
#define CTX_PROBE_OFFSET_RCX 8
#define CTX_PROBE_OFFSET_RDX 16
#define CTX_PROBE_OFFSET_RBX 24
#define CTX_PROBE_OFFSET_RSP 32
#define CTX_PROBE_OFFSET_RBP 40
#define CTX_PROBE_OFFSET_RSI 48
#define CTX_PROBE_OFFSET_RDI 56
#define CTX_PROBE_OFFSET_R8 64
#define CTX_PROBE_OFFSET_R9 72
#define CTX_PROBE_OFFSET_R10 80
#define CTX_PROBE_OFFSET_R11 88
#define CTX_PROBE_OFFSET_R12 96
#define CTX_PROBE_OFFSET_R13 104
#define CTX_PROBE_OFFSET_R14 112
#define CTX_PROBE_OFFSET_R15 120
#define CTX_PROBE_OFFSET_XMM(n) (128 + 16 * (n))
#define CTX_PROBE_OFFSET_RFLAGS 384
#define CTX_PROBE_OFFSET_MXCSR 392
#define CTX_PROBE_OFFSET_X87 396
#define CTX_PROBE_OFFSET_NUM_CALLS 424
#define CTX_PROBE_OFFSET_RESULT_RAX 432
#define CTX_PROBE_OFFSET_RESULT_RDX 440
#define CTX_PROBE_OFFSET_RESULT_XMM0 448
#define CTX_PROBE_OFFSET_NUM_WORDS 464
#define CTX_PROBE_OFFSET_WORDS 472

/* What ctx_probe_swap leaves in each general register, and in each half of each xmm register. */
#define CTX_PROBE_POISON 0xdeadbeefdeadbeef

#endif /* CTX_TESTING_ENTRY_PROBE_LAYOUT_H_ */
