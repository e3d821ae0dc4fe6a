/* Where things lie in a pool's mapping. */
#include <string.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/stack/memory_use.h"

enum { PAGE = 4096, STACK_SIZE = 65536, KEEP_SIZE = 16384 };

static char *end_of(const ctx_stack *stack) { return (char *)stack->base + stack->size; }

/* Sixteen ends in a row differ, by a cache line each; then it begins again. */
CTX_TEST(PoolLayout, ColoursTakeLessThanAQuarterOfAPage) {
  enum { NUM = 40, NUM_COLOURS = 16, LINE = 64 };
  ctx_stack_pool *pool;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, NUM));
  for (size_t i = 0; i < NUM; i++) {
    ctx_stack stack;
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
    EXPECT_EQ(STACK_SIZE + PAGE - i % NUM_COLOURS * LINE, stack.size);
  }
  ctx_stack_pool_destroy(pool);
}

/* There are more stacks than a page has room for what the pool keeps of each. */
CTX_TEST(PoolLayout, ManyStacksAreTakenGivenAndTakenAgain) {
  enum { NUM = 5000 };
  static ctx_stack stacks[NUM];
  ctx_stack_pool *pool;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, 0, NUM));
  for (size_t i = 0; i < NUM; i++)
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stacks[i]));
  for (size_t i = 0; i < NUM; i++)
    ctx_stack_pool_give(pool, &stacks[i]);
  for (size_t i = NUM; i-- > 0;) {
    ctx_stack stack;
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
    ASSERT_EQ(stacks[i].base, stack.base);
    *(char *)stack.base = 1;
  }
  ctx_stack_pool_stats stats;
  EXPECT_EQ(CTX_OK, ctx_stack_pool_get_stats(pool, &stats));
  EXPECT_EQ(NUM, stats.in_use);
  ctx_stack_pool_destroy(pool);
}

/* Among these sizes is one at which the pool's own memory ends with its last stack's entry. */
CTX_TEST(PoolLayout, StatsOfAFullPoolLookAtNoMore) {
  for (size_t capacity = 900; capacity < 1030; capacity++) {
    ctx_stack_pool *pool;
    ctx_stack stack;
    ctx_stack_pool_stats stats;
    ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, 0, capacity));
    for (size_t i = 0; i < capacity; i++)
      ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
    ASSERT_EQ(CTX_OK, ctx_stack_pool_get_stats(pool, &stats));
    ASSERT_EQ(capacity, stats.in_use);
    ctx_stack_pool_destroy(pool);
  }
}

/* The kernel is asked for so many pages at a time. */
CTX_TEST(PoolLayout, AllPagesOfALargeStackAreCounted) {
  enum { PAGES_PER_CALL = 512 };
  for (size_t num_pages = PAGES_PER_CALL - 3; num_pages < 3 * PAGES_PER_CALL; num_pages += 255) {
    ctx_stack_pool *pool;
    ctx_stack stack;
    ctx_stack_pool_stats stats;
    ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, num_pages * PAGE, 1));
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
    touch_to_depth(&stack, stack.size);
    ASSERT_EQ(CTX_OK, ctx_stack_pool_get_stats(pool, &stats));
    EXPECT_EQ((num_pages + 1) * PAGE, stats.resident);
    ctx_stack_pool_destroy(pool);
  }
}

/* Below what is kept a stack's user has written one byte: in the page's first cache line, or its
 * last, or one of those between that are looked at. The kernel is not asked: it was at the give
 * before, which found shallow use. */
CTX_TEST(PoolLayout, EveryByteOfALineThatIsLookedAtCounts) {
  enum { LINE = 64, STRIDE = 576 };
  ctx_stack_pool *pool;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, 1));
  for (size_t line = 0; line < PAGE; line += STRIDE) {
    for (size_t i = 0; i < LINE; i++) {
      ctx_stack stack;
      for (size_t shallow = 0; shallow < 2; shallow++) {
        ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
        ctx_stack_pool_give(pool, &stack);
      }
      ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
      char *page = end_of(&stack) - KEEP_SIZE - PAGE;
      page[line + i] = 1;
      ctx_stack_pool_give(pool, &stack);
      ASSERT_FALSE(is_resident(page));
    }
  }
  ctx_stack_pool_destroy(pool);
}
