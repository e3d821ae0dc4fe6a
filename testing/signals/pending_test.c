/* Signals that are held up while a handler runs arrive once it has been left by
 * ctx_set_from_signal: not before, or handlers would pile up on the stack that it is about to
 * leave.
 */
#include <signal.h>
#include <stdlib.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/signals/leave.h"

#define STACK_SIZE 65536
enum { NUM_PENDING = 60 };

CTX_STACK(stack, STACK_SIZE);
CTX_STACK(other_stack, STACK_SIZE);

static ctx_context host;
static ctx_context child;
static ctx_context other;
static const ctx_context *goal;

static size_t num_handled;
static uintptr_t lowest;
static uintptr_t highest;

/* Handles one that was held up, with all signals blocked, and leaves for the same context. */
static void on_pending(int signal) {
  (void)signal;
  uintptr_t here = (uintptr_t)__builtin_frame_address(0);
  if (num_handled++ == 0) lowest = highest = here;
  if (here < lowest) lowest = here;
  if (here > highest) highest = here;
  EXPECT_EQ(CTX_ERR_SIGNAL_MASK, ctx_set_from_signal(goal));
}

/* The first of all, during which the others are sent. */
static void on_first(int signal) {
  (void)signal;
  for (int i = 0; i < NUM_PENDING; i++)
    EXPECT_EQ(0, raise(SIGRTMIN));
  EXPECT_EQ(0, num_handled);
  EXPECT_EQ(CTX_ERR_SIGNAL_MASK, ctx_set_from_signal(goal));
}

/* It blocks them itself: not every emulator's sigaction does for the first handler. */
static void entry_that_raises(void) {
  mask_set(MASK_OF(SIGRTMIN));
  raise(SIGUSR1);
}

static uint64_t mask_in_other;
static void entry_that_reads_its_mask(void) {
  mask_in_other = mask_now();
  ctx_set(&host);
}

/* A small one: it has room for a few handlers, and for nowhere near all. */
static char handler_stack[32768] __attribute__((aligned(16)));

static void leave_with_pending(const ctx_context *to, int flags) {
  struct sigaction first = {.sa_handler = on_first, .sa_flags = flags};
  struct sigaction pending = {.sa_handler = on_pending, .sa_flags = flags};
  struct sigaction old_first;
  struct sigaction old_pending;
  stack_t alternate = {.ss_sp = handler_stack, .ss_size = sizeof handler_stack};
  stack_t old_alternate;
  sigfillset(&first.sa_mask);
  sigfillset(&pending.sa_mask);
  ASSERT_EQ(0, sigaltstack(&alternate, &old_alternate));
  ASSERT_EQ(0, sigaction(SIGUSR1, &first, &old_first));
  ASSERT_EQ(0, sigaction(SIGRTMIN, &pending, &old_pending));

  goal = to;
  num_handled = 0;
  mask_in_other = UINT64_MAX;
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, entry_that_raises, CTX_NO_ARGS));
  ctx_swap(&host, &child);
  EXPECT_EQ(NUM_PENDING, num_handled);
  /* Each handler begins where the one before it has begun. */
  EXPECT_EQ(0, highest - lowest);

  /* For the kernel, too, they are over. */
  stack_t now;
  ASSERT_EQ(0, sigaltstack(NULL, &now));
  EXPECT_EQ(0, now.ss_flags);
  ASSERT_EQ(0, sigaction(SIGUSR1, &old_first, NULL));
  ASSERT_EQ(0, sigaction(SIGRTMIN, &old_pending, NULL));
  ASSERT_EQ(0, sigaltstack(&old_alternate, NULL));
}

static void leave_for_host(int flags) {
  host = (ctx_context){0};
  leave_with_pending(&host, flags);
  EXPECT_EQ(0, mask_now());
}

/* It is fresh when the last handler leaves for it, too: it has not run between them. */
static void leave_for_fresh(int flags) {
  sigset_t mask;
  sigemptyset(&mask);
  sigaddset(&mask, SIGTERM);
  ctx_options options = {.signal_mask = &mask};
  host = (ctx_context){0};
  ASSERT_EQ(CTX_OK, ctx_init_with_options(&other, other_stack, STACK_SIZE, &options,
                                          entry_that_reads_its_mask, CTX_NO_ARGS));
  leave_with_pending(&other, flags);
  EXPECT_EQ(MASK_OF(SIGTERM), mask_in_other);
  EXPECT_EQ(MASK_OF(SIGTERM), mask_now());
  mask_set(0);
}

#define SKIP_TSAN \
  if (CTX_TEST_TSAN) CTX_SKIP("TSan puts signals off until the code calls it")

CTX_TEST(Pending, SignalsDoNotPileUpOnTheAlternateStack) {
  SKIP_TSAN;
  leave_for_host(SA_ONSTACK);
  leave_for_fresh(SA_ONSTACK);
}

CTX_TEST(Pending, SignalsDoNotPileUpOnThePlainStack) {
  SKIP_TSAN;
  leave_for_host(0);
  leave_for_fresh(0);
}
