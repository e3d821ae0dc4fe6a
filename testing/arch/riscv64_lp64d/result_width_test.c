/* A floating-point register has eight bytes. So the other eight of ctx_retval_fp are 0, whatever
 * was in the memory of the context before. */
#include <string.h>

#include "ctx/arch/riscv64_lp64d/layout.h"
#include "ctx/ctx.h"
#include "testing/harness/harness.h"

enum { STACK_SIZE = 32768 };
CTX_STACK(stack, STACK_SIZE);

static double one_and_a_half(void) { return 1.5; }

CTX_TEST(ResultWidth, BytesThatNoRegisterHasAreZero) {
  static ctx_context host, child;
  const double expected[2] = {1.5, 0};
  memset(&child, 0xa5, sizeof child);
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, (ctx_entry)one_and_a_half, CTX_NO_ARGS));
  ctx_swap(&host, &child);
  ctx_bytes16 result = ctx_retval_fp(&child);
  EXPECT_MEMEQ(expected, result.bytes, sizeof expected);
}

CTX_TEST(ResultWidth, NoneIsInMemoryWhereThereAreNoArguments) {
  static ctx_context host, child;
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, (ctx_entry)one_and_a_half, CTX_NO_ARGS));
  ctx_swap(&host, &child);
  EXPECT_EQ(CTX_RETURNED, child.returned);
}
