/* Only a context with a result frame has a result in memory. */
#include "ctx/arch/aarch64_aapcs64/frame.h"
#include "ctx/arch/aarch64_aapcs64/layout.h"
#include "ctx/arch/aarch64_aapcs64/results.h"
#include "ctx/ctx.h"
#include "testing/harness/harness.h"

CTX_TEST(KeptResults, NarrowContextHasNoResultInMemory) {
  static ctx_context child;
  static ctx_result_frame_ frame;
  frame.memory = &frame;
  frame.memory_size = 24;
  child = (ctx_context){.returned = CTX_RETURNED_WIDE, .results = &frame};
  EXPECT_EQ(&frame, ctx_result_memory(&child, 24));
  EXPECT_EQ(NULL, ctx_result_memory(&child, 32));
  child.returned = CTX_RETURNED;
  EXPECT_EQ(NULL, ctx_result_memory(&child, 24));
  child.returned = CTX_RETURNED_CLEARED;
  EXPECT_EQ(NULL, ctx_result_memory(&child, 24));
}
