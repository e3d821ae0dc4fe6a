/* Switches that are wrong on purpose, each in one way: what the register checker must see. */
#ifndef CTX_TESTING_HARNESS_TWINS_H_
#define CTX_TESTING_HARNESS_TWINS_H_

/* X(what, says): ctx_test_twin_<what> is a ctx_test_switch; the verdict on it must say `says`. */
#define CTX_TEST_TWINS(X)                 \
  X(loses_rbx, "rbx")                     \
  X(loses_rbp, "rbp")                     \
  X(loses_r12, "r12")                     \
  X(loses_r13, "r13")                     \
  X(loses_r14, "r14")                     \
  X(loses_r15, "r15")                     \
  X(cuts_rbx, "rbx")                      \
  X(cuts_rbp, "rbp")                      \
  X(cuts_r12, "r12")                      \
  X(cuts_r13, "r13")                      \
  X(cuts_r14, "r14")                      \
  X(cuts_r15, "r15")                      \
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

#endif /* CTX_TESTING_HARNESS_TWINS_H_ */
