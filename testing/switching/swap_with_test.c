/* A function that runs on top of a context: before the context goes on, on its stack, whatever it
 * was suspended by, and whatever the function does. */
#include <string.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/harness/registers.h"
#include "testing/switching/forms.h"
#include "testing/switching/trace.h"

enum { STACK_SIZE = 65536 };
CTX_STACK(stack, STACK_SIZE);
CTX_STACK(other_stack, STACK_SIZE);

typedef struct world {
  ctx_context host; /* all-zero, as is the next one */
  ctx_context second_host;
  ctx_context child;
  ctx_context other;
  const swap_form *form; /* by which the child leaves */
  trace trace;
  uint64_t seed;
} world;

static void leave_by_swap(ctx_context *from, ctx_context *to) { ctx_swap(from, to); }

/* By the frame: AddressSanitizer may have locals elsewhere. */
__attribute__((__noinline__)) static void is_on_stack(const char *of) {
  const char *here = __builtin_frame_address(0);
  EXPECT_TRUE(here >= of && here < of + STACK_SIZE);
}

static void init(ctx_context *child, char *of, void (*entry)(world *w), world *w) {
  ASSERT_EQ(CTX_OK, ctx_init(child, of, STACK_SIZE, (ctx_entry)entry, CTX_ARGS(w)));
}

typedef void (*scenario)(world *w);
static void for_each_form(scenario run) {
  FOR_EACH_SWAP_FORM(form) {
    ctx_test_note("child: %s", form->name);
    world w = {.form = form, .seed = 21};
    run(&w);
  }
}

/* ---- Where it runs, and when ---- */

static void step_on_top(void *data) {
  world *w = data;
  is_on_stack(stack);
  EXPECT_TRUE(ctx_parent(&w->child) == &w->host);
  trace_step(&w->trace, 't');
}

static void swap_twice(world *w) {
  trace_step(&w->trace, 'a');
  w->form->swap(&w->child, &w->host);
  trace_step(&w->trace, 'b');
  EXPECT_TRUE(w->form->yield(&w->child) == &w->host);
  trace_step(&w->trace, 'c');
}

static void on_suspended(world *w) {
  init(&w->child, stack, swap_twice, w);
  ctx_swap(&w->host, &w->child);
  for (int i = 0; i < 2; i++) {
    trace_step(&w->trace, 'h');
    ctx_swap_with(&w->host, &w->child, step_on_top, w);
  }
  EXPECT_STREQ("ahtbhtc", w->trace.text);
  EXPECT_TRUE(ctx_has_returned(&w->child));
}

CTX_TEST(SwapWith, RunsAFunctionOnTopOfASuspendedContext) { for_each_form(on_suspended); }

static void entry_of_fresh(world *w) { trace_step(&w->trace, 'e'); }
static void activate(void *data) { trace_step(&((world *)data)->trace, 'v'); }
static void on_top_of_fresh(void *data) {
  world *w = data;
  EXPECT_EQ(CTX_STATE_FRESH, ctx_state(&w->child));
  step_on_top(w);
}

CTX_TEST(SwapWith, RunsAFunctionOnTopOfAFreshContext) {
  world w = {0};
  init(&w.child, stack, entry_of_fresh, &w);
  ctx_swap_with(&w.host, &w.child, on_top_of_fresh, &w);
  EXPECT_STREQ("te", w.trace.text);
  EXPECT_TRUE(ctx_has_returned(&w.child));
}

CTX_TEST(SwapWith, RunsAFunctionBeforeTheActivation) {
  world w = {0};
  const ctx_options options = {.activation = activate, .activation_data = &w};
  ASSERT_EQ(CTX_OK, ctx_init_with_options(&w.child, stack, STACK_SIZE, &options,
                                          (ctx_entry)entry_of_fresh, CTX_ARGS(&w)));
  ctx_swap_with(&w.host, &w.child, on_top_of_fresh, &w);
  EXPECT_STREQ("tve", w.trace.text);
}

static void without_arguments(void) {}
static void count(void *data) { *(int *)data += 1; }

CTX_TEST(SwapWith, RunsAFunctionWhereThereAreNoArguments) {
  world w = {0};
  int num_calls = 0;
  ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, STACK_SIZE, without_arguments, CTX_NO_ARGS));
  ctx_swap_with(&w.host, &w.child, count, &num_calls);
  EXPECT_EQ(1, num_calls);
  EXPECT_TRUE(ctx_has_returned(&w.child));
}

