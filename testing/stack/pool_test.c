/* Pools: sizes, order, limits, guards, memory. */
#define _GNU_SOURCE
#include <string.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/stack/fault.h"
#include "testing/stack/memory_use.h"

enum { STACK_SIZE = 65536, KEEP_SIZE = 16384 };

static const ctx_stack_pool_options no_options;
static const ctx_stack_pool_options split_guards = {.flags = CTX_STACK_POOL_SPLIT_GUARDS};

static size_t page_size(void) { return (size_t)sysconf(_SC_PAGESIZE); }

static char *end_of(const ctx_stack *stack) { return (char *)stack->base + stack->size; }

static ctx_stack_pool_stats stats_of(const ctx_stack_pool *pool) {
  ctx_stack_pool_stats stats;
  EXPECT_EQ(CTX_OK, ctx_stack_pool_get_stats(pool, &stats));
  return stats;
}

/* ---- Sizes ---- */

CTX_TEST(Pool, StacksAreDisjointAndLargeEnough) {
  enum { NUM = 100 };
  static const size_t sizes[] = {0, 1, 20000, 65536, 65537, 1 << 20};
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    ctx_stack_pool *pool;
    ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, sizes[i], NUM));
    ctx_stack previous = {.base = pool};
    for (size_t slot = 0; slot < NUM; slot++) {
      ctx_stack stack;
      ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
      ASSERT_TRUE(stack.size >= sizes[i]);
      ASSERT_TRUE(stack.size >= ctx_stack_min_size());
      ASSERT_EQ(0, (uintptr_t)stack.base % page_size());
      ASSERT_EQ(0, (uintptr_t)end_of(&stack) % 16);
      ASSERT_EQ(page_size(), stack.guard_size);
      ASSERT_TRUE(end_of(&previous) <= (char *)stack.base - stack.guard_size);
      memset(stack.base, 0x5a, 64);
      memset(end_of(&stack) - 64, 0x5a, 64);
      previous = stack;
    }
    ctx_stack_pool_destroy(pool);
  }
}

CTX_TEST(Pool, EndsOfNeighboursAreInDifferentCacheLines) {
  enum { NUM_COLOURS = 16 };
  ctx_stack_pool *pool;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, 2 * NUM_COLOURS));
  bool seen[64] = {false};
  for (size_t i = 0; i < 2 * NUM_COLOURS; i++) {
    ctx_stack stack;
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
    size_t in_page = (uintptr_t)end_of(&stack) % 4096;
    ASSERT_EQ(0, in_page % 64);
    if (i < NUM_COLOURS) EXPECT_FALSE(seen[in_page / 64]);
    seen[in_page / 64] = true;
    /* A shallow user still needs only one page. */
    touch_to_depth(&stack, 3072);
    EXPECT_EQ(1, num_resident_pages_at_end(&stack));
  }
  ctx_stack_pool_destroy(pool);
}

CTX_TEST(Pool, GuardsCanBeLarger) {
  ctx_stack_pool *pool;
  ctx_stack_pool_options options = {.guard_size = 5 * page_size() - 1};
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create_with_options(&pool, STACK_SIZE, 3, &options));
  ctx_stack stack;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
  ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
  EXPECT_EQ(5 * page_size(), stack.guard_size);
  fault_handler_install(pool);
  for (size_t distance = 1; distance <= stack.guard_size; distance += page_size() - 1) {
    struct fault fault = write_on_stack(&stack, (char *)stack.base - distance);
    EXPECT_TRUE(fault.in_guard);
    EXPECT_EQ(distance, fault.distance);
  }
  fault_handler_remove();
  ctx_stack_pool_destroy(pool);
}

/* ---- Order and limits ---- */

CTX_TEST(Pool, MostRecentlyGivenIsTakenNext) {
  enum { NUM = 50 };
  ctx_stack_pool *pool;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, NUM));
  ctx_stack stacks[NUM];
  for (size_t i = 0; i < NUM; i++)
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stacks[i]));
  for (size_t i = 0; i < NUM; i += 3)
    ctx_stack_pool_give(pool, &stacks[i]);
  for (size_t i = (NUM - 1) / 3 * 3 + 3; i > 0; i -= 3) {
    ctx_stack stack;
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
    EXPECT_MEMEQ(&stacks[i - 3], &stack, sizeof stack);
  }
  ctx_stack_pool_destroy(pool);
}

