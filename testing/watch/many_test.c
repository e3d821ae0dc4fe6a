/* Contexts by the million, one after the other, in all ways that they can end. Under TSan each is a
 * thread to the sanitizer, which takes about 8,000 (gcc 12), or as many as there is memory for, at
 * a time. */
#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/stack/memory_use.h"

enum { STACK_SIZE = 64 * 1024, NUM_CONTEXTS = 3000000 };
CTX_STACK(stack, STACK_SIZE);

static ctx_context host;
static ctx_context child;

/* gcc 12's TSan takes half a millisecond for each context that is abandoned. */
#if CTX_TEST_TSAN && !defined(__clang__)
enum { ABANDON_ONE_IN = 10000 };
#else
enum { ABANDON_ONE_IN = 10 };
#endif

static uint64_t add(uint64_t x, uint64_t y) { return x + y; }
static void yield(ctx_context *self) {
  for (;;)
    ctx_swap(self, &host);
}
static void leave(void) { ctx_set(&host); }

CTX_TEST(Many, ThreeMillionContextsRunToTheirEnd) {
  for (uint64_t i = 0; i < NUM_CONTEXTS; i++) {
    ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, (ctx_entry)add, CTX_ARGS(i, i)));
    ctx_swap(&host, &child);
    ASSERT_EQ(2 * i, ctx_retval_u64(&child));
  }
}

/* Suspended, or left, and then initialised anew or destroyed. */
static void abandon(uint64_t number) {
  if (number % 3 == 0) {
    ctx_context *own;
    ASSERT_EQ(CTX_OK,
              ctx_create(&own, stack, STACK_SIZE, (ctx_entry)yield, CTX_ARGS((void *)NULL)));
    ctx_destroy(own); /* never resumed */
    ASSERT_EQ(CTX_OK, ctx_create(&own, stack, STACK_SIZE, leave, CTX_NO_ARGS));
    ctx_swap(&host, own);
    ctx_destroy(own);
  } else if (number % 3 == 1) {
    ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, (ctx_entry)yield, CTX_ARGS(&child)));
    ctx_swap(&host, &child);
    ctx_swap(&host, &child);
  } else {
    ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, leave, CTX_NO_ARGS));
    ctx_swap(&host, &child);
  }
}

CTX_TEST(Many, SomeOfThreeMillionAreAbandoned) {
  size_t before = 0;
  for (uint64_t i = 0; i < NUM_CONTEXTS; i++) {
    if (i == NUM_CONTEXTS / 10) before = resident_size();
    if (i % ABANDON_ONE_IN == 0) {
      abandon(i / ABANDON_ONE_IN);
      if (ctx_test_num_failures() != 0) return;
    } else {
      ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, (ctx_entry)add, CTX_ARGS(i, i)));
      ctx_swap(&host, &child);
    }
  }
  /* TSan keeps 250 bytes of each thread that there ever was, and 300 MiB of what they did last;
   * ASan 256 MiB of memory that has been freed. */
  size_t kept = CTX_TEST_TSAN ? 512 << 20 : CTX_TEST_ASAN ? 256 << 20 : 4 << 20;
  EXPECT_TRUE(resident_size() < before + kept);
}
