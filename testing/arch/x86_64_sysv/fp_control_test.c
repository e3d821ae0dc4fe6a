/* Where x86-64 has more than control words: flags beside them, a bit that is always set, exceptions
 * that are raised late. testing/switching/fp_control_test.c has the rest. */
#include <signal.h>

#include "testing/switching/fp_world.h"

CTX_STACK(stack_a, STACK_SIZE);
CTX_STACK(stack_b, STACK_SIZE);

/* Status flags show whether a word was reloaded, which costs as much as the rest of a switch: they
 * pass from context to context where the word is the same. */
static void raise_flags(void) {
  uint32_t mxcsr = ctx_test_mxcsr_control() | 0x20; /* inexact, masked everywhere here */
  __asm__ volatile("ldmxcsr %0\n\tfld1\n\tfldpi\n\tfdivrp\n\tfstp %%st(0)"
                   :
                   : "m"(mxcsr)
                   : "st", "st(1)");
}
static bool is_sse_flag_up(void) {
  uint32_t mxcsr = 0;
  __asm__ volatile("stmxcsr %0" : "=m"(mxcsr));
  return (mxcsr & 0x20) != 0;
}
static bool is_x87_flag_up(void) {
  uint16_t status = 0;
  __asm__ volatile("fnstsw %0" : "=m"(status));
  return (status & 0x20) != 0;
}

#define EXPECT_FLAGS_UP_WHERE_EQUAL(expected)                              \
  do {                                                                     \
    if ((expected).mxcsr == fp_usual.mxcsr) EXPECT_TRUE(is_sse_flag_up()); \
    if ((expected).x87 == fp_usual.x87) EXPECT_TRUE(is_x87_flag_up());     \
  } while (0)

static void pass_flags(world *w) {
  EXPECT_FLAGS_UP_WHERE_EQUAL(w->a_words);
  raise_flags();
  w->form->swap(&w->a, &w->host);
  EXPECT_FLAGS_UP_WHERE_EQUAL(w->a_words);
  raise_flags();
}

static void flags_pass(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK, ctx_init(&w->a, stack_a, STACK_SIZE, (ctx_entry)pass_flags, CTX_ARGS(w)));
  fp_declare(&w->a, w->a_words);
  for (int i = 0; i < 2; i++) {
    raise_flags();
    out->swap(&w->host, &w->a);
    if (i == 0) EXPECT_FLAGS_UP_WHERE_EQUAL(w->a_words); /* a return reloads both, if any differs */
  }
  EXPECT_TRUE(ctx_has_returned(&w->a));
}

CTX_TEST(FpControl, WordIsReloadedOnlyWhereItDiffers) { each_pair_and_words(flags_pass); }

static void expect_b_words(world *w) {
  FP_EXPECT(w->b_words);
  w->form->swap(&w->b, &w->host);
}
static void set_to_host_at_once(world *w) { ctx_set(&w->host); }

/* A bit always reads as 1, and is mostly left out; other words are all zero except for it. */
static void declare_without_the_fixed_bit(world *w, const swap_form *out) {
  for (int i = 0; i < 2; i++) {
    const fp_words declared =
        i == 0 ? (fp_words){w->a_words.mxcsr, w->a_words.x87 & (uint16_t)~0x40} : (fp_words){0, 0};
    w->b_words = (fp_words){declared.mxcsr, declared.x87 | 0x40};
    EXPECT_EQ(CTX_OK, ctx_init(&w->b, stack_b, STACK_SIZE, (ctx_entry)expect_b_words, CTX_ARGS(w)));
    fp_declare(&w->b, declared);
    w->host = (ctx_context){0};
    out->swap(&w->host, &w->b);
    FP_EXPECT(fp_usual);
    EXPECT_EQ(CTX_OK,
              ctx_init(&w->b, stack_b, STACK_SIZE, (ctx_entry)set_to_host_at_once, CTX_ARGS(w)));
    fp_declare(&w->b, declared);
    w->host = (ctx_context){0};
    out->swap(&w->host, &w->b);
    FP_EXPECT(fp_usual);
  }
}

CTX_TEST(FpControl, BitThatIsAlwaysSetNeedNotBeDeclared) {
  each_pair_and_words(declare_without_the_fixed_bit);
}

/* ---- The flag of a masked exception does not trap where that exception is unmasked ---- */

static const fp_words traps_on_division = {0x1f80, 0x037b};

static void divide_by_zero(void) {
  __asm__ volatile("fld1\n\tfldz\n\tfdivrp\n\tfstp %%st(0)" : : : "st", "st(1)");
}
static bool is_division_flag_up(void) {
  uint16_t status = 0;
  __asm__ volatile("fnstsw %0" : "=m"(status));
  return (status & 4) != 0;
}
/* Where an exception is pending and unmasked, the next x87 instruction that waits raises SIGFPE. */
static void use_x87(void) { __asm__ volatile("fld1\n\tfstp %%st(0)\n\tfwait" : : : "st"); }

static void use_x87_twice(world *w) {
  use_x87();
  w->form->swap(&w->a, &w->host);
  use_x87();
}

static void pending_into_child(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK, ctx_init(&w->a, stack_a, STACK_SIZE, (ctx_entry)use_x87_twice, CTX_ARGS(w)));
  fp_declare(&w->a, traps_on_division);
  for (int i = 0; i < 2; i++) {
    divide_by_zero();
    EXPECT_TRUE(is_division_flag_up());
    out->swap(&w->host, &w->a);
  }
  EXPECT_TRUE(ctx_has_returned(&w->a));
}

CTX_TEST(FpControl, PendingExceptionDoesNotTrapInTheContextSwappedTo) {
  each_pair_and_words(pending_into_child);
}

/* The other way round: a swap, a return and a set lead into a host that has it unmasked. */
static void divide_and_swap(world *w) {
  divide_by_zero();
  w->form->swap(&w->a, &w->host);
  divide_by_zero();
}
static void divide_and_set(world *w) {
  divide_by_zero();
  ctx_set(&w->host);
}

CTX_TEST(FpControl, PendingExceptionDoesNotTrapInAHost) {
  FOR_EACH_SWAP_FORM(out) FOR_EACH_SWAP_FORM(back) {
    ctx_test_note("host: %s, child: %s", out->name, back->name);
    world w = {.form = back};
    fp_set(fp_usual);
    ASSERT_EQ(CTX_OK,
              ctx_init(&w.a, stack_a, STACK_SIZE, (ctx_entry)divide_and_swap, CTX_ARGS(&w)));
    ASSERT_EQ(CTX_OK, ctx_init(&w.b, stack_b, STACK_SIZE, (ctx_entry)divide_and_set, CTX_ARGS(&w)));
    fp_set(traps_on_division);
    out->swap(&w.host, &w.a);
    use_x87();
    out->swap(&w.host, &w.a);
    use_x87();
    out->swap(&w.host, &w.b);
    use_x87();
    fp_set(fp_usual);
  }
}

/* The tests above could not fail if the exception did not trap at all. */
CTX_TEST(FpControl, PendingExceptionDoesTrapWhereItIsUnmasked) {
  CTX_EXPECT_KILLED(
      {
        const uint16_t unmasked = traps_on_division.x87;
        divide_by_zero();
        __asm__ volatile("fldcw %0" : : "m"(unmasked));
        use_x87();
      },
      SIGFPE);
}