CTX_TEST(Pool, CapacityIsTheLimitAndNoLess) {
  static const size_t capacities[] = {0, 1, 2, 15, 16, 17, 100};
  for (size_t i = 0; i < sizeof capacities / sizeof capacities[0]; i++) {
    ctx_stack_pool *pool;
    ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, capacities[i]));
    ctx_stack stack = {.base = NULL};
    for (size_t taken = 0; taken < capacities[i]; taken++) {
      ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
    }
    ctx_stack before = stack;
    EXPECT_EQ(CTX_ERR_POOL_EXHAUSTED, ctx_stack_pool_take(pool, &stack));
    EXPECT_MEMEQ(&before, &stack, sizeof stack);
    if (capacities[i] != 0) {
      ctx_stack_pool_give(pool, &before);
      EXPECT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
      EXPECT_EQ(before.base, stack.base);
    }
    ctx_stack_pool_destroy(pool);
  }
}

CTX_TEST(Pool, NothingIsWrittenOnAnError) {
  static const struct {
    size_t stack_size;
    size_t capacity;
    size_t guard_size;
  } too_large[] = {
      {SIZE_MAX, 1, 0},
      {SIZE_MAX - 4096, 1, 0},
      {SIZE_MAX - 8192, 1, 0},
      {SIZE_MAX / 2, 2, 0},
      {0, UINT32_MAX, 0},
      {65536, SIZE_MAX, 0},
      {65536, SIZE_MAX / 65536, 0},
      {65536, (size_t)UINT32_MAX + 1, 0},
      {65536, 1, SIZE_MAX},
      {65536, 1, SIZE_MAX - 65536 - 4096},
      {(size_t)1 << 40, 1 << 20, 0},
      {((size_t)1 << 63) - 8192, 2, 0},
  };
  ctx_stack_pool *const before = (ctx_stack_pool *)(uintptr_t)0x5a5a;
  ctx_stack_pool *pool = before;
  for (size_t i = 0; i < sizeof too_large / sizeof too_large[0]; i++) {
    ctx_stack_pool_options options = {.guard_size = too_large[i].guard_size};
    EXPECT_EQ(CTX_ERR_NO_MEMORY,
              ctx_stack_pool_create_with_options(&pool, too_large[i].stack_size,
                                                 too_large[i].capacity, &options));
    EXPECT_EQ(before, pool);
  }
  ctx_stack_pool_options bad_flag = {.flags = UINT32_C(1) << 31};
  EXPECT_EQ(CTX_ERR_BAD_FLAG, ctx_stack_pool_create_with_options(&pool, STACK_SIZE, 1, &bad_flag));
  EXPECT_EQ(before, pool);
}

CTX_TEST(Pool, NullsAreErrorsOrFine) {
  ctx_stack_pool *pool;
  ctx_stack stack;
  ctx_stack_pool_stats stats;
  EXPECT_EQ(CTX_ERR_NULL_ARGUMENT, ctx_stack_pool_create(NULL, STACK_SIZE, 1));
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create_with_options(&pool, STACK_SIZE, 1, NULL));
  EXPECT_EQ(CTX_ERR_NULL_ARGUMENT, ctx_stack_pool_take(NULL, &stack));
  EXPECT_EQ(CTX_ERR_NULL_ARGUMENT, ctx_stack_pool_take(pool, NULL));
  EXPECT_EQ(CTX_ERR_NULL_ARGUMENT, ctx_stack_pool_get_stats(NULL, &stats));
  EXPECT_EQ(CTX_ERR_NULL_ARGUMENT, ctx_stack_pool_get_stats(pool, NULL));
  EXPECT_FALSE(ctx_stack_pool_guard_hit(NULL, pool, NULL, NULL));
  ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
  ctx_stack_pool_give(pool, NULL);
  ctx_stack_pool_give(NULL, &stack);
  EXPECT_EQ(1, stats_of(pool).in_use);
  ctx_stack_pool_destroy(NULL);
  ctx_stack_pool_destroy(pool);
}

/* ---- Guards ---- */

