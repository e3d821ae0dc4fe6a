/* The floating-point control words: a context runs with those that it declared, and nobody with
 * those of another. */
#include <signal.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/harness/registers.h"
#include "testing/switching/forms.h"

enum { STACK_SIZE = 32768 };
CTX_STACK(stack_a, STACK_SIZE);
CTX_STACK(stack_b, STACK_SIZE);
CTX_STACK(stack_c, STACK_SIZE);

typedef struct words {
  uint32_t mxcsr;
  uint16_t x87;
} words;

/* All exceptions masked, round to nearest; then one word differs, or the other, or both. */
static const words usual = {0x1f80, 0x037f};
static const words others[] = {
    {0x7f80, 0x037f}, /* SSE: towards zero */
    {0x1f80, 0x0f7f}, /* x87: towards zero */
    {0x3f80, 0x0b7f}, /* down, up */
    {0x9fc0, 0x027f}, /* flush to zero, denormals are zero; 53 bits */
    {0x1f00, 0x037e}, /* SSE: denormals trap; x87: invalid operations trap */
    {0x1f80, 0x037b}, /* x87: division by zero traps */
    {0x1d80, 0x037f}, /* SSE: division by zero traps */
};
enum { NUM_OTHERS = sizeof others / sizeof others[0] };

static words now(void) { return (words){ctx_test_mxcsr_control(), ctx_test_x87_control()}; }
static void set_now(words w) { ctx_test_set_fp_words(w.mxcsr, w.x87); }

#define EXPECT_WORDS(expected)                \
  do {                                        \
    const words actual_ = now();              \
    EXPECT_EQ(expected.mxcsr, actual_.mxcsr); \
    EXPECT_EQ(expected.x87, actual_.x87);     \
  } while (0)

typedef struct world {
  ctx_context host;
  ctx_context a;
  ctx_context b;
  ctx_context c;
  const swap_form *form;
  words a_words;
  words b_words;
} world;

static void expect_words_twice(world *w) {
  EXPECT_WORDS(w->a_words);
  w->form->swap(&w->a, &w->host);
  EXPECT_WORDS(w->a_words);
}

typedef void (*scenario)(world *w, const swap_form *out);

static void each_pair_and_words(scenario run) {
  set_now(usual);
  FOR_EACH_SWAP_FORM(out) FOR_EACH_SWAP_FORM(back) for (int i = 0; i < NUM_OTHERS; i++) {
    ctx_test_note("host: %s, child: %s, mxcsr 0x%x, x87 0x%x", out->name, back->name,
                  (unsigned)others[i].mxcsr, (unsigned)others[i].x87);
    world w = {.form = back, .a_words = others[i]};
    run(&w, out);
    EXPECT_WORDS(usual);
    set_now(usual);
  }
}

static void init_under_other_words(world *w, const swap_form *out) {
  set_now(w->a_words);
  EXPECT_EQ(CTX_OK,
            ctx_init(&w->a, stack_a, STACK_SIZE, (ctx_entry)expect_words_twice, CTX_ARGS(w)));
  set_now(usual);
  out->swap(&w->host, &w->a);
  EXPECT_WORDS(usual);
  out->swap(&w->host, &w->a);
  EXPECT_TRUE(ctx_has_returned(&w->a));
}

CTX_TEST(FpControl, ThoseInForceAtInitAreDeclared) { each_pair_and_words(init_under_other_words); }

static void expect_words_across_yields(world *w) {
  EXPECT_WORDS(w->a_words);
  EXPECT_TRUE(w->form->yield(&w->a) == &w->host);
  EXPECT_WORDS(w->a_words);
  EXPECT_TRUE(w->form->yield(&w->a) == &w->host);
  EXPECT_WORDS(w->a_words);
}

static void yield_with_other_words(world *w, const swap_form *out) {
  set_now(w->a_words);
  EXPECT_EQ(CTX_OK, ctx_init(&w->a, stack_a, STACK_SIZE, (ctx_entry)expect_words_across_yields,
                             CTX_ARGS(w)));
  set_now(usual);
  for (int i = 0; i < 3; i++) {
    EXPECT_TRUE(out->swap_resumer(&w->host, &w->a) == &w->a);
    EXPECT_WORDS(usual);
  }
  EXPECT_TRUE(ctx_has_returned(&w->a));
}

CTX_TEST(FpControl, AYieldGoesToTheParentsWords) { each_pair_and_words(yield_with_other_words); }

