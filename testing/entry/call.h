/* Calls the probe through the library, and judges. */
#ifndef CTX_TESTING_ENTRY_CALL_H_
#define CTX_TESTING_ENTRY_CALL_H_

#include "testing/entry/expectation.h"

/* What else a context is given: the ways to enter and to leave. */
enum ctx_call_with {
  CTX_CALL_PLAIN = 0,
  CTX_CALL_WITH_ACTIVATION = 1, /* one that overwrites every register it may */
  CTX_CALL_WITH_BACKSTOP = 2,
  CTX_CALL_OF_INIT_INLINE = 4, /* a context made by ctx_init_inline, with a signal mask */
  CTX_NUM_CALL_WITH = 8        /* combinations of the above */
};

/* ctx_call_probe initialises a context that holds garbage on a stack that holds garbage, to call
 * the probe with these arguments; swaps to it with garbage in all registers; and returns "" if the
 * probe found the arguments, ABI-equal and library-equal, and what it returned came back. Else what
 * is wrong and with which arguments, in a buffer that the next call overwrites. One thread at a
 * time. REQUIRES: num_args <= CTX_EXPECT_MAX_ARGS. */
const char *ctx_call_probe(const struct ctx_test_arg *args, size_t num_args,
                           enum ctx_call_with with);

/* ctx_call_probe_all_ways does it in all ways, until something is wrong. */
const char *ctx_call_probe_all_ways(const struct ctx_test_arg *args, size_t num_args);

/* ctx_test_graffiti has the argument's number and the byte's index in each byte: what is in the
 * wrong place tells where it comes from. Bit 7 is set in each: narrow integers are negative. */
uint64_t ctx_test_graffiti(size_t arg_index);

#endif /* CTX_TESTING_ENTRY_CALL_H_ */
