/* Stacks that are mapped one by one. */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/stack/fault.h"
#include "testing/stack/memory_use.h"

#ifndef AT_MINSIGSTKSZ
#define AT_MINSIGSTKSZ 51
#endif

static size_t page_size(void) { return (size_t)sysconf(_SC_PAGESIZE); }

CTX_TEST(Stack, SizeIsRoundedUpToWholePages) {
  ctx_stack stack;
  ASSERT_EQ(CTX_OK, ctx_stack_map(&stack, 100001));
  EXPECT_EQ((100001 / page_size() + 1) * page_size(), stack.size);
  EXPECT_EQ(0, (uintptr_t)stack.base % page_size());
  memset(stack.base, 0x5a, stack.size);
  ctx_stack_unmap(&stack);

  ASSERT_EQ(CTX_OK, ctx_stack_map(&stack, 16 * page_size()));
  EXPECT_EQ(16 * page_size(), stack.size);
  ctx_stack_unmap(&stack);
}

CTX_TEST(Stack, SmallerThanTheMinimumIsRoundedUpToIt) {
  for (size_t size = 0; size <= ctx_stack_min_size(); size += ctx_stack_min_size() - 1) {
    ctx_stack stack;
    ASSERT_EQ(CTX_OK, ctx_stack_map(&stack, size));
    EXPECT_EQ(ctx_stack_min_size(), stack.size);
    ctx_stack_unmap(&stack);
  }
}

CTX_TEST(Stack, MinimumHoldsASignalFrameAndAHandler) {
  EXPECT_TRUE(ctx_stack_min_size() >= getauxval(AT_MINSIGSTKSZ) + 4096);
  EXPECT_EQ(0, ctx_stack_min_size() % page_size());
}

static volatile sig_atomic_t num_signals;
static void on_signal(int signal) {
  (void)signal;
  num_signals++;
}
static void entry_that_is_signalled(void) { raise(SIGUSR1); }

/* The handler is not on the alternate stack. */
CTX_TEST(Stack, SmallestTakesASignal) {
#ifdef CTX_INSTRUMENTED_
  CTX_SKIP("instrumented code needs larger stacks");
#endif
  struct sigaction action = {.sa_handler = on_signal};
  struct sigaction previous;
  sigemptyset(&action.sa_mask);
  ASSERT_EQ(0, sigaction(SIGUSR1, &action, &previous));
  ctx_stack stack;
  ASSERT_EQ(CTX_OK, ctx_stack_map(&stack, 0));
  ctx_context host = {0};
  ctx_context child;
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack.base, stack.size, (ctx_entry)entry_that_is_signalled,
                             CTX_NO_ARGS));
  fault_handler_install(NULL);
  num_signals = 0;
  struct fault fault = run_to_fault(&host, &child);
  fault_handler_remove();
  EXPECT_FALSE(fault.happened);
  EXPECT_EQ(1, num_signals);
  EXPECT_TRUE(ctx_has_returned(&child));
  ctx_stack_unmap(&stack);
  sigaction(SIGUSR1, &previous, NULL);
}

CTX_TEST(Stack, GuardLiesRightBelow) {
  ctx_stack stack;
  ASSERT_EQ(CTX_OK, ctx_stack_map(&stack, 65536));
  char *base = stack.base;
  fault_handler_install(NULL);
  EXPECT_FALSE(write_on_stack(&stack, base).happened);
  char *const hit[] = {base - 1, base - 8, base - stack.guard_size};
  for (size_t i = 0; i < sizeof hit / sizeof hit[0]; i++) {
    struct fault fault = write_on_stack(&stack, hit[i]);
    EXPECT_TRUE(fault.happened);
    EXPECT_EQ(hit[i], fault.address);
    EXPECT_TRUE(ctx_stack_guard_hit(&stack, fault.address));
  }
  fault_handler_remove();
  EXPECT_FALSE(ctx_stack_guard_hit(&stack, base));
  EXPECT_FALSE(ctx_stack_guard_hit(&stack, base - stack.guard_size - 1));
  EXPECT_FALSE(ctx_stack_guard_hit(&stack, NULL));
  EXPECT_FALSE(ctx_stack_guard_hit(&stack, base + stack.size));
  ctx_stack_unmap(&stack);
}

