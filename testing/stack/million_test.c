/* A million contexts that are alive at a time, each on a guarded stack of its own. */
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/mman.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/stack/fault.h"
#include "testing/stack/memory_use.h"

enum { NUM = 1000000, NUM_HIT = 1000, STACK_SIZE = 65536 };

/* The memory that suspended contexts are to take, in all. */
#define BYTES_PER_CONTEXT 4600
#define MAX_MAPPINGS 100

static ctx_context host;
static ctx_context *contexts;
static size_t num_entered;

/* A context writes here when it goes on; set for some. */
static volatile char *target;

static size_t entry(size_t number) {
  num_entered++;
  ctx_swap(&contexts[number], &host);
  if (target != NULL) *target = 1;
  return number + 1;
}

CTX_TEST(Million, ContextsWithGuardedStacks) {
  if (available_memory() < (size_t)8 << 30) CTX_SKIP("less than 8 GiB of memory are available");
  ctx_stack_pool *pool;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, NUM));
  contexts = mmap(NULL, NUM * sizeof *contexts, PROT_READ | PROT_WRITE,
                  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  ASSERT_TRUE(contexts != MAP_FAILED);
  ctx_stack first_stack = {.base = NULL};
  ctx_stack stack = {.base = NULL};
  size_t resident_before = resident_size();

  for (size_t i = 0; i < NUM; i++) {
    ctx_status status = ctx_stack_pool_take(pool, &stack);
    if (status == CTX_ERR_MAP_COUNT) {
      ctx_stack_pool_destroy(pool);
      munmap(contexts, NUM * sizeof *contexts);
      CTX_SKIP("this kernel has no MADV_GUARD_INSTALL");
    }
    ASSERT_EQ(CTX_OK, status);
    if (i == 0) first_stack = stack;
    ASSERT_EQ(CTX_OK,
              ctx_init(&contexts[i], stack.base, stack.size, (ctx_entry)entry, CTX_ARGS(i)));
    ctx_swap(&host, &contexts[i]);
  }
  EXPECT_EQ(NUM, num_entered);
  size_t per_context = (resident_size() - resident_before) / NUM;
  size_t mappings = num_mappings();
  printf("%zu bytes resident for each context, %zu mappings\n", per_context, mappings);
  EXPECT_TRUE(per_context <= BYTES_PER_CONTEXT);
  EXPECT_TRUE(mappings <= MAX_MAPPINGS);
  ctx_stack_pool_stats stats;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_get_stats(pool, &stats));
  EXPECT_EQ(NUM, stats.in_use);
  EXPECT_EQ(1, stats.mappings);
  EXPECT_EQ((size_t)NUM * 4096, stats.resident);

  /* Some run into their guards, and the host goes on. */
  size_t slot_size = ((uintptr_t)stack.base - (uintptr_t)first_stack.base) / (NUM - 1);
  fault_handler_install(pool);
  for (size_t hit = 0; hit < NUM_HIT; hit++) {
    size_t number = hit * (NUM / NUM_HIT) + hit % (NUM / NUM_HIT);
    size_t distance = 1 + hit * 4 % 4096;
    char *base = (char *)first_stack.base + number * slot_size;
    target = base - distance;
    struct fault fault = run_to_fault(&host, &contexts[number]);
    ASSERT_TRUE(fault.in_guard);
    ASSERT_EQ(base, fault.stack.base);
    ASSERT_EQ(distance, fault.distance);
    ASSERT_FALSE(ctx_has_returned(&contexts[number]));
  }
  target = NULL;

  /* The others are unharmed. */
  for (size_t hit = 0; hit < NUM_HIT; hit++) {
    size_t number = hit * (NUM / NUM_HIT) + (hit + 1) % (NUM / NUM_HIT);
    struct fault fault = run_to_fault(&host, &contexts[number]);
    ASSERT_FALSE(fault.happened);
    ASSERT_EQ(number + 1, ctx_retval_usize(&contexts[number]));
  }
  fault_handler_remove();
  ctx_stack_pool_destroy(pool);
  munmap(contexts, NUM * sizeof *contexts);
  EXPECT_TRUE(resident_size() < resident_before + (64 << 20));
}