/* A host may have something run on top of it, too. */
static void step_on_host(void *data) {
  world *w = data;
  EXPECT_TRUE(ctx_parent(&w->host) == &w->child);
  trace_step(&w->trace, 't');
}
static void leave_with(world *w) {
  trace_step(&w->trace, 'a');
  ctx_swap_with(&w->child, &w->host, step_on_host, w);
  trace_step(&w->trace, 'b');
}

CTX_TEST(SwapWith, RunsAFunctionOnTopOfAHost) {
  world w = {0};
  init(&w.child, stack, leave_with, &w);
  FOR_EACH_SWAP_FORM(form) {
    init(&w.child, stack, leave_with, &w);
    form->swap(&w.host, &w.child);
    trace_step(&w.trace, 'h');
    form->swap(&w.host, &w.child);
  }
  EXPECT_STREQ("athbathbathb", w.trace.text);
}

/* ---- What is kept ---- */

static void clobber_on_top(void *data) {
  (void)data;
  uint64_t num_calls = 0;
  ctx_test_clobber_volatile(&num_calls);
}

/* It leaves with values of its own in all registers that are kept, and so the context's are
 * overwritten. */
static void leave_on_top(void *data) {
  world *w = data;
  char verdict[CTX_TEST_VERDICT_SIZE];
  EXPECT_NO_COMPLAINT(
      ctx_test_check_registers(&w->seed, w->form->swap, &w->child, &w->host, verdict));
  EXPECT_NO_COMPLAINT(ctx_test_check_registers(&w->seed, (ctx_test_switch)(uintptr_t)w->form->yield,
                                               &w->child, NULL, verdict));
}

static void keep(world *w) {
  char verdict[CTX_TEST_VERDICT_SIZE];
  for (int i = 0; i < 2; i++) {
    EXPECT_NO_COMPLAINT(
        ctx_test_check_registers(&w->seed, w->form->swap, &w->child, &w->host, verdict));
    EXPECT_NO_COMPLAINT(ctx_test_check_registers(
        &w->seed, (ctx_test_switch)(uintptr_t)w->form->yield, &w->child, NULL, verdict));
  }
}

typedef struct call {
  ctx_callback function;
  void *data;
} call;
static call on_top;
static void swap_with_it(ctx_context *from, ctx_context *to) {
  ctx_swap_with(from, to, on_top.function, on_top.data);
}

static void keeps_registers(world *w) {
  uint64_t seed = 22;
  char verdict[CTX_TEST_VERDICT_SIZE];
  init(&w->child, stack, keep, w);
  ctx_swap(&w->host, &w->child);
  on_top = (call){clobber_on_top, w};
  for (int i = 0; i < 2; i++) {
    EXPECT_NO_COMPLAINT(
        ctx_test_check_registers(&seed, swap_with_it, &w->host, &w->child, verdict));
  }
  on_top = (call){leave_on_top, w};
  for (int i = 0; i < 2; i++) {
    EXPECT_NO_COMPLAINT(
        ctx_test_check_registers(&seed, swap_with_it, &w->host, &w->child, verdict));
    for (int k = 0; k < 2; k++) {
      EXPECT_TRUE(!ctx_has_returned(&w->child));
      EXPECT_NO_COMPLAINT(
          ctx_test_check_registers(&seed, leave_by_swap, &w->host, &w->child, verdict));
    }
  }
  EXPECT_TRUE(ctx_has_returned(&w->child));
}

CTX_TEST(SwapWith, KeepsRegistersOfBothSides) { for_each_form(keeps_registers); }

/* Arguments of a fresh context, and its first frames, are where they were. */
static uint64_t sum(uint64_t a, double b, uint64_t c, uint64_t d, uint64_t e, uint64_t f,
                    uint64_t g, uint64_t h, uint64_t i, double j) {
  return a + (uint64_t)b + c + d + e + f + g + h + i + (uint64_t)j;
}

static void keeps_arguments(world *w) {
  ASSERT_EQ(CTX_OK, ctx_init(&w->child, stack, STACK_SIZE, (ctx_entry)sum,
                             CTX_ARGS(1, 2.0, 4, 8, 16, 32, 64, 128, 256, 512.0)));
  ctx_swap_with(&w->host, &w->child, leave_on_top, w);
  EXPECT_EQ(CTX_STATE_STARTED, ctx_state(&w->child));
  ctx_swap(&w->host, &w->child);
  EXPECT_TRUE(!ctx_has_returned(&w->child));
  ctx_swap(&w->host, &w->child);
  EXPECT_EQ(1023, ctx_retval_u64(&w->child));
}

