/* A signal's handler that leaves in the middle of a switch leaves the context that was being left
 * for good, whichever of the switch's instructions the signal came before. */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ctx/ctx.h"
#include "ctx/watch/checked.h"
#include "testing/harness/harness.h"
#include "testing/unwind/single_step.h"

enum { STACK_SIZE = 65536, STRIDE = 41, MAX_STEPS = 100000 };
CTX_STACK(stack, STACK_SIZE);
CTX_STACK(other_stack, STACK_SIZE);

static ctx_context host, left_host, child, other;
static size_t num_steps, last_step;
static ctx_context *target; /* of the handler */
static bool sets;           /* it does not redirect: it does not return */
static bool was_left;       /* by a switch, but nobody has arrived yet */

static bool is_between(const ctx_context *left, const ctx_context *to) {
  return left->instrument.state == CTX_WATCH_SUSPENDED &&
         to->instrument.state == CTX_WATCH_SUSPENDED;
}

static void set_from_handler(void) {
  sigset_t trap;
  sigemptyset(&trap);
  sigaddset(&trap, SIGTRAP);
  sigprocmask(SIG_UNBLOCK, &trap, NULL);
  ctx_set(target);
}

static void leave_after_some(ucontext_t *interrupted) {
  if (num_steps++ != last_step) return;
  was_left = is_between(&child, &other) || is_between(&left_host, &child);
  step_end_in(interrupted);
  if (sets) set_from_handler();
  ctx_redirect_signal(interrupted, target);
}

static void interrupt_at(size_t step) {
  step_install(leave_after_some);
  num_steps = 0;
  last_step = step;
  host = left_host = (ctx_context){0};
}

static void init(ctx_entry entry_of_child, ctx_entry entry_of_other) {
  if (ctx_init(&child, stack, STACK_SIZE, entry_of_child, CTX_NO_ARGS) != CTX_OK ||
      ctx_init(&other, other_stack, STACK_SIZE, entry_of_other, CTX_NO_ARGS) != CTX_OK) {
    _exit(2);
  }
}

/* ---- A child is left, for the other one ---- */

static void go_to_host(void) {
  for (;;) {
    ctx_swap(&other, &host);
    for (volatile int i = 0; i < 100; i++)
      continue;
    step_end();
  }
}

/* The child has been suspended before: half of that place may be overwritten. */
static void yield_then_swap_to_other(void) {
  ctx_swap(&child, &host);
  if (num_steps <= last_step) step_begin();
  ctx_swap(&child, &other);
}

/* Leaves before a certain instruction for the host, which then resumes one of the two. */
static void interrupt_and_resume(size_t step, ctx_context *resumed) {
  interrupt_at(step);
  init(yield_then_swap_to_other, go_to_host);
  ctx_swap(&host, &other);
  ctx_swap(&host, &child);
  ctx_swap(&host, &child); /* it swaps to the other one, and is interrupted */
  step_uninstall();
  ctx_swap(&host, resumed);
}

static void resume_child(size_t step) { interrupt_and_resume(step, &child); }
static void resume_other(size_t step) { interrupt_and_resume(step, &other); }

/* ---- A host is left, for a child ---- */

static void go_to_left_host(void) {
  for (;;)
    ctx_swap(&child, &left_host);
}
static void go_to_both_hosts(void) {
  ctx_swap(&other, &host);
  ctx_swap(&other, &left_host);
}

/* Leaves for the other one, which resumes the host that is left. It has been suspended before. */
static void resume_host(size_t step) {
  interrupt_at(step);
  init(go_to_left_host, go_to_both_hosts);
  ctx_swap(&host, &other);
  ctx_swap(&left_host, &child);
  step_begin();
  ctx_swap(&left_host, &child);
  step_end();
}

#ifdef CTX_CHECKED

/* ---- Tests ---- */

typedef enum outcome { LOST, WENT_ON, WENT_ON_HALF_LEFT } outcome;

