/* The signal mask that is in force once a handler has been left. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/signals/leave.h"

#define STACK_SIZE 65536

CTX_STACK(stack, STACK_SIZE);
CTX_STACK(other_stack, STACK_SIZE);

static ctx_context host;
static ctx_context child;
static ctx_context other;
static const ctx_context *goal;
static const way_out *way;
static uint64_t mask_in_handler;
static uint64_t mask_in_other;

static void on_signal(int signal, siginfo_t *info, void *ucontext) {
  (void)signal;
  (void)info;
  mask_in_handler = mask_now();
  way->leave(ucontext, goal);
}

/* The child has a mask of its own by the time of the signal. */
#define MASK_OF_CHILD (MASK_OF(SIGTERM) | MASK_OF(ctx_test_last_signal()))

static void entry_that_raises(void) {
  mask_set(MASK_OF_CHILD);
  raise(SIGUSR1);
  FAIL("the handler has returned to where it was interrupted");
  ctx_set(&host);
}

static void entry_that_reads_its_mask(void) {
  mask_in_other = mask_now();
  ctx_set(&host);
}

/* Raises a signal in a child, and leaves its handler for `to`. Returns the mask that the host finds
 * then, and undoes it. */
static uint64_t leave_for(const ctx_context *to, const way_out *by) {
  sigset_t blocked;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGHUP);
  goal = to;
  way = by;
  mask_in_handler = mask_in_other = UINT64_MAX;
  handler_install(SIGUSR1, on_signal, &blocked);
  EXPECT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, entry_that_raises, CTX_NO_ARGS));
  ctx_swap(&host, &child);
  uint64_t mask = mask_now();
  mask_set(0);
  handler_uninstall();
  /* TSan runs handlers with all signals blocked. */
  if (!CTX_TEST_TSAN && handler_blocks_what_it_says()) {
    EXPECT_EQ(MASK_OF_CHILD | MASK_OF(SIGUSR1) | MASK_OF(SIGHUP), mask_in_handler);
  }
  return mask;
}

static const way_out *const by_set = &ways_out[0];
static const way_out *const by_redirect = &ways_out[1];

CTX_TEST(SignalMask, OfAHostIsEmpty) {
  host = (ctx_context){0};
  EXPECT_EQ(0, leave_for(&host, by_set));
}

/* All except those that the C library keeps for itself. Two cannot be blocked. */
CTX_TEST(SignalMask, OfAHostIsWhatItWasGiven) {
  host = (ctx_context){0};
  for (int signal = 1; signal <= ctx_test_last_signal(); signal++) {
    sigset_t mask;
    sigemptyset(&mask);
    if (sigaddset(&mask, signal) != 0) continue;
    ctx_test_note("signal %d", signal);
    ctx_declare_signal_mask(&host, &mask);
    bool is_blocked = signal != SIGKILL && signal != SIGSTOP;
    EXPECT_EQ(is_blocked ? MASK_OF(signal) : 0, leave_for(&host, by_set));
  }
  ctx_test_note(NULL);
  ctx_declare_signal_mask(&host, NULL);
  EXPECT_EQ(0, leave_for(&host, by_set));
}

CTX_TEST(SignalMask, GivenInOptionsIsThatOfTheContext) {
  host = (ctx_context){0};
  sigset_t mask;
  sigemptyset(&mask);
  sigaddset(&mask, SIGUSR2);
  sigaddset(&mask, SIGRTMIN);
  ctx_options options = {.signal_mask = &mask};
  ASSERT_EQ(CTX_OK, ctx_init_with_options(&other, other_stack, STACK_SIZE, &options,
                                          entry_that_reads_its_mask, CTX_NO_ARGS));
  sigfillset(&mask); /* init has copied it */
  EXPECT_EQ(MASK_OF(SIGUSR2) | MASK_OF(SIGRTMIN), leave_for(&other, by_set));
  EXPECT_EQ(MASK_OF(SIGUSR2) | MASK_OF(SIGRTMIN), mask_in_other);
}

