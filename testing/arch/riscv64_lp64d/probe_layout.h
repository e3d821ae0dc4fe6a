/* The places of the fields that probe.S touches, in bytes: #define only, for C and for assembly.
 * probe.c asserts every one of these numbers. */
#ifndef CTX_TESTING_ARCH_RISCV64_LP64D_PROBE_LAYOUT_H_
#define CTX_TESTING_ARCH_RISCV64_LP64D_PROBE_LAYOUT_H_

/* oracle_capture */
#define CAPTURE_OFFSET_FLOATING(number) (8 * (number))
#define CAPTURE_OFFSET_GENERAL(number) (256 + 8 * (number))
#define CAPTURE_OFFSET_FCSR 512
#define CAPTURE_OFFSET_NUM_CALLS 576
#define CAPTURE_OFFSET_NUM_WORDS 584
#define CAPTURE_OFFSET_WORDS 592

/* oracle_reply */
#define REPLY_OFFSET_A0 0
#define REPLY_OFFSET_A1 8
#define REPLY_OFFSET_FA0 16
#define REPLY_OFFSET_FA1 24
#define REPLY_OFFSET_MEMORY 64
#define REPLY_OFFSET_MEMORY_SIZE 72
#define REPLY_OFFSET_MEMORY_LOW 80
#define REPLY_OFFSET_MEMORY_HIGH 88

/* The frame of oracle_probe: t0 and t1, which it needs first; later s0 and ra. */
#define PROBE_FRAME_FIRST 0
#define PROBE_FRAME_SECOND 8
#define PROBE_FRAME_SIZE 16

/* oracle_swap leaves this in each register. */
#define ORACLE_POISON 0xdeadbeefdeadbeef

#endif /* CTX_TESTING_ARCH_RISCV64_LP64D_PROBE_LAYOUT_H_ */