CTX_TEST(Stack, OverflowIsToldFromOtherFaults) {
  ctx_stack stack;
  ASSERT_EQ(CTX_OK, ctx_stack_map(&stack, 65536));
  fault_handler_install(NULL);
  struct fault overflow = overflow_stack(&stack);
  struct fault wild = write_on_stack(&stack, (void *)(uintptr_t)64);
  fault_handler_remove();
  EXPECT_TRUE(overflow.happened);
  EXPECT_TRUE(ctx_stack_guard_hit(&stack, overflow.address));
  EXPECT_TRUE(wild.happened);
  EXPECT_FALSE(ctx_stack_guard_hit(&stack, wild.address));
  ctx_stack_unmap(&stack);
}

CTX_TEST(Stack, NothingIsWrittenOnAnError) {
  ctx_stack stack;
  memset(&stack, 0x5a, sizeof stack);
  ctx_stack before = stack;
  EXPECT_EQ(CTX_ERR_NULL_ARGUMENT, ctx_stack_map(NULL, 65536));
  const size_t too_large[] = {SIZE_MAX, SIZE_MAX - 4095, SIZE_MAX - 4096, SIZE_MAX / 2,
                              (size_t)1 << 47};
  for (size_t i = 0; i < sizeof too_large / sizeof too_large[0]; i++) {
    EXPECT_EQ(CTX_ERR_NO_MEMORY, ctx_stack_map(&stack, too_large[i]));
    EXPECT_MEMEQ(&before, &stack, sizeof stack);
  }
}

CTX_TEST(Stack, NoneIsFineToUnmapAndHasNoGuard) {
  ctx_stack none = {.base = NULL};
  ctx_stack_unmap(NULL);
  ctx_stack_unmap(&none);
  EXPECT_FALSE(ctx_stack_guard_hit(NULL, NULL));
  EXPECT_FALSE(ctx_stack_guard_hit(&none, NULL));
  EXPECT_FALSE(ctx_stack_guard_hit(&none, (void *)UINTPTR_MAX));
}

CTX_TEST(Stack, UnmapZeroesItAndLeavesNothing) {
  ctx_stack stack;
  ASSERT_EQ(CTX_OK, ctx_stack_map(&stack, 65536));
  ctx_stack was = stack;
  const ctx_stack none = {.base = NULL};
  ctx_stack_unmap(&stack);
  EXPECT_MEMEQ(&none, &stack, sizeof stack);
  unsigned char pages[64];
  EXPECT_EQ(-1, mincore((char *)was.base - was.guard_size, page_size(), pages));
  EXPECT_EQ(ENOMEM, errno);
  EXPECT_EQ(-1, mincore((char *)was.base + was.size - page_size(), page_size(), pages));
  EXPECT_EQ(ENOMEM, errno);
}

/* ---- High water ---- */

CTX_TEST(Stack, HighWaterIsTheLowestByteThatWasUsed) {
  enum { SIZE = 5 << 20 }; /* more pages than the kernel is asked for at a time */
  static const size_t depths[] = {
      1,        2,   63, 4095, 4096, 4097, 8192, 12345, 300000, (2 << 20) + 9, SIZE - (512 << 12),
      SIZE - 1, SIZE};
  ctx_stack stack;
  ASSERT_EQ(CTX_OK, ctx_stack_map(&stack, SIZE));
  EXPECT_EQ(0, ctx_stack_high_water(&stack));
  for (size_t i = 0; i < sizeof depths / sizeof depths[0]; i++) {
    ((volatile char *)stack.base)[stack.size - depths[i]] = 1;
    EXPECT_EQ(depths[i], ctx_stack_high_water(&stack));
  }
  ctx_stack_unmap(&stack);
  EXPECT_EQ(0, ctx_stack_high_water(&stack));
  EXPECT_EQ(0, ctx_stack_high_water(NULL));
}

