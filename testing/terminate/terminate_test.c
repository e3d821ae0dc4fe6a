/* The contract of ctx/terminator.h, rule by rule. orders_test has the orders of events. */
#include <errno.h>
#include <pthread.h>
#include <stddef.h>
#include <string.h>

#include "testing/harness/harness.h"
#include "testing/signals/leave.h"
#include "testing/terminate/guest.h"

static guest a, b;

/* Guests and callbacks count up here. */
static struct { atomic_uint entered, called, activated, backstopped, went_on; } seen;

/* Callbacks may make host calls, even when the guest has ended. */
static void on_activation(void *data) {
  (void)data;
  ctx_host_call_begin();
  ctx_host_call_end();
  atomic_fetch_add(&seen.activated, 1);
}
static void on_backstop(void *data) {
  EXPECT_EQ(&seen, data);
  ctx_host_call_begin();
  ctx_host_call_end();
  atomic_fetch_add(&seen.backstopped, 1);
}
static const ctx_options with_callbacks = {.flags = CTX_FLAG_NO_SIGNAL_MASK,
                                           .activation = on_activation,
                                           .backstop = on_backstop,
                                           .backstop_data = &seen};

static void begin(guest *self, void (*entry)(guest *self)) {
  guest_signal_install(ctx_terminate_handle_signal);
  memset(&seen, 0, sizeof seen);
  guest_init(self, &with_callbacks, entry);
}

static void expect_terminated(const guest *self) {
  EXPECT_EQ(CTX_TERMINATOR_TERMINATED, ctx_terminator_outcome_of(&self->terminator));
  EXPECT_EQ(CTX_STATE_TERMINATED, ctx_state(&self->child));
  EXPECT_TRUE(ctx_has_returned(&self->child));
  EXPECT_EQ(0, ctx_retval_u64(&self->child));
  EXPECT_EQ(CTX_TERMINATE_ALREADY, ctx_terminate(self->handle));
}

/* ---- Ends ---- */

static int returns_7(void) { return 7; }
static void entry_returns(guest *self) {
  (void)self;
  atomic_fetch_add(&seen.entered, 1);
}

CTX_TEST(Terminate, GuestThatReturnsHasFinished) {
  begin(&a, (void (*)(guest *))(uintptr_t)returns_7);
  EXPECT_EQ(CTX_TERMINATOR_ACTIVE, ctx_terminator_outcome_of(&a.terminator));
  ctx_terminator_swap(&a.terminator);
  EXPECT_EQ(CTX_TERMINATOR_FINISHED, ctx_terminator_outcome_of(&a.terminator));
  EXPECT_EQ(CTX_STATE_RETURNED, ctx_state(&a.child));
  EXPECT_EQ(7, ctx_retval_i32(&a.child));
  EXPECT_EQ(1, seen.activated);
  EXPECT_EQ(1, seen.backstopped);
  EXPECT_EQ(CTX_TERMINATE_TOO_LATE, ctx_terminate(a.handle));
  EXPECT_EQ(CTX_TERMINATOR_FINISHED, ctx_terminator_outcome_of(&a.terminator));
}

CTX_TEST(Terminate, CancelledGuestNeverRuns) {
  begin(&a, entry_returns);
  EXPECT_EQ(CTX_TERMINATE_CANCELLED, ctx_terminate(a.handle));
  EXPECT_EQ(CTX_TERMINATE_ALREADY, ctx_terminate(a.handle));
  EXPECT_EQ(CTX_TERMINATOR_CANCELLED, ctx_terminator_outcome_of(&a.terminator));
  ctx_terminator_swap(&a.terminator);
  EXPECT_EQ(CTX_TERMINATOR_CANCELLED, ctx_terminator_outcome_of(&a.terminator));
  EXPECT_EQ(CTX_STATE_CANCELLED, ctx_state(&a.child));
  EXPECT_EQ(0, seen.activated + seen.entered + seen.backstopped);
  EXPECT_EQ(CTX_TERMINATE_ALREADY, ctx_terminate(a.handle));
}

static void entry_spins(guest *self) {
  (void)self;
  atomic_fetch_add(&seen.entered, 1);
  guest_spin();
}

