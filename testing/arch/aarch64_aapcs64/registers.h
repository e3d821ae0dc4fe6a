/* The structs of testing/harness/registers.h, whose functions are defined here, and the control
 * word of floating point. */
#ifndef CTX_TESTING_ARCH_AARCH64_AAPCS64_REGISTERS_H_
#define CTX_TESTING_ARCH_AARCH64_AAPCS64_REGISTERS_H_

#include <stdint.h>

#include "testing/arch/aarch64_aapcs64/register_list.h"

#ifdef __cplusplus
extern "C" {
#endif

struct ctx_test_register_set {
#define CTX_TEST_FIELD_(name, low, index) uint64_t name;
  CTX_TEST_FOR_EACH_KEPT(CTX_TEST_FIELD_)
#undef CTX_TEST_FIELD_
  uint64_t sp;
  uint64_t fpcr;
};

struct ctx_test_registers {
  struct ctx_test_register_set before; /* x19 to d15: given; the rest is what it was at the call */
  struct ctx_test_register_set after;
  struct ctx_test_register_set host; /* the C caller's, given back to it in any case */
};

/* The state at the first instruction of a function, of which the ABI says some things. */
struct ctx_test_entry_state {
  uint64_t sp;
  uint64_t fp; /* x29 */
  uint64_t lr; /* x30 */
  uint64_t fpcr;
};

/* Bits of FPCR (AAPCS64 6.1.2; the architecture's manual has their names). None is a status bit:
 * those are in FPSR, which no call keeps. */
enum {
  CTX_TEST_FPCR_ROUNDING = 3 << 22,
  CTX_TEST_FPCR_ROUNDS_UP = 1 << 22,
  CTX_TEST_FPCR_ROUNDS_DOWN = 2 << 22,
  CTX_TEST_FPCR_FLUSH_TO_ZERO = 1 << 24,
  CTX_TEST_FPCR_DEFAULT_NAN = 1 << 25,
  CTX_TEST_FPCR_ALTERNATIVE_HALF = 1 << 26
};

/* The word in force. */
uint64_t ctx_test_fpcr(void);
/* Sets it; status flags are cleared. */
void ctx_test_set_fpcr(uint64_t fpcr);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CTX_TESTING_ARCH_AARCH64_AAPCS64_REGISTERS_H_ */
