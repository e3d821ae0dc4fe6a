/* Generators that consume generators: prime numbers by a sieve, in which each prime found adds one
 * more generator to the chain, and a consumer that has enough after ten.
 *
 * Each is a child. It resumes the one that it consumes by a swap, with its own context, and gives
 * what it has made to its consumer by a yield. So everyone returns to whoever consumes it, at any
 * depth. (By swaps in both directions a generator would become the parent of its consumer, which
 * would then return into it.) */
#include <stdio.h>
#include <stdlib.h>

#include "ctx/ctx.h"

enum { MAX_GENERATORS = 16 };

typedef struct generator {
  ctx_context self;
  ctx_stack stack;
  int item; /* what was yielded last */
} generator;

static ctx_stack_pool *pool;
static generator generators[MAX_GENERATORS];
static size_t num_generators;

static void check(ctx_status status) {
  if (status == CTX_OK) return;
  fprintf(stderr, "pipeline: %s\n", ctx_status_message(status));
  exit(1);
}

/* Gives an item to whoever consumes `g`. */
static void yield(generator *g, int item) {
  g->item = item;
  ctx_yield(&g->self);
}

/* Returns the next item of `from`; `self` is who asks. */
static int next(ctx_context *self, generator *from) {
  ctx_swap(self, &from->self);
  return from->item;
}

static void count(generator *self, int first) {
  for (int i = first;; i++)
    yield(self, i);
}

static void without_multiples(generator *self, generator *numbers, int prime) {
  for (;;) {
    int number = next(&self->self, numbers);
    if (number % prime != 0) yield(self, number);
  }
}

static generator *make(void) {
  generator *g = &generators[num_generators++];
  check(ctx_stack_pool_take(pool, &g->stack));
  return g;
}

/* A task: it consumes generators, and returns. */
static int sum_of_primes(ctx_context *self, int how_many) {
  generator *numbers = make();
  check(CTX_START(&numbers->self, numbers->stack.base, numbers->stack.size, count, numbers, 2));
  int sum = 0;
  for (int i = 0; i < how_many; i++) {
    int prime = next(self, numbers);
    printf("%s%d", i == 0 ? "" : " ", prime);
    sum += prime;
    generator *rest = make();
    check(CTX_START(&rest->self, rest->stack.base, rest->stack.size, without_multiples, rest,
                    numbers, prime));
    numbers = rest;
  }
  puts("");
  return sum;
}

int main(void) {
  static ctx_context host, task;
  ctx_stack stack;
  check(ctx_stack_pool_create(&pool, 64 * 1024, MAX_GENERATORS));
  check(ctx_stack_pool_take(pool, &stack));
  check(CTX_START(&task, stack.base, stack.size, sum_of_primes, &task, 10));
  ctx_swap(&host, &task);
  printf("The task returned %d. %zu generators are dropped where they stand.\n",
         ctx_retval_i32(&task), num_generators);
  ctx_stack_pool_destroy(pool);
  return 0;
}
