/* Beside the arguments, this holds at every call of ctx: the stack's alignment, flags, control
 * words. The oracle judges that of entries; this is about both callbacks. */
#include <string.h>

#include "testing/harness/harness.h"
#include "testing/oracle/probe.h"
#include "testing/oracle/verdict.h"

CTX_STACK(stack, 16384);
static ctx_context host;
static ctx_context child;

enum { MAX_ARGS = 16 };

static int num_calls;
static void count_calls(void) { num_calls++; }

/* The callbacks are C functions with one argument, and so is their record; slots of an even and of
 * an odd number lie above. */
static void expect_callback_is_called_like_c(bool is_activation, size_t num_args) {
  ctx_value args[MAX_ARGS];
  for (size_t i = 0; i < num_args; i++)
    args[i] = ctx_u64(i);
  int data;
  ctx_options options = {0};
  if (is_activation) {
    options.activation = (ctx_callback)oracle_probe;
    options.activation_data = &data;
  } else {
    options.backstop = (ctx_callback)oracle_probe;
    options.backstop_data = &data;
  }
  memset(stack, 0x5a, sizeof stack);
  memset(&host, 0, sizeof host);
  num_calls = 0;
  oracle_capture_reset(0);
  ASSERT_EQ(CTX_OK, ctx_init_with_options(&child, stack, sizeof stack, &options, count_calls, args,
                                          num_args));
  oracle_swap(&host, &child);
  EXPECT_EQ(1, num_calls);

  static gen_case from;
  static model_expectation expected;
  static char report[ORACLE_REPORT_SIZE];
  gen_case_clear(&from);
  gen_case_add(&from, gen_scalar(GEN_PTR));
  void *address = &data;
  memcpy(from.args[0].bytes, &address, sizeof address);
  ASSERT_TRUE(model_expect(&from, &expected));
  expected.may_be_variadic = false;
  model_expect_state(&expected, oracle_probe);
  oracle_verdict(ORACLE_ABI_EQUAL, &oracle_captured, &expected, &from, report);
  EXPECT_NO_COMPLAINT(report);
}

CTX_TEST(State, ActivationIsCalledLikeAnyCFunction) {
  for (size_t num_args = 0; num_args < MAX_ARGS; num_args++) {
    expect_callback_is_called_like_c(true, num_args);
  }
}

CTX_TEST(State, BackstopIsCalledLikeAnyCFunction) {
  for (size_t num_args = 0; num_args < MAX_ARGS; num_args++) {
    expect_callback_is_called_like_c(false, num_args);
  }
}
