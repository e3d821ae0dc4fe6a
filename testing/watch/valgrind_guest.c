/* Valgrind is shown contexts that run, yield, end, are abandoned, and initialised anew, on
 * stacks that lie close to each other and far apart. `bug` as the argument reads what was never
 * written, in a context. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "ctx/ctx.h"

enum { STACK_SIZE = 64 * 1024, NUM_CHILDREN = 3 };

static ctx_context host;
static ctx_context children[NUM_CHILDREN];
static volatile uint64_t sink;
static void *volatile opaque;

/* Deep enough to leave frames behind. */
__attribute__((noinline)) static uint64_t sum(uint64_t n) {
  volatile uint64_t numbers[16];
  for (unsigned i = 0; i < 16; i++)
    numbers[i] = n;
  return n == 0 ? 0 : sum(n - 1) + numbers[n % 16];
}

static uint64_t yield(uint64_t self, uint64_t times) {
  for (uint64_t i = 0; i < times; i++) {
    sink = sum(10);
    ctx_swap(&children[self], &host);
  }
  return sum(20);
}

static void read_uninitialised(void) {
  uint64_t number;
  opaque = &number;
  if (*(uint64_t *)opaque == 42) sink = 1;
  opaque = NULL;
}

static void start(uint64_t which, void *stack, uint64_t times) {
  if (ctx_init(&children[which], stack, STACK_SIZE, (ctx_entry)yield, CTX_ARGS(which, times)) !=
      CTX_OK) {
    abort();
  }
  ctx_swap(&host, &children[which]);
}

static int live(void *const stacks[NUM_CHILDREN]) {
  for (int round = 0; round < 5; round++) {
    start(0, stacks[0], 0);
    if (ctx_retval_u64(&children[0]) != 210) return 1;
    start(1, stacks[1], 2);
    start(2, stacks[2], 100);
    for (int i = 0; i < 2; i++) {
      ctx_swap(&host, &children[1]);
      ctx_swap(&host, &children[2]);
    }
    if (ctx_retval_u64(&children[1]) != 210) return 1;
    /* The third is abandoned, in the middle. */
  }
  return 0;
}

int main(int argc, char **argv) {
  ctx_stack_pool *pool;
  ctx_stack close_by[2];
  if (ctx_stack_pool_create(&pool, STACK_SIZE, 2) != CTX_OK) abort();
  for (int i = 0; i < 2; i++)
    if (ctx_stack_pool_take(pool, &close_by[i]) != CTX_OK) abort();
  char *far_away = mmap(NULL, 64 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (far_away == MAP_FAILED) abort();

  void *const stacks[NUM_CHILDREN] = {close_by[0].base, far_away, close_by[1].base};
  int status = live(stacks);
  if (argc > 1 && strcmp(argv[1], "bug") == 0) {
    if (ctx_init(&children[0], far_away, STACK_SIZE, read_uninitialised, CTX_NO_ARGS) != CTX_OK) {
      abort();
    }
    ctx_swap(&host, &children[0]);
  }
  for (int i = 0; i < 2; i++)
    ctx_stack_pool_give(pool, &close_by[i]);
  ctx_stack_pool_destroy(pool);
  munmap(far_away, 64 << 20);
  return status;
}
