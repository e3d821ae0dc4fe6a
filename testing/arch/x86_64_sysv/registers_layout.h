/* The places of fields in the structs of registers.h: #define only, for C and for assembly.
 * registers.c asserts each. */
#ifndef CTX_TESTING_ARCH_X86_64_SYSV_REGISTERS_LAYOUT_H_
#define CTX_TESTING_ARCH_X86_64_SYSV_REGISTERS_LAYOUT_H_

#include "testing/arch/x86_64_sysv/register_list.h"

/* struct ctx_test_register_set */
#define CTX_TEST_SET_KEPT(index) (8 * (index))
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
#define CTX_TEST_ENTRY_SP 0
#define CTX_TEST_ENTRY_FP 8
#define CTX_TEST_ENTRY_FLAGS 16
#define CTX_TEST_ENTRY_MXCSR 24
#define CTX_TEST_ENTRY_X87 28

#endif /* CTX_TESTING_ARCH_X86_64_SYSV_REGISTERS_LAYOUT_H_ */