static void declare_before_first_entry(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK,
            ctx_init(&w->a, stack_a, STACK_SIZE, (ctx_entry)expect_words_twice, CTX_ARGS(w)));
  ctx_declare_fp_control(&w->a, w->a_words.mxcsr, w->a_words.x87);
  EXPECT_WORDS(usual);
  out->swap(&w->host, &w->a);
  EXPECT_WORDS(usual);
  out->swap(&w->host, &w->a);
  EXPECT_TRUE(ctx_has_returned(&w->a));
}

CTX_TEST(FpControl, FreshContextRunsWithDeclared) {
  each_pair_and_words(declare_before_first_entry);
}

static void expect_usual_then_other(world *w) {
  EXPECT_WORDS(usual);
  w->form->swap(&w->a, &w->host);
  EXPECT_WORDS(w->a_words);
  w->form->swap(&w->a, &w->host);
  EXPECT_WORDS(usual);
}

static void declare_while_suspended(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK,
            ctx_init(&w->a, stack_a, STACK_SIZE, (ctx_entry)expect_usual_then_other, CTX_ARGS(w)));
  out->swap(&w->host, &w->a);
  ctx_declare_fp_control(&w->a, w->a_words.mxcsr, w->a_words.x87);
  out->swap(&w->host, &w->a);
  EXPECT_WORDS(usual);
  ctx_declare_fp_control(&w->a, usual.mxcsr, usual.x87);
  out->swap(&w->host, &w->a);
  EXPECT_TRUE(ctx_has_returned(&w->a));
}

CTX_TEST(FpControl, SuspendedContextGoesOnWithDeclared) {
  each_pair_and_words(declare_while_suspended);
}

/* A running context declares, loads what it has declared, and finds that again. */
static void declare_itself(world *w) {
  ctx_declare_fp_control(&w->a, w->a_words.mxcsr, w->a_words.x87);
  EXPECT_WORDS(usual);
  set_now(w->a_words);
  w->form->swap(&w->a, &w->host);
  EXPECT_WORDS(w->a_words);
}

static void declare_while_running(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK, ctx_init(&w->a, stack_a, STACK_SIZE, (ctx_entry)declare_itself, CTX_ARGS(w)));
  out->swap(&w->host, &w->a);
  EXPECT_WORDS(usual);
  out->swap(&w->host, &w->a);
  EXPECT_TRUE(ctx_has_returned(&w->a));
}

CTX_TEST(FpControl, RunningContextDeclaresForItself) { each_pair_and_words(declare_while_running); }

/* Status bits, and bits that mean nothing, are not part of a declaration. If they were, they would
 * trap, or make equal words differ. */
CTX_TEST(FpControl, StatusBitsAreNotDeclared) {
  set_now(usual);
  FOR_EACH_SWAP_FORM(form) {
    ctx_test_note("%s", form->name);
    world w = {.form = form, .a_words = usual};
    ASSERT_EQ(CTX_OK,
              ctx_init(&w.a, stack_a, STACK_SIZE, (ctx_entry)expect_words_twice, CTX_ARGS(&w)));
    ctx_declare_fp_control(&w.a, UINT32_C(0xffff003f) | usual.mxcsr,
                           (uint16_t)(0xe080 | usual.x87));
    form->swap(&w.host, &w.a);
    form->swap(&w.host, &w.a);
    EXPECT_TRUE(ctx_has_returned(&w.a));
  }
}

/* A zeroed host's words are those in force at its first swap, whatever the child's are. */
static void run_usual(world *w) {
  EXPECT_WORDS(usual);
  w->form->swap(&w->a, &w->host);
  EXPECT_WORDS(usual);
}

CTX_TEST(FpControl, ZeroedHostDeclaresAtItsFirstSwap) {
  FOR_EACH_SWAP_FORM(out) FOR_EACH_SWAP_FORM(back) for (int i = 0; i < NUM_OTHERS; i++) {
    ctx_test_note("host: %s, child: %s, mxcsr 0x%x, x87 0x%x", out->name, back->name,
                  (unsigned)others[i].mxcsr, (unsigned)others[i].x87);
    world w = {.form = back};
    ASSERT_EQ(CTX_OK, ctx_init(&w.a, stack_a, STACK_SIZE, (ctx_entry)run_usual, CTX_ARGS(&w)));
    set_now(others[i]);
    out->swap(&w.host, &w.a);
    EXPECT_WORDS(others[i]);
    out->swap(&w.host, &w.a);
    EXPECT_WORDS(others[i]);
    set_now(usual);
    EXPECT_TRUE(ctx_has_returned(&w.a));
  }
}

