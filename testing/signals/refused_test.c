/* A handler that cannot leave by ctx_set_from_signal goes on: it gets a status, and nothing has
 * changed. */
#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/signals/checked_swap.h"
#include "testing/signals/confine.h"
#include "testing/signals/leave.h"

#define STACK_SIZE 65536

CTX_STACK(stack, STACK_SIZE);
CTX_STACK(other_stack, STACK_SIZE);

static ctx_context host;
static ctx_context child;
static ctx_context other;
static const ctx_context *goal;
static size_t num_refused;
static bool redirects;

static void on_signal(int signal, siginfo_t *info, void *ucontext) {
  (void)signal;
  (void)info;
  for (int i = 0; i < 3; i++) {
    if (ctx_set_from_signal(goal) == CTX_ERR_SIGNAL_MASK) num_refused++;
  }
  if (redirects) ctx_redirect_signal(ucontext, goal);
}

static uint64_t entry_that_raises(uint64_t x) {
  raise(SIGUSR1);
  ctx_swap(&child, &host);
  return x + 1;
}

static const ctx_options keeps_no_mask = {.flags = CTX_FLAG_NO_SIGNAL_MASK};

static void entry_that_goes_to_host(void) { ctx_swap(&other, &host); }

/* The child's handler tries to leave for `to`. */
static void try_to_leave(const ctx_context *to) {
  goal = to;
  num_refused = 0;
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&child, stack, STACK_SIZE, &keeps_no_mask,
                                          (ctx_entry)entry_that_raises, CTX_ARGS(UINT64_C(41))));
  EXPECT_EQ(0, checked_swap(&host, &child));
  EXPECT_EQ(3, num_refused);
}

static void expect_child_goes_on(void) {
  EXPECT_FALSE(ctx_has_returned(&child));
  EXPECT_EQ(0, checked_swap(&host, &child));
  EXPECT_TRUE(ctx_has_returned(&child));
  EXPECT_EQ(42, ctx_retval_u64(&child));
}

static ctx_status init_other(void) {
  return ctx_init_with_options(&other, other_stack, STACK_SIZE, &keeps_no_mask,
                               entry_that_goes_to_host, CTX_NO_ARGS);
}

/* ---- The context keeps no mask ---- */

CTX_TEST(Refused, ContextThatKeepsNoMaskIsNotSet) {
  host = (ctx_context){0};
  redirects = false;
  ASSERT_EQ(CTX_OK, init_other());
  handler_install(SIGUSR1, on_signal, NULL);
  try_to_leave(&other);
  EXPECT_EQ(CTX_STATE_FRESH, ctx_state(&other));
  expect_child_goes_on();
  handler_uninstall();
  EXPECT_EQ(0, mask_now());
}

CTX_TEST(Refused, ContextThatKeepsNoMaskIsRedirectedTo) {
  host = (ctx_context){0};
  redirects = true;
  ASSERT_EQ(CTX_OK, init_other());
  handler_install(SIGUSR1, on_signal, NULL);
  try_to_leave(&other);
  EXPECT_EQ(CTX_STATE_STARTED, ctx_state(&other));
  handler_uninstall();
  EXPECT_EQ(0, mask_now());
}

static void entry_that_raises_only(void) { raise(SIGUSR1); }

CTX_TEST(Refused, ContextThatHasDeclaredAMaskSinceIsSet) {
  host = (ctx_context){0};
  redirects = false;
  sigset_t mask;
  sigemptyset(&mask);
  sigaddset(&mask, SIGTERM);
  ASSERT_EQ(CTX_OK, init_other());
  ctx_declare_signal_mask(&other, &mask);
  handler_install(SIGUSR1, on_signal, NULL);
  goal = &other;
  num_refused = 0;
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, entry_that_raises_only, CTX_NO_ARGS));
  ctx_swap(&host, &child);
  EXPECT_EQ(0, num_refused);
  EXPECT_EQ(MASK_OF(SIGTERM), mask_now());
  mask_set(0);
  handler_uninstall();
}

/* ---- The kernel refuses ---- */

static void try_where_masks_are_refused(void) {
  redirects = false;
  try_to_leave(&host);
  expect_child_goes_on();
  redirects = true;
  try_to_leave(&host);
  EXPECT_FALSE(ctx_has_returned(&child));
}

/* The child's code suspends hosts of its own on its stack. One from before the signal is resumed
 * after it. */
static ctx_context early_host, late_host;
static size_t num_returns;

static void entry_that_goes_to_early_host(void) {
  for (;;)
    ctx_swap(&other, &early_host);
}

static void entry_that_raises_between_hosts(void) {
  ctx_swap(&early_host, &other);
  if (num_returns++ == 0) {
    raise(SIGUSR1);
    ctx_swap(&late_host, &other);
  }
}

static void try_among_hosts(void) {
  redirects = false;
  goal = &host;
  num_refused = num_returns = 0;
  early_host = late_host = (ctx_context){0};
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&other, other_stack, STACK_SIZE, &keeps_no_mask,
                                          entry_that_goes_to_early_host, CTX_NO_ARGS));
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&child, stack, STACK_SIZE, &keeps_no_mask,
                                          entry_that_raises_between_hosts, CTX_NO_ARGS));
  ctx_swap(&host, &child);
  EXPECT_TRUE(ctx_has_returned(&child));
  EXPECT_EQ(3, num_refused);
  EXPECT_EQ(2, num_returns);
}

CTX_TEST(Refused, HostsKeepTheirPlacesWhereTheKernelRefusesTheMask) {
#if CTX_TEST_TSAN || CTX_TEST_MSAN
  CTX_SKIP("the sanitizer's runtime makes system calls of its own");
#endif
  host = (ctx_context){0};
  handler_install(SIGUSR1, on_signal, NULL);
  EXPECT_CONFINED(try_among_hosts);
  handler_uninstall();
}

CTX_TEST(Refused, HandlerGoesOnWhereTheKernelRefusesTheMask) {
#if CTX_TEST_TSAN || CTX_TEST_MSAN
  CTX_SKIP("the sanitizer's runtime makes system calls of its own");
#endif
  host = (ctx_context){0};
  handler_install(SIGUSR1, on_signal, NULL);
  EXPECT_CONFINED(try_where_masks_are_refused);
  handler_uninstall();
}
