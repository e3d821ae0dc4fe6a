/* The library refuses what one of three compilers passes elsewhere than the others, no less and no
 * more. This looks at many more types than call sites are compiled of: call sites hold the
 * exclusions to the compilers, this holds the library to the exclusions. */
#include <stdio.h>

#include "ctx/ctx.h"
#include "testing/callsites/exclusion.h"
#include "testing/callsites/judge.h"
#include "testing/harness/harness.h"
#include "testing/oracle/call.h"

static gen_case from;
static model_expectation expected;

static void expect_right_answer(size_t *num_refused) {
  if (!EXPECT_TRUE(model_expect(&from, &expected))) return;
  exclusion why = exclusion_that_is_refused(&from, &expected);
  bool is_refused = judge_is_refused(&from);
  *num_refused += is_refused;
  if (is_refused == (why != EXCLUSION_NONE)) return;
  static char declaration[1 << 14];
  static char text[1 << 15];
  gen_case_describe(&from, declaration, sizeof declaration);
  snprintf(text, sizeof text, "%s: %s\n%s",
           is_refused ? "refused, though all compilers agree" : "accepted",
           is_refused ? ctx_type_error() : exclusion_text(why), declaration);
  FAIL(text);
}

CTX_TEST(Refusal, IsOfWhatCompilersDisagreeOn) {
  const gen_options options = oracle_options(5);
  size_t num_refused = 0;
  for (uint64_t seed = 0; seed < 400000; seed++) {
    gen_case_from_seed(&from, &options, seed, (size_t)(seed % 6));
    ctx_test_note("seed %llu", (unsigned long long)seed);
    expect_right_answer(&num_refused);
  }
  EXPECT_TRUE(num_refused > 500);
}
