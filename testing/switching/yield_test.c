/* A yield goes on in the parent, changes nobody's parent, and returns the resumer: in every form,
 * resumed by every form. */
#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/harness/registers.h"
#include "testing/switching/forms.h"
#include "testing/switching/trace.h"

enum { STACK_SIZE = 32768 };
CTX_STACK(stack_a, STACK_SIZE);
CTX_STACK(stack_b, STACK_SIZE);
CTX_STACK(stack_c, STACK_SIZE);

typedef struct world {
  ctx_context hosts[2]; /* all-zero */
  ctx_context a;
  ctx_context b;
  ctx_context c;
  trace trace;
  const swap_form *out;  /* by which parents leave */
  const swap_form *form; /* by which children yield */
} world;

/* A yield, and a swap, with another number in every register that might be left as it is. */
static ctx_context *yield(const world *w, ctx_context *self) {
  return (ctx_context *)(uintptr_t)ctx_test_call_with_volatile(
      UINT64_C(0x5a5a5a5a5a5a5a5a), (ctx_test_switch)(uintptr_t)w->form->yield, self, NULL);
}
static ctx_context *resume(const world *w, ctx_context *from, ctx_context *to) {
  return (ctx_context *)(uintptr_t)ctx_test_call_with_volatile(
      UINT64_C(0x5a5a5a5a5a5a5a5a), (ctx_test_switch)(uintptr_t)w->out->swap_resumer, from, to);
}

static void init(ctx_context *child, char *stack, void (*entry)(world *w), world *w) {
  EXPECT_EQ(CTX_OK, ctx_init(child, stack, STACK_SIZE, (ctx_entry)entry, CTX_ARGS(w)));
}

typedef void (*scenario)(world *w);
static void for_each_pair(scenario run) {
  FOR_EACH_SWAP_FORM(out) FOR_EACH_SWAP_FORM(back) {
    ctx_test_note("swap: %s, yield: %s", out->name, back->name);
    world w = {.out = out, .form = back};
    run(&w);
  }
}

/* ---- The parent, and the resumer ---- */

static const int order[] = {0, 1, 1, 0, 1};
enum { NUM_RESUMPTIONS = sizeof order / sizeof order[0] };

static void answer(world *w) {
  for (int i = 0; i < NUM_RESUMPTIONS - 1; i++) {
    EXPECT_TRUE(ctx_parent(&w->a) == &w->hosts[order[i]]);
    EXPECT_TRUE(yield(w, &w->a) == &w->hosts[order[i + 1]]);
  }
}

static void two_hosts(world *w) {
  init(&w->a, stack_a, answer, w);
  for (int i = 0; i < NUM_RESUMPTIONS; i++) {
    ctx_context *host = &w->hosts[order[i]];
    EXPECT_TRUE(resume(w, host, &w->a) == &w->a);
    EXPECT_TRUE(ctx_parent(&w->a) == host);
    EXPECT_TRUE(ctx_parent(host) == NULL);
  }
  EXPECT_TRUE(ctx_has_returned(&w->a));
}

CTX_TEST(Yield, GoesToWhoeverSwappedLastAndReturnsWhoSwapsNext) { for_each_pair(two_hosts); }

/* A child resumes a child, which yields to it, and returns: its own parent is still the host. */
static void produce(world *w) {
  for (int i = 0; i < 2; i++) {
    trace_step(&w->trace, 'b');
    EXPECT_TRUE(ctx_parent(&w->b) == &w->a);
    EXPECT_TRUE(yield(w, &w->b) == &w->a);
  }
  trace_step(&w->trace, 'B');
}

static void consume(world *w) {
  init(&w->b, stack_b, produce, w);
  for (int i = 0; i < 3; i++) {
    trace_step(&w->trace, 'a');
    EXPECT_TRUE(resume(w, &w->a, &w->b) == &w->b);
    EXPECT_TRUE(ctx_parent(&w->a) == &w->hosts[0]);
    if (i == 1) EXPECT_TRUE(yield(w, &w->a) == &w->hosts[0]);
  }
  EXPECT_TRUE(ctx_has_returned(&w->b));
  trace_step(&w->trace, 'A');
}

static void nested(world *w) {
  init(&w->a, stack_a, consume, w);
  while (!ctx_has_returned(&w->a)) {
    EXPECT_TRUE(resume(w, &w->hosts[0], &w->a) == &w->a);
    trace_step(&w->trace, '.');
  }
  EXPECT_STREQ("abab.aBA.", w->trace.text);
}

CTX_TEST(Yield, AChildConsumesAChildAndReturns) { for_each_pair(nested); }

/* Each child's generator is the next one; a value comes up through all of them. */
enum { DEPTH = 20 };
static char stacks[DEPTH][STACK_SIZE] __attribute__((aligned(16)));
static ctx_context nest[DEPTH];

static void count_up(world *w, size_t depth, uint64_t *value) {
  if (depth + 1 < DEPTH) {
    EXPECT_EQ(CTX_OK, ctx_init(&nest[depth + 1], stacks[depth + 1], STACK_SIZE, (ctx_entry)count_up,
                               CTX_ARGS(w, depth + 1, value)));
  }
  for (int i = 0; i < 3; i++) {
    if (depth + 1 < DEPTH) {
      EXPECT_TRUE(resume(w, &nest[depth], &nest[depth + 1]) == &nest[depth + 1]);
    }
    *value += 1;
    (void)yield(w, &nest[depth]);
  }
}