/* Every stack of a pool that has grown several times. */
static void expect_guards(const ctx_stack_pool_options *options) {
  enum { NUM = 70 };
  ctx_stack_pool *pool;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create_with_options(&pool, STACK_SIZE, NUM, options));
  static ctx_stack stacks[NUM];
  for (size_t i = 0; i < NUM; i++)
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stacks[i]));
  fault_handler_install(pool);
  for (size_t i = 0; i < NUM; i++) {
    char *base = stacks[i].base;
    const size_t distances[] = {1, 1000, page_size()};
    for (size_t j = 0; j < sizeof distances / sizeof distances[0]; j++) {
      struct fault fault = write_on_stack(&stacks[i], base - distances[j]);
      ASSERT_TRUE(fault.happened);
      ASSERT_TRUE(fault.in_guard);
      ASSERT_MEMEQ(&stacks[i], &fault.stack, sizeof stacks[i]);
      ASSERT_EQ(distances[j], fault.distance);
      ASSERT_TRUE(ctx_stack_guard_hit(&stacks[i], fault.address));
      ASSERT_FALSE(ctx_stack_guard_hit(&stacks[(i + 1) % NUM], fault.address));
    }
    /* It can be used as before, to its first byte. */
    ASSERT_FALSE(write_on_stack(&stacks[i], base).happened);
    ASSERT_FALSE(ctx_stack_pool_guard_hit(pool, base, NULL, NULL));
  }
  fault_handler_remove();
  ctx_stack_pool_destroy(pool);
}

CTX_TEST(Pool, EveryStackHasAGuard) { expect_guards(&no_options); }
CTX_TEST(Pool, EveryStackHasAGuardThatSplits) { expect_guards(&split_guards); }

CTX_TEST(Pool, OverflowsAreRecoveredFromAgainAndAgain) {
  ctx_stack_pool *pool;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, 4));
  fault_handler_install(pool);
  for (size_t i = 0; i < 100; i++) {
    ctx_stack stack;
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
    struct fault fault = overflow_stack(&stack);
    ASSERT_TRUE(fault.in_guard);
    ASSERT_EQ(stack.base, fault.stack.base);
    ASSERT_EQ((uintptr_t)stack.base - (uintptr_t)fault.address, fault.distance);
    ctx_stack_pool_give(pool, &stack);
  }
  fault_handler_remove();
  EXPECT_EQ(1, stats_of(pool).high_water);
  ctx_stack_pool_destroy(pool);
}

CTX_TEST(Pool, OtherAddressesHitNoGuard) {
  ctx_stack_pool *pool;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, 2));
  ctx_stack stack;
  EXPECT_FALSE(ctx_stack_pool_guard_hit(pool, NULL, NULL, NULL));
  ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
  char *guard = (char *)stack.base - stack.guard_size;
  ctx_stack out = {.size = 1};
  size_t distance = 2;
  char *const others[] = {NULL,
                          guard - 1,
                          (char *)pool,
                          stack.base,
                          end_of(&stack),
                          end_of(&stack) + page_size(), /* of the next, which nobody has taken */
                          (char *)UINTPTR_MAX,
                          (char *)&stack};
  for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
    EXPECT_FALSE(ctx_stack_pool_guard_hit(pool, others[i], &out, &distance));
  }
  EXPECT_EQ(1, out.size);
  EXPECT_EQ(2, distance);
  EXPECT_TRUE(ctx_stack_pool_guard_hit(pool, guard, NULL, NULL));
  /* Given back, it still has its guard: whoever goes on there is caught, too. */
  ctx_stack_pool_give(pool, &stack);
  EXPECT_TRUE(ctx_stack_pool_guard_hit(pool, guard, &out, &distance));
  EXPECT_EQ(stack.base, out.base);
  EXPECT_EQ(stack.guard_size, distance);
  ctx_stack_pool_destroy(pool);
}

/* ---- Memory ---- */

CTX_TEST(Pool, DeepUseIsGivenBackToTheKernel) {
  static const size_t depths[] = {KEEP_SIZE + 4096, KEEP_SIZE + 4097, 40000, STACK_SIZE};
  for (size_t i = 0; i < sizeof depths / sizeof depths[0]; i++) {
    ctx_stack_pool *pool;
    ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, 1));
    ctx_stack stack;
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
    touch_to_depth(&stack, depths[i]);
    EXPECT_TRUE(stats_of(pool).resident >= depths[i] / 4096 * 4096);
    ctx_stack_pool_give(pool, &stack);
    EXPECT_EQ(KEEP_SIZE, stats_of(pool).resident);
    EXPECT_EQ(KEEP_SIZE / page_size(), num_resident_pages_at_end(&stack));
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
    EXPECT_EQ(0, *((char *)stack.base + stack.size - KEEP_SIZE - page_size()));
    ctx_stack_pool_destroy(pool);
  }
}

