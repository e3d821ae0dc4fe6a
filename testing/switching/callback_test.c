/* Activation and backstop callbacks: when they run, where, and what they cannot harm. */
#include <string.h>

#include "ctx/ctx.h"
#include "testing/arch/arch.h"
#include "testing/harness/harness.h"
#include "testing/harness/registers.h"
#include "testing/switching/forms.h"
#include "testing/switching/trace.h"
#include CTX_TEST_ARCH(figures.h)

enum { STACK_SIZE = 32768 };
CTX_STACK(stack, STACK_SIZE);
CTX_STACK(other_stack, STACK_SIZE);

typedef struct world {
  ctx_context host;
  ctx_context child;
  ctx_context other;
  trace trace;
  const swap_form *form;
} world;

static void expect_on_childs_stack(const void *address) {
  EXPECT_TRUE((uintptr_t)address - (uintptr_t)stack < STACK_SIZE);
}

static void trace_activation(void *data) {
  world *w = data;
  expect_on_childs_stack(__builtin_frame_address(0));
  trace_step(&w->trace, '<');
  EXPECT_FALSE(ctx_has_returned(&w->child));
}
static void trace_backstop(void *data) {
  world *w = data;
  expect_on_childs_stack(__builtin_frame_address(0));
  trace_step(&w->trace, '>');
  EXPECT_TRUE(ctx_has_returned(&w->child));
  EXPECT_EQ(42, ctx_retval_u64(&w->child));
}
static uint64_t suspend_then_answer(world *w) {
  trace_step(&w->trace, 'a');
  w->form->swap(&w->child, &w->host);
  trace_step(&w->trace, 'A');
  return 42;
}

CTX_TEST(Callback, ActivationIsFirstBackstopIsLastBothOnTheChildsStack) {
  FOR_EACH_SWAP_FORM(form) {
    ctx_test_note("%s", form->name);
    world w = {.form = form};
    const ctx_options options = {.activation = trace_activation,
                                 .activation_data = &w,
                                 .backstop = trace_backstop,
                                 .backstop_data = &w};
    ASSERT_EQ(CTX_OK, ctx_init_with_options(&w.child, stack, STACK_SIZE, &options,
                                            (ctx_entry)suspend_then_answer, CTX_ARGS(&w)));
    EXPECT_STREQ("", w.trace.text);
    form->swap(&w.host, &w.child);
    trace_step(&w.trace, '.');
    form->swap(&w.host, &w.child);
    trace_step(&w.trace, '.');
    EXPECT_STREQ("<a.A>.", w.trace.text);
  }
}

static void run_without_arguments(void) { expect_on_childs_stack(__builtin_frame_address(0)); }

CTX_TEST(Callback, EntryWithoutArgumentsHasThemToo) {
  uint64_t num_activations = 0;
  uint64_t num_backstops = 0;
  const ctx_options options = {.activation = ctx_test_clobber_volatile,
                               .activation_data = &num_activations,
                               .backstop = ctx_test_clobber_volatile,
                               .backstop_data = &num_backstops};
  ctx_context host = {0};
  ctx_context child;
  ASSERT_EQ(CTX_OK, ctx_init_with_options(&child, stack, STACK_SIZE, &options,
                                          run_without_arguments, CTX_NO_ARGS));
  ctx_swap(&host, &child);
  EXPECT_EQ(1, num_activations);
  EXPECT_EQ(1, num_backstops);
}

/* Integers and floating-point numbers, more than there are registers for. */
typedef struct answer {
  uint64_t words[2];
} answer;
static answer check_arguments(uint64_t g0, uint64_t g1, uint64_t g2, uint64_t g3, uint64_t g4,
                              uint64_t g5, double f0, double f1, double f2, double f3, double f4,
                              double f5, double f6, double f7, uint64_t g6, double f8, uint64_t g7,
                              double f9) {
  const uint64_t general[] = {g0, g1, g2, g3, g4, g5, g6, g7};
  const double vector[] = {f0, f1, f2, f3, f4, f5, f6, f7, f8, f9};
  for (size_t i = 0; i < 8; i++)
    EXPECT_EQ(0x1111111111111111 * (i + 1), general[i]);
  for (size_t i = 0; i < 10; i++)
    EXPECT_F64_EQ((double)i + 0.5, vector[i]);
  return (answer){{0x0123456789abcdef, 0xfedcba9876543210}};
}

CTX_TEST(Callback, HarmsNoArgumentAndNoReturnValueInGeneralRegisters) {
  uint64_t num_activations = 0;
  uint64_t num_backstops = 0;
  const ctx_options options = {.activation = ctx_test_clobber_volatile,
                               .activation_data = &num_activations,
                               .backstop = ctx_test_clobber_volatile,
                               .backstop_data = &num_backstops};
#define G(i) (UINT64_C(0x1111111111111111) * (i + 1))
#define F(i) (i + 0.5)
  FOR_EACH_SWAP_FORM(form) {
    ctx_test_note("%s", form->name);
    num_activations = num_backstops = 0;
    ctx_context host = {0};
    ctx_context child;
    ASSERT_EQ(CTX_OK, ctx_init_with_options(
                          &child, stack, STACK_SIZE, &options, (ctx_entry)check_arguments,
                          CTX_ARGS(G(0), G(1), G(2), G(3), G(4), G(5), F(0), F(1), F(2), F(3), F(4),
                                   F(5), F(6), F(7), G(6), F(8), G(7), F(9))));
    form->swap(&host, &child);
    EXPECT_EQ(0x0123456789abcdef, ctx_retval_gp(&child, 0));
    EXPECT_EQ(0xfedcba9876543210, ctx_retval_gp(&child, 1));
    EXPECT_EQ(1, num_activations);
    EXPECT_EQ(1, num_backstops);
  }
}

