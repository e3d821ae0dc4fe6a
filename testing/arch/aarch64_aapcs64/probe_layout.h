/* The places of the fields that probe.S touches, in bytes: #define only, for C and for assembly.
 * probe.c asserts every one of these numbers. */
#ifndef CTX_TESTING_ARCH_AARCH64_AAPCS64_PROBE_LAYOUT_H_
#define CTX_TESTING_ARCH_AARCH64_AAPCS64_PROBE_LAYOUT_H_

/* oracle_capture */
#define CAPTURE_OFFSET_VECTOR(n) (16 * (n))
#define CAPTURE_OFFSET_GENERAL(number) (512 + 8 * (number))
#define CAPTURE_OFFSET_SP 760
#define CAPTURE_OFFSET_FPCR 768
#define CAPTURE_OFFSET_NUM_CALLS 832
#define CAPTURE_OFFSET_NUM_WORDS 840
#define CAPTURE_OFFSET_WORDS 848

/* oracle_reply */
#define REPLY_OFFSET_VECTOR(n) (16 * (n))
#define REPLY_OFFSET_X0 64
#define REPLY_OFFSET_X1 72
#define REPLY_OFFSET_MEMORY 128
#define REPLY_OFFSET_MEMORY_SIZE 136
#define REPLY_OFFSET_MEMORY_LOW 144
#define REPLY_OFFSET_MEMORY_HIGH 152

/* The frame of oracle_probe: x16 and x17, then a frame record. */
#define PROBE_FRAME_SCRATCH 16
#define PROBE_FRAME_SIZE 32

/* oracle_swap leaves this in each general register, and in each word of each vector register. */
#define ORACLE_POISON 0xdeadbeefdeadbeef

#endif /* CTX_TESTING_ARCH_AARCH64_AAPCS64_PROBE_LAYOUT_H_ */
