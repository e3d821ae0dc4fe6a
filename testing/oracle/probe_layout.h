/* Where the fields that probe.S touches lie, in bytes: #define only, for C and for assembly.
 * probe.c asserts every one of these numbers. */
#ifndef CTX_TESTING_ORACLE_PROBE_LAYOUT_H_
#define CTX_TESTING_ORACLE_PROBE_LAYOUT_H_

/* oracle_capture */
#define CAPTURE_OFFSET_VECTOR(n) (64 * (n))
#define CAPTURE_OFFSET_RAX 1024
#define CAPTURE_OFFSET_RCX 1032
#define CAPTURE_OFFSET_RDX 1040
#define CAPTURE_OFFSET_RBX 1048
#define CAPTURE_OFFSET_RSP 1056
#define CAPTURE_OFFSET_RBP 1064
#define CAPTURE_OFFSET_RSI 1072
#define CAPTURE_OFFSET_RDI 1080
#define CAPTURE_OFFSET_R8 1088
#define CAPTURE_OFFSET_R9 1096
#define CAPTURE_OFFSET_R10 1104
#define CAPTURE_OFFSET_R11 1112
#define CAPTURE_OFFSET_R12 1120
#define CAPTURE_OFFSET_R13 1128
#define CAPTURE_OFFSET_R14 1136
#define CAPTURE_OFFSET_R15 1144
#define CAPTURE_OFFSET_RFLAGS 1152
#define CAPTURE_OFFSET_MXCSR 1160
#define CAPTURE_OFFSET_X87 1164
#define CAPTURE_OFFSET_NUM_CALLS 1192
#define CAPTURE_OFFSET_NUM_WORDS 1200
#define CAPTURE_OFFSET_WORDS 1208

/* oracle_reply */
#define REPLY_OFFSET_VECTOR(n) (64 * (n))
#define REPLY_OFFSET_RAX 128
#define REPLY_OFFSET_RDX 136
#define REPLY_OFFSET_ST(n) (144 + 16 * (n))
#define REPLY_OFFSET_NUM_ST 176
#define REPLY_OFFSET_MEMORY 184
#define REPLY_OFFSET_MEMORY_SIZE 192
#define REPLY_OFFSET_MEMORY_LOW 200
#define REPLY_OFFSET_MEMORY_HIGH 208

/* oracle_after */
#define AFTER_OFFSET_X87_STATUS 0

/* oracle_vector_level */
#define VECTOR_LEVEL_SSE 0
#define VECTOR_LEVEL_AVX 1
#define VECTOR_LEVEL_AVX512 2

/* What oracle_swap leaves in each general register, and in each word of each vector register. */
#define ORACLE_POISON 0xdeadbeefdeadbeef

#endif /* CTX_TESTING_ORACLE_PROBE_LAYOUT_H_ */
