/* Where the kernel refuses a signal mask, the way out of a handler comes back as any function does:
 * whatever is in the registers that it must keep. */
#include <string.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/harness/registers.h"
#include "testing/signals/confine.h"

/* Not public: ctx_set_from_signal has numbers of its own in these registers. */
void ctx_system_set_from_signal(const ctx_context *to);

static void come_back(void) {
  static ctx_context nowhere;
  const ctx_test_switch function = (ctx_test_switch)(uintptr_t)ctx_system_set_from_signal;
  char verdict[CTX_TEST_VERDICT_SIZE];
  uint64_t seed = 15;
  for (int i = 0; i < 10; i++)
    EXPECT_NO_COMPLAINT(ctx_test_check_registers(&seed, function, &nowhere, NULL, verdict));
  struct ctx_test_registers zeros;
  memset(&zeros, 0, sizeof zeros);
  (void)ctx_test_call_with_registers(&zeros, function, &nowhere, NULL);
  EXPECT_NO_COMPLAINT(ctx_test_registers_verdict(&zeros, verdict));
}

CTX_TEST(Refused, ComesBackWithAllRegisters) {
#if CTX_TEST_TSAN || CTX_TEST_MSAN
  CTX_SKIP("the sanitizer's runtime makes system calls of its own");
#endif
  EXPECT_CONFINED(come_back);
}
