/* Switches that are wrong on purpose, each in one way: the register checker must see that. */
#ifndef CTX_TESTING_ARCH_AARCH64_AAPCS64_TWINS_H_
#define CTX_TESTING_ARCH_AARCH64_AAPCS64_TWINS_H_

#include "testing/arch/aarch64_aapcs64/register_list.h"

/* X(what, says): ctx_test_twin_<what> is a ctx_test_switch; the verdict on it must say `says`. And
 * for each register that is kept there are ctx_test_twin_loses_<register> and _cuts_<register>. */
#define CTX_TEST_TWINS(X)       \
  X(swaps_x19_and_x20, "x19")   \
  X(swaps_d8_and_d9, "d9")      \
  X(raises_sp, "sp")            \
  X(lowers_sp, "sp")            \
  X(changes_rounding, "FPCR")   \
  X(sets_flush_to_zero, "FPCR") \
  X(sets_default_nan, "FPCR")   \
  X(sets_alternative_half, "FPCR")

/* Right ones: they do what a call may. */
#define CTX_TEST_RIGHT_TWINS(X) \
  X(does_nothing)               \
  X(clobbers_what_it_may)       \
  X(loses_upper_halves)         \
  X(raises_status_flags)

#endif /* CTX_TESTING_ARCH_AARCH64_AAPCS64_TWINS_H_ */