/* Two hosts, both declared at a first swap, and in turn resumed by each other. */
static void switch_hosts(world *w) {
  EXPECT_WORDS(usual);
  set_now(w->b_words);
  w->form->swap(&w->b, &w->host); /* b is zeroed: a host on another's stack */
  EXPECT_WORDS(w->b_words);
  w->form->swap(&w->b, &w->host);
  EXPECT_WORDS(w->b_words);
  set_now(usual);
  w->form->swap(&w->a, &w->host);
}

CTX_TEST(FpControl, HostsWithOtherWordsResumeEachOther) {
  FOR_EACH_SWAP_FORM(out)
  FOR_EACH_SWAP_FORM(back) for (int i = 0; i < NUM_OTHERS * NUM_OTHERS; i++) {
    const words host_words = others[i % NUM_OTHERS];
    world w = {.form = back, .b_words = others[i / NUM_OTHERS]};
    ctx_test_note("host: %s, 0x%x, 0x%x; child: %s, 0x%x, 0x%x", out->name,
                  (unsigned)host_words.mxcsr, (unsigned)host_words.x87, back->name,
                  (unsigned)w.b_words.mxcsr, (unsigned)w.b_words.x87);
    ASSERT_EQ(CTX_OK, ctx_init(&w.a, stack_a, STACK_SIZE, (ctx_entry)switch_hosts, CTX_ARGS(&w)));
    set_now(host_words);
    out->swap(&w.host, &w.a);
    EXPECT_WORDS(host_words);
    out->swap(&w.host, &w.b);
    EXPECT_WORDS(host_words);
    out->swap(&w.host, &w.b);
    EXPECT_WORDS(host_words);
    set_now(usual);
  }
}

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

#define EXPECT_FLAGS_UP_WHERE_EQUAL(expected)                           \
  do {                                                                  \
    if ((expected).mxcsr == usual.mxcsr) EXPECT_TRUE(is_sse_flag_up()); \
    if ((expected).x87 == usual.x87) EXPECT_TRUE(is_x87_flag_up());     \
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
  ctx_declare_fp_control(&w->a, w->a_words.mxcsr, w->a_words.x87);
  for (int i = 0; i < 2; i++) {
    raise_flags();
    out->swap(&w->host, &w->a);
    if (i == 0) EXPECT_FLAGS_UP_WHERE_EQUAL(w->a_words); /* a return reloads both, if any differs */
  }
  EXPECT_TRUE(ctx_has_returned(&w->a));
}

CTX_TEST(FpControl, WordIsReloadedOnlyWhereItDiffers) { each_pair_and_words(flags_pass); }

/* A change that a plain context makes without declaring it is not kept. It changes words that the
 * switch will reload for the host: any other would be the host's from then on. */
static void change_in(world *w, ctx_context *self) {
  EXPECT_WORDS(w->a_words);
  words changed = w->a_words;
  if (changed.mxcsr != usual.mxcsr) changed.mxcsr ^= 0x2000;
  if (changed.x87 != usual.x87) changed.x87 ^= 0x0400;
  set_now(changed);
  w->form->swap(self, &w->host);
  EXPECT_WORDS(w->a_words);
}
static void change_without_declaring(world *w) { change_in(w, &w->a); }

static void undeclared_change(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK,
            ctx_init(&w->a, stack_a, STACK_SIZE, (ctx_entry)change_without_declaring, CTX_ARGS(w)));
  ctx_declare_fp_control(&w->a, w->a_words.mxcsr, w->a_words.x87);
  out->swap(&w->host, &w->a);
  EXPECT_WORDS(usual);
  out->swap(&w->host, &w->a);
  EXPECT_TRUE(ctx_has_returned(&w->a));
}

CTX_TEST(FpControl, UndeclaredChangeOfAPlainContextIsNotKept) {
#ifdef CTX_CHECKED
  CTX_SKIP("the checked build stops there");
#endif
  each_pair_and_words(undeclared_change);
}

/* Registers that pass nothing may hold anything, even the very number that two contexts are
 * compared by: the words are still those of the contexts. */
