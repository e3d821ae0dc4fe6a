/* A result that no context has a field for is kept on the stack. It is found there wherever that
 * lies: far from the program, too. */
#include "ctx/ctx.h"
#include "testing/harness/harness.h"

enum { STACK_SIZE = 65536 };
CTX_STACK(near_stack, STACK_SIZE);

typedef long double _Complex wide;

static wide twice(wide x) { return 2 * x; }

static void expect_result(void *stack, size_t size) {
  static ctx_context host, child;
  const ctx_type *const args[] = {&ctx_type_complex_long_double};
  const wide x = 1.5L;
  const void *const values[] = {&x};
  ctx_signature *signature = NULL;
  ASSERT_EQ(CTX_OK, ctx_signature_create(&signature, &ctx_type_complex_long_double, args, 1,
                                         CTX_NOT_VARIADIC));
  EXPECT_EQ(CTX_OK,
            ctx_init_signature(&child, stack, size, NULL, (ctx_entry)twice, signature, values));
  host = (ctx_context){0};
  ctx_swap(&host, &child);
  wide result = 0;
  EXPECT_EQ(CTX_OK, ctx_retval_get(&child, signature, &result));
  EXPECT_TRUE(result == 2 * x);
  ctx_signature_destroy(signature);
}

CTX_TEST(WideResult, StackInTheProgram) { expect_result(near_stack, STACK_SIZE); }

CTX_TEST(WideResult, MappedStack) {
  ctx_stack stack;
  ASSERT_EQ(CTX_OK, ctx_stack_map(&stack, STACK_SIZE));
  expect_result(stack.base, stack.size);
  ctx_stack_unmap(&stack);
}
