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

static ctx_context host, child, other;
static size_t num_steps, last_step;
static ctx_context *target = &host; /* of the handler */
static bool sets;                   /* it does not redirect: it does not return */
static bool was_left;               /* the child: nobody has arrived yet */

static void yield_to_host(void) {
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

static void set_from_handler(void) {
  sigset_t trap;
  sigemptyset(&trap);
  sigaddset(&trap, SIGTRAP);
  sigprocmask(SIG_UNBLOCK, &trap, NULL);
  ctx_set(target);
}

static void leave_after_some(ucontext_t *interrupted) {
  if (num_steps++ != last_step) return;
  was_left = child.instrument.state == CTX_WATCH_SUSPENDED &&
             other.instrument.state == CTX_WATCH_SUSPENDED;
  step_end_in(interrupted);
  if (sets) set_from_handler();
  ctx_redirect_signal(interrupted, target);
}

/* Leaves before a certain instruction for the host, which then resumes one of the two. */
static void interrupt_and_resume(size_t step, ctx_context *resumed) {
  step_install(leave_after_some);
  num_steps = 0;
  last_step = step;
  host = (ctx_context){0};
  if (ctx_init(&child, stack, STACK_SIZE, yield_then_swap_to_other, CTX_NO_ARGS) != CTX_OK ||
      ctx_init(&other, other_stack, STACK_SIZE, yield_to_host, CTX_NO_ARGS) != CTX_OK) {
    _exit(2);
  }
  ctx_swap(&host, &other);
  ctx_swap(&host, &child);
  ctx_swap(&host, &child); /* it swaps to the other one, and is interrupted */
  step_uninstall();
  ctx_swap(&host, resumed);
}

#ifdef CTX_CHECKED

typedef enum outcome { LOST, WENT_ON, WENT_ON_HALF_LEFT } outcome;

/* The checked build stops, or the context must go on. */
static outcome outcome_of(size_t step, ctx_context *resumed) {
  pid_t process = fork();
  if (process == 0) {
    ctx_test_default_signal(SIGABRT);
    close(STDERR_FILENO);
    interrupt_and_resume(step, resumed);
    _exit(was_left ? WENT_ON_HALF_LEFT : WENT_ON);
  }
  int status = 0;
  EXPECT_EQ(process, waitpid(process, &status, 0));
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT) return LOST;
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) != LOST);
  return (outcome)WEXITSTATUS(status);
}

#endif

CTX_TEST(Middle, ContextThatIsBeingLeftIsLost) {
#ifndef CTX_CHECKED
  (void)interrupt_and_resume;
  CTX_SKIP("needs the checked build");
#else
  size_t num_before = 0, num_within = 0, num_after = 0;
  size_t step = 0, last_within = 0;
  while (num_after < 3 && step < MAX_STEPS) {
    ctx_test_note("before instruction %zu", step);
    outcome of_child = outcome_of(step, &child);
    outcome of_other = outcome_of(step, &other);
    ASSERT_TRUE(of_child == LOST || of_other == LOST);
    EXPECT_TRUE(of_child != WENT_ON_HALF_LEFT);
    num_before += of_other == WENT_ON;
    num_within += of_other == WENT_ON_HALF_LEFT;
    num_after += of_child == WENT_ON;
    if (of_other == WENT_ON_HALF_LEFT) last_within = step;
    step += num_within > 0 && step < last_within + STRIDE ? 1 : STRIDE;
  }
  EXPECT_TRUE(num_before > 0 && num_within > 20 && num_after > 0);
#endif
}

/* If nothing is being left then ctx_set does not discard the child for good. */
CTX_TEST(Middle, ContextThatIsBeingLeftIsLostToCtxSet) {
#ifndef CTX_CHECKED
  CTX_SKIP("needs the checked build");
#else
  interrupt_and_resume(MAX_STEPS, &child); /* to the end */
  size_t num_instructions = num_steps, num_within = 0;
  sets = true;
  for (size_t step = 0; step<num_instructions; step += num_within> 0 ? 2 : STRIDE) {
    ctx_test_note("before instruction %zu", step);
    EXPECT_TRUE(outcome_of(step, &child) != WENT_ON_HALF_LEFT);
    bool is_within = outcome_of(step, &other) == WENT_ON_HALF_LEFT;
    num_within += is_within;
    if (num_within > 0 && !is_within) break;
  }
  sets = false;
  EXPECT_TRUE(num_within > 10);
#endif
}

/* Nor can the handler go on there: half of that place is written. */
CTX_TEST(Middle, ContextThatIsBeingLeftIsNotGoneTo) {
#ifndef CTX_CHECKED
  CTX_SKIP("needs the checked build");
#else
  interrupt_and_resume(MAX_STEPS, &child); /* to the end */
  size_t num_instructions = num_steps;
  ASSERT_TRUE(num_instructions > 20 * STRIDE && num_instructions < MAX_STEPS);
  target = &child;
  for (size_t step = 0; step < num_instructions; step += STRIDE) {
    ctx_test_note("before instruction %zu", step);
    EXPECT_TRUE(outcome_of(step, &other) != WENT_ON_HALF_LEFT);
  }
  target = &host;
#endif
}
