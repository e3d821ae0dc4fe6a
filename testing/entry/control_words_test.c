/* The control words of floating point that an entry finds. */
#include <string.h>

#include "testing/arch/arch.h"
#include "testing/harness/harness.h"
#include "testing/oracle/probe.h"
#include CTX_TEST_ARCH(fp_words.h)

CTX_STACK(stack, 16384);
static ctx_context host;
static ctx_context child;

enum { NUM_OTHERS = sizeof fp_others / sizeof fp_others[0], NUM_WORDS = NUM_OTHERS + 1 };

/* The usual words are those that a process starts with. */
static fp_words words_of(size_t i) { return i == NUM_OTHERS ? fp_usual : fp_others[i]; }

static void expect_words_at_entry(uint32_t flags, fp_words at_init, fp_words at_swap,
                                  const ctx_value *args, size_t num_args) {
  ctx_test_note("at init: " FP_FORMAT, FP_FORMATTED(at_init));
  memset(&host, 0, sizeof host);
  oracle_capture_reset(0);
  ctx_options options = {.flags = flags};
  fp_set(at_init);
  ctx_status status =
      ctx_init_with_options(&child, stack, sizeof stack, &options, oracle_probe, args, num_args);
  fp_set(at_swap);
  oracle_swap(&host, &child);
  fp_words after = fp_now();
  fp_set(fp_usual);
  EXPECT_EQ(CTX_OK, status);
  EXPECT_EQ(1, oracle_captured.num_calls);
  fp_words expected = (flags & CTX_FLAG_FP_DEFAULT) != 0 ? fp_usual : at_init;
  FP_EXPECT_EQ(expected, FP_OF_CAPTURE(oracle_captured.registers));
  FP_EXPECT_EQ(at_swap, after);
}

static void expect_words_for_each_pair(uint32_t flags) {
  const ctx_value args[] = {ctx_f64(1), ctx_i32(-1)};
  for (size_t i = 0; i < NUM_WORDS; i++) {
    for (size_t j = 0; j < NUM_WORDS; j++) {
      expect_words_at_entry(flags, words_of(i), words_of(j), args, 2);
      expect_words_at_entry(flags, words_of(i), words_of(j), NULL, 0);
    }
  }
}

CTX_TEST(ControlWords, AtEntryAreThoseAtInit) {
  expect_words_for_each_pair(0);
  expect_words_for_each_pair(CTX_FLAG_FP_SAVE);
}

CTX_TEST(ControlWords, AtEntryAreAProcessesWhereDefaultsAreAskedFor) {
  expect_words_for_each_pair(CTX_FLAG_FP_DEFAULT);
  expect_words_for_each_pair(CTX_FLAG_FP_DEFAULT | CTX_FLAG_FP_SAVE);
}
