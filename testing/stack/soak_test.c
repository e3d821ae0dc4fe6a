/* Nothing leaks in stacks that are taken, used in all ways, overflowed and given back by several
 * threads: in short, for every configuration. The long one is //testing/stack:soak. */
#include "testing/stack/soak.h"
#include "testing/harness/harness.h"

CTX_TEST(Soak, MappingsDescriptorsAndMemoryStayFlat) {
  struct soak_plan plan = {
      .num_threads = 4, .num_cycles = 30000, .num_warm_up = 3000, .overflow_one = 3};
  if (CTX_TEST_ASAN) {
    /* To find uses after a return, ASan has functions' frames in a ring of 1 MiB for each size of
     * frame and each thread. A thread goes round it once in some ten thousand cycles. */
    plan.num_cycles = 120000;
    plan.num_warm_up = 60000;
  }
  struct soak_use before;
  struct soak_use after;
  struct soak_counts counts = soak(&plan, &before, &after);
  EXPECT_EQ(0, counts.num_wrong);
  EXPECT_EQ(plan.num_cycles / 3, counts.num_ended);
  EXPECT_EQ(plan.num_cycles / 3, counts.num_abandoned);
  EXPECT_EQ(plan.num_cycles / 3, counts.num_overflowed);
  ctx_test_note("%zu and %zu mappings, %zu and %zu descriptors, %zu and %zu bytes resident",
                before.num_mappings, after.num_mappings, before.num_descriptors,
                after.num_descriptors, before.resident_size, after.resident_size);
  EXPECT_FALSE(soak_has_grown(&counts, &before, &after));
}
