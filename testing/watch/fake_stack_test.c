/* Under AddressSanitizer with detect_stack_use_after_return each context has a fake stack, which
 * goes when the context does, however that ends. */
#include <stdlib.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/stack/memory_use.h"

const char *__asan_default_options(void);
const char *__asan_default_options(void) { return "detect_stack_use_after_return=1"; }

enum { STACK_SIZE = 64 * 1024, NUM_CONTEXTS = 2000 };
CTX_STACK(stack, STACK_SIZE);
CTX_STACK(other_stack, STACK_SIZE);

static ctx_context host;
static ctx_context child;

/* A local with an address: it is in the fake stack. */
__attribute__((noinline)) static void keep(volatile int *number) { (*number)++; }
static void leave(void) {
  volatile int number = 0;
  keep(&number);
  ctx_set(&host);
}
__attribute__((noinline)) static int return_number(void) {
  volatile int number = 6;
  keep(&number);
  return number;
}

/* A fake stack of such a stack is 11 times as large: 2,000 would take 1.4 GiB of address space. */
static void expect_flat(void (*live)(void)) {
  live();
  size_t mappings_before = num_mappings();
  size_t size_before = address_space_size();
  for (int i = 0; i < NUM_CONTEXTS; i++)
    live();
  EXPECT_TRUE(num_mappings() < mappings_before + 16);
  EXPECT_TRUE(address_space_size() < size_before + (64 << 20));
}

static void end(void) {
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, (ctx_entry)return_number, CTX_NO_ARGS));
  ctx_swap(&host, &child);
  EXPECT_EQ(7, ctx_retval_i32(&child));
}
CTX_TEST(FakeStack, GoesWhenTheEntryReturns) { expect_flat(end); }

/* Where a switch is inlined, assembly is, and clang takes no frame from the fake stack. */
static void yield(ctx_context *self) {
  for (;;) {
    if (return_number() != 7) abort();
    ctx_swap(self, &host);
  }
}

static void abandon(void) {
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, (ctx_entry)yield, CTX_ARGS(&child)));
  ctx_swap(&host, &child);
  ctx_swap(&host, &child);
}
CTX_TEST(FakeStack, GoesWhenAnAbandonedContextIsInitialisedAgain) { expect_flat(abandon); }

static void discard(void) {
  ASSERT_EQ(CTX_OK, ctx_init(&child, other_stack, STACK_SIZE, leave, CTX_NO_ARGS));
  ctx_swap(&host, &child);
}
CTX_TEST(FakeStack, GoesWhenADiscardedContextIsInitialisedAgain) { expect_flat(discard); }

static ctx_context *created;
static void yield_created(void) { yield(created); }

static void destroy(void) {
  ASSERT_EQ(CTX_OK, ctx_create(&created, stack, STACK_SIZE, yield_created, CTX_NO_ARGS));
  ctx_swap(&host, created);
  ctx_destroy(created);
}
CTX_TEST(FakeStack, GoesWhenAnAbandonedContextIsDestroyed) { expect_flat(destroy); }

/* The context that forgets another keeps its own. */
static int forget_another(void) {
  volatile int number = 0;
  volatile int *at = &number;
  for (int i = 0; i < 3; i++) {
    ctx_context *own;
    if (ctx_create(&own, other_stack, STACK_SIZE, leave, CTX_NO_ARGS) != CTX_OK) abort();
    ctx_destroy(own);
    keep(at);
  }
  return number;
}
CTX_TEST(FakeStack, OfWhoeverFreesAnotherStays) {
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, (ctx_entry)forget_another, CTX_NO_ARGS));
  ctx_swap(&host, &child);
  EXPECT_EQ(3, ctx_retval_i32(&child));
}