CTX_TEST(FpControl, LeftoversInRegistersAreNotTakenForWords) {
  set_now(usual);
  FOR_EACH_SWAP_FORM(form) for (int i = 0; i < NUM_OTHERS; i++) {
    const uint64_t keys[] = {(uint64_t)usual.x87 << 32 | usual.mxcsr,
                             (uint64_t)others[i].x87 << 32 | others[i].mxcsr};
    for (int k = 0; k < 2; k++) {
      ctx_test_note("%s, mxcsr 0x%x, x87 0x%x, left over: 0x%llx", form->name,
                    (unsigned)others[i].mxcsr, (unsigned)others[i].x87,
                    (unsigned long long)keys[k]);
      world w = {.form = form, .a_words = others[i]};
      /* Returns with a leftover, into a host that is declared by then. */
      ASSERT_EQ(CTX_OK, ctx_init(&w.b, stack_b, STACK_SIZE,
                                 (ctx_entry)ctx_test_return_with_volatile, CTX_ARGS(keys[k])));
      ctx_declare_fp_control(&w.b, others[i].mxcsr, others[i].x87);
      form->swap(&w.host, &w.b);
      EXPECT_WORDS(usual);
      ASSERT_EQ(CTX_OK,
                ctx_init(&w.a, stack_a, STACK_SIZE, (ctx_entry)expect_words_twice, CTX_ARGS(&w)));
      ctx_declare_fp_control(&w.a, others[i].mxcsr, others[i].x87);
      for (int round = 0; round < 2; round++) {
        ctx_test_call_with_volatile(keys[k], form->swap, &w.host, &w.a);
        EXPECT_WORDS(usual);
      }
      set_now(usual);
    }
  }
}

/* ---- CTX_FLAG_FP_SAVE ---- */

static const ctx_options saves = {.flags = CTX_FLAG_FP_SAVE};

static void change_words(world *w) {
  EXPECT_WORDS(usual);
  set_now(w->a_words);
  w->form->swap(&w->a, &w->host);
  EXPECT_WORDS(w->a_words);
  set_now(usual);
  w->form->swap(&w->a, &w->host);
  EXPECT_WORDS(usual);
  set_now(w->a_words);
}

static void child_that_saves(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->a, stack_a, STACK_SIZE, &saves,
                                          (ctx_entry)change_words, CTX_ARGS(w)));
  for (int i = 0; i < 3; i++) {
    out->swap(&w->host, &w->a);
    EXPECT_WORDS(usual);
  }
  EXPECT_TRUE(ctx_has_returned(&w->a));
}

CTX_TEST(FpControl, SavingChildKeepsItsChangesAndTheHostItsWords) {
  each_pair_and_words(child_that_saves);
}

static void change_words_across_yields(world *w) {
  set_now(w->a_words);
  (void)w->form->yield(&w->a);
  EXPECT_WORDS(w->a_words);
  set_now(usual);
  (void)w->form->yield(&w->a);
  EXPECT_WORDS(usual);
  set_now(w->a_words);
}

static void child_that_saves_and_yields(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->a, stack_a, STACK_SIZE, &saves,
                                          (ctx_entry)change_words_across_yields, CTX_ARGS(w)));
  for (int i = 0; i < 3; i++) {
    EXPECT_TRUE(out->swap_resumer(&w->host, &w->a) == &w->a);
    EXPECT_WORDS(usual);
  }
  EXPECT_TRUE(ctx_has_returned(&w->a));
}

CTX_TEST(FpControl, SavingChildKeepsItsChangesAcrossYields) {
  each_pair_and_words(child_that_saves_and_yields);
}

/* Two contexts save, have different words, and pass control to each other. */
static void change_words_before_peer(world *w) {
  set_now(w->a_words);
  w->form->swap(&w->a, &w->b);
  EXPECT_WORDS(w->a_words);
  set_now(usual);
  w->form->swap(&w->a, &w->b);
  EXPECT_WORDS(usual);
  set_now(w->a_words);
}
static void change_words_after_peer(world *w) {
  set_now(w->b_words);
  w->form->swap(&w->b, &w->a);
  EXPECT_WORDS(w->b_words);
  w->form->swap(&w->b, &w->a);
  EXPECT_WORDS(w->b_words); /* a has returned to b */
  w->form->swap(&w->b, &w->host);
}