static void give_after_shallow_use(ctx_stack_pool *pool, size_t times) {
  for (size_t i = 0; i < times; i++) {
    ctx_stack stack;
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
    touch_to_depth(&stack, 64);
    ctx_stack_pool_give(pool, &stack);
  }
}

/* The kernel is asked at the first two gives, and not at the third. */
enum { NOT_ASKED = 2 };

/* One page more than was kept is enough to be seen, wherever in it there are 640 bytes in a row. */
CTX_TEST(Pool, FramesBelowWhatIsKeptAreSeen) {
  enum { PAGE = 4096, RUN = 640 };
  for (ptrdiff_t start = 0; start <= PAGE - RUN; start += 16) {
    ctx_stack_pool *pool;
    ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, 1));
    ctx_stack stack;
    give_after_shallow_use(pool, NOT_ASKED);
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
    char *kept = end_of(&stack) - KEEP_SIZE;
    memset(kept - PAGE + start, 1, RUN);
    ctx_stack_pool_give(pool, &stack);
    EXPECT_FALSE(is_resident(kept - 1));
    ctx_stack_pool_destroy(pool);
  }
}

CTX_TEST(Pool, ShallowUseIsKept) {
  ctx_stack_pool *pool;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, 1));
  ctx_stack stack;
  give_after_shallow_use(pool, NOT_ASKED);
  ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
  memset(end_of(&stack) - KEEP_SIZE, 0x5a, KEEP_SIZE);
  *((char *)stack.base) = 0x5a; /* a witness of there being no trim */
  ctx_stack_pool_give(pool, &stack);
  EXPECT_TRUE(is_resident(stack.base));
  EXPECT_EQ(0x5a, *(end_of(&stack) - KEEP_SIZE));
  ctx_stack_pool_destroy(pool);
}

static void put(char *at, char byte) { *(volatile char *)at = byte; }

static void leave_zeros(const ctx_stack *stack, size_t depth) {
  for (size_t at = 0; at < depth; at += 512)
    put(end_of(stack) - depth + at, 0);
}

/* Memory is touched so that contents do not show it. */
CTX_TEST(Pool, DeepUseIsGivenBackWhateverWasWritten) {
  enum { LARGE_SIZE = 3 << 20, PAGE = 4096 };
  for (size_t kind = 0; kind < 5; kind++) {
    ctx_stack_pool *pool;
    ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, LARGE_SIZE, 1));
    ctx_stack stack;
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
    char *kept = end_of(&stack) - KEEP_SIZE;
    switch (kind) {
      case 0:
        leave_zeros(&stack, LARGE_SIZE);
        break;
      case 1: /* a frame that jumps over the page below what is kept */
        put(stack.base, 1);
        break;
      case 2:
        put(kept - PAGE - 1, 1);
        break;
      case 3: /* only that page, and only zeros */
        put(kept - 1, 0);
        break;
      default: /* frames of 2000 bytes, each of which writes a few at its beginning */
        for (ptrdiff_t at = 100; at < LARGE_SIZE - KEEP_SIZE; at += 2000)
          put(kept - at, 1);
    }
    memset(kept, 0x5a, KEEP_SIZE);
    ctx_stack_pool_give(pool, &stack);
    EXPECT_EQ(KEEP_SIZE, stats_of(pool).resident);
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
    EXPECT_EQ(0x5a, kept[0]);
    ctx_stack_pool_destroy(pool);
  }
}

/* The kernel is asked at these gives of a stack, if all uses before were shallow. */
static bool is_asked_at(size_t number) {
  enum { MAX_INTERVAL = 4096 };
  bool is_power_of_two = (number & (number - 1)) == 0;
  return number <= MAX_INTERVAL ? is_power_of_two : number % MAX_INTERVAL == 0;
}