/* The checked build stops, or the context must go on. */
static outcome outcome_of(size_t step, void (*scenario)(size_t)) {
  pid_t process = fork();
  if (process == 0) {
    ctx_test_default_signal(SIGABRT);
    close(STDERR_FILENO);
    scenario(step);
    _exit(was_left ? WENT_ON_HALF_LEFT : WENT_ON);
  }
  int status = 0;
  EXPECT_EQ(process, waitpid(process, &status, 0));
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT) return LOST;
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) != LOST);
  return (outcome)WEXITSTATUS(status);
}

/* At most one of the two goes on. */
CTX_TEST(Middle, ContextThatIsBeingLeftIsLost) {
  size_t num_before = 0, num_within = 0, num_after = 0;
  size_t step = 0, last_within = 0;
  target = &host;
  while (num_after < 3 && step < MAX_STEPS) {
    ctx_test_note("before instruction %zu", step);
    outcome of_child = outcome_of(step, resume_child);
    outcome of_other = outcome_of(step, resume_other);
    ASSERT_TRUE(of_child == LOST || of_other == LOST);
    EXPECT_TRUE(of_child != WENT_ON_HALF_LEFT);
    num_before += of_other == WENT_ON;
    num_within += of_other == WENT_ON_HALF_LEFT;
    num_after += of_child == WENT_ON;
    if (of_other == WENT_ON_HALF_LEFT) last_within = step;
    step += num_within > 0 && step < last_within + STRIDE ? 1 : STRIDE;
  }
  EXPECT_TRUE(num_before > 0 && num_within > 20 && num_after > 0);
}

/* If nothing is being left then ctx_set does not discard the child for good. */
CTX_TEST(Middle, ContextThatIsBeingLeftIsLostToCtxSet) {
  size_t num_within = 0, step = 0;
  target = &host;
  sets = true;
  for (bool is_within = false; num_within == 0 || is_within; step += is_within ? 2 : STRIDE) {
    ctx_test_note("before instruction %zu", step);
    ASSERT_TRUE(step < MAX_STEPS);
    is_within = outcome_of(step, resume_other) == WENT_ON_HALF_LEFT;
    if (is_within) EXPECT_EQ(LOST, outcome_of(step, resume_child));
    num_within += is_within;
  }
  sets = false;
  EXPECT_TRUE(num_within > 10);
}

/* Nor can the handler go on there: half of that place is written. */
CTX_TEST(Middle, ContextThatIsBeingLeftIsNotGoneTo) {
  target = &host;
  resume_child(MAX_STEPS); /* to the end */
  size_t num_instructions = num_steps;
  ASSERT_TRUE(num_instructions > 20 * STRIDE && num_instructions < MAX_STEPS);
  target = &child;
  for (size_t step = 0; step < num_instructions; step += STRIDE) {
    ctx_test_note("before instruction %zu", step);
    EXPECT_TRUE(outcome_of(step, resume_other) != WENT_ON_HALF_LEFT);
  }
}

/* Once it has been left for good it goes on, and not before. */
CTX_TEST(Middle, HostThatIsBeingLeftIsLost) {
  size_t step = 0;
  target = &other;
  while (step < MAX_STEPS && outcome_of(step, resume_host) == LOST)
    step += STRIDE;
  ASSERT_TRUE(step > 3 * STRIDE && step < MAX_STEPS);
  bool was_lost = true;
  for (step -= STRIDE; was_lost; step++) {
    ctx_test_note("before instruction %zu", step);
    was_lost = outcome_of(step, resume_host) == LOST;
  }
  for (size_t later = 0; later < STRIDE; later++)
    EXPECT_TRUE(outcome_of(step + later, resume_host) != LOST);
}

#else

CTX_TEST(Middle, IsTheCheckedBuilds) {
  (void)resume_child, (void)resume_other, (void)resume_host;
  CTX_SKIP("needs the checked build");
}

#endif
