/* The stack of a context that has ended is memory like any other: whoever has given it may read
 * what is there, and use it for something else. (valgrind takes what has been popped for memory
 * that is gone; see tools/mutants.) */
#include "ctx/ctx.h"
#include "testing/harness/harness.h"

enum { STACK_SIZE = 65536 };
CTX_STACK(stack, STACK_SIZE);
static ctx_context host, child;
static volatile uint64_t sink;

/* Deep enough to leave frames behind. */
__attribute__((noinline)) static uint64_t dig(uint64_t depth) {
  volatile uint64_t numbers[32];
  for (unsigned i = 0; i < 32; i++)
    numbers[i] = depth;
  return depth == 0 ? 0 : dig(depth - 1) + numbers[depth % 32];
}

CTX_TEST(EndedStack, IsMemoryLikeAnyOther) {
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, (ctx_entry)dig, CTX_ARGS((uint64_t)20)));
  ctx_swap(&host, &child);
  EXPECT_EQ(210, ctx_retval_u64(&child));
  for (size_t i = 0; i < STACK_SIZE; i++)
    sink = (uint64_t)stack[i];
}