static void expect_deep_zeros_at(size_t number) {
  ctx_stack_pool *pool;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, 1));
  give_after_shallow_use(pool, number - 1);
  ctx_stack stack;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
  leave_zeros(&stack, stack.size);
  ctx_stack_pool_give(pool, &stack);
  EXPECT_EQ(!is_asked_at(number), is_resident(stack.base));
  /* After deep use that was found, the kernel is asked again and again. */
  for (size_t i = 0; i < 3 && is_asked_at(number); i++) {
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
    leave_zeros(&stack, stack.size);
    ctx_stack_pool_give(pool, &stack);
    EXPECT_FALSE(is_resident(stack.base));
  }
  ctx_stack_pool_destroy(pool);
}

CTX_TEST(Pool, ShallowUseIsAskedAboutEverMoreRarely) {
  static const size_t more[] = {64,   511,  512,  1024, 2048,  2049,  4095,
                                4096, 4097, 8191, 8192, 12287, 12288, 65536};
  for (size_t number = 1; number <= 40; number++)
    expect_deep_zeros_at(number);
  for (size_t i = 0; i < sizeof more / sizeof more[0]; i++)
    expect_deep_zeros_at(more[i]);
}

/* The page that is read at each give is looked at as a whole when the kernel is asked. */
CTX_TEST(Pool, AnyByteOfThePageBelowIsSeenWhenTheKernelIsAsked) {
  for (ptrdiff_t at = 1; at <= 4096; at += 45) {
    ctx_stack_pool *pool;
    ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, 1));
    give_after_shallow_use(pool, 3);
    ctx_stack stack;
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
    char *kept = end_of(&stack) - KEEP_SIZE;
    put(kept - at, 1);
    ctx_stack_pool_give(pool, &stack);
    EXPECT_FALSE(is_resident(kept - 1));
    ctx_stack_pool_destroy(pool);
  }
}

/* ---- Trimming ---- */

CTX_TEST(Pool, TrimGivesBackWhateverWasWritten) {
  enum { NUM = 40, NUM_KEPT_BY_USERS = 3 };
  ctx_stack_pool *pool;
  ctx_stack stacks[NUM];
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, NUM + 1));
  for (size_t round = 0; round < 3; round++) { /* the kernel is not asked in the last */
    for (size_t i = 0; i < NUM; i++) {
      ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stacks[i]));
      if (round == 2) leave_zeros(&stacks[i], STACK_SIZE);
    }
    for (size_t i = round == 2 ? NUM_KEPT_BY_USERS : 0; i < NUM; i++)
      ctx_stack_pool_give(pool, &stacks[i]);
  }
  for (size_t i = 0; i < NUM_KEPT_BY_USERS; i++)
    memset(stacks[i].base, 0x5a, stacks[i].size);
  EXPECT_TRUE(stats_of(pool).resident > NUM * (STACK_SIZE - 4096));
  ctx_stack_pool_trim(pool);
  const size_t in_use = NUM_KEPT_BY_USERS * (STACK_SIZE + page_size());
  EXPECT_EQ((NUM - NUM_KEPT_BY_USERS) * KEEP_SIZE + in_use, stats_of(pool).resident);
  EXPECT_EQ(NUM_KEPT_BY_USERS, stats_of(pool).in_use);
  for (size_t i = 0; i < NUM_KEPT_BY_USERS; i++) {
    const char *bytes = stacks[i].base;
    EXPECT_EQ(0x5a, bytes[0]);
    EXPECT_EQ(0x5a, bytes[stacks[i].size / 2]);
  }
  /* All are there, before a fresh one is. */
  for (size_t i = NUM_KEPT_BY_USERS; i < NUM; i++)
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stacks[i]));
  EXPECT_EQ(NUM, stats_of(pool).high_water);
  ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stacks[0]));
  EXPECT_EQ(CTX_ERR_POOL_EXHAUSTED, ctx_stack_pool_take(pool, &stacks[0]));
  ctx_stack_pool_destroy(pool);
}

CTX_TEST(Pool, StackGivenSinceIsTakenBeforeTrimmedOnes) {
  ctx_stack_pool *pool;
  ctx_stack stacks[3];
  ctx_stack again;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, 3));
  for (size_t i = 0; i < 3; i++)
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stacks[i]));
  ctx_stack_pool_give(pool, &stacks[0]);
  ctx_stack_pool_give(pool, &stacks[1]);
  ctx_stack_pool_trim(pool);
  ctx_stack_pool_give(pool, &stacks[2]);
  ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &again));
  EXPECT_EQ(stacks[2].base, again.base);
  ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &again));
  EXPECT_NE(stacks[2].base, again.base);
  ctx_stack_pool_destroy(pool);
}

