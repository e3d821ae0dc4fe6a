/* Unwinders pass through the register checker, and give its caller the registers back that it has
 * filled with others: the simulation cancels contexts that have left from there. */
#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/harness/registers.h"
#include "testing/unwind/sentinels.h"
#include "testing/unwind/trace.h"

static trace traces[TRACE_NUM_UNWINDERS];

TRACE_FRAME static void walks(ctx_context *from, ctx_context *to) {
  (void)from, (void)to;
  for (size_t i = 0; i < TRACE_NUM_UNWINDERS; i++) {
    if (trace_unwinders[i].is_there()) trace_unwinders[i].walk(&traces[i]);
  }
  TRACE_NO_TAIL_CALL;
}

/* It keeps nothing in registers itself: those of its caller must come through. */
TRACE_FRAME static void checks(ctx_context *from, ctx_context *to) {
  static struct ctx_test_registers registers;
  uint64_t random = 1;
  ctx_test_registers_draw(&registers, &random);
  (void)ctx_test_call_with_registers(&registers, walks, from, to);
  TRACE_NO_TAIL_CALL;
}

CTX_TEST(Checker, IsUnwoundWithItsCallersRegisters) {
  trace_with_sentinels(checks, NULL, NULL);
  for (size_t i = 0; i < TRACE_NUM_UNWINDERS; i++) {
    if (!trace_unwinders[i].is_there()) continue;
    ctx_test_note("by %s", trace_unwinders[i].name);
    EXPECT_TRACE("walks ctx_test_call_with_registers checks trace_with_sentinels ... main",
                 &traces[i]);
    if (trace_unwinders[i].sees_registers) EXPECT_EQ(1, traces[i].num_sentinels);
  }
}