CTX_TEST(Stack, HighWaterLeavesOutZeros) {
  ctx_stack stack;
  ASSERT_EQ(CTX_OK, ctx_stack_map(&stack, 65536));
  volatile char *bytes = stack.base;
  bytes[stack.size - 5000] = 1;
  bytes[0] = 0;
  bytes[20000] = 0;
  EXPECT_EQ(5000, ctx_stack_high_water(&stack));
  (void)bytes[30000]; /* maps the kernel's page of zeros */
  EXPECT_EQ(5000, ctx_stack_high_water(&stack));
  ctx_stack_unmap(&stack);
}

static void use_array(size_t size) { *(volatile char *)__builtin_alloca(size) = 1; }

CTX_TEST(Stack, HighWaterIsWhatAContextUsed) {
#ifdef CTX_INSTRUMENTED_
  CTX_SKIP("instrumented code has its arrays elsewhere");
#endif
  static const size_t sizes[] = {100, 10000, 50000};
  ctx_stack stack;
  ASSERT_EQ(CTX_OK, ctx_stack_map(&stack, CTX_STACK_DEFAULT_SIZE));
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    ctx_context host = {0};
    ctx_context child;
    ASSERT_EQ(CTX_OK,
              ctx_init(&child, stack.base, stack.size, (ctx_entry)use_array, CTX_ARGS(sizes[i])));
    ctx_swap(&host, &child);
    EXPECT_TRUE(ctx_stack_high_water(&stack) >= sizes[i]);
    EXPECT_TRUE(ctx_stack_high_water(&stack) <= sizes[i] + 1000);
  }
  ctx_stack_unmap(&stack);
}

static ctx_stack own_stack;
static size_t high_water_seen, depth_seen;
static void look_at_own_stack(void) {
  depth_seen =
      (size_t)((char *)own_stack.base + own_stack.size - (char *)__builtin_frame_address(0));
  high_water_seen = ctx_stack_high_water(&own_stack);
}

CTX_TEST(Stack, HighWaterOfARunningStack) {
  ASSERT_EQ(CTX_OK, ctx_stack_map(&own_stack, 4 * CTX_STACK_DEFAULT_SIZE));
  ctx_context host = {0};
  ctx_context child;
  ASSERT_EQ(CTX_OK, ctx_init(&child, own_stack.base, own_stack.size, (ctx_entry)look_at_own_stack,
                             CTX_NO_ARGS));
  ctx_swap(&host, &child);
  EXPECT_TRUE(high_water_seen >= depth_seen);
  EXPECT_TRUE(high_water_seen < own_stack.size);
  ctx_stack_unmap(&own_stack);
}

/* With and without marked guards; with each colour; and what was trimmed is fresh. */
CTX_TEST(Stack, HighWaterOfPoolStacks) {
  enum { NUM = 20, DEPTH = 40001, KEEP_SIZE = 16384 };
  for (uint32_t flags = 0; flags <= CTX_STACK_POOL_SPLIT_GUARDS;
       flags += CTX_STACK_POOL_SPLIT_GUARDS) {
    const ctx_stack_pool_options options = {.flags = flags};
    ctx_stack_pool *pool;
    ctx_stack stacks[NUM];
    ASSERT_EQ(CTX_OK, ctx_stack_pool_create_with_options(&pool, 65536, NUM, &options));
    for (size_t i = 0; i < NUM; i++) {
      ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stacks[i]));
      EXPECT_EQ(0, ctx_stack_high_water(&stacks[i]));
      touch_to_depth(&stacks[i], DEPTH);
      EXPECT_EQ(DEPTH, ctx_stack_high_water(&stacks[i]));
      touch_to_depth(&stacks[i], stacks[i].size);
      EXPECT_EQ(stacks[i].size, ctx_stack_high_water(&stacks[i]));
    }
    for (size_t i = 0; i < NUM; i++) {
      ctx_stack_pool_give(pool, &stacks[i]);
      EXPECT_TRUE(ctx_stack_high_water(&stacks[i]) <= KEEP_SIZE);
      EXPECT_NE(0, ctx_stack_high_water(&stacks[i]));
    }
    ctx_stack_pool_destroy(pool);
  }
}