CTX_TEST(Pool, TrimLeavesWhatStacksKeep) {
  static const struct {
    size_t keep_size;
    size_t kept_pages;
  } choices[] = {{1, 1}, {STACK_SIZE, 16}, {SIZE_MAX, 17}};
  for (size_t i = 0; i < sizeof choices / sizeof choices[0]; i++) {
    ctx_stack_pool *pool;
    ctx_stack_pool_options options = {.keep_size = choices[i].keep_size};
    ASSERT_EQ(CTX_OK, ctx_stack_pool_create_with_options(&pool, STACK_SIZE, 1, &options));
    ctx_stack stack;
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
    memset(stack.base, 0x5a, stack.size);
    ctx_stack_pool_give(pool, &stack);
    ctx_stack_pool_trim(pool);
    ctx_stack_pool_trim(pool);
    EXPECT_EQ(choices[i].kept_pages * page_size(), stats_of(pool).resident);
    EXPECT_EQ(0x5a, *(end_of(&stack) - 1));
    ctx_stack_pool_destroy(pool);
  }
}

/* A trimmed stack is as a fresh one: a page of zeros is seen, too. */
CTX_TEST(Pool, TrimmedStackIsAskedAboutAtOnce) {
  ctx_stack_pool *pool;
  ctx_stack stack;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, 1));
  give_after_shallow_use(pool, NOT_ASKED);
  ctx_stack_pool_trim(pool);
  ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
  leave_zeros(&stack, KEEP_SIZE + 4096);
  ctx_stack_pool_give(pool, &stack);
  EXPECT_EQ(KEEP_SIZE, stats_of(pool).resident);
  ctx_stack_pool_destroy(pool);
}

CTX_TEST(Pool, TrimOfNothingIsFine) {
  ctx_stack_pool *pool;
  ctx_stack stack;
  ctx_stack_pool_trim(NULL);
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, 1));
  ctx_stack_pool_trim(pool);
  ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
  ctx_stack_pool_trim(pool);
  EXPECT_EQ(1, stats_of(pool).in_use);
  ctx_stack_pool_destroy(pool);
}

/* ---- What is kept ---- */

CTX_TEST(Pool, WhatIsKeptCanBeChosen) {
  static const struct {
    size_t keep_size;
    size_t kept_pages;
  } choices[] = {{1, 1},
                 {4096, 1},
                 {4097, 2},
                 {STACK_SIZE, 16},
                 {STACK_SIZE + 1, 17},
                 {STACK_SIZE + 4096, 17},
                 {SIZE_MAX, 17}};
  for (size_t i = 0; i < sizeof choices / sizeof choices[0]; i++) {
    ctx_stack_pool *pool;
    ctx_stack_pool_options options = {.keep_size = choices[i].keep_size};
    ASSERT_EQ(CTX_OK, ctx_stack_pool_create_with_options(&pool, STACK_SIZE, 1, &options));
    ctx_stack stack;
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
    memset(stack.base, 0x5a, stack.size);
    ctx_stack_pool_give(pool, &stack);
    EXPECT_EQ(choices[i].kept_pages * page_size(), stats_of(pool).resident);
    ctx_stack_pool_destroy(pool);
  }
}

/* Guards are not part of the memory that is given back. */
CTX_TEST(Pool, TrimmedStackKeepsItsGuard) {
  const ctx_stack_pool_options *const options[] = {&no_options, &split_guards};
  for (size_t i = 0; i < 2; i++) {
    ctx_stack_pool *pool;
    ASSERT_EQ(CTX_OK, ctx_stack_pool_create_with_options(&pool, STACK_SIZE, 2, options[i]));
    ctx_stack stack;
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
    memset(stack.base, 0x5a, stack.size);
    ctx_stack_pool_give(pool, &stack);
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
    fault_handler_install(pool);
    EXPECT_TRUE(write_on_stack(&stack, (char *)stack.base - 1).in_guard);
    fault_handler_remove();
    ctx_stack_pool_destroy(pool);
  }
}