static ctx_test_fp_register return_fp_register(double x, double y) {
  const double both[] = {x, y};
  ctx_test_fp_register result;
  memcpy(&result, both, sizeof result);
  return result;
}

CTX_TEST(Callback, HarmsNoReturnValueInAFloatingPointRegister) {
  uint64_t num_backstops = 0;
  ctx_context host = {0};
  ctx_context child;
  ASSERT_EQ(CTX_OK, ctx_init_with_callback(&child, stack, STACK_SIZE, ctx_test_clobber_volatile,
                                           &num_backstops, (ctx_entry)return_fp_register,
                                           CTX_ARGS(1.5, -2.5)));
  ctx_swap(&host, &child);
  const double expected[] = {1.5, -2.5};
  ctx_bytes16 fp = ctx_retval_fp(&child);
  EXPECT_MEMEQ(expected, &fp, sizeof(ctx_test_fp_register));
  EXPECT_EQ(1, num_backstops);
}

/* A backstop that is away when the parent changes: the return goes to the one that resumed it. */
static void backstop_that_suspends(void *data) {
  world *w = data;
  trace_step(&w->trace, '>');
  w->form->swap(&w->child, &w->host);
  trace_step(&w->trace, '!');
}
static uint64_t answer_at_once(void) { return 42; }
static void resume_child(world *w) {
  trace_step(&w->trace, 'b');
  w->form->swap(&w->other, &w->child);
  trace_step(&w->trace, 'B');
}

CTX_TEST(Callback, BackstopMaySwapAwayAndReturnToAnotherParent) {
  FOR_EACH_SWAP_FORM(out) FOR_EACH_SWAP_FORM(back) {
    ctx_test_note("host: %s, children: %s", out->name, back->name);
    world w = {.form = back};
    ASSERT_EQ(CTX_OK, ctx_init_with_callback(&w.child, stack, STACK_SIZE, backstop_that_suspends,
                                             &w, (ctx_entry)answer_at_once, CTX_NO_ARGS));
    ASSERT_EQ(CTX_OK,
              ctx_init(&w.other, other_stack, STACK_SIZE, (ctx_entry)resume_child, CTX_ARGS(&w)));
    out->swap(&w.host, &w.child);
    trace_step(&w.trace, '.');
    EXPECT_TRUE(ctx_has_returned(&w.child));
    EXPECT_EQ(42, ctx_retval_u64(&w.child));
    out->swap(&w.host, &w.other);
    trace_step(&w.trace, '.');
    EXPECT_STREQ(">.b!B.", w.trace.text);
    EXPECT_EQ(42, ctx_retval_u64(&w.child));
  }
}

/* An activation that is away before the arguments are loaded. */
static void activation_that_suspends(void *data) {
  world *w = data;
  trace_step(&w->trace, '<');
  w->form->swap(&w->child, &w->host);
  trace_step(&w->trace, '!');
}
static double add(world *w, double x, uint64_t y) {
  trace_step(&w->trace, 'a');
  return x + (double)y;
}

CTX_TEST(Callback, ActivationMaySwapAway) {
  FOR_EACH_SWAP_FORM(out) FOR_EACH_SWAP_FORM(back) {
    ctx_test_note("host: %s, child: %s", out->name, back->name);
    world w = {.form = back};
    const ctx_options options = {.activation = activation_that_suspends, .activation_data = &w};
    ASSERT_EQ(CTX_OK, ctx_init_with_options(&w.child, stack, STACK_SIZE, &options, (ctx_entry)add,
                                            CTX_ARGS(&w, 0.5, UINT64_C(2))));
    out->swap(&w.host, &w.child);
    trace_step(&w.trace, '.');
    out->swap(&w.host, &w.child);
    trace_step(&w.trace, '.');
    EXPECT_STREQ("<.!a.", w.trace.text);
    EXPECT_F64_EQ(2.5, ctx_retval_f64(&w.child));
  }
}

/* Options are copied: the caller's may be gone. */
CTX_TEST(Callback, OptionsNeedNotOutliveInit) {
  uint64_t num_activations = 0;
  uint64_t num_backstops = 0;
  ctx_options options = {.activation = ctx_test_clobber_volatile,
                         .activation_data = &num_activations,
                         .backstop = ctx_test_clobber_volatile,
                         .backstop_data = &num_backstops};
  ctx_context host = {0};
  ctx_context child;
  ASSERT_EQ(CTX_OK, ctx_init_with_options(&child, stack, STACK_SIZE, &options,
                                          run_without_arguments, CTX_NO_ARGS));
  options = (ctx_options){0};
  ctx_swap(&host, &child);
  EXPECT_EQ(1, num_activations);
  EXPECT_EQ(1, num_backstops);
}
