/* The structs of testing/harness/registers.h, whose functions are defined here, and the control
 * word of floating point. */
#ifndef CTX_TESTING_ARCH_RISCV64_LP64D_REGISTERS_H_
#define CTX_TESTING_ARCH_RISCV64_LP64D_REGISTERS_H_

#include <stdint.h>

#include "testing/arch/riscv64_lp64d/register_list.h"

#ifdef __cplusplus
extern "C" {
#endif

struct ctx_test_register_set {
#define CTX_TEST_FIELD_(name, index) uint64_t name;
  CTX_TEST_FOR_EACH_KEPT(CTX_TEST_FIELD_)
#undef CTX_TEST_FIELD_
  uint64_t sp;
  uint64_t frm;
};

struct ctx_test_registers {
  struct ctx_test_register_set before; /* s0 to fs11: given; the rest is what it was at the call */
  struct ctx_test_register_set after;
  struct ctx_test_register_set host; /* the C caller's, given back to it in any case */
};

/* The state at the first instruction of a function, of which the ABI says some things. */
struct ctx_test_entry_state {
  uint64_t sp;
  uint64_t fp; /* s0 */
  uint64_t ra;
  uint64_t frm;
};

/* The rounding mode, which is all that controls floating point: frm, three bits of fcsr beside
 * status flags, which no call keeps. */
enum {
  CTX_TEST_FRM_NEAREST,
  CTX_TEST_FRM_TOWARDS_ZERO,
  CTX_TEST_FRM_DOWN,
  CTX_TEST_FRM_UP,
  CTX_TEST_FRM_NEAREST_MAX_MAGNITUDE
};

/* The mode in force. */
uint64_t ctx_test_frm(void);
/* Sets it; status flags are cleared. */
void ctx_test_set_frm(uint64_t frm);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CTX_TESTING_ARCH_RISCV64_LP64D_REGISTERS_H_ */
