/* Nothing leaks in stacks that are taken, used in all ways, overflowed and given back by several
 * threads: in short, for every configuration. The long one is //testing/stack:soak. */
#include "testing/stack/soak.h"
#include "testing/harness/harness.h"

CTX_TEST(Soak, MappingsDescriptorsAndMemoryStayFlat) {
  const struct soak_plan plan = {.num_threads = 4, .num_cycles = 30000, .overflow_one = 3};
  struct soak_use before;
  struct soak_use after;
  struct soak_counts counts = soak(&plan, &before, &after);
  EXPECT_EQ(0, counts.num_wrong);
  EXPECT_EQ(10000, counts.num_ended);
  EXPECT_EQ(10000, counts.num_abandoned);
  EXPECT_EQ(10000, counts.num_overflowed);
  ctx_test_note("%zu and %zu mappings, %zu and %zu descriptors, %zu and %zu bytes resident",
                before.num_mappings, after.num_mappings, before.num_descriptors,
                after.num_descriptors, before.resident_size, after.resident_size);
  EXPECT_FALSE(soak_has_grown(&counts, &before, &after));
}