static void peers(world *w, const swap_form *out, const ctx_options *a_options,
                  const ctx_options *b_options) {
  for (int i = 0; i < NUM_OTHERS; i++) {
    w->b_words = others[i];
    EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->a, stack_a, STACK_SIZE, a_options,
                                            (ctx_entry)change_words_before_peer, CTX_ARGS(w)));
    EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->b, stack_b, STACK_SIZE, b_options,
                                            (ctx_entry)change_words_after_peer, CTX_ARGS(w)));
    if (b_options->flags == 0) ctx_declare_fp_control(&w->b, w->b_words.mxcsr, w->b_words.x87);
    out->swap(&w->host, &w->a);
    EXPECT_WORDS(usual);
    EXPECT_TRUE(ctx_has_returned(&w->a));
  }
}

static void both_save(world *w, const swap_form *out) { peers(w, out, &saves, &saves); }
CTX_TEST(FpControl, SavingContextsKeepTheirWordsFromEachOther) { each_pair_and_words(both_save); }

static void one_saves(world *w, const swap_form *out) {
  static const ctx_options plain = {.flags = 0};
  peers(w, out, &saves, &plain);
}
CTX_TEST(FpControl, SavingAndPlainContextKeepTheirWordsFromEachOther) {
  each_pair_and_words(one_saves);
}

/* A declaration for a context that saves changes what it is resumed with next; it goes on
 * saving. */
static void declared_then_changed(world *w) {
  EXPECT_WORDS(w->a_words);
  set_now(usual);
  w->form->swap(&w->a, &w->host);
  EXPECT_WORDS(w->a_words);
  w->form->swap(&w->a, &w->host);
  EXPECT_WORDS(w->a_words);
  set_now(usual);
  w->form->swap(&w->a, &w->host);
  EXPECT_WORDS(usual);
}

static void declare_for_one_that_saves(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->a, stack_a, STACK_SIZE, &saves,
                                          (ctx_entry)declared_then_changed, CTX_ARGS(w)));
  ctx_declare_fp_control(&w->a, w->a_words.mxcsr, w->a_words.x87);
  out->swap(&w->host, &w->a);
  EXPECT_WORDS(usual);
  ctx_declare_fp_control(&w->a, w->a_words.mxcsr, w->a_words.x87);
  for (int i = 0; i < 3; i++) {
    out->swap(&w->host, &w->a);
    EXPECT_WORDS(usual);
  }
  EXPECT_TRUE(ctx_has_returned(&w->a));
}

CTX_TEST(FpControl, DeclaringForASavingContextIsForItsNextResumption) {
  each_pair_and_words(declare_for_one_that_saves);
}

/* A saving context, too, starts with the words that init finds in force. */
static void save_init_under_other_words(world *w, const swap_form *out) {
  set_now(w->a_words);
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->a, stack_a, STACK_SIZE, &saves,
                                          (ctx_entry)expect_words_twice, CTX_ARGS(w)));
  set_now(usual);
  out->swap(&w->host, &w->a);
  EXPECT_WORDS(usual);
  out->swap(&w->host, &w->a);
}

CTX_TEST(FpControl, SavingContextStartsWithThoseOfInit) {
  each_pair_and_words(save_init_under_other_words);
}

/* ---- ctx_set: it does not know whose words are in force ---- */

static void leave_by_set(world *w) {
  EXPECT_WORDS(w->a_words);
  ctx_set(&w->host);
}

static void set_to_host(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK, ctx_init(&w->a, stack_a, STACK_SIZE, (ctx_entry)leave_by_set, CTX_ARGS(w)));
  ctx_declare_fp_control(&w->a, w->a_words.mxcsr, w->a_words.x87);
  out->swap(&w->host, &w->a);
}

CTX_TEST(FpControl, SetGivesAHostItsWords) { each_pair_and_words(set_to_host); }

static void set_to_b(world *w) { ctx_set(&w->b); }
static void expect_b_words(world *w) {
  EXPECT_WORDS(w->b_words);
  w->form->swap(&w->b, &w->host);
}

static void set_to_host_at_once(world *w) { ctx_set(&w->host); }

static void set_to_fresh(world *w, const swap_form *out) {
  w->b_words = w->a_words;
  EXPECT_EQ(CTX_OK, ctx_init(&w->a, stack_a, STACK_SIZE, (ctx_entry)set_to_b, CTX_ARGS(w)));
  EXPECT_EQ(CTX_OK, ctx_init(&w->b, stack_b, STACK_SIZE, (ctx_entry)expect_b_words, CTX_ARGS(w)));
  ctx_declare_fp_control(&w->b, w->b_words.mxcsr, w->b_words.x87);
  out->swap(&w->host, &w->a);
}

