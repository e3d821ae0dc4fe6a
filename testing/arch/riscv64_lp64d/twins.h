/* Switches that are wrong on purpose, each in one way: the register checker must see that. */
#ifndef CTX_TESTING_ARCH_RISCV64_LP64D_TWINS_H_
#define CTX_TESTING_ARCH_RISCV64_LP64D_TWINS_H_

#include "testing/arch/riscv64_lp64d/register_list.h"

/* X(what, says): ctx_test_twin_<what> is a ctx_test_switch; the verdict on it must say `says`. And
 * for each register that is kept there are ctx_test_twin_loses_<register> and _cuts_<register>. */
#define CTX_TEST_TWINS(X)      \
  X(swaps_s1_and_s2, "s2")     \
  X(swaps_fs0_and_fs1, "fs1")  \
  X(raises_sp, "sp")           \
  X(lowers_sp, "sp")           \
  X(changes_rounding_0, "frm") \
  X(changes_rounding_1, "frm") \
  X(changes_rounding_2, "frm")

/* Right ones: they do what a call may. */
#define CTX_TEST_RIGHT_TWINS(X) \
  X(does_nothing)               \
  X(clobbers_what_it_may)       \
  X(raises_status_flags)

#endif /* CTX_TESTING_ARCH_RISCV64_LP64D_TWINS_H_ */
