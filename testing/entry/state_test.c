/* What holds at every call of ctx, beside the arguments: the stack's alignment, flags, control
 * words; at the entry, and at both callbacks. */
#include <fenv.h>
#include <string.h>

#include "testing/entry/probe.h"
#include "testing/entry/verdict.h"
#include "testing/harness/harness.h"

CTX_STACK(stack, 16384);
static ctx_context host;
static ctx_context child;

static int num_calls;
static void count_calls(void) { ++num_calls; }

/* The callbacks are C functions with one argument, and so is their record; slots of an even and of
 * an odd number lie above. */
static void expect_callback_is_called_like_c(bool is_activation, size_t num_args) {
  ctx_value args[CTX_EXPECT_MAX_ARGS];
  for (size_t i = 0; i < num_args; ++i)
    args[i] = ctx_u64(i);
  int data;
  ctx_options options = {0};
  if (is_activation) {
    options.activation = (ctx_callback)ctx_probe_entry;
    options.activation_data = &data;
  } else {
    options.backstop = (ctx_callback)ctx_probe_entry;
    options.backstop_data = &data;
  }
  memset(stack, 0x5a, sizeof stack);
  memset(&host, 0, sizeof host);
  num_calls = 0;
  ctx_probe_reset(0);
  ASSERT_EQ(CTX_OK, ctx_init_with_options(&child, stack, sizeof stack, &options, count_calls, args,
                                          num_args));
  ctx_probe_swap(&host, &child);
  EXPECT_EQ(1, num_calls);

  const struct ctx_test_arg arg = {CTX_KIND_PTR, (uint64_t)(uintptr_t)&data};
  struct ctx_expectation expected;
  ctx_expect(&expected, &arg, 1);
  expected.may_be_variadic = false;
  EXPECT_NO_COMPLAINT(ctx_verdict_abi(&ctx_probe, &expected));
}

CTX_TEST(State, ActivationIsCalledLikeAnyCFunction) {
  for (size_t num_args = 0; num_args < 16; ++num_args) {
    expect_callback_is_called_like_c(true, num_args);
  }
}

CTX_TEST(State, BackstopIsCalledLikeAnyCFunction) {
  for (size_t num_args = 0; num_args < 16; ++num_args) {
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
  ctx_probe_reset(0);
  fesetround(rounding_at_init);
  uint32_t mxcsr = __builtin_ia32_stmxcsr();
  uint16_t x87_control;
  __asm__("fnstcw %0" : "=m"(x87_control));
  if ((flags & CTX_FLAG_FP_DEFAULT) != 0) {
    mxcsr = DEFAULT_MXCSR;
    x87_control = DEFAULT_X87_CONTROL;
  }
  ctx_options options = {.flags = flags};
  ctx_status status =
      ctx_init_with_options(&child, stack, sizeof stack, &options, ctx_probe_entry, args, num_args);
  fesetround(rounding_at_swap);
  ctx_probe_swap(&host, &child);
  int rounding_after = fegetround();
  fesetround(FE_TONEAREST);
  EXPECT_EQ(CTX_OK, status);
  EXPECT_EQ(1, ctx_probe.num_calls);
  EXPECT_EQ(mxcsr & MXCSR_CONTROL, ctx_probe.mxcsr & MXCSR_CONTROL);
  EXPECT_EQ(x87_control, ctx_probe.x87.control);
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
