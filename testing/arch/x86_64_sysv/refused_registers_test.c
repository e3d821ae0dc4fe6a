/* Where the kernel refuses a signal mask, the way out of a handler comes back as any function does:
 * whatever is in the registers that it must keep. */
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/harness/registers.h"
#include "testing/signals/confine.h"

enum { NOT_CONFINED = 99 };

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
  pid_t pid = fork();
  if (pid == 0) {
    if (!confine_refuse_signal_masks()) _exit(NOT_CONFINED);
    come_back();
    ctx_test_exit(ctx_test_num_failures() == 0 ? 0 : 1);
  }
  int status = -1;
  ASSERT_TRUE(pid > 0);
  ASSERT_EQ(pid, waitpid(pid, &status, 0));
  if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_CONFINED) {
    CTX_SKIP("this kernel or container refuses seccomp filters");
  }
  EXPECT_EQ(0, status);
}