CTX_TEST(FpControl, SetGivesAFreshContextItsWords) { each_pair_and_words(set_to_fresh); }

/* A bit always reads as 1, and is mostly left out; other words are all zero except for it. */
static void declare_without_the_fixed_bit(world *w, const swap_form *out) {
  for (int i = 0; i < 2; i++) {
    const words declared =
        i == 0 ? (words){w->a_words.mxcsr, w->a_words.x87 & (uint16_t)~0x40} : (words){0, 0};
    w->b_words = (words){declared.mxcsr, declared.x87 | 0x40};
    EXPECT_EQ(CTX_OK, ctx_init(&w->b, stack_b, STACK_SIZE, (ctx_entry)expect_b_words, CTX_ARGS(w)));
    ctx_declare_fp_control(&w->b, declared.mxcsr, declared.x87);
    w->host = (ctx_context){0};
    out->swap(&w->host, &w->b);
    EXPECT_WORDS(usual);
    EXPECT_EQ(CTX_OK,
              ctx_init(&w->b, stack_b, STACK_SIZE, (ctx_entry)set_to_host_at_once, CTX_ARGS(w)));
    ctx_declare_fp_control(&w->b, declared.mxcsr, declared.x87);
    w->host = (ctx_context){0};
    out->swap(&w->host, &w->b);
    EXPECT_WORDS(usual);
  }
}

CTX_TEST(FpControl, BitThatIsAlwaysSetNeedNotBeDeclared) {
  each_pair_and_words(declare_without_the_fixed_bit);
}

/* ---- CTX_FLAG_FP_INHERIT: whoever swaps there first passes its words on ---- */

static const ctx_options inherits = {.flags = CTX_FLAG_FP_INHERIT};
static const words third = {0x5f80, 0x077f}; /* up, down */

/* Those of init do not matter. Later resumers do not, either. */
static void inherit_from_hosts(world *w, const swap_form *out) {
  set_now(third);
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->a, stack_a, STACK_SIZE, &inherits,
                                          (ctx_entry)expect_words_across_yields, CTX_ARGS(w)));
  /* The host declares what is in force where it is switched from first, or has done so before. */
  set_now(w->a_words);
  for (int i = 0; i < 2; i++) {
    EXPECT_TRUE(out->swap_resumer(&w->host, &w->a) == &w->a);
    EXPECT_WORDS(w->a_words);
  }
  set_now(usual);
  w->host = (ctx_context){0};
  EXPECT_TRUE(out->swap_resumer(&w->host, &w->a) == &w->a);
  EXPECT_TRUE(ctx_has_returned(&w->a));
}

CTX_TEST(FpControl, InheritingContextTakesThoseOfItsFirstResumer) {
  each_pair_and_words(inherit_from_hosts);
}

static void swap_to_inheriting(world *w) {
  EXPECT_WORDS(w->a_words);
  w->form->swap(&w->a, &w->b);
  EXPECT_WORDS(w->a_words);
}
static void expect_words_as_inheriting(world *w) {
  EXPECT_WORDS(w->a_words);
  w->form->swap(&w->b, &w->host);
  EXPECT_WORDS(w->a_words);
}

static void inherit_from_child(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK,
            ctx_init(&w->a, stack_a, STACK_SIZE, (ctx_entry)swap_to_inheriting, CTX_ARGS(w)));
  ctx_declare_fp_control(&w->a, w->a_words.mxcsr, w->a_words.x87);
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->b, stack_b, STACK_SIZE, &inherits,
                                          (ctx_entry)expect_words_as_inheriting, CTX_ARGS(w)));
  out->swap(&w->host, &w->a);
  EXPECT_WORDS(usual);
  out->swap(&w->host, &w->b);
  EXPECT_WORDS(usual);
  EXPECT_TRUE(ctx_has_returned(&w->b));
}

CTX_TEST(FpControl, InheritingContextTakesThoseThatAChildHasDeclared) {
  each_pair_and_words(inherit_from_child);
}

/* One that has inherited words passes them on. */
static void pass_on(world *w) {
  EXPECT_WORDS(w->a_words);
  w->form->swap(&w->b, &w->c);
}
static void expect_words_passed_on(world *w) {
  EXPECT_WORDS(w->a_words);
  w->form->swap(&w->c, &w->host);
  EXPECT_WORDS(w->a_words);
}

