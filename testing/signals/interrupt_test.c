/* Children that signals break into: raised by themselves, sent by another thread, or by a timer. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/time.h>

#include "ctx/ctx.h"
#include "ctx/inline.h"
#include "testing/arch/arch.h"
#include CTX_TEST_ARCH(trap.h)
#include "testing/harness/harness.h"
#include "testing/signals/checked_swap.h"
#include "testing/signals/leave.h"

#define STACK_SIZE 65536

CTX_STACK(stack, STACK_SIZE);

static ctx_context host;
static ctx_context child;
static const way_out *way;
static volatile size_t num_signals;

static void on_signal(int signal, siginfo_t *info, void *ucontext) {
  (void)signal;
  (void)info;
  num_signals++;
  way->leave(ucontext, &host);
}

static void prepare(const way_out *way_of_case) {
  way = way_of_case;
  num_signals = 0;
  host = (ctx_context){0};
}

/* ---- Raised by the child ---- */

static void entry_that_raises(void) {
  raise(SIGUSR1);
  FAIL("the handler has returned to where it was interrupted");
  ctx_set(&host);
}

static uint64_t modest_entry(uint64_t x) { return x + 1; }

static void raise_repeatedly(const way_out *way_of_case) {
  prepare(way_of_case);
  handler_install(SIGUSR1, on_signal, NULL);
  for (size_t i = 0; i < 1000; i++) {
    ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, entry_that_raises, CTX_NO_ARGS));
    ASSERT_EQ(0, checked_swap(&host, &child));
    ASSERT_EQ(i + 1, num_signals);
    ASSERT_FALSE(ctx_has_returned(&child));
  }
  handler_uninstall();
  ASSERT_EQ(CTX_OK,
            ctx_init(&child, stack, STACK_SIZE, (ctx_entry)modest_entry, CTX_ARGS(UINT64_C(1))));
  ctx_swap(&host, &child);
  EXPECT_EQ(2, ctx_retval_u64(&child));
}
CTX_TEST(Interrupt, ChildThatRaisesIsLeftAndInitialisedAgain) {
  for_each_way_out(raise_repeatedly);
}

/* Neither way out says who was left for the host: what the child had in the register of a result
 * must not be taken for that. */
static void entry_that_traps(void) { machine_trap_with(UINT64_C(0x5a5a5a5a5a5a5a5a)); }

static void trap_for(ctx_context *(*swap)(ctx_context *from, ctx_context *to)) {
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, entry_that_traps, CTX_NO_ARGS));
  EXPECT_TRUE(swap(&host, &child) == NULL);
}
static ctx_context *swap_callless(ctx_context *from, ctx_context *to) {
  return ctx_swap_resumer(from, to);
}
static ctx_context *swap_inline(ctx_context *from, ctx_context *to) {
  return ctx_swap_resumer_inline(from, to);
}
static void trap_for_all(const way_out *way_of_case) {
  prepare(way_of_case);
  handler_install(SIGILL, on_signal, NULL);
  trap_for(swap_callless);
  trap_for(swap_inline);
  trap_for(ctx_swap_resumer);
  handler_uninstall();
}
CTX_TEST(Interrupt, NobodyIsTheResumer) { for_each_way_out(trap_for_all); }

/* A context that a signal made the thread leave is gone, though it was suspended before: only init
 * makes it one again. Whoever the thread goes on in has its registers. */
static volatile size_t num_resumed;

static void entry_that_traps_after_its_switch(void) {
  ctx_swap(&child, &host);
  num_resumed = num_resumed + 1;
  machine_trap();
}

static void leave_what_was_resumed(const way_out *way_of_case) {
  prepare(way_of_case);
  num_resumed = 0;
  handler_install(SIGILL, on_signal, NULL);
  for (size_t i = 0; i < 100; i++) {
    ASSERT_EQ(CTX_OK,
              ctx_init(&child, stack, STACK_SIZE, entry_that_traps_after_its_switch, CTX_NO_ARGS));
    ctx_swap(&host, &child);
    ASSERT_EQ(0, checked_swap(&host, &child));
    ASSERT_EQ(i + 1, num_resumed);
    ASSERT_EQ(i + 1, num_signals);
  }
  handler_uninstall();
}
CTX_TEST(Interrupt, ChildThatWasSuspendedBeforeIsLeftAndInitialisedAgain) {
  for_each_way_out(leave_what_was_resumed);
}

/* A handler that returns as usual leaves the child where it was. */
static void on_signal_count(int signal, siginfo_t *info, void *ucontext) {
  (void)signal;
  (void)info;
  (void)ucontext;
  num_signals++;
}

static uint64_t entry_that_raises_and_goes_on(uint64_t x) {
  raise(SIGUSR1);
  ctx_swap(&child, &host);
  raise(SIGUSR1);
  return x + num_signals;
}

CTX_TEST(Interrupt, ChildGoesOnAfterAHandlerThatReturns) {
  prepare(NULL);
  handler_install(SIGUSR1, on_signal_count, NULL);
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, (ctx_entry)entry_that_raises_and_goes_on,
                             CTX_ARGS(UINT64_C(40))));
  ctx_swap(&host, &child);
  EXPECT_EQ(1, num_signals);
  raise(SIGUSR1);
  ctx_swap(&host, &child);
  handler_uninstall();
  EXPECT_EQ(3, num_signals);
  EXPECT_EQ(43, ctx_retval_u64(&child));
}

/* Signals from outside interrupt code that calls nothing, and handlers get the registers that will
 * be loaded. Under TSan neither holds. */
#if CTX_TEST_TSAN
#define REQUIRE_PREEMPTION CTX_SKIP("TSan puts signals off until the code calls it")
#else
#define REQUIRE_PREEMPTION \
  do {                     \
  } while (0)
