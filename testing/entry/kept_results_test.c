/* A context whose entry has no result frame keeps no result there, whatever lies in its place. */
#include "ctx/ctx.h"
#include "testing/harness/harness.h"

enum { STACK_SIZE = 32768 };
CTX_STACK(stack, STACK_SIZE);

static ctx_context host;
static ctx_context child;

static void nothing(void) {}
static void take(int x) { (void)x; }

static void expect_no_wide_result(void) {
  host = (ctx_context){0};
  ctx_swap(&host, &child);
  ASSERT_TRUE(ctx_has_returned(&child));
  ctx_signature *signature = NULL;
  ASSERT_EQ(CTX_OK, ctx_signature_create(&signature, &ctx_type_complex_long_double, NULL, 0,
                                         CTX_NOT_VARIADIC));
  long double _Complex result;
  EXPECT_EQ(CTX_ERR_WRONG_SIGNATURE, ctx_retval_get(&child, signature, &result));
  ctx_signature_destroy(signature);
}

CTX_TEST(KeptResults, ContextWithoutASignatureKeepsNoWideResult) {
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, nothing, CTX_NO_ARGS));
  expect_no_wide_result();
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, (ctx_entry)take, CTX_ARGS(1)));
  expect_no_wide_result();
}
