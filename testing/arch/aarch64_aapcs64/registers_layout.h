/* The places of fields in the structs of registers.h: #define only, for C and for assembly.
 * registers.c asserts each. */
#ifndef CTX_TESTING_ARCH_AARCH64_AAPCS64_REGISTERS_LAYOUT_H_
#define CTX_TESTING_ARCH_AARCH64_AAPCS64_REGISTERS_LAYOUT_H_

#include "testing/arch/aarch64_aapcs64/register_list.h"

/* struct ctx_test_register_set */
#define CTX_TEST_SET_KEPT(index) (8 * (index))
#define CTX_TEST_SET_SP 152
#define CTX_TEST_SET_FPCR 160
#define CTX_TEST_SET_SIZE 168

/* struct ctx_test_registers */
#define CTX_TEST_BEFORE 0
#define CTX_TEST_AFTER 168
#define CTX_TEST_HOST 336

/* struct ctx_test_entry_state */
#define CTX_TEST_ENTRY_SP 0
#define CTX_TEST_ENTRY_FP 8
#define CTX_TEST_ENTRY_LR 16
#define CTX_TEST_ENTRY_FPCR 24

#endif /* CTX_TESTING_ARCH_AARCH64_AAPCS64_REGISTERS_LAYOUT_H_ */
