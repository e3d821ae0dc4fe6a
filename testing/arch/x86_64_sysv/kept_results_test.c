/* A context has kept parts of a result, or memory only looks as if it had. */
#include "ctx/arch/x86_64_sysv/frame.h"
#include "ctx/arch/x86_64_sysv/layout.h"
#include "ctx/arch/x86_64_sysv/results.h"
#include "ctx/ctx.h"
#include "testing/harness/harness.h"

static ctx_context child;

/* Memory where a wide context's result frame would be found is not one in other contexts. */
CTX_TEST(KeptResults, NarrowContextHasNoResultInMemory) {
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

CTX_TEST(KeptResults, ClearedOnesAreClearedWhateverTheyWere) {
  const uint64_t returned[] = {CTX_RETURNED, CTX_RETURNED_WIDE, CTX_RETURNED_CLEARED};
  for (size_t i = 0; i < sizeof returned / sizeof returned[0]; i++) {
    child = (ctx_context){.returned = returned[i]};
    ctx_clear_retvals(&child);
    EXPECT_TRUE(ctx_has_returned(&child));
    EXPECT_TRUE(ctx_results_are_cleared(&child));
  }
}