CTX_TEST(SignalMask, IsThatOfTheThreadAtInit) {
  host = (ctx_context){0};
  mask_set(MASK_OF(SIGINT) | MASK_OF(ctx_test_last_signal()));
  ctx_status status =
      ctx_init(&other, other_stack, STACK_SIZE, entry_that_reads_its_mask, CTX_NO_ARGS);
  mask_set(MASK_OF(SIGWINCH));
  ASSERT_EQ(CTX_OK, status);
  EXPECT_EQ(MASK_OF(SIGINT) | MASK_OF(ctx_test_last_signal()), leave_for(&other, by_set));
  EXPECT_EQ(MASK_OF(SIGINT) | MASK_OF(ctx_test_last_signal()), mask_in_other);
}

CTX_TEST(SignalMask, IsReadAnewByEachInit) {
  host = (ctx_context){0};
  sigset_t mask;
  sigfillset(&mask);
  ctx_options options = {.signal_mask = &mask};
  ASSERT_EQ(CTX_OK, ctx_init_with_options(&other, other_stack, STACK_SIZE, &options,
                                          entry_that_reads_its_mask, CTX_NO_ARGS));
  ASSERT_EQ(CTX_OK,
            ctx_init(&other, other_stack, STACK_SIZE, entry_that_reads_its_mask, CTX_NO_ARGS));
  EXPECT_EQ(0, leave_for(&other, by_set));
}

/* A daemon has closed its standard files. Leaving asks the kernel about none of them. */
CTX_TEST(SignalMask, IsSetWhereNoFileIsOpen) {
  host = (ctx_context){0};
  int files[3];
  for (int i = 0; i < 3; i++) {
    files[i] = fcntl(i, F_DUPFD, 3);
    close(i);
  }
  uint64_t mask = leave_for(&host, by_set);
  for (int i = 0; i < 3; i++) {
    if (files[i] < 0) continue;
    dup2(files[i], i);
    close(files[i]);
  }
  EXPECT_EQ(0, mask);
}

/* Not public. Whatever the registers of the arguments that it does not have hold, the kernel is not
 * told to write the old mask there. */
void ctx_system_set_from_signal(const ctx_context *to);

static uint64_t not_a_mask;
static void entry_that_passes_more(void) {
  union {
    void (*declared)(const ctx_context *);
    void (*with_more)(const ctx_context *, uint64_t *, uint64_t *, uint64_t *, uint64_t *);
  } function = {ctx_system_set_from_signal};
  function.with_more(&host, &not_a_mask, &not_a_mask, &not_a_mask, &not_a_mask);
  FAIL("it has come back");
  ctx_set(&host);
}

CTX_TEST(SignalMask, IsWrittenNowhere) {
  host = (ctx_context){0};
  not_a_mask = 15;
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, entry_that_passes_more, CTX_NO_ARGS));
  ctx_swap(&host, &child);
  EXPECT_EQ(15, not_a_mask);
}

/* The kernel restores it: it is neither the handler's mask nor the one that the context keeps. */
CTX_TEST(SignalMask, AfterARedirectIsThatOfTheInterruptedCode) {
  host = (ctx_context){0};
  EXPECT_EQ(MASK_OF_CHILD, leave_for(&host, by_redirect));
  sigset_t mask;
  sigfillset(&mask);
  ctx_declare_signal_mask(&host, &mask);
  EXPECT_EQ(MASK_OF_CHILD, leave_for(&host, by_redirect));
}

/* ---- Null arguments ---- */

CTX_TEST(SignalMask, NullIsRefusedAndLeavesTheMaskAlone) {
  mask_set(MASK_OF(SIGINT));
  EXPECT_EQ(CTX_ERR_NULL_ARGUMENT, ctx_set_from_signal(NULL));
  EXPECT_EQ(MASK_OF(SIGINT), mask_now());
  mask_set(0);
}

static ucontext_t before;
static ucontext_t after;

static void on_signal_with_nulls(int signal, siginfo_t *info, void *ucontext) {
  (void)signal;
  (void)info;
  before = *(ucontext_t *)ucontext;
  ctx_redirect_signal(ucontext, NULL);
  ctx_redirect_signal(NULL, &host);
  ctx_redirect_signal(NULL, NULL);
  EXPECT_EQ(CTX_ERR_NULL_ARGUMENT, ctx_set_from_signal(NULL));
  after = *(ucontext_t *)ucontext;
}

CTX_TEST(Redirect, IgnoresNulls) {
  handler_install(SIGUSR1, on_signal_with_nulls, NULL);
  raise(SIGUSR1);
  handler_uninstall();
  EXPECT_MEMEQ(&before, &after, sizeof before);
}
