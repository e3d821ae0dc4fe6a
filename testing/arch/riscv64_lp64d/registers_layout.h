/* The places of fields in the structs of registers.h: #define only, for C and for assembly.
 * registers.c asserts each. */
#ifndef CTX_TESTING_ARCH_RISCV64_LP64D_REGISTERS_LAYOUT_H_
#define CTX_TESTING_ARCH_RISCV64_LP64D_REGISTERS_LAYOUT_H_

#include "testing/arch/riscv64_lp64d/register_list.h"

/* struct ctx_test_register_set */
#define CTX_TEST_SET_KEPT(index) (8 * (index))
#define CTX_TEST_SET_SP 192
#define CTX_TEST_SET_FRM 200
#define CTX_TEST_SET_SIZE 208

/* struct ctx_test_registers */
#define CTX_TEST_BEFORE 0
#define CTX_TEST_AFTER 208
#define CTX_TEST_HOST 416

/* struct ctx_test_entry_state */
#define CTX_TEST_ENTRY_SP 0
#define CTX_TEST_ENTRY_FP 8
#define CTX_TEST_ENTRY_RA 16
#define CTX_TEST_ENTRY_FRM 24

#endif /* CTX_TESTING_ARCH_RISCV64_LP64D_REGISTERS_LAYOUT_H_ */