static void *kill_a(void *result) {
  await(&seen.entered, 1);
  *(ctx_terminate_result *)result = ctx_terminate(a.handle);
  return NULL;
}

/* More than once: the signal must not stay blocked. */
CTX_TEST(Terminate, GuestCodeEndsAtOnce) {
  for (int i = 0; i < 3; i++) {
    begin(&a, entry_spins);
    ctx_terminate_result result = CTX_TERMINATE_TOO_LATE;
    start_thread(kill_a, &result);
    ctx_terminator_swap(&a.terminator);
    join_thread();
    EXPECT_EQ(CTX_TERMINATE_REQUESTED, result);
    expect_terminated(&a);
    EXPECT_EQ(0, seen.backstopped);
  }
}

CTX_TEST(Terminate, HandlerMayHaveItsOwnStack) {
  begin(&a, entry_spins);
  handler_install(GUEST_SIGNAL, ctx_terminate_handle_signal, NULL);
  ctx_terminate_result result = CTX_TERMINATE_TOO_LATE;
  start_thread(kill_a, &result);
  ctx_terminator_swap(&a.terminator);
  join_thread();
  handler_uninstall();
  EXPECT_EQ(CTX_TERMINATE_REQUESTED, result);
  expect_terminated(&a);
}

CTX_TEST(Terminate, TerminatedGuestHasNoResult) {
  begin(&a, entry_spins);
  ctx_terminate_result result;
  start_thread(kill_a, &result);
  ctx_terminator_swap(&a.terminator);
  join_thread();
  const ctx_type *no_args = NULL;
  ctx_signature *signature;
  ASSERT_EQ(CTX_OK, ctx_signature_create(&signature, &ctx_type_i32, &no_args, 0, CTX_NOT_VARIADIC));
  int out = 5;
  EXPECT_EQ(CTX_ERR_NOT_RETURNED, ctx_retval_get(&a.child, signature, &out));
  EXPECT_EQ(5, out);
  ctx_signature_destroy(signature);
  ctx_clear_retvals(&a.child);
  EXPECT_EQ(CTX_STATE_TERMINATED, ctx_state(&a.child));
  EXPECT_EQ(CTX_ERR_ENDED, ctx_cancel(&a.host, &a.child));
}

/* ---- Host calls ---- */

static void entry_is_killed_in_a_host_call(guest *self) {
  ctx_host_call_begin();
  EXPECT_EQ(CTX_TERMINATE_REQUESTED, ctx_terminate(self->handle));
  EXPECT_EQ(CTX_TERMINATE_ALREADY, ctx_terminate(self->handle));
  raise(GUEST_SIGNAL);
  atomic_fetch_add(&seen.called, 1);
  ctx_host_call_end();
  atomic_fetch_add(&seen.went_on, 1);
}

CTX_TEST(Terminate, HostCallIsNotCut) {
  begin(&a, entry_is_killed_in_a_host_call);
  ctx_terminator_swap(&a.terminator);
  EXPECT_EQ(1, seen.called);
  EXPECT_EQ(0, seen.went_on);
  expect_terminated(&a);
}

static void mask_guest_signal(int how) {
  sigset_t mask;
  sigemptyset(&mask);
  sigaddset(&mask, GUEST_SIGNAL);
  EXPECT_EQ(0, pthread_sigmask(how, &mask, NULL));
}

/* As if the signal was on its way for long. */
static void entry_is_killed_before_a_host_call(guest *self) {
  mask_guest_signal(SIG_BLOCK);
  EXPECT_EQ(CTX_TERMINATE_REQUESTED, ctx_terminate(self->handle));
  atomic_fetch_add(&seen.entered, 1);
  ctx_host_call_begin();
  atomic_fetch_add(&seen.went_on, 1);
}

CTX_TEST(Terminate, HostCallDoesNotBeginAfterARequest) {
  begin(&a, entry_is_killed_before_a_host_call);
  ctx_terminator_swap(&a.terminator);
  mask_guest_signal(SIG_UNBLOCK); /* the signal comes now, and does nothing */
  EXPECT_EQ(1, seen.entered);
  EXPECT_EQ(0, seen.went_on);
  expect_terminated(&a);
}

