/* Pools that several threads take from and give to at the same time. */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"

enum { NUM_THREADS = 4, STACK_SIZE = 32768 };

struct crew {
  ctx_stack_pool *pool;
  size_t num_rounds;
  size_t num_held; /* by each thread, at most */
  size_t trim_one; /* each thread trims the pool once in so many rounds; 0: never */
  pthread_barrier_t start;
  atomic_size_t num_shared;   /* stacks that two had at a time */
  atomic_size_t num_failures; /* of take */
};

struct worker {
  struct crew *crew;
  size_t number;
  pthread_t thread;
};

/* A stack's lowest word holds the number of whoever has it. Not atomic: that one thread's writes
 * are seen by the next is the pool's duty, and TSan sees if it is not done. */
static void sign(struct crew *crew, const ctx_stack *stack, size_t number) {
  size_t *owner = stack->base;
  if (*owner != 0) crew->num_shared++;
  *owner = number;
}
static void check_out(struct crew *crew, const ctx_stack *stack, size_t number) {
  size_t *owner = stack->base;
  if (*owner != number) crew->num_shared++;
  *owner = 0;
}

static void *take_and_give(void *data) {
  struct worker *self = data;
  struct crew *crew = self->crew;
  uint64_t state = self->number;
  ctx_stack *held = calloc(crew->num_held, sizeof *held);
  if (held == NULL) abort();
  size_t num_held = 0;
  pthread_barrier_wait(&crew->start);
  for (size_t round = 0; round < crew->num_rounds; round++) {
    if (crew->trim_one != 0 && round % crew->trim_one == 0) ctx_stack_pool_trim(crew->pool);
    bool take = num_held == 0 || (num_held < crew->num_held && ctx_test_random(&state) % 2 == 0);
    if (take) {
      if (ctx_stack_pool_take(crew->pool, &held[num_held]) == CTX_OK) {
        sign(crew, &held[num_held++], self->number);
      } else {
        crew->num_failures++;
      }
    } else {
      size_t which = ctx_test_random(&state) % num_held;
      check_out(crew, &held[which], self->number);
      ctx_stack_pool_give(crew->pool, &held[which]);
      held[which] = held[--num_held];
    }
  }
  while (num_held > 0) {
    check_out(crew, &held[--num_held], self->number);
    ctx_stack_pool_give(crew->pool, &held[num_held]);
  }
  free(held);
  return NULL;
}

static void run_crew(struct crew *crew) {
  struct worker workers[NUM_THREADS];
  pthread_barrier_init(&crew->start, NULL, NUM_THREADS);
  for (size_t i = 0; i < NUM_THREADS; i++) {
    workers[i] = (struct worker){.crew = crew, .number = i + 1};
    if (pthread_create(&workers[i].thread, NULL, take_and_give, &workers[i]) != 0) abort();
  }
  for (size_t i = 0; i < NUM_THREADS; i++)
    pthread_join(workers[i].thread, NULL);
  pthread_barrier_destroy(&crew->start);
}

/* Afterwards each stack can be taken once: none was lost, none is there twice. */
static void expect_all_there(ctx_stack_pool *pool, size_t capacity) {
  char *seen = calloc(capacity, 1);
  ctx_stack stack;
  for (size_t i = 0; i < capacity; i++) {
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
    ASSERT_EQ(0, seen[stack.slot]);
    seen[stack.slot] = 1;
  }
  EXPECT_EQ(CTX_ERR_POOL_EXHAUSTED, ctx_stack_pool_take(pool, &stack));
  free(seen);
}

/* Stacks keep all: so there are no system calls, and threads meet more often. */
static void run_and_check(size_t capacity, size_t num_held, size_t num_rounds, uint32_t flags) {
  ctx_stack_pool_options options = {.keep_size = SIZE_MAX, .flags = flags};
  struct crew crew = {.num_rounds = num_rounds, .num_held = num_held};
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create_with_options(&crew.pool, STACK_SIZE, capacity, &options));
  run_crew(&crew);
  EXPECT_EQ(0, crew.num_shared);
  /* A thread never misses what no other has. */
  if (capacity >= NUM_THREADS * num_held) EXPECT_EQ(0, crew.num_failures);
  ctx_stack_pool_stats stats;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_get_stats(crew.pool, &stats));
  EXPECT_EQ(0, stats.in_use);
  EXPECT_TRUE(stats.high_water <= NUM_THREADS * num_held);
  expect_all_there(crew.pool, capacity);
  ctx_stack_pool_destroy(crew.pool);
}

CTX_TEST(PoolThreads, NoStackIsSharedOrLost) { run_and_check(200, 50, 200000, 0); }

/* Every take is for the last stack that is left. */
CTX_TEST(PoolThreads, FewStacksAreContendedFor) { run_and_check(NUM_THREADS, 1, 200000, 0); }
CTX_TEST(PoolThreads, TooFewStacksAreContendedFor) { run_and_check(2, 2, 200000, 0); }

/* Many short lives of pools: most of the time is spent growing. */
CTX_TEST(PoolThreads, GrowingTogetherMissesNone) {
  for (size_t i = 0; i < 50; i++) {
    run_and_check(40, 10, 200, 0);
    run_and_check(40, 10, 200, CTX_STACK_POOL_SPLIT_GUARDS);
  }
  for (size_t i = 0; i < 500; i++)
    run_and_check(NUM_THREADS, 1, 50, 0);
}

/* The words that threads write are in memory that goes back. */
CTX_TEST(PoolThreads, TrimmingTakesNothingFromOthers) {
  enum { NUM_HELD = 10, CAPACITY = NUM_THREADS * (NUM_HELD + 1) };
  struct crew crew = {.num_rounds = 20000, .num_held = NUM_HELD, .trim_one = 50};
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&crew.pool, STACK_SIZE, CAPACITY));
  run_crew(&crew);
  EXPECT_EQ(0, crew.num_shared);
  EXPECT_EQ(0, crew.num_failures);
  ctx_stack_pool_stats stats;
  ctx_stack_pool_trim(crew.pool);
  ASSERT_EQ(CTX_OK, ctx_stack_pool_get_stats(crew.pool, &stats));
  EXPECT_EQ(0, stats.in_use);
  EXPECT_EQ(0, stats.resident);
  expect_all_there(crew.pool, CAPACITY);
  ctx_stack_pool_destroy(crew.pool);
}

/* The next thread's context finds what that of one thread has left. */
static void *give_filled(void *data) {
  ctx_stack_pool *pool = data;
  ctx_stack stack;
  if (ctx_stack_pool_take(pool, &stack) != CTX_OK) abort();
  memset((char *)stack.base + stack.size - 4096, 0x5a, 4096);
  ctx_stack_pool_give(pool, &stack);
  return NULL;
}

CTX_TEST(PoolThreads, StackGoesFromThreadToThread) {
  ctx_stack_pool *pool;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, 1));
  for (size_t i = 0; i < 10; i++) {
    pthread_t thread;
    ASSERT_EQ(0, pthread_create(&thread, NULL, give_filled, pool));
    ASSERT_EQ(0, pthread_join(thread, NULL));
    ctx_stack stack;
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
    EXPECT_EQ(0x5a, *((char *)stack.base + stack.size - 1));
    ctx_stack_pool_give(pool, &stack);
  }
  ctx_stack_pool_destroy(pool);
}