static void inherit_from_inheriting(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->b, stack_b, STACK_SIZE, &inherits, (ctx_entry)pass_on,
                                          CTX_ARGS(w)));
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->c, stack_c, STACK_SIZE, &inherits,
                                          (ctx_entry)expect_words_passed_on, CTX_ARGS(w)));
  set_now(w->a_words);
  out->swap(&w->host, &w->b); /* c comes back */
  EXPECT_WORDS(w->a_words);
  set_now(usual);
  w->host = (ctx_context){0};
  out->swap(&w->host, &w->c);
  EXPECT_TRUE(ctx_has_returned(&w->c));
  EXPECT_WORDS(usual);
}

CTX_TEST(FpControl, InheritingContextPassesOnWhatItHasInherited) {
  each_pair_and_words(inherit_from_inheriting);
}

/* A saving context passes on what it has in force, and changes it afterwards. */
static void change_words_then_swap(world *w) {
  set_now(w->a_words);
  w->form->swap(&w->a, &w->b);
  EXPECT_WORDS(w->a_words);
  set_now(third);
  w->form->swap(&w->a, &w->b);
}

static void inherit_from_saving(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->a, stack_a, STACK_SIZE, &saves,
                                          (ctx_entry)change_words_then_swap, CTX_ARGS(w)));
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->b, stack_b, STACK_SIZE, &inherits,
                                          (ctx_entry)expect_words_as_inheriting, CTX_ARGS(w)));
  out->swap(&w->host, &w->a); /* b comes back */
  EXPECT_WORDS(usual);
  EXPECT_TRUE(out->swap_resumer(&w->host, &w->a) == &w->a);
  EXPECT_WORDS(usual);
  EXPECT_TRUE(ctx_has_returned(&w->a));
}

static void return_from_inheriting(world *w) {
  EXPECT_WORDS(w->a_words);
  w->form->yield(&w->b);
  EXPECT_WORDS(w->a_words);
  w->form->swap(&w->b, &w->host);
}

static void inherit_from_saving_parent(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->a, stack_a, STACK_SIZE, &saves,
                                          (ctx_entry)change_words_then_swap, CTX_ARGS(w)));
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->b, stack_b, STACK_SIZE, &inherits,
                                          (ctx_entry)return_from_inheriting, CTX_ARGS(w)));
  EXPECT_TRUE(out->swap_resumer(&w->host, &w->a) == &w->b);
  EXPECT_WORDS(usual);
}

/* It has declared the words that it has inherited. */
static void change_after_inheriting(world *w) { change_in(w, &w->b); }

static void undeclared_change_after_inheriting(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->a, stack_a, STACK_SIZE, &saves,
                                          (ctx_entry)change_words_then_swap, CTX_ARGS(w)));
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->b, stack_b, STACK_SIZE, &inherits,
                                          (ctx_entry)change_after_inheriting, CTX_ARGS(w)));
  out->swap(&w->host, &w->a);
  EXPECT_WORDS(usual);
  out->swap(&w->host, &w->b);
  EXPECT_TRUE(ctx_has_returned(&w->b));
  EXPECT_WORDS(usual);
}

CTX_TEST(FpControl, UndeclaredChangeOfAnInheritingContextIsNotKept) {
#ifdef CTX_CHECKED
  CTX_SKIP("the checked build stops there");
#endif
  each_pair_and_words(undeclared_change_after_inheriting);
}

CTX_TEST(FpControl, InheritingContextTakesWhatASavingOneHasInForce) {
  each_pair_and_words(inherit_from_saving);
  each_pair_and_words(inherit_from_saving_parent);
}

/* A set, or a handler, passes nothing on. */
static void expect_usual_and_leave(world *w) {
  EXPECT_WORDS(usual);
  w->form->swap(&w->b, &w->host);
  EXPECT_WORDS(usual);
}

static const ctx_context *handlers_goal;
static bool handler_redirects;
static void on_signal(int signal, siginfo_t *info, void *ucontext) {
  (void)signal;
  (void)info;
  if (handler_redirects) {
    ctx_redirect_signal(ucontext, handlers_goal);
  } else {
    EXPECT_EQ(CTX_ERR_SIGNAL_MASK, ctx_set_from_signal(handlers_goal));
  }
}
static void raise_signal(world *w) {
  (void)w;
  raise(SIGUSR1);
}

