/* A signal that is handled by leaving for a third context may come between any two instructions of
 * a switch: that context must come back whole, and the two in the middle can be initialised anew.
 */
#include "ctx/ctx.h"
#include "ctx/inline.h"
#include "testing/arch/machine.h"
#include "testing/harness/harness.h"
#include "testing/signals/checked_swap.h"
#include "testing/signals/leave.h"
#include "testing/unwind/single_step.h"

#define STACK_SIZE 65536

CTX_STACK(stack_a, STACK_SIZE);
CTX_STACK(stack_b, STACK_SIZE);

static ctx_context home;
static ctx_context a;
static ctx_context b;

static const way_out *way;
static size_t num_steps;
static size_t step_to_leave_at;
static bool finished;

static void visit(ucontext_t *interrupted) {
  if (num_steps++ != step_to_leave_at) return;
  step_end_in(interrupted);
  way->leave(interrupted, &home);
}

typedef void (*swap_function)(ctx_context *from, ctx_context *to);

static void swap_callless(ctx_context *from, ctx_context *to) { ctx_swap(from, to); }
static void swap_inline(ctx_context *from, ctx_context *to) { ctx_swap_inline(from, to); }
static const swap_function swaps[] = {swap_callless, swap_inline, ctx_swap};
enum { NUM_SWAPS = 3 };

static swap_function swap;

static void entry_of_b(void) { swap(&b, &a); }

static void entry_of_a(void) {
  step_begin();
  swap(&a, &b); /* a fresh context */
  swap(&a, &b); /* a suspended one, which returns */
  step_end();
  finished = true;
  ctx_set(&home); /* its parent is b by now */
}

/* Returns false once there are fewer steps than that, or one was wrong. */
static bool leave_at_step(size_t step, bool changes_fp) {
  num_steps = 0;
  step_to_leave_at = step;
  finished = false;
  EXPECT_EQ(CTX_OK, ctx_init(&a, stack_a, STACK_SIZE, entry_of_a, CTX_NO_ARGS));
  EXPECT_EQ(CTX_OK, ctx_init(&b, stack_b, STACK_SIZE, entry_of_b, CTX_NO_ARGS));
  if (changes_fp) machine_declare_other_fp(&b);

  uint64_t wrong_registers = checked_swap(&home, &a);
  const char *wrong_state = machine_state_complaint();
  EXPECT_EQ(0, wrong_registers);
  EXPECT_NO_COMPLAINT(wrong_state);
  EXPECT_EQ(0, mask_now());
  return !finished && ctx_test_num_failures() == 0;
}

static void leave_at_each_step(const way_out *way_of_case) {
  way = way_of_case;
  step_install(visit);
  for (unsigned variant = 0; variant < NUM_SWAPS * 2; variant++) {
    swap = swaps[variant % NUM_SWAPS];
    bool changes_fp = variant >= NUM_SWAPS;
    home = (ctx_context){0};
    size_t step = 0;
    do {
      ctx_test_note("%s, variant %u, step %zu", way->name, variant, step);
    } while (leave_at_step(step++, changes_fp));
    if (ctx_test_num_failures() != 0) break;
    /* Two switches to b, one back, and its return. */
    EXPECT_TRUE(step > 100);
    EXPECT_TRUE(ctx_has_returned(&b));
  }
  step_uninstall();
}

CTX_TEST(Step, EveryInstructionOfASwitchCanBeLeft) {
#ifdef CTX_INSTRUMENTED_
  CTX_SKIP("an instrumented switch is reported in several steps, between which it cannot be left");
#endif
  for_each_way_out(leave_at_each_step);
}