static uint64_t entry_is_killed_before_its_return(guest *self) {
  mask_guest_signal(SIG_BLOCK);
  EXPECT_EQ(CTX_TERMINATE_REQUESTED, ctx_terminate(self->handle));
  return 7;
}

CTX_TEST(Terminate, GuestDoesNotFinishAfterARequest) {
  begin(&a, (void (*)(guest *))(uintptr_t)entry_is_killed_before_its_return);
  ctx_terminator_swap(&a.terminator);
  mask_guest_signal(SIG_UNBLOCK);
  EXPECT_EQ(0, seen.backstopped);
  expect_terminated(&a);
}

CTX_TEST(Terminate, HostCallsOutsideOfGuestsDoNothing) {
  ctx_host_call_begin();
  ctx_host_call_begin();
  ctx_host_call_end();
  begin(&a, entry_returns);
  ctx_terminator_swap(&a.terminator);
  ctx_host_call_end();
  EXPECT_EQ(CTX_TERMINATOR_FINISHED, ctx_terminator_outcome_of(&a.terminator));
}

/* ---- Suspended guests ---- */

static void entry_suspends(guest *self) {
  atomic_fetch_add(&seen.entered, 1);
  ctx_host_call_begin();
  guest_suspend(self);
  atomic_fetch_add(&seen.called, 1);
  ctx_host_call_end();
  atomic_fetch_add(&seen.went_on, 1);
}

CTX_TEST(Terminate, SuspendedGuestGoesOn) {
  begin(&a, entry_suspends);
  ctx_terminator_swap(&a.terminator);
  EXPECT_EQ(CTX_TERMINATOR_ACTIVE, ctx_terminator_outcome_of(&a.terminator));
  EXPECT_EQ(CTX_STATE_STARTED, ctx_state(&a.child));
  ctx_terminator_swap(&a.terminator);
  EXPECT_EQ(CTX_TERMINATOR_FINISHED, ctx_terminator_outcome_of(&a.terminator));
  EXPECT_EQ(1, seen.went_on);
}

CTX_TEST(Terminate, SuspendedGuestEndsItsHostCallFirst) {
  begin(&a, entry_suspends);
  ctx_terminator_swap(&a.terminator);
  EXPECT_EQ(CTX_TERMINATE_REQUESTED, ctx_terminate(a.handle));
  EXPECT_EQ(CTX_TERMINATE_ALREADY, ctx_terminate(a.handle));
  EXPECT_EQ(CTX_TERMINATOR_ACTIVE, ctx_terminator_outcome_of(&a.terminator));
  ctx_terminator_swap(&a.terminator);
  EXPECT_EQ(1, seen.called);
  EXPECT_EQ(0, seen.went_on);
  expect_terminated(&a);
}

static void entry_suspends_then_spins(guest *self) {
  ctx_host_call_begin();
  guest_suspend(self);
  ctx_host_call_end();
  entry_spins(self);
}

static void *resume_a(void *data) {
  (void)data;
  ctx_terminator_swap(&a.terminator);
  expect_terminated(&a);
  return NULL;
}

CTX_TEST(Terminate, GuestThatMovedEndsOnItsThread) {
  begin(&a, entry_suspends_then_spins);
  ctx_terminator_swap(&a.terminator);
  start_thread(resume_a, NULL);
  ctx_terminate_result result;
  kill_a(&result);
  join_thread();
  EXPECT_EQ(CTX_TERMINATE_REQUESTED, result);
}

/* ---- Guests of guests ---- */

static void entry_hosts_b(guest *self) {
  (void)self;
  ctx_host_call_begin();
  ctx_terminator_swap(&b.terminator);
  atomic_fetch_add(&seen.called, 1);
  ctx_host_call_end();
  atomic_fetch_add(&seen.went_on, 1);
}

static void entry_kills_itself(guest *self) {
  EXPECT_EQ(CTX_TERMINATE_REQUESTED, ctx_terminate(self->handle));
  guest_spin();
}
static void entry_kills_a(guest *self) {
  (void)self;
  EXPECT_EQ(CTX_TERMINATE_REQUESTED, ctx_terminate(a.handle));
  raise(GUEST_SIGNAL);
}

