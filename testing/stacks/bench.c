/* What stacks cost: ./tools/bazel run -c opt //testing/stacks:bench
 *
 * Nanoseconds, the least and the median of several runs. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "ctx/ctx.h"

enum { NUM_RUNS = 15, STACK_SIZE = 65536 };

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static void must(ctx_status status) {
  if (status == CTX_OK) return;
  fprintf(stderr, "%s\n", ctx_status_message(status));
  exit(1);
}

/* Each returns the time of one, on average. */

static double create(uint32_t flags) {
  enum { NUM = 8192 };
  ctx_stack_pool_options options = {.flags = flags};
  ctx_stack_pool *pool;
  must(ctx_stack_pool_create_with_options(&pool, STACK_SIZE, NUM, &options));
  double start = now();
  for (size_t i = 0; i < NUM; i++) {
    ctx_stack stack;
    must(ctx_stack_pool_take(pool, &stack));
  }
  double end = now();
  ctx_stack_pool_destroy(pool);
  return (end - start) / NUM;
}

static double created_by_marks(void) { return create(0); }
static double created_by_splits(void) { return create(CTX_STACK_POOL_SPLIT_GUARDS); }

static void touch(const ctx_stack *stack, size_t depth) {
  for (size_t at = 8; at <= depth; at += 4096) {
    *(volatile char *)((char *)stack->base + stack->size - at) = 1;
  }
}

static double created_and_touched(void) {
  enum { NUM = 8192 };
  ctx_stack_pool *pool;
  must(ctx_stack_pool_create(&pool, STACK_SIZE, NUM));
  double start = now();
  for (size_t i = 0; i < NUM; i++) {
    ctx_stack stack;
    must(ctx_stack_pool_take(pool, &stack));
    touch(&stack, 8);
  }
  double end = now();
  ctx_stack_pool_destroy(pool);
  return (end - start) / NUM;
}

static double recycle(size_t depth, size_t num) {
  ctx_stack_pool *pool;
  must(ctx_stack_pool_create(&pool, STACK_SIZE, 1));
  ctx_stack stack;
  must(ctx_stack_pool_take(pool, &stack));
  touch(&stack, depth);
  ctx_stack_pool_give(pool, &stack);
  double start = now();
  for (size_t i = 0; i < num; i++) {
    must(ctx_stack_pool_take(pool, &stack));
    touch(&stack, depth);
    ctx_stack_pool_give(pool, &stack);
  }
  double end = now();
  ctx_stack_pool_destroy(pool);
  return (end - start) / (double)num;
}

static double recycled(void) { return recycle(8, 1000000); }
static double recycled_deep(void) { return recycle(5 * 4096, 2000); }

static double mapped(void) {
  enum { NUM = 2000 };
  double start = now();
  for (size_t i = 0; i < NUM; i++) {
    ctx_stack stack;
    must(ctx_stack_map(&stack, STACK_SIZE));
    ctx_stack_unmap(&stack);
  }
  return (now() - start) / NUM;
}

static int compare(const void *left, const void *right) {
  double a = *(const double *)left;
  double b = *(const double *)right;
  return (a > b) - (a < b);
}

int main(void) {
  static const struct {
    const char *what;
    double (*run)(void);
  } cases[] = {
      {"take from a fresh pool", created_by_marks},
      {"take from a fresh pool, guards split", created_by_splits},
      {"take from a fresh pool, touch", created_and_touched},
      {"take and give, recycled", recycled},
      {"take and give, 20 KiB deep, trimmed", recycled_deep},
      {"map and unmap", mapped},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    double times[NUM_RUNS];
    for (size_t run = 0; run < NUM_RUNS; run++)
      times[run] = cases[i].run();
    qsort(times, NUM_RUNS, sizeof times[0], compare);
    printf("%-40s %9.1f %9.1f\n", cases[i].what, times[0], times[NUM_RUNS / 2]);
  }
  return 0;
}
