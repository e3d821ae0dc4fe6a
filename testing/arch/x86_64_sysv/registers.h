/* The structs of testing/harness/registers.h, whose functions are defined here, and the control
 * words of floating point. */
#ifndef CTX_TESTING_ARCH_X86_64_SYSV_REGISTERS_H_
#define CTX_TESTING_ARCH_X86_64_SYSV_REGISTERS_H_

#include <stdint.h>

#include "testing/arch/x86_64_sysv/register_list.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The x87 unit's state, as fnstenv writes it. */
struct ctx_test_x87 {
  uint16_t control;
  uint16_t zero0;
  uint16_t status;
  uint16_t zero1;
  uint16_t tags; /* two bits a register, 3 if it is empty */
  uint16_t zero2;
  uint32_t pointers[4];
};

struct ctx_test_register_set {
#define CTX_TEST_FIELD_(name, low, index) uint64_t name;
  CTX_TEST_FOR_EACH_KEPT(CTX_TEST_FIELD_)
#undef CTX_TEST_FIELD_
  uint64_t rsp;
  uint64_t flags;
  uint32_t mxcsr;
  struct ctx_test_x87 x87;
};

struct ctx_test_registers {
  struct ctx_test_register_set before; /* rbx to r15: given; the rest is what it was at the call */
  struct ctx_test_register_set after;
  struct ctx_test_register_set host; /* the C caller's, given back to it in any case */
};

/* The state at the first instruction of a function, of which the ABI says some things. */
struct ctx_test_entry_state {
  uint64_t sp; /* rsp */
  uint64_t fp; /* rbp */
  uint64_t flags;
  uint32_t mxcsr;
  struct ctx_test_x87 x87;
};

/* psABI 3.2.3: the control bits are the callee's to keep, the status bits are not. */
enum { CTX_TEST_MXCSR_CONTROL = 0xffc0, CTX_TEST_X87_CONTROL = 0x1f7f };

enum { CTX_TEST_X87_ALL_EMPTY = 0xffff, CTX_TEST_DIRECTION_FLAG = 0x400 };

/* Control bits of the words in force. */
uint32_t ctx_test_mxcsr_control(void);
uint16_t ctx_test_x87_control(void);
/* Sets the words; status flags are cleared. */
void ctx_test_set_fp_words(uint32_t mxcsr, uint16_t x87_control);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CTX_TESTING_ARCH_X86_64_SYSV_REGISTERS_H_ */
