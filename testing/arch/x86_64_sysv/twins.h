/* Switches that are wrong on purpose, each in one way: the register checker must see that. */
#ifndef CTX_TESTING_ARCH_X86_64_SYSV_TWINS_H_
#define CTX_TESTING_ARCH_X86_64_SYSV_TWINS_H_

#include "testing/arch/x86_64_sysv/register_list.h"

/* X(what, says): ctx_test_twin_<what> is a ctx_test_switch; the verdict on it must say `says`. And
 * for each register that is kept there are ctx_test_twin_loses_<register> and _cuts_<register>. */
#define CTX_TEST_TWINS(X)                 \
  X(swaps_r12_and_r13, "r12")             \
  X(raises_rsp, "rsp")                    \
  X(lowers_rsp, "rsp")                    \
  X(changes_rounding, "MXCSR")            \
  X(unmasks_an_exception, "MXCSR")        \
  X(sets_flush_to_zero, "MXCSR")          \
  X(changes_x87_rounding, "x87 control")  \
  X(changes_x87_precision, "x87 control") \
  X(leaves_an_x87_value, "x87 tags")      \
  X(sets_the_direction_flag, "direction flag")

/* Right ones: they do what a call may. */
#define CTX_TEST_RIGHT_TWINS(X) \
  X(does_nothing)               \
  X(clobbers_what_it_may)       \
  X(raises_status_flags)

#endif /* CTX_TESTING_ARCH_X86_64_SYSV_TWINS_H_ */