CTX_TEST(Pool, StatsCount) {
  enum { NUM = 80 };
  ctx_stack_pool *pool;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, NUM));
  ctx_stack_pool_stats stats = stats_of(pool);
  EXPECT_EQ(NUM, stats.capacity);
  EXPECT_EQ(0, stats.in_use);
  EXPECT_EQ(0, stats.high_water);
  EXPECT_EQ(0, stats.resident);
  ctx_stack stacks[NUM];
  for (size_t i = 0; i < 60; i++)
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stacks[i]));
  touch_to_depth(&stacks[0], 2 * page_size());
  touch_to_depth(&stacks[30], 3 * page_size());
  touch_to_depth(&stacks[59], 4 * page_size());
  EXPECT_EQ(9 * page_size(), stats_of(pool).resident);
  for (size_t i = 5; i < 60; i++)
    ctx_stack_pool_give(pool, &stacks[i]);
  for (size_t i = 5; i < 10; i++)
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stacks[i]));
  stats = stats_of(pool);
  EXPECT_EQ(10, stats.in_use);
  EXPECT_EQ(60, stats.high_water);
  EXPECT_EQ(1, stats.mappings);
  ctx_stack_pool_destroy(pool);
}

/* The kernel may merge the pool with a neighbour, never split it. */
CTX_TEST(Pool, MappingsAreWhatTheKernelCounts) {
  enum { NUM = 100 };
  const struct {
    const ctx_stack_pool_options *options;
    size_t per_stack;
  } kinds[] = {{&no_options, 0}, {&split_guards, 2}};
  for (size_t i = 0; i < 2; i++) {
    ctx_stack_pool *pool;
    ASSERT_EQ(CTX_OK, ctx_stack_pool_create_with_options(&pool, STACK_SIZE, NUM, kinds[i].options));
    ctx_stack stack = {.base = pool};
    for (size_t taken = 0; taken < NUM; taken++) {
      ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
    }
    EXPECT_EQ(1 + NUM * kinds[i].per_stack, stats_of(pool).mappings);
    EXPECT_EQ(stats_of(pool).mappings, num_mappings_between(pool, end_of(&stack)));
    ctx_stack_pool_destroy(pool);
  }
}

/* In a pool of huge pages one page is enough to have the whole huge page: that is not deep use. */
CTX_TEST(Pool, HugePagesAreKeptAsAWhole) {
  enum { MIB = 1 << 20, HUGE_PAGE = 2 * MIB, LARGE_SIZE = 8 * MIB };
  const ctx_stack_pool_options options = {.keep_size = 7 * MIB / 2,
                                          .flags = CTX_STACK_POOL_HUGE_PAGES};
  ctx_stack_pool *pool;
  ctx_stack stack;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create_with_options(&pool, LARGE_SIZE, 1, &options));
  for (size_t i = 0; i < 10; i++) {
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
    uintptr_t kept = (uintptr_t)end_of(&stack) - options.keep_size;
    char *huge_page = (char *)stack.base + (kept - kept % HUGE_PAGE) - (uintptr_t)stack.base;
    put(huge_page + HUGE_PAGE - 1, 1);
    if (!is_resident(huge_page)) {
      ctx_stack_pool_destroy(pool);
      CTX_SKIP("this kernel has no huge page now");
    }
    put(huge_page - 1, 1); /* of the next huge page, or of none */
    put(stack.base, 1);
    ctx_stack_pool_give(pool, &stack);
    EXPECT_TRUE(is_resident(huge_page));
    EXPECT_EQ(1, huge_page[HUGE_PAGE - 1]);
    EXPECT_FALSE(is_resident(huge_page - 1));
    EXPECT_FALSE(is_resident(stack.base));
  }
  ctx_stack_pool_destroy(pool);
}

/* Where a stack is smaller than a huge page there is nothing to give back below it. */
CTX_TEST(Pool, SmallStacksOfHugePagesAreTakenAndGiven) {
  const ctx_stack_pool_options options = {.flags = CTX_STACK_POOL_HUGE_PAGES};
  ctx_stack_pool *pool;
  ctx_stack stacks[40];
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create_with_options(&pool, STACK_SIZE, 40, &options));
  for (size_t round = 0; round < 4; round++) {
    for (size_t i = 0; i < 40; i++) {
      ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stacks[i]));
      memset(stacks[i].base, 0x5a, stacks[i].size);
    }
    for (size_t i = 0; i < 40; i++)
      ctx_stack_pool_give(pool, &stacks[i]);
    ctx_stack_pool_trim(pool);
  }
  ctx_stack_pool_destroy(pool);
}