static void twenty_generators(world *w) {
  uint64_t value = 0;
  ASSERT_EQ(CTX_OK, ctx_init(&nest[0], stacks[0], STACK_SIZE, (ctx_entry)count_up,
                             CTX_ARGS(w, (size_t)0, &value)));
  for (uint64_t i = 1; i <= 3; i++) {
    EXPECT_TRUE(resume(w, &w->hosts[0], &nest[0]) == &nest[0]);
    EXPECT_EQ(i * DEPTH, value);
  }
  EXPECT_TRUE(resume(w, &w->hosts[0], &nest[0]) == &nest[0]);
  EXPECT_TRUE(ctx_has_returned(&nest[0]));
}

CTX_TEST(Yield, GeneratorsMayBeNested) { for_each_pair(twenty_generators); }

/* ---- A parent that is suspended elsewhere by now, and a child that others have resumed ---- */

static void swap_to_host_then_yield(world *w) {
  trace_step(&w->trace, 'b');
  EXPECT_TRUE(resume(w, &w->b, &w->hosts[0]) == NULL);
  trace_step(&w->trace, 'B');
  (void)yield(w, &w->b);
}

static void swap_to_b_then_yield(world *w) {
  trace_step(&w->trace, 'a');
  EXPECT_TRUE(resume(w, &w->a, &w->b) == &w->hosts[0]);
  trace_step(&w->trace, '1');
  EXPECT_TRUE(yield(w, &w->a) == &w->b);
  trace_step(&w->trace, '2');
}

static void set_b(world *w) {
  trace_step(&w->trace, 'c');
  ctx_set(&w->b);
}

static void parent_elsewhere(world *w) {
  init(&w->a, stack_a, swap_to_b_then_yield, w);
  init(&w->b, stack_b, swap_to_host_then_yield, w);
  init(&w->c, stack_c, set_b, w);
  EXPECT_TRUE(resume(w, &w->hosts[0], &w->a) == &w->b);
  trace_step(&w->trace, '.');
  /* a goes on, although b is not through. */
  EXPECT_TRUE(resume(w, &w->hosts[0], &w->a) == &w->a);
  trace_step(&w->trace, '.');
  /* A set changes no parent: b yields to a, where a has yielded. */
  EXPECT_TRUE(ctx_parent(&w->b) == &w->a);
  EXPECT_TRUE(resume(w, &w->hosts[0], &w->c) == &w->a);
  EXPECT_STREQ("ab.1.cB2", w->trace.text);
  EXPECT_TRUE(ctx_has_returned(&w->a));
  EXPECT_FALSE(ctx_has_returned(&w->b));
}

CTX_TEST(Yield, GoesToAParentThatIsSuspendedElsewhereByNow) { for_each_pair(parent_elsewhere); }

static void yield_once(world *w) {
  trace_step(&w->trace, 'b');
  EXPECT_TRUE(yield(w, &w->b) == NULL);
  trace_step(&w->trace, 'B');
}

static void resumed_by_set(world *w) {
  init(&w->b, stack_b, yield_once, w);
  init(&w->c, stack_c, set_b, w);
  EXPECT_TRUE(resume(w, &w->hosts[0], &w->b) == &w->b);
  EXPECT_TRUE(resume(w, &w->hosts[0], &w->c) == &w->b);
  EXPECT_STREQ("bcB", w->trace.text);
  EXPECT_TRUE(ctx_has_returned(&w->b));
}

CTX_TEST(Yield, ReturnsNobodyAfterASet) { for_each_pair(resumed_by_set); }

/* ---- Callbacks ---- */

static void yield_in_activation(void *data) {
  world *w = data;
  trace_step(&w->trace, '<');
  EXPECT_TRUE(yield(w, &w->a) == &w->hosts[0]);
  trace_step(&w->trace, '(');
}

static void yield_in_backstop(void *data) {
  world *w = data;
  EXPECT_TRUE(ctx_has_returned(&w->a));
  trace_step(&w->trace, '>');
  EXPECT_TRUE(yield(w, &w->a) == &w->hosts[1]);
  trace_step(&w->trace, ')');
}

static void only_trace(world *w) { trace_step(&w->trace, 'a'); }

static void callbacks(world *w) {
  const ctx_options options = {.activation = yield_in_activation,
                               .activation_data = w,
                               .backstop = yield_in_backstop,
                               .backstop_data = w};
  ASSERT_EQ(CTX_OK, ctx_init_with_options(&w->a, stack_a, STACK_SIZE, &options,
                                          (ctx_entry)only_trace, CTX_ARGS(w)));
  static const int hosts[] = {1, 0, 1};
  for (size_t i = 0; i < sizeof hosts / sizeof hosts[0]; i++) {
    EXPECT_TRUE(resume(w, &w->hosts[hosts[i]], &w->a) == &w->a);
    trace_step(&w->trace, '.');
  }
  EXPECT_STREQ("<.(a>.).", w->trace.text);
}

CTX_TEST(Yield, CallbacksMayYield) { for_each_pair(callbacks); }
