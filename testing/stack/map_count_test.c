/* Where guards split mappings, the kernel's limit on mappings has an error of its own. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/mman.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/stack/fault.h"
#include "testing/stack/memory_use.h"

static const ctx_stack_pool_options split_guards = {.flags = CTX_STACK_POOL_SPLIT_GUARDS};

/* With a larger limit the test would take minutes. */
enum { LARGEST_LIMIT = 1 << 19 };

/* While the limit is reached nothing more can be mapped, the heap included: there are no
 * expectations. */
CTX_TEST(MapCount, LimitHasAnErrorOfItsOwn) {
  size_t limit = max_map_count();
  if (limit > LARGEST_LIMIT) CTX_SKIP("vm.max_map_count is too large to be reached");
  ctx_stack *stacks = calloc(limit, sizeof *stacks);
  ASSERT_TRUE(stacks != NULL);
  ctx_stack_pool *pool;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create_with_options(&pool, 0, limit, &split_guards));
  size_t mappings_before = num_mappings();
  size_t descriptors_before = num_descriptors();

  size_t num_taken = 0;
  ctx_status status;
  while ((status = ctx_stack_pool_take(pool, &stacks[num_taken])) == CTX_OK)
    num_taken++;
  ctx_stack untouched = stacks[num_taken];
  ctx_stack_pool *other_pool = NULL;
  /* Fewer mappings than a stack needs may be left: of different kinds, which the kernel does not
   * merge. */
  for (int protection = PROT_NONE; protection <= PROT_WRITE; protection++) {
    mmap(NULL, 4096, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  }
  ctx_status create_status = ctx_stack_pool_create(&other_pool, 0, 1);
  ctx_stack single = {.base = NULL};
  ctx_status map_status = ctx_stack_map(&single, 0);

  /* Those that are taken work; what is given back can be taken. */
  ctx_stack again;
  ctx_stack_pool_give(pool, &stacks[num_taken - 1]);
  ctx_status again_status = ctx_stack_pool_take(pool, &again);
  ctx_status last_status = ctx_stack_pool_take(pool, &stacks[num_taken]);
  ctx_stack_pool_stats stats;
  ctx_status stats_status = ctx_stack_pool_get_stats(pool, &stats);
  ctx_stack_pool_destroy(pool);

  EXPECT_EQ(CTX_ERR_MAP_COUNT, status);
  EXPECT_EQ(NULL, untouched.base);
  EXPECT_EQ(CTX_ERR_MAP_COUNT, create_status);
  EXPECT_EQ(CTX_ERR_MAP_COUNT, map_status);
  EXPECT_EQ(NULL, single.base);
  EXPECT_EQ(CTX_OK, again_status);
  EXPECT_EQ(stacks[num_taken - 1].base, again.base);
  EXPECT_EQ(CTX_ERR_MAP_COUNT, last_status);
  EXPECT_EQ(CTX_OK, stats_status);
  EXPECT_EQ(num_taken, stats.in_use);
  EXPECT_EQ(1 + 2 * num_taken, stats.mappings);
  /* Every stack that the limit allows was there. */
  EXPECT_TRUE(2 * num_taken + mappings_before + 4 >= limit);
  EXPECT_TRUE(num_mappings() <= mappings_before + 3);
  EXPECT_EQ(descriptors_before, num_descriptors());
  free(stacks);
}

/* Guards that are marked take nothing of it. */
CTX_TEST(MapCount, MarkedGuardsGoBeyondIt) {
  enum { NUM = 100000 };
  if (max_map_count() > 2 * NUM) CTX_SKIP("vm.max_map_count is larger than usual");
  ctx_stack_pool *pool;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, 0, NUM));
  ctx_stack stack;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
  ctx_stack_pool_stats stats;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_get_stats(pool, &stats));
  if (stats.mappings != 1) {
    ctx_stack_pool_destroy(pool);
    CTX_SKIP("this kernel has no MADV_GUARD_INSTALL");
  }
  for (size_t i = 1; i < NUM; i++)
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
  EXPECT_EQ(1, num_mappings_between(pool, (char *)stack.base + stack.size));
  ctx_stack_pool_destroy(pool);
}

/* The address space has limits, too, and one is not mistaken for the other. */
CTX_TEST(MapCount, LackOfAddressSpaceIsNotMistakenForIt) {
  ctx_stack_pool *pool;
  EXPECT_EQ(CTX_ERR_NO_MEMORY, ctx_stack_pool_create(&pool, (size_t)1 << 40, 1000));
}

/* Memory that is locked cannot have marked guards. */
CTX_TEST(MapCount, LockedMemoryHasGuardsThatSplit) {
  if (mlockall(MCL_FUTURE) != 0) CTX_SKIP("memory cannot be locked here");
  ctx_stack_pool *pool = NULL;
  ctx_stack stack;
  ctx_stack single;
  ctx_status create_status = ctx_stack_pool_create(&pool, 0, 20);
  ctx_status map_status = ctx_stack_map(&single, 0);
  munlockall();
  ASSERT_EQ(CTX_OK, create_status);
  ASSERT_EQ(CTX_OK, map_status);
  ctx_stack_unmap(&single);
  ctx_stack_pool_destroy(pool);

  /* Locked only after the pool has grown: stacks have guards of both kinds. */
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, 0, 40));
  ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
  char *low = (char *)pool;
  char *end = (char *)stack.base + 40 * (stack.size + stack.guard_size) - stack.guard_size;
  ASSERT_EQ(0, mlock2(low, (size_t)(end - low), MLOCK_ONFAULT));
  for (size_t i = 1; i < 40; i++)
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
  ctx_stack_pool_stats stats;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_get_stats(pool, &stats));
  EXPECT_TRUE(stats.mappings > 1 || num_mappings_between(low, end) == 1);
  EXPECT_EQ(stats.mappings, num_mappings_between(low, end));
  fault_handler_install(pool);
  EXPECT_TRUE(write_on_stack(&stack, (char *)stack.base - 1).in_guard);
  fault_handler_remove();
  ctx_stack_pool_destroy(pool);
}
