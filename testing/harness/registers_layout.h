/* Where struct ctx_test_registers has its fields: #define only, for C and for assembly. registers.c
 * asserts each. */
#ifndef CTX_TESTING_HARNESS_REGISTERS_LAYOUT_H_
#define CTX_TESTING_HARNESS_REGISTERS_LAYOUT_H_

/* struct ctx_test_register_set */
#define CTX_TEST_SET_RBX 0
#define CTX_TEST_SET_RBP 8
#define CTX_TEST_SET_R12 16
#define CTX_TEST_SET_R13 24
#define CTX_TEST_SET_R14 32
#define CTX_TEST_SET_R15 40
#define CTX_TEST_SET_RSP 48
#define CTX_TEST_SET_FLAGS 56
#define CTX_TEST_SET_MXCSR 64
#define CTX_TEST_SET_X87 68 /* 28 bytes, as fnstenv writes them */
#define CTX_TEST_SET_SIZE 96

/* struct ctx_test_registers */
#define CTX_TEST_BEFORE 0
#define CTX_TEST_AFTER 96
#define CTX_TEST_HOST 192

/* struct ctx_test_entry_state */
#define CTX_TEST_ENTRY_RSP 0
#define CTX_TEST_ENTRY_FLAGS 8
#define CTX_TEST_ENTRY_MXCSR 16
#define CTX_TEST_ENTRY_X87 20

#endif /* CTX_TESTING_HARNESS_REGISTERS_LAYOUT_H_ */
