/* What holds at every call of ctx, beside the arguments: the stack's alignment, flags, control
 * words; at the entry, and at both callbacks. */
#include <fenv.h>
#include <string.h>

#include "testing/harness/harness.h"
#include "testing/oracle/probe.h"
#include "testing/oracle/verdict.h"

CTX_STACK(stack, 16384);
static ctx_context host;
static ctx_context child;

enum { MAX_ARGS = 16 };

static int num_calls;
static void count_calls(void) { ++num_calls; }

static uint16_t x87_control_in_force(void) {
  uint16_t control = 0; /* MSan does not look into assembly */
  __asm__("fnstcw %0" : "=m"(control));
  return control;
}

/* The callbacks are C functions with one argument, and so is their record; slots of an even and of
 * an odd number lie above. */
static void expect_callback_is_called_like_c(bool is_activation, size_t num_args) {
  ctx_value args[MAX_ARGS];
  for (size_t i = 0; i < num_args; ++i)
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
  expected.mxcsr = __builtin_ia32_stmxcsr();
  expected.x87_control = x87_control_in_force();
  oracle_verdict(ORACLE_ABI_EQUAL, &oracle_captured, &expected, &from, report);
  EXPECT_NO_COMPLAINT(report);
}

CTX_TEST(State, ActivationIsCalledLikeAnyCFunction) {
  for (size_t num_args = 0; num_args < MAX_ARGS; ++num_args) {
    expect_callback_is_called_like_c(true, num_args);
  }
}

CTX_TEST(State, BackstopIsCalledLikeAnyCFunction) {
  for (size_t num_args = 0; num_args < MAX_ARGS; ++num_args) {
    expect_callback_is_called_like_c(false, num_args);
  }
}

#define MXCSR_CONTROL 0xffc0 /* psABI 3.2.3: the control bits are callee-saved, status is not */

static const int roundings[] = {FE_TONEAREST, FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};
enum { NUM_ROUNDINGS = sizeof roundings / sizeof roundings[0] };

/* The words that a process starts with (psABI 3.4.1). */
enum { DEFAULT_MXCSR = 0x1f80, DEFAULT_X87_CONTROL = 0x37f };

static void expect_words_at_entry(uint32_t flags, int rounding_at_init, int rounding_at_swap,
                                  const ctx_value *args, size_t num_args) {
  memset(&host, 0, sizeof host);
  oracle_capture_reset(0);
  fesetround(rounding_at_init);
  uint32_t mxcsr = __builtin_ia32_stmxcsr();
  uint16_t x87_control = x87_control_in_force();
  if ((flags & CTX_FLAG_FP_DEFAULT) != 0) {
    mxcsr = DEFAULT_MXCSR;
    x87_control = DEFAULT_X87_CONTROL;
  }
  ctx_options options = {.flags = flags};
  ctx_status status =
      ctx_init_with_options(&child, stack, sizeof stack, &options, oracle_probe, args, num_args);
  fesetround(rounding_at_swap);
  oracle_swap(&host, &child);
  int rounding_after = fegetround();
  fesetround(FE_TONEAREST);
  EXPECT_EQ(CTX_OK, status);
  EXPECT_EQ(1, oracle_captured.num_calls);
  EXPECT_EQ(mxcsr & MXCSR_CONTROL, oracle_captured.mxcsr & MXCSR_CONTROL);
  EXPECT_EQ(x87_control, oracle_captured.x87.control);
  EXPECT_EQ(rounding_at_swap, rounding_after);
}

static void expect_words_for_all_roundings(uint32_t flags) {
  const ctx_value args[] = {ctx_f64(1), ctx_i32(-1)};
  for (size_t i = 0; i < NUM_ROUNDINGS; ++i) {
    for (size_t j = 0; j < NUM_ROUNDINGS; ++j) {
      expect_words_at_entry(flags, roundings[i], roundings[j], args, 2);
      expect_words_at_entry(flags, roundings[i], roundings[j], NULL, 0);
    }
  }
}

CTX_TEST(State, ControlWordsAtEntryAreThoseAtInit) {
  expect_words_for_all_roundings(0);
  expect_words_for_all_roundings(CTX_FLAG_FP_SAVE);
}

CTX_TEST(State, ControlWordsAtEntryAreAProcessesWhereDefaultsAreAskedFor) {
  expect_words_for_all_roundings(CTX_FLAG_FP_DEFAULT);
  expect_words_for_all_roundings(CTX_FLAG_FP_DEFAULT | CTX_FLAG_FP_SAVE);
}
