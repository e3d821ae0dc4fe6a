/* All forms of the switch, mixed at random, keep all registers; and one that does not is noticed.
 * `bazel run -c opt //testing/switching:mix` makes many more switches. */
#include "testing/switching/mix.h"

#include <string.h>

#include "testing/harness/harness.h"
#include "testing/simulation/wrong.h"

enum { NUM_SWITCHES = 50000 };

CTX_TEST(Mix, KeepsEachRegister) {
  const mix_plan plan = {swap_forms, NUM_SWITCHES, 1};
  mix_counts counts;
  EXPECT_NO_COMPLAINT(mix_run(&plan, &counts));
  uint64_t sum = counts.returns + counts.sets;
  for (size_t i = 0; i < NUM_SWAP_FORMS; i++) {
    EXPECT_TRUE(counts.swaps[i] > NUM_SWITCHES / 20);
    EXPECT_TRUE(counts.swaps_resumer[i] > NUM_SWITCHES / 20);
    EXPECT_TRUE(counts.yields[i] > NUM_SWITCHES / 40);
    sum += counts.swaps[i] + counts.swaps_resumer[i] + counts.yields[i];
  }
  EXPECT_EQ(NUM_SWITCHES, sum);
  EXPECT_TRUE(counts.returns > NUM_SWITCHES / 200);
  EXPECT_TRUE(counts.sets > NUM_SWITCHES / 200);
}

static ctx_context *swap_whose_resumer_is_its_target(ctx_context *from, ctx_context *to) {
  ctx_swap(from, to);
  return to;
}

static const char *with_wrong(size_t form, ctx_context *(*swap)(ctx_context *, ctx_context *)) {
  swap_form forms[NUM_SWAP_FORMS];
  memcpy(forms, swap_forms, sizeof forms);
  forms[form].swap_resumer = swap;
  const mix_plan plan = {forms, NUM_SWITCHES, 2};
  mix_counts counts;
  return mix_run(&plan, &counts);
}

CTX_TEST(Mix, NoticesALostRegister) {
  for (size_t i = 0; i < NUM_SWAP_FORMS; i++) {
    const char *complaint = with_wrong(i, wrong_swap_that_loses_a_register);
    EXPECT_TRUE(strstr(complaint, wrong_register_name) != NULL);
  }
}

CTX_TEST(Mix, NoticesAWrongResumer) {
  const char *complaint = with_wrong(0, swap_whose_resumer_is_its_target);
  EXPECT_TRUE(strstr(complaint, "a wrong resumer") != NULL);
}
