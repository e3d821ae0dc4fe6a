#include "ctx/prefetch.h"

#include "testing/harness/harness.h"

CTX_STACK(stack, 4096);
static ctx_context host;
static ctx_context child;

static void entry(void) {}

CTX_TEST(Prefetch, FaultsNowhere) {
  ctx_prefetch(NULL);
  ctx_prefetch((const ctx_context *)(uintptr_t)UINT64_C(0x8000000000000000)); /* not an address */
  ctx_prefetch_stack(&host); /* it has no stack yet */
}

CTX_TEST(Prefetch, ChangesNothing) {
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, sizeof stack, entry, CTX_NO_ARGS));
  ctx_context before = child;
  ctx_prefetch(&child);
  ctx_prefetch_stack(&child);
  EXPECT_MEMEQ(&before, &child, sizeof child);
  ctx_swap(&host, &child);
  EXPECT_TRUE(ctx_has_returned(&child));
}