CTX_TEST(SwapWith, KeepsTheArgumentsOfAFreshContext) { for_each_form(keeps_arguments); }

/* With an activation callback, whose place a register may take while the function is away. */
static void keeps_activation(world *w) {
  const ctx_options options = {.activation = activate, .activation_data = w};
  ASSERT_EQ(CTX_OK, ctx_init_with_options(&w->child, stack, STACK_SIZE, &options,
                                          (ctx_entry)entry_of_fresh, CTX_ARGS(w)));
  ctx_swap_with(&w->host, &w->child, leave_on_top, w);
  ctx_swap(&w->host, &w->child);
  ctx_swap(&w->host, &w->child);
  EXPECT_STREQ("ve", w->trace.text);
}

CTX_TEST(SwapWith, KeepsTheActivationOfAFreshContext) { for_each_form(keeps_activation); }

/* ---- Whose resumer, and whose parent ---- */

static void nothing(void *data) { (void)data; }

static void answer(world *w) {
  EXPECT_TRUE(w->form->swap_resumer(&w->child, &w->host) == &w->second_host);
  EXPECT_TRUE(w->form->yield(&w->child) == &w->host);
  /* The function went to the first host, and the second one resumed it. */
  EXPECT_TRUE(w->form->swap_resumer(&w->child, &w->host) == &w->second_host);
}

static void away_and_back(void *data) {
  world *w = data;
  EXPECT_TRUE(w->form->yield(&w->child) == &w->second_host);
}

static void says_who(world *w) {
  init(&w->child, stack, answer, w);
  ctx_swap(&w->host, &w->child);
  ctx_swap_with(&w->second_host, &w->child, nothing, NULL);
  ctx_swap_with(&w->host, &w->child, nothing, NULL);
  ctx_swap_with(&w->host, &w->child, away_and_back, w);
  EXPECT_TRUE(ctx_parent(&w->child) == &w->host);
  ctx_swap(&w->second_host, &w->child);
  EXPECT_TRUE(ctx_parent(&w->child) == &w->second_host);
  EXPECT_TRUE(ctx_has_returned(&w->child));
}

CTX_TEST(SwapWith, ResumesAsASwapOfTheParent) { for_each_form(says_who); }

/* ---- One on top of another ---- */

static void step_inner(void *data) { trace_step(&((world *)data)->trace, 'i'); }

static void outer(void *data) {
  world *w = data;
  trace_step(&w->trace, '<');
  w->form->swap(&w->child, &w->host);
  trace_step(&w->trace, '>');
}

static void nested(world *w) {
  init(&w->child, stack, swap_twice, w);
  ctx_swap(&w->host, &w->child);
  ctx_swap_with(&w->host, &w->child, outer, w); /* a< */
  ctx_swap_with(&w->host, &w->child, outer, w); /* < on top of it */
  ctx_swap_with(&w->host, &w->child, step_inner, w);
  EXPECT_STREQ("a<<i>>b", w->trace.text);
}

CTX_TEST(SwapWith, RunsOnTopOfAFunctionOnTop) { for_each_form(nested); }

/* A function on top of a child resumes another child, and returns. */
static void yield_once(world *w) {
  trace_step(&w->trace, 'o');
  EXPECT_TRUE(w->form->yield(&w->other) == &w->child);
  trace_step(&w->trace, 'O');
}
static void consume(void *data) {
  world *w = data;
  init(&w->other, other_stack, yield_once, w);
  ctx_swap(&w->child, &w->other);
  ctx_swap(&w->child, &w->other);
  EXPECT_TRUE(ctx_parent(&w->child) == &w->host);
}
static void consumes(world *w) {
  init(&w->child, stack, swap_twice, w);
  ctx_swap(&w->host, &w->child);
  ctx_swap_with(&w->host, &w->child, consume, w);
  ctx_swap_with(&w->host, &w->child, consume, w);
  EXPECT_STREQ("aoOboOc", w->trace.text);
}

CTX_TEST(SwapWith, MayConsumeAnotherContext) { for_each_form(consumes); }