CTX_TEST(Terminate, InnerGuestEndsAlone) {
  begin(&a, entry_hosts_b);
  guest_init(&b, NULL, entry_kills_itself);
  ctx_terminator_swap(&a.terminator);
  expect_terminated(&b);
  EXPECT_EQ(1, seen.called);
  EXPECT_EQ(1, seen.went_on);
  EXPECT_EQ(CTX_TERMINATOR_FINISHED, ctx_terminator_outcome_of(&a.terminator));
}

CTX_TEST(Terminate, OuterGuestEndsAfterItsHostCall) {
  begin(&a, entry_hosts_b);
  guest_init(&b, NULL, entry_kills_a);
  ctx_terminator_swap(&a.terminator);
  EXPECT_EQ(CTX_TERMINATOR_FINISHED, ctx_terminator_outcome_of(&b.terminator));
  EXPECT_EQ(1, seen.called);
  EXPECT_EQ(0, seen.went_on);
  expect_terminated(&a);
}

/* ---- Handles ---- */

CTX_TEST(Terminate, ZeroedTerminatorHasFinished) {
  static const ctx_terminator none;
  EXPECT_EQ(CTX_TERMINATOR_FINISHED, ctx_terminator_outcome_of(&none));
}

CTX_TEST(Terminate, OlderHandlesAreTooLate) {
  begin(&a, entry_returns);
  const ctx_terminate_handle first = a.handle;
  guest_init(&a, NULL, entry_suspends); /* the first guest was never resumed */
  const ctx_terminate_handle second = a.handle;
  EXPECT_EQ(CTX_TERMINATE_TOO_LATE, ctx_terminate(first));
  ctx_terminator_swap(&a.terminator);
  EXPECT_EQ(CTX_TERMINATE_TOO_LATE, ctx_terminate(first));
  EXPECT_EQ(CTX_TERMINATE_REQUESTED, ctx_terminate(second));
  guest_init(&a, NULL, entry_returns); /* the second was dropped */
  EXPECT_EQ(CTX_TERMINATE_TOO_LATE, ctx_terminate(second));
  ctx_terminator_swap(&a.terminator);
  EXPECT_EQ(CTX_TERMINATOR_FINISHED, ctx_terminator_outcome_of(&a.terminator));
}

/* ---- Signals ---- */

static void entry_is_not_killed(guest *self) {
  (void)self;
  raise(GUEST_SIGNAL);
  atomic_fetch_add(&seen.went_on, 1);
}

CTX_TEST(Terminate, StraySignalsDoNothing) {
  begin(&a, entry_is_not_killed);
  raise(GUEST_SIGNAL);
  ctx_terminator_swap(&a.terminator);
  raise(GUEST_SIGNAL);
  EXPECT_EQ(1, seen.went_on);
  EXPECT_EQ(CTX_TERMINATOR_FINISHED, ctx_terminator_outcome_of(&a.terminator));
}

static void entry_kills_itself_with_errno(guest *self) {
  errno = EDOM;
  ctx_terminate(self->handle);
  guest_spin();
}

CTX_TEST(Terminate, ErrnoIsKept) {
  begin(&a, entry_kills_itself_with_errno);
  errno = 0;
  ctx_terminator_swap(&a.terminator);
  EXPECT_EQ(EDOM, errno);
  expect_terminated(&a);
}

/* A timer's handler, say. The signal waits until that returns. */
static void terminate_a(int signal, siginfo_t *info, void *ucontext) {
  (void)signal, (void)info, (void)ucontext;
  EXPECT_EQ(CTX_TERMINATE_REQUESTED, ctx_terminate(a.handle));
  atomic_fetch_add(&seen.called, 1);
}
static void entry_raises(guest *self) {
  (void)self;
  raise(SIGUSR2);
  guest_spin();
}