/* The default has room for what it says: a long double's digits are the most. */
static char digits[8192];
static void print_much(void) { snprintf(digits, sizeof digits, "%d %f %.50Lf", 7, 1e300, 1e4000L); }

CTX_TEST(Stack, DefaultSizeHasRoomForPrintf) {
  ctx_stack stack;
  EXPECT_EQ(64 << 10, CTX_STACK_DEFAULT_SIZE);
  ASSERT_EQ(CTX_OK, ctx_stack_map(&stack, CTX_STACK_DEFAULT_SIZE));
  ctx_context host = {0};
  ctx_context child;
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack.base, stack.size, (ctx_entry)print_much, CTX_NO_ARGS));
  ctx_swap(&host, &child);
  EXPECT_TRUE(ctx_has_returned(&child));
  EXPECT_TRUE(strlen(digits) > 4000);
  EXPECT_TRUE(ctx_stack_high_water(&stack) < CTX_STACK_DEFAULT_SIZE / 2 + 4096);
  ctx_stack_unmap(&stack);
}

static void map_and_use(void) {
  ctx_stack stack;
  ctx_signal_stack signal_stack;
  ASSERT_EQ(CTX_OK, ctx_stack_map(&stack, 65536));
  touch_to_depth(&stack, stack.size);
  ctx_stack_unmap(&stack);
  ASSERT_EQ(CTX_OK, ctx_signal_stack_install(&signal_stack, 65536));
  touch_to_depth(&signal_stack.stack, signal_stack.stack.size);
  ASSERT_EQ(CTX_OK, ctx_signal_stack_remove(&signal_stack));
}

CTX_TEST(Stack, CyclesLeaveNothing) {
  for (size_t i = 0; i < 100; i++)
    map_and_use();
  size_t mappings = num_mappings();
  size_t descriptors = num_descriptors();
  size_t resident = resident_size();
  for (size_t i = 0; i < 2000; i++)
    map_and_use();
  /* A few that an allocator takes now and then are not a leak. */
  EXPECT_TRUE(num_mappings() < mappings + 20);
  EXPECT_EQ(descriptors, num_descriptors());
#ifndef CTX_INSTRUMENTED_ /* sanitizers have memory for each address that was used */
  /* 2000 leaked stacks would be 125 MiB, 2000 leaked pages 8. */
  EXPECT_TRUE(resident_size() < resident + (4 << 20));
#else
  (void)resident;
#endif
}

/* ---- Alternate signal stacks ---- */

enum { NUM_REFUSED = 1000 };
static ctx_signal_stack installed;
static ctx_status status_in_handler[2];
static bool handler_was_on_it;

static void on_signal_use_stack(int signal) {
  (void)signal;
  char *here = __builtin_frame_address(0);
  char *base = installed.stack.base;
  handler_was_on_it = here >= base && here < base + installed.stack.size;
  for (size_t i = 0; i < NUM_REFUSED; i++) {
    ctx_signal_stack another;
    status_in_handler[0] = ctx_signal_stack_install(&another, 1 << 20);
  }
  status_in_handler[1] = ctx_signal_stack_remove(&installed);
}