#endif

/* ---- Sent by another thread ---- */

static atomic_bool child_is_running;

static void endless_entry(void) {
  atomic_store(&child_is_running, true);
  for (;;) {
    __asm__ volatile("" : : : "memory");
  }
}

static void *run_endless_child(void *unused) {
  (void)unused;
  handler_install(SIGUSR1, on_signal, NULL);
  EXPECT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, endless_entry, CTX_NO_ARGS));
  EXPECT_EQ(0, checked_swap(&host, &child));
  EXPECT_EQ(0, mask_now());
  handler_uninstall();
  return NULL;
}

static void kill_thread(const way_out *way_of_case) {
  for (size_t i = 0; i < 20; i++) {
    prepare(way_of_case);
    atomic_store(&child_is_running, false);
    pthread_t thread;
    ASSERT_EQ(0, pthread_create(&thread, NULL, run_endless_child, NULL));
    while (!atomic_load(&child_is_running))
      sched_yield();
    ASSERT_EQ(0, pthread_kill(thread, SIGUSR1));
    ASSERT_EQ(0, pthread_join(thread, NULL));
    ASSERT_EQ(1, num_signals);
  }
}
CTX_TEST(Interrupt, ThreadIsFreedOfAnEndlessChild) {
  REQUIRE_PREEMPTION;
  for_each_way_out(kill_thread);
}

/* ---- By a timer ---- */

static void timer_set(suseconds_t first, suseconds_t interval) {
  struct itimerval timer = {.it_value.tv_usec = first, .it_interval.tv_usec = interval};
  if (setitimer(ITIMER_REAL, &timer, NULL) != 0) abort();
}

static void endless_entry_with_timer(void) {
  timer_set(200, 0);
  endless_entry();
}

static void time_out(const way_out *way_of_case) {
  prepare(way_of_case);
  handler_install(SIGALRM, on_signal, NULL);
  for (size_t i = 0; i < 100; i++) {
    ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, endless_entry_with_timer, CTX_NO_ARGS));
    ASSERT_EQ(0, checked_swap(&host, &child));
    ASSERT_EQ(i + 1, num_signals);
  }
  handler_uninstall();
}
CTX_TEST(Interrupt, EndlessChildIsTimedOut) {
  REQUIRE_PREEMPTION;
  for_each_way_out(time_out);
}

/* Switches in all forms under a timer whose handler only counts, until it has come thousands of
 * times. It runs on whatever stack the thread is on. */
#define NUM_TIMES 3000

static uint64_t num_child_runs;

static void entry_that_swaps(void) {
  for (;;) {
    num_child_runs++;
    ctx_swap(&child, &host);
    num_child_runs++;
    ctx_swap_inline(&child, &host);
    num_child_runs++;
    EXPECT_EQ(0, checked_swap(&child, &host));
  }
}

CTX_TEST(Interrupt, TimerInTheMiddleOfSwitchesDisturbsNothing) {
  REQUIRE_PREEMPTION;
  prepare(NULL);
  num_child_runs = 0;
  struct sigaction action = {.sa_sigaction = on_signal_count, .sa_flags = SA_SIGINFO | SA_RESTART};
  struct sigaction old_action;
  sigemptyset(&action.sa_mask);
  ASSERT_EQ(0, sigaction(SIGALRM, &action, &old_action));
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, entry_that_swaps, CTX_NO_ARGS));
  timer_set(50, 50);
  uint64_t num_runs = 0;
  while (num_signals < NUM_TIMES) {
    ctx_swap(&host, &child);
    num_runs++;
    ctx_swap_inline(&host, &child);
    num_runs++;
    ASSERT_EQ(0, checked_swap(&host, &child));
    num_runs++;
    ASSERT_EQ(num_runs, num_child_runs);
  }
  timer_set(0, 0);
  ASSERT_EQ(0, sigaction(SIGALRM, &old_action, NULL));
  EXPECT_TRUE(num_runs > NUM_TIMES);
}

/* Preemption: the handler itself swaps out of the child that it has interrupted; once resumed, it
 * returns into it. Its signal stays blocked on the thread meanwhile, so the host is left alone. */
#define NUM_PREEMPTIONS 100

static void on_signal_swap(int signal, siginfo_t *info, void *ucontext) {
  (void)signal;
  (void)info;
  (void)ucontext;
  num_signals++;
  ctx_swap(&child, &host);
  if (num_signals < NUM_PREEMPTIONS) timer_set(200, 0);
}

static uint64_t entry_that_is_preempted(uint64_t x) {
  timer_set(200, 0);
  while (num_signals < NUM_PREEMPTIONS)
    __asm__ volatile("" : : : "memory");
  return x + num_signals;
}

CTX_TEST(Interrupt, HandlerMaySwapOutOfTheChildThatItInterrupted) {
  REQUIRE_PREEMPTION;
  prepare(NULL);
  struct sigaction action = {.sa_sigaction = on_signal_swap, .sa_flags = SA_SIGINFO};
  struct sigaction old_action;
  sigemptyset(&action.sa_mask);
  ASSERT_EQ(0, sigaction(SIGALRM, &action, &old_action));
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, (ctx_entry)entry_that_is_preempted,
                             CTX_ARGS(UINT64_C(1))));
  size_t num_swaps = 0;
  while (!ctx_has_returned(&child)) {
    ASSERT_EQ(0, checked_swap(&host, &child));
    num_swaps++;
  }
  ASSERT_EQ(0, sigaction(SIGALRM, &old_action, NULL));
  EXPECT_EQ(NUM_PREEMPTIONS + 1, num_swaps);
  EXPECT_EQ(NUM_PREEMPTIONS + 1, ctx_retval_u64(&child));
}