CTX_TEST(Terminate, AnotherHandlerMayTerminate) {
  if (!handler_blocks_what_it_says()) CTX_SKIP("handlers run with other signals blocked here");
  begin(&a, entry_raises);
  sigset_t blocked;
  sigfillset(&blocked);
  handler_install(SIGUSR2, terminate_a, &blocked);
  ctx_terminator_swap(&a.terminator);
  handler_uninstall();
  EXPECT_EQ(1, seen.called);
  expect_terminated(&a);
  EXPECT_EQ(0, mask_now() & (MASK_OF(SIGUSR2) | MASK_OF(GUEST_SIGNAL)));
}

/* ---- Faults ---- */

static bool was_guests;
static void on_fault(int signal, siginfo_t *info, void *ucontext) {
  (void)signal, (void)info;
  was_guests = ctx_terminator_redirect(ucontext);
}

/* Raised, since it is not the processor that is tested here. */
static void entry_faults(guest *self) {
  (void)self;
  raise(SIGSEGV);
  atomic_fetch_add(&seen.went_on, 1);
}
static void entry_faults_in_a_host_call(guest *self) {
  ctx_host_call_begin();
  entry_faults(self);
  ctx_host_call_end();
}
static void entry_faults_after_a_request(guest *self) {
  mask_guest_signal(SIG_BLOCK);
  ctx_terminate(self->handle);
  entry_faults(self);
}

static void run_faulty(void (*entry)(guest *self)) {
  begin(&a, entry);
  handler_install(SIGSEGV, on_fault, NULL);
  ctx_terminator_swap(&a.terminator);
  handler_uninstall();
  mask_guest_signal(SIG_UNBLOCK);
}

CTX_TEST(Terminate, FaultEndsAGuest) {
  run_faulty(entry_faults);
  EXPECT_TRUE(was_guests);
  EXPECT_EQ(0, seen.went_on + seen.backstopped);
  EXPECT_EQ(CTX_TERMINATOR_FINISHED, ctx_terminator_outcome_of(&a.terminator));
  EXPECT_EQ(CTX_STATE_TERMINATED, ctx_state(&a.child));
  EXPECT_EQ(CTX_TERMINATE_TOO_LATE, ctx_terminate(a.handle));
}

CTX_TEST(Terminate, FaultAfterARequestIsATermination) {
  run_faulty(entry_faults_after_a_request);
  EXPECT_TRUE(was_guests);
  EXPECT_EQ(0, seen.went_on);
  expect_terminated(&a);
}

CTX_TEST(Terminate, FaultInAHostCallIsNotTheGuests) {
  run_faulty(entry_faults_in_a_host_call);
  EXPECT_FALSE(was_guests);
  EXPECT_EQ(1, seen.went_on);
  handler_install(SIGSEGV, on_fault, NULL);
  was_guests = true;
  raise(SIGSEGV);
  handler_uninstall();
  EXPECT_FALSE(was_guests);
}

/* ---- Beside ctx_cancel ---- */

static bool has_cancelled(void) {
  ctx_status status = ctx_cancel(&a.host, &a.child);
  if (status == CTX_OK) EXPECT_EQ(CTX_STATE_CANCELLED, ctx_state(&a.child));
  return status == CTX_OK;
}

CTX_TEST(Terminate, UnwoundGuestHasFinished) {
  begin(&a, entry_suspends);
  ctx_terminator_swap(&a.terminator);
  if (!has_cancelled()) CTX_SKIP("there is no unwinder here, or C has no tables for it");
  EXPECT_EQ(CTX_TERMINATOR_FINISHED, ctx_terminator_outcome_of(&a.terminator));
  EXPECT_EQ(CTX_TERMINATE_TOO_LATE, ctx_terminate(a.handle));
  EXPECT_EQ(1, seen.backstopped);
}

CTX_TEST(Terminate, UnwoundGuestThatIsWantedIsTerminated) {
  begin(&a, entry_suspends);
  ctx_terminator_swap(&a.terminator);
  EXPECT_EQ(CTX_TERMINATE_REQUESTED, ctx_terminate(a.handle));
  if (!has_cancelled()) CTX_SKIP("there is no unwinder here, or C has no tables for it");
  EXPECT_EQ(CTX_TERMINATOR_TERMINATED, ctx_terminator_outcome_of(&a.terminator));
  EXPECT_EQ(CTX_TERMINATE_ALREADY, ctx_terminate(a.handle));
}
