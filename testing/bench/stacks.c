#include "testing/bench/stacks.h"

#include <stdio.h>
#include <stdlib.h>

#include "ctx/ctx.h"
#include "testing/bench/boost_stacks.h"

#define STACK_SIZE 65536

static void must(ctx_status status) {
  if (status == CTX_OK) return;
  fprintf(stderr, "bench: %s\n", ctx_status_message(status));
  exit(1);
}

/* A word at the end, and one in each page down to `depth`. */
static void touch(void *end, size_t depth) {
  for (size_t at = sizeof(uint64_t); at <= depth; at += 4096)
    *(volatile uint64_t *)(void *)((char *)end - at) = 1;
}

static void touch_stack(const ctx_stack *stack, size_t depth) {
  touch((char *)stack->base + stack->size, depth);
}

/* Each depth has a pool of its own: a pool asks the kernel more often after deep use. */
static uint64_t recycle(ctx_stack_pool **own_pool, uint64_t num_stacks, size_t depth) {
  if (*own_pool == NULL) must(ctx_stack_pool_create(own_pool, STACK_SIZE, 1));
  ctx_stack_pool *pool = *own_pool;
  uint64_t done = 0;
  for (uint64_t n = num_stacks; n > 0; n--) {
    ctx_stack stack;
    must(ctx_stack_pool_take(pool, &stack));
    touch_stack(&stack, depth);
    ctx_stack_pool_give(pool, &stack);
    done++;
  }
  return done;
}

uint64_t bench_stack_pool(uint64_t num_stacks) {
  static ctx_stack_pool *pool;
  return recycle(&pool, num_stacks, sizeof(uint64_t));
}
uint64_t bench_stack_pool_deep(uint64_t num_stacks) {
  static ctx_stack_pool *pool;
  return recycle(&pool, num_stacks, 5 * 4096);
}

uint64_t bench_stack_map(uint64_t num_stacks) {
  uint64_t done = 0;
  for (uint64_t n = num_stacks; n > 0; n--) {
    ctx_stack stack;
    must(ctx_stack_map(&stack, STACK_SIZE));
    touch_stack(&stack, sizeof(uint64_t));
    ctx_stack_unmap(&stack);
    done++;
  }
  return done;
}

static uint64_t boost(uint64_t num_stacks, bench_boost_kind kind) {
  uint64_t done = 0;
  for (uint64_t n = num_stacks; n > 0; n--) {
    bench_boost_stack stack;
    if (!bench_boost_stack_allocate(kind, &stack)) break;
    touch(stack.end, sizeof(uint64_t));
    bench_boost_stack_deallocate(kind, &stack);
    done++;
  }
  return done;
}

uint64_t bench_stack_boost_pooled(uint64_t num_stacks) {
  return boost(num_stacks, BENCH_BOOST_POOLED);
}
uint64_t bench_stack_malloc(uint64_t num_stacks) {
  return boost(num_stacks, BENCH_BOOST_FIXEDSIZE);
}
uint64_t bench_stack_boost_protected(uint64_t num_stacks) {
  return boost(num_stacks, BENCH_BOOST_PROTECTED);
}

/* ---- Fresh ones ---- */

static ctx_stack_pool *fresh;

static void make_fresh(uint64_t num_stacks, uint32_t flags) {
  ctx_stack_pool_options options = {.flags = flags};
  must(ctx_stack_pool_create_with_options(&fresh, STACK_SIZE, num_stacks, &options));
}

void bench_fresh_pool(uint64_t num_stacks) { make_fresh(num_stacks, 0); }
void bench_fresh_split_pool(uint64_t num_stacks) {
  make_fresh(num_stacks, CTX_STACK_POOL_SPLIT_GUARDS);
}

static uint64_t take_fresh(uint64_t num_stacks, size_t depth) {
  uint64_t done = 0;
  for (uint64_t n = num_stacks; n > 0; n--) {
    ctx_stack stack;
    must(ctx_stack_pool_take(fresh, &stack));
    touch_stack(&stack, depth);
    done++;
  }
  return done;
}

uint64_t bench_fresh_take(uint64_t num_stacks) { return take_fresh(num_stacks, 0); }
uint64_t bench_fresh_touch(uint64_t num_stacks) { return take_fresh(num_stacks, sizeof(uint64_t)); }

void bench_fresh_drop(void) { ctx_stack_pool_destroy(fresh); }
