/* The places of the fields that probe.S touches, in bytes: #define only, for C and for assembly.
 * probe.c asserts every one of these numbers. */
#ifndef CTX_TESTING_ARCH_X86_64_SYSV_PROBE_LAYOUT_H_
#define CTX_TESTING_ARCH_X86_64_SYSV_PROBE_LAYOUT_H_

/* oracle_capture */
#define CAPTURE_OFFSET_VECTOR(n) (64 * (n))
#define CAPTURE_OFFSET_GENERAL(number) (1024 + 8 * (number))
#define CAPTURE_OFFSET_RFLAGS 1152
#define CAPTURE_OFFSET_MXCSR 1160
#define CAPTURE_OFFSET_X87 1164
#define CAPTURE_OFFSET_NUM_CALLS 1216
#define CAPTURE_OFFSET_NUM_WORDS 1224
#define CAPTURE_OFFSET_WORDS 1232

/* oracle_reply */
#define REPLY_OFFSET_VECTOR(n) (64 * (n))
#define REPLY_OFFSET_RAX 128
#define REPLY_OFFSET_RDX 136
#define REPLY_OFFSET_ST(n) (144 + 16 * (n))
#define REPLY_OFFSET_NUM_ST 176
#define REPLY_OFFSET_MEMORY 192
#define REPLY_OFFSET_MEMORY_SIZE 200
#define REPLY_OFFSET_MEMORY_LOW 208
#define REPLY_OFFSET_MEMORY_HIGH 216

/* oracle_vector_level */
#define VECTOR_LEVEL_SSE 0
#define VECTOR_LEVEL_AVX 1
#define VECTOR_LEVEL_AVX512 2

/* oracle_swap leaves this in each general register, and in each word of each vector register. */
#define ORACLE_POISON 0xdeadbeefdeadbeef

#endif /* CTX_TESTING_ARCH_X86_64_SYSV_PROBE_LAYOUT_H_ */
