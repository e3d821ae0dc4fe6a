/* Where char has no sign (-funsigned-char), it is an unsigned argument. */
#include "ctx/ctx.h"
#include "testing/harness/harness.h"

CTX_TEST(UnsignedChar, IsAnUnsignedArgument) {
  ctx_value value = CTX_VALUE((char)-1);
  EXPECT_EQ(CTX_KIND_U8, value.kind);
  EXPECT_EQ(255, value.bits);
  EXPECT_EQ(CTX_KIND_I8, CTX_VALUE((signed char)-1).kind);
}