CTX_TEST(SignalStack, HandlerRunsThereAndCannotReplaceIt) {
  struct sigaction action = {.sa_handler = on_signal_use_stack, .sa_flags = SA_ONSTACK};
  struct sigaction previous;
  sigemptyset(&action.sa_mask);
  ASSERT_EQ(0, sigaction(SIGUSR1, &action, &previous));
  ASSERT_EQ(CTX_OK, ctx_signal_stack_install(&installed, 128 * 1024));
  size_t address_space = address_space_size();
  raise(SIGUSR1);
  EXPECT_TRUE(handler_was_on_it);
  EXPECT_TRUE(address_space_size() < address_space + ((size_t)NUM_REFUSED << 19));
  EXPECT_EQ(CTX_ERR_SIGNAL_STACK, status_in_handler[0]);
  EXPECT_EQ(CTX_ERR_SIGNAL_STACK, status_in_handler[1]);
  EXPECT_EQ(CTX_OK, ctx_signal_stack_remove(&installed));
  sigaction(SIGUSR1, &previous, NULL);
}

CTX_TEST(SignalStack, RemoveRestoresThePreviousOne) {
  stack_t at_first;
  ASSERT_EQ(0, sigaltstack(NULL, &at_first));
  ctx_signal_stack outer;
  ctx_signal_stack inner;
  ASSERT_EQ(CTX_OK, ctx_signal_stack_install(&outer, 0));
  ASSERT_EQ(CTX_OK, ctx_signal_stack_install(&inner, 0));
  stack_t now;
  ASSERT_EQ(0, sigaltstack(NULL, &now));
  EXPECT_EQ(inner.stack.base, now.ss_sp);
  EXPECT_EQ(inner.stack.size, now.ss_size);
  EXPECT_EQ(CTX_OK, ctx_signal_stack_remove(&inner));
  ASSERT_EQ(0, sigaltstack(NULL, &now));
  EXPECT_EQ(outer.stack.base, now.ss_sp);
  EXPECT_EQ(CTX_OK, ctx_signal_stack_remove(&outer));
  ASSERT_EQ(0, sigaltstack(NULL, &now));
  EXPECT_EQ(at_first.ss_flags, now.ss_flags);
  EXPECT_EQ(at_first.ss_sp, now.ss_sp);
}

CTX_TEST(SignalStack, RemoveLeavesWhatHasTakenItsPlace) {
  stack_t at_first;
  ASSERT_EQ(0, sigaltstack(NULL, &at_first));
  CTX_STACK(foreign_memory, 256 * 1024);
  ctx_signal_stack stack;
  ASSERT_EQ(CTX_OK, ctx_signal_stack_install(&stack, 0));
  stack_t foreign = {.ss_sp = foreign_memory, .ss_size = sizeof foreign_memory};
  ASSERT_EQ(0, sigaltstack(&foreign, NULL));
  EXPECT_EQ(CTX_OK, ctx_signal_stack_remove(&stack));
  stack_t now;
  ASSERT_EQ(0, sigaltstack(NULL, &now));
  EXPECT_EQ(foreign.ss_sp, now.ss_sp);
  ASSERT_EQ(0, sigaltstack(&at_first, NULL));
}

CTX_TEST(SignalStack, RemovedOneIsAllZeros) {
  static const ctx_signal_stack zeros;
  ctx_signal_stack stack;
  ASSERT_EQ(CTX_OK, ctx_signal_stack_install(&stack, 0));
  ASSERT_EQ(CTX_OK, ctx_signal_stack_remove(&stack));
  EXPECT_MEMEQ(&zeros, &stack, sizeof stack);
}

CTX_TEST(SignalStack, NullIsAnError) {
  EXPECT_EQ(CTX_ERR_NULL_ARGUMENT, ctx_signal_stack_install(NULL, 0));
  EXPECT_EQ(CTX_ERR_NULL_ARGUMENT, ctx_signal_stack_remove(NULL));
}

CTX_TEST(StackChecked, UnmapOfAPoolsStackStops) {
#ifndef CTX_CHECKED
  CTX_SKIP("only the checked build looks");
#else
  ctx_stack_pool *pool;
  ctx_stack stack;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, 65536, 1));
  ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
  CTX_EXPECT_DEATH(ctx_stack_unmap(&stack), "ctx: ctx_stack_unmap: stack 0x");
  CTX_EXPECT_DEATH(ctx_stack_unmap(&stack), "belongs to a pool");
  ctx_stack_pool_destroy(pool);
#endif
}