static void use_pool(void) {
  enum { NUM = 20 };
  ctx_stack_pool *pool;
  ctx_stack stacks[NUM];
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, NUM));
  for (size_t i = 0; i < NUM; i++) {
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stacks[i]));
    touch_to_depth(&stacks[i], STACK_SIZE);
  }
  for (size_t i = 0; i < NUM; i += 2)
    ctx_stack_pool_give(pool, &stacks[i]);
  ctx_stack_pool_destroy(pool);
}

CTX_TEST(Pool, CyclesLeaveNothing) {
  for (size_t i = 0; i < 10; i++)
    use_pool();
  size_t mappings = num_mappings();
  size_t descriptors = num_descriptors();
  size_t resident = resident_size();
  for (size_t i = 0; i < 200; i++)
    use_pool();
  /* A few that an allocator takes now and then are not a leak. */
  EXPECT_TRUE(num_mappings() < mappings + 20);
  EXPECT_EQ(descriptors, num_descriptors());
#ifndef CTX_INSTRUMENTED_ /* sanitizers have memory for each address that was used */
  /* One leaked page for each pool would be 800 KiB, one for each stack 16 MiB. */
  EXPECT_TRUE(resident_size() < resident + (512 << 10));
#else
  (void)resident;
#endif
}

CTX_TEST(Pool, HugePagesAreOffUnlessAskedFor) {
  if (access("/sys/kernel/mm/transparent_hugepage", F_OK) != 0) {
    CTX_SKIP("this kernel has no transparent huge pages");
  }
  static const struct {
    uint32_t flags;
    const char *kernel_flag;
  } kinds[] = {{0, "nh"}, {CTX_STACK_POOL_HUGE_PAGES, "hg"}};
  for (size_t i = 0; i < 2; i++) {
    ctx_stack_pool *pool;
    ctx_stack_pool_options options = {.flags = kinds[i].flags};
    ASSERT_EQ(CTX_OK, ctx_stack_pool_create_with_options(&pool, 4 << 20, 2, &options));
    ctx_stack stack;
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
    memset(stack.base, 0x5a, stack.size);
    EXPECT_TRUE(mapping_has_flag(stack.base, kinds[i].kernel_flag));
    ctx_stack_pool_destroy(pool);
  }
  ctx_stack stack;
  ASSERT_EQ(CTX_OK, ctx_stack_map(&stack, 4 << 20));
  EXPECT_TRUE(mapping_has_flag(stack.base, "nh"));
  ctx_stack_unmap(&stack);
}

/* ---- Programmers' errors ---- */

CTX_TEST(PoolChecked, GivingTwiceStops) {
#ifndef CTX_CHECKED
  CTX_SKIP("only the checked build looks");
#else
  ctx_stack_pool *pool;
  ctx_stack stack;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, 2));
  ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
  ctx_stack_pool_give(pool, &stack);
  CTX_EXPECT_DEATH(ctx_stack_pool_give(pool, &stack), "ctx: ctx_stack_pool_give: stack 0x");
  CTX_EXPECT_DEATH(ctx_stack_pool_give(pool, &stack), "was given back already");
  ctx_stack_pool_destroy(pool);
#endif
}

CTX_TEST(PoolChecked, GivingAForeignStackStops) {
#ifndef CTX_CHECKED
  CTX_SKIP("only the checked build looks");
#else
  ctx_stack_pool *pool;
  ctx_stack_pool *other_pool;
  ctx_stack mapped;
  ctx_stack other;
  ctx_stack none = {.base = NULL};
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, 2));
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&other_pool, STACK_SIZE, 2));
  ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &other));
  ASSERT_EQ(CTX_OK, ctx_stack_pool_take(other_pool, &other));
  ASSERT_EQ(CTX_OK, ctx_stack_map(&mapped, STACK_SIZE));
  CTX_EXPECT_DEATH(ctx_stack_pool_give(pool, &other), "is not from this pool");
  CTX_EXPECT_DEATH(ctx_stack_pool_give(pool, &mapped), "is not from this pool");
  CTX_EXPECT_DEATH(ctx_stack_pool_give(pool, &none), "is not from this pool");
  ctx_stack_unmap(&mapped);
  ctx_stack_pool_destroy(other_pool);
  ctx_stack_pool_destroy(pool);
#endif
}