static void (*entry_that_sets)(world *w);
static void inherit_by_set(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK, ctx_init(&w->a, stack_a, STACK_SIZE, (ctx_entry)entry_that_sets, CTX_ARGS(w)));
  ctx_declare_fp_control(&w->a, w->a_words.mxcsr, w->a_words.x87);
  set_now(w->a_words);
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->b, stack_b, STACK_SIZE, &inherits,
                                          (ctx_entry)expect_usual_and_leave, CTX_ARGS(w)));
  handlers_goal = &w->b;
  out->swap(&w->host, &w->a);
  EXPECT_WORDS(w->a_words);
  out->swap(&w->host, &w->b);
  EXPECT_TRUE(ctx_has_returned(&w->b));
  EXPECT_WORDS(w->a_words);
  set_now(usual);
}

CTX_TEST(FpControl, InheritingContextStartsWithTheUsualAfterASet) {
  entry_that_sets = set_to_b;
  each_pair_and_words(inherit_by_set);
}

CTX_TEST(FpControl, InheritingContextStartsWithTheUsualAfterASignal) {
  struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO};
  struct sigaction old_action;
  sigemptyset(&action.sa_mask);
  ASSERT_EQ(0, sigaction(SIGUSR1, &action, &old_action));
  entry_that_sets = raise_signal;
  handler_redirects = false;
  each_pair_and_words(inherit_by_set);
  handler_redirects = true;
  each_pair_and_words(inherit_by_set);
  ASSERT_EQ(0, sigaction(SIGUSR1, &old_action, NULL));
}

/* One that has started takes nothing any more: not even if it has left for another that inherits.
 */
static void swap_as_usual(world *w) {
  EXPECT_WORDS(usual);
  w->form->swap(&w->b, &w->c);
  EXPECT_WORDS(usual);
}
static void come_back_as_usual(world *w) {
  EXPECT_WORDS(usual);
  w->form->swap(&w->c, &w->host);
}

static void inherit_in_a_row(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK, ctx_init(&w->a, stack_a, STACK_SIZE, (ctx_entry)set_to_b, CTX_ARGS(w)));
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->b, stack_b, STACK_SIZE, &inherits,
                                          (ctx_entry)swap_as_usual, CTX_ARGS(w)));
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->c, stack_c, STACK_SIZE, &inherits,
                                          (ctx_entry)come_back_as_usual, CTX_ARGS(w)));
  set_now(w->a_words);
  out->swap(&w->host, &w->a); /* a sets b, which swaps to c */
  EXPECT_WORDS(w->a_words);
  out->swap(&w->host, &w->b);
  EXPECT_TRUE(ctx_has_returned(&w->b));
  EXPECT_WORDS(w->a_words);
  set_now(usual);
}

CTX_TEST(FpControl, InheritingContextTakesNothingOnceItHasStarted) {
  each_pair_and_words(inherit_in_a_row);
}

static void inherit_then_declare(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->a, stack_a, STACK_SIZE, &inherits,
                                          (ctx_entry)expect_words_twice, CTX_ARGS(w)));
  ctx_declare_fp_control(&w->a, w->a_words.mxcsr, w->a_words.x87);
  out->swap(&w->host, &w->a);
  EXPECT_WORDS(usual);
  out->swap(&w->host, &w->a);
  EXPECT_TRUE(ctx_has_returned(&w->a));
}

CTX_TEST(FpControl, InheritingContextTakesNothingOnceWordsAreDeclared) {
  each_pair_and_words(inherit_then_declare);
}

/* ---- The flag of a masked exception does not trap where that exception is unmasked ---- */

static const words traps_on_division = {0x1f80, 0x037b};

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
  ctx_declare_fp_control(&w->a, traps_on_division.mxcsr, traps_on_division.x87);
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
    set_now(usual);
    ASSERT_EQ(CTX_OK,
              ctx_init(&w.a, stack_a, STACK_SIZE, (ctx_entry)divide_and_swap, CTX_ARGS(&w)));
    ASSERT_EQ(CTX_OK, ctx_init(&w.b, stack_b, STACK_SIZE, (ctx_entry)divide_and_set, CTX_ARGS(&w)));
    set_now(traps_on_division);
    out->swap(&w.host, &w.a);
    use_x87();
    out->swap(&w.host, &w.a);
    use_x87();
    out->swap(&w.host, &w.b);
    use_x87();
    set_now(usual);
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
