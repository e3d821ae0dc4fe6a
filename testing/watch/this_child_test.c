/* Whose stack an instrumented build takes for the one in use. The functions that are looked at are
 * its own, so its source is compiled here once more: what that defines for others is weak, and
 * gives way to the library's. */
#include "ctx/internal/build.h"
#include "testing/harness/harness.h"

#ifdef CTX_INSTRUMENTED_
#pragma weak ctx_instrument_leave_
#pragma weak ctx_instrument_arrive_
#pragma weak ctx_instrument_leave_to_parent_
#pragma weak ctx_instrument_swap_
#pragma weak ctx_instrument_yield_
#pragma weak ctx_instrument_redirect
#pragma weak ctx_instrument_set_from_signal
#pragma weak ctx_instrument_created
#pragma weak ctx_instrument_values
#pragma weak ctx_instrument_fresh_stack
#pragma weak ctx_instrument_fresh_context
#pragma weak ctx_instrument_destroy
#pragma weak ctx_swap
#pragma weak ctx_swap_resumer
#pragma weak ctx_yield
#pragma weak ctx_set
#include "ctx/watch/instrument.c"

static ctx_context child;

/* Otherwise the thread's other memory would be found there, and ctx_set would write to it. */
CTX_TEST(ThisChild, IsNoneOnTheThreadsOwnStack) { EXPECT_EQ(NULL, ctx_this_child()); }

CTX_TEST(ThisChild, IsTheOneWhoseStackIsInUse) {
  child.instrument.stack.is_childs = 1;
  ctx_stack_in_use = &child.instrument.stack;
  EXPECT_EQ(&child, ctx_this_child());
  ctx_stack_in_use = NULL;
}

#else
CTX_TEST(ThisChild, IsKnownToInstrumentedBuilds) { CTX_SKIP("needs an instrumented build"); }
#endif
