/* The control word of floating point that an entry finds. */
#include <fenv.h>
#include <string.h>

#include "testing/arch/riscv64_lp64d/registers.h"
#include "testing/harness/harness.h"
#include "testing/oracle/probe.h"

CTX_STACK(stack, 16384);
static ctx_context host;
static ctx_context child;

static const int roundings[] = {FE_TONEAREST, FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};
enum { NUM_ROUNDINGS = sizeof roundings / sizeof roundings[0] };

/* The word that a process starts with. */
enum { DEFAULT_FRM = CTX_TEST_FRM_NEAREST, BIT_OF_FRM = 5 };

static void expect_word_at_entry(uint32_t flags, int rounding_at_init, int rounding_at_swap,
                                 const ctx_value *args, size_t num_args) {
  memset(&host, 0, sizeof host);
  oracle_capture_reset(0);
  fesetround(rounding_at_init);
  uint64_t frm = (flags & CTX_FLAG_FP_DEFAULT) != 0 ? DEFAULT_FRM : ctx_test_frm();
  ctx_options options = {.flags = flags};
  ctx_status status =
      ctx_init_with_options(&child, stack, sizeof stack, &options, oracle_probe, args, num_args);
  fesetround(rounding_at_swap);
  oracle_swap(&host, &child);
  int rounding_after = fegetround();
  fesetround(FE_TONEAREST);
  EXPECT_EQ(CTX_OK, status);
  EXPECT_EQ(1, oracle_captured.num_calls);
  EXPECT_EQ(frm, oracle_captured.registers.fcsr >> BIT_OF_FRM);
  EXPECT_EQ(rounding_at_swap, rounding_after);
}

static void expect_word_for_all_roundings(uint32_t flags) {
  const ctx_value args[] = {ctx_f64(1), ctx_i32(-1)};
  for (size_t i = 0; i < NUM_ROUNDINGS; i++) {
    for (size_t j = 0; j < NUM_ROUNDINGS; j++) {
      expect_word_at_entry(flags, roundings[i], roundings[j], args, 2);
      expect_word_at_entry(flags, roundings[i], roundings[j], NULL, 0);
    }
  }
}

CTX_TEST(ControlWords, AtEntryAreThoseAtInit) {
  expect_word_for_all_roundings(0);
  expect_word_for_all_roundings(CTX_FLAG_FP_SAVE);
}

CTX_TEST(ControlWords, AtEntryAreAProcessesWhereDefaultsAreAskedFor) {
  expect_word_for_all_roundings(CTX_FLAG_FP_DEFAULT);
  expect_word_for_all_roundings(CTX_FLAG_FP_DEFAULT | CTX_FLAG_FP_SAVE);
}
