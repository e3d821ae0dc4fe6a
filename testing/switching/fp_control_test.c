/* The floating-point control words: a context runs with those that it declared, and nobody with
 * those of another. */
#include <signal.h>
#include <string.h>

#include "testing/harness/registers.h"
#include "testing/switching/fp_world.h"

CTX_STACK(stack_a, STACK_SIZE);
CTX_STACK(stack_b, STACK_SIZE);
CTX_STACK(stack_c, STACK_SIZE);

static void expect_words_twice(world *w) {
  FP_EXPECT(w->a_words);
  w->form->swap(&w->a, &w->host);
  FP_EXPECT(w->a_words);
}

static void init_under_other_words(world *w, const swap_form *out) {
  fp_set(w->a_words);
  EXPECT_EQ(CTX_OK,
            ctx_init(&w->a, stack_a, STACK_SIZE, (ctx_entry)expect_words_twice, CTX_ARGS(w)));
  fp_set(fp_usual);
  out->swap(&w->host, &w->a);
  FP_EXPECT(fp_usual);
  out->swap(&w->host, &w->a);
  EXPECT_TRUE(ctx_has_returned(&w->a));
}

CTX_TEST(FpControl, ThoseInForceAtInitAreDeclared) { each_pair_and_words(init_under_other_words); }

static void expect_words_across_yields(world *w) {
  FP_EXPECT(w->a_words);
  EXPECT_TRUE(w->form->yield(&w->a) == &w->host);
  FP_EXPECT(w->a_words);
  EXPECT_TRUE(w->form->yield(&w->a) == &w->host);
  FP_EXPECT(w->a_words);
}

static void yield_with_other_words(world *w, const swap_form *out) {
  fp_set(w->a_words);
  EXPECT_EQ(CTX_OK, ctx_init(&w->a, stack_a, STACK_SIZE, (ctx_entry)expect_words_across_yields,
                             CTX_ARGS(w)));
  fp_set(fp_usual);
  for (int i = 0; i < 3; i++) {
    EXPECT_TRUE(out->swap_resumer(&w->host, &w->a) == &w->a);
    FP_EXPECT(fp_usual);
  }
  EXPECT_TRUE(ctx_has_returned(&w->a));
}

CTX_TEST(FpControl, AYieldGoesToTheParentsWords) { each_pair_and_words(yield_with_other_words); }

/* A function on top runs with the words of what it is on top of, fresh or not. */
static void expect_words_on_top(void *data) {
  world *w = data;
  FP_EXPECT(w->a_words);
  EXPECT_TRUE(w->form->yield(&w->a) == &w->host);
  FP_EXPECT(w->a_words);
}

static void run_on_top_with_other_words(world *w, const swap_form *out) {
  fp_set(w->a_words);
  EXPECT_EQ(CTX_OK,
            ctx_init(&w->a, stack_a, STACK_SIZE, (ctx_entry)expect_words_twice, CTX_ARGS(w)));
  fp_set(fp_usual);
  for (int i = 0; i < 2; i++) {
    ctx_swap_with(&w->host, &w->a, expect_words_on_top, w);
    FP_EXPECT(fp_usual);
    out->swap(&w->host, &w->a);
    FP_EXPECT(fp_usual);
  }
  EXPECT_TRUE(ctx_has_returned(&w->a));
}

CTX_TEST(FpControl, AFunctionOnTopHasTheWordsOfItsContext) {
  each_pair_and_words(run_on_top_with_other_words);
}

static void declare_before_first_entry(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK,
            ctx_init(&w->a, stack_a, STACK_SIZE, (ctx_entry)expect_words_twice, CTX_ARGS(w)));
  fp_declare(&w->a, w->a_words);
  FP_EXPECT(fp_usual);
  out->swap(&w->host, &w->a);
  FP_EXPECT(fp_usual);
  out->swap(&w->host, &w->a);
  EXPECT_TRUE(ctx_has_returned(&w->a));
}

CTX_TEST(FpControl, FreshContextRunsWithDeclared) {
  each_pair_and_words(declare_before_first_entry);
}

static void expect_usual_then_other(world *w) {
  FP_EXPECT(fp_usual);
  w->form->swap(&w->a, &w->host);
  FP_EXPECT(w->a_words);
  w->form->swap(&w->a, &w->host);
  FP_EXPECT(fp_usual);
}

static void declare_while_suspended(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK,
            ctx_init(&w->a, stack_a, STACK_SIZE, (ctx_entry)expect_usual_then_other, CTX_ARGS(w)));
  out->swap(&w->host, &w->a);
  fp_declare(&w->a, w->a_words);
  out->swap(&w->host, &w->a);
  FP_EXPECT(fp_usual);
  fp_declare(&w->a, fp_usual);
  out->swap(&w->host, &w->a);
  EXPECT_TRUE(ctx_has_returned(&w->a));
}

CTX_TEST(FpControl, SuspendedContextGoesOnWithDeclared) {
  each_pair_and_words(declare_while_suspended);
}

/* A running context declares, loads what it has declared, and finds that again. */
static void declare_itself(world *w) {
  fp_declare(&w->a, w->a_words);
  FP_EXPECT(fp_usual);
  fp_set(w->a_words);
  w->form->swap(&w->a, &w->host);
  FP_EXPECT(w->a_words);
}

static void declare_while_running(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK, ctx_init(&w->a, stack_a, STACK_SIZE, (ctx_entry)declare_itself, CTX_ARGS(w)));
  out->swap(&w->host, &w->a);
  FP_EXPECT(fp_usual);
  out->swap(&w->host, &w->a);
  EXPECT_TRUE(ctx_has_returned(&w->a));
}

CTX_TEST(FpControl, RunningContextDeclaresForItself) { each_pair_and_words(declare_while_running); }

/* Other bits are not part of a declaration. If they were, they would trap, or make equal words
 * differ. */
CTX_TEST(FpControl, OtherBitsAreNotDeclared) {
  fp_set(fp_usual);
  FOR_EACH_SWAP_FORM(form) {
    ctx_test_note("%s", form->name);
    world w = {.form = form, .a_words = fp_usual};
    ASSERT_EQ(CTX_OK,
              ctx_init(&w.a, stack_a, STACK_SIZE, (ctx_entry)expect_words_twice, CTX_ARGS(&w)));
    fp_declare_with_other_bits(&w.a, fp_usual);
    form->swap(&w.host, &w.a);
    form->swap(&w.host, &w.a);
    EXPECT_TRUE(ctx_has_returned(&w.a));
  }
}

/* A zeroed host's words are those in force at its first swap, whatever the child's are. */
static void run_usual(world *w) {
  FP_EXPECT(fp_usual);
  w->form->swap(&w->a, &w->host);
  FP_EXPECT(fp_usual);
}

CTX_TEST(FpControl, ZeroedHostDeclaresAtItsFirstSwap) {
  FOR_EACH_SWAP_FORM(out) FOR_EACH_SWAP_FORM(back) for (int i = 0; i < NUM_FP_OTHERS; i++) {
    ctx_test_note("host: %s, child: %s, " FP_FORMAT, out->name, back->name,
                  FP_FORMATTED(fp_others[i]));
    world w = {.form = back};
    ASSERT_EQ(CTX_OK, ctx_init(&w.a, stack_a, STACK_SIZE, (ctx_entry)run_usual, CTX_ARGS(&w)));
    fp_set(fp_others[i]);
    out->swap(&w.host, &w.a);
    FP_EXPECT(fp_others[i]);
    out->swap(&w.host, &w.a);
    FP_EXPECT(fp_others[i]);
    fp_set(fp_usual);
    EXPECT_TRUE(ctx_has_returned(&w.a));
  }
}

/* Two hosts, both declared at a first swap, and in turn resumed by each other. */
static void switch_hosts(world *w) {
  FP_EXPECT(fp_usual);
  fp_set(w->b_words);
  w->form->swap(&w->b, &w->host); /* b is zeroed: a host on another's stack */
  FP_EXPECT(w->b_words);
  w->form->swap(&w->b, &w->host);
  FP_EXPECT(w->b_words);
  fp_set(fp_usual);
  w->form->swap(&w->a, &w->host);
}

CTX_TEST(FpControl, HostsWithOtherWordsResumeEachOther) {
  FOR_EACH_SWAP_FORM(out)
  FOR_EACH_SWAP_FORM(back) for (int i = 0; i < NUM_FP_OTHERS * NUM_FP_OTHERS; i++) {
    const fp_words host_words = fp_others[i % NUM_FP_OTHERS];
    world w = {.form = back, .b_words = fp_others[i / NUM_FP_OTHERS]};
    ctx_test_note("host: %s, " FP_FORMAT "; child: %s, " FP_FORMAT, out->name,
                  FP_FORMATTED(host_words), back->name, FP_FORMATTED(w.b_words));
    ASSERT_EQ(CTX_OK, ctx_init(&w.a, stack_a, STACK_SIZE, (ctx_entry)switch_hosts, CTX_ARGS(&w)));
    fp_set(host_words);
    out->swap(&w.host, &w.a);
    FP_EXPECT(host_words);
    out->swap(&w.host, &w.b);
    FP_EXPECT(host_words);
    out->swap(&w.host, &w.b);
    FP_EXPECT(host_words);
    fp_set(fp_usual);
  }
}

/* A change that a plain context makes without declaring it is not kept. */
static void change_in(world *w, ctx_context *self) {
  FP_EXPECT(w->a_words);
  fp_set(fp_changed(w->a_words));
  w->form->swap(self, &w->host);
  FP_EXPECT(w->a_words);
}
static void change_without_declaring(world *w) { change_in(w, &w->a); }

static void undeclared_change(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK,
            ctx_init(&w->a, stack_a, STACK_SIZE, (ctx_entry)change_without_declaring, CTX_ARGS(w)));
  fp_declare(&w->a, w->a_words);
  out->swap(&w->host, &w->a);
  FP_EXPECT(fp_usual);
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
  fp_set(fp_usual);
  FOR_EACH_SWAP_FORM(form) for (int i = 0; i < NUM_FP_OTHERS; i++) {
    const uint64_t keys[] = {fp_key(fp_usual), fp_key(fp_others[i])};
    for (int k = 0; k < 2; k++) {
      ctx_test_note("%s, " FP_FORMAT ", left over: 0x%llx", form->name, FP_FORMATTED(fp_others[i]),
                    (unsigned long long)keys[k]);
      world w = {.form = form, .a_words = fp_others[i]};
      /* Returns with a leftover, into a host that is declared by then. */
      ASSERT_EQ(CTX_OK, ctx_init(&w.b, stack_b, STACK_SIZE,
                                 (ctx_entry)ctx_test_return_with_volatile, CTX_ARGS(keys[k])));
      fp_declare(&w.b, fp_others[i]);
      form->swap(&w.host, &w.b);
      FP_EXPECT(fp_usual);
      ASSERT_EQ(CTX_OK,
                ctx_init(&w.a, stack_a, STACK_SIZE, (ctx_entry)expect_words_twice, CTX_ARGS(&w)));
      fp_declare(&w.a, fp_others[i]);
      for (int round = 0; round < 2; round++) {
        ctx_test_call_with_volatile(keys[k], form->swap, &w.host, &w.a);
        FP_EXPECT(fp_usual);
      }
      fp_set(fp_usual);
    }
  }
}

static void return_at_once(void) {}

/* A backstop callback comes between the entry and the return to the parent. */
CTX_TEST(FpControl, LeftoversOfABackstopAreNotTakenForWords) {
  fp_set(fp_usual);
  FOR_EACH_SWAP_FORM(form) for (int i = 0; i < NUM_FP_OTHERS; i++) {
    const uint64_t keys[] = {fp_key(fp_usual), fp_key(fp_others[i])};
    for (int k = 0; k < 2; k++) {
      ctx_test_note("%s, " FP_FORMAT ", left over: 0x%llx", form->name, FP_FORMATTED(fp_others[i]),
                    (unsigned long long)keys[k]);
      world w = {.form = form};
      union {
        uint64_t (*returns)(uint64_t);
        void (*callback)(void *);
      } backstop = {ctx_test_return_with_volatile};
      const ctx_options options = {.backstop = backstop.callback,
                                   .backstop_data = (void *)(uintptr_t)keys[k]};
      ASSERT_EQ(CTX_OK, ctx_init_with_options(&w.a, stack_a, STACK_SIZE, &options, return_at_once,
                                              CTX_NO_ARGS));
      fp_declare(&w.a, fp_others[i]);
      form->swap(&w.host, &w.a);
      FP_EXPECT(fp_usual);
      fp_set(fp_usual);
    }
  }
}

/* ---- CTX_FLAG_FP_SAVE ---- */

static const ctx_options saves = {.flags = CTX_FLAG_FP_SAVE};

static void change_words(world *w) {
  FP_EXPECT(fp_usual);
  fp_set(w->a_words);
  w->form->swap(&w->a, &w->host);
  FP_EXPECT(w->a_words);
  fp_set(fp_usual);
  w->form->swap(&w->a, &w->host);
  FP_EXPECT(fp_usual);
  fp_set(w->a_words);
}

static void child_that_saves(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->a, stack_a, STACK_SIZE, &saves,
                                          (ctx_entry)change_words, CTX_ARGS(w)));
  for (int i = 0; i < 3; i++) {
    out->swap(&w->host, &w->a);
    FP_EXPECT(fp_usual);
  }
  EXPECT_TRUE(ctx_has_returned(&w->a));
}

CTX_TEST(FpControl, SavingChildKeepsItsChangesAndTheHostItsWords) {
  each_pair_and_words(child_that_saves);
}

static void change_words_across_yields(world *w) {
  fp_set(w->a_words);
  (void)w->form->yield(&w->a);
  FP_EXPECT(w->a_words);
  fp_set(fp_usual);
  (void)w->form->yield(&w->a);
  FP_EXPECT(fp_usual);
  fp_set(w->a_words);
}

static void child_that_saves_and_yields(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->a, stack_a, STACK_SIZE, &saves,
                                          (ctx_entry)change_words_across_yields, CTX_ARGS(w)));
  for (int i = 0; i < 3; i++) {
    EXPECT_TRUE(out->swap_resumer(&w->host, &w->a) == &w->a);
    FP_EXPECT(fp_usual);
  }
  EXPECT_TRUE(ctx_has_returned(&w->a));
}

CTX_TEST(FpControl, SavingChildKeepsItsChangesAcrossYields) {
  each_pair_and_words(child_that_saves_and_yields);
}

/* Two contexts save, have different words, and pass control to each other. */
static void change_words_before_peer(world *w) {
  fp_set(w->a_words);
  w->form->swap(&w->a, &w->b);
  FP_EXPECT(w->a_words);
  fp_set(fp_usual);
  w->form->swap(&w->a, &w->b);
  FP_EXPECT(fp_usual);
  fp_set(w->a_words);
}
static void change_words_after_peer(world *w) {
  fp_set(w->b_words);
  w->form->swap(&w->b, &w->a);
  FP_EXPECT(w->b_words);
  w->form->swap(&w->b, &w->a);
  FP_EXPECT(w->b_words); /* a has returned to b */
  w->form->swap(&w->b, &w->host);
}

static void peers(world *w, const swap_form *out, const ctx_options *a_options,
                  const ctx_options *b_options) {
  for (int i = 0; i < NUM_FP_OTHERS; i++) {
    w->b_words = fp_others[i];
    EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->a, stack_a, STACK_SIZE, a_options,
                                            (ctx_entry)change_words_before_peer, CTX_ARGS(w)));
    EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->b, stack_b, STACK_SIZE, b_options,
                                            (ctx_entry)change_words_after_peer, CTX_ARGS(w)));
    if (b_options->flags == 0) fp_declare(&w->b, w->b_words);
    out->swap(&w->host, &w->a);
    FP_EXPECT(fp_usual);
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
  FP_EXPECT(w->a_words);
  fp_set(fp_usual);
  w->form->swap(&w->a, &w->host);
  FP_EXPECT(w->a_words);
  w->form->swap(&w->a, &w->host);
  FP_EXPECT(w->a_words);
  fp_set(fp_usual);
  w->form->swap(&w->a, &w->host);
  FP_EXPECT(fp_usual);
}

static void declare_for_one_that_saves(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->a, stack_a, STACK_SIZE, &saves,
                                          (ctx_entry)declared_then_changed, CTX_ARGS(w)));
  fp_declare(&w->a, w->a_words);
  out->swap(&w->host, &w->a);
  FP_EXPECT(fp_usual);
  fp_declare(&w->a, w->a_words);
  for (int i = 0; i < 3; i++) {
    out->swap(&w->host, &w->a);
    FP_EXPECT(fp_usual);
  }
  EXPECT_TRUE(ctx_has_returned(&w->a));
}

CTX_TEST(FpControl, DeclaringForASavingContextIsForItsNextResumption) {
  each_pair_and_words(declare_for_one_that_saves);
}

/* A saving context, too, starts with the words that init finds in force. */
static void save_init_under_other_words(world *w, const swap_form *out) {
  fp_set(w->a_words);
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->a, stack_a, STACK_SIZE, &saves,
                                          (ctx_entry)expect_words_twice, CTX_ARGS(w)));
  fp_set(fp_usual);
  out->swap(&w->host, &w->a);
  FP_EXPECT(fp_usual);
  out->swap(&w->host, &w->a);
}

CTX_TEST(FpControl, SavingContextStartsWithThoseOfInit) {
  each_pair_and_words(save_init_under_other_words);
}

/* ---- ctx_set: it does not know whose words are in force ---- */

static void leave_by_set(world *w) {
  FP_EXPECT(w->a_words);
  ctx_set(&w->host);
}

static void set_to_host(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK, ctx_init(&w->a, stack_a, STACK_SIZE, (ctx_entry)leave_by_set, CTX_ARGS(w)));
  fp_declare(&w->a, w->a_words);
  out->swap(&w->host, &w->a);
}

CTX_TEST(FpControl, SetGivesAHostItsWords) { each_pair_and_words(set_to_host); }

static void set_to_b(world *w) { ctx_set(&w->b); }
static void expect_b_words(world *w) {
  FP_EXPECT(w->b_words);
  w->form->swap(&w->b, &w->host);
}

static void set_to_fresh(world *w, const swap_form *out) {
  w->b_words = w->a_words;
  EXPECT_EQ(CTX_OK, ctx_init(&w->a, stack_a, STACK_SIZE, (ctx_entry)set_to_b, CTX_ARGS(w)));
  EXPECT_EQ(CTX_OK, ctx_init(&w->b, stack_b, STACK_SIZE, (ctx_entry)expect_b_words, CTX_ARGS(w)));
  fp_declare(&w->b, w->b_words);
  out->swap(&w->host, &w->a);
}

CTX_TEST(FpControl, SetGivesAFreshContextItsWords) { each_pair_and_words(set_to_fresh); }

/* ---- CTX_FLAG_FP_INHERIT: whoever swaps there first passes its words on ---- */

static const ctx_options inherits = {.flags = CTX_FLAG_FP_INHERIT};

/* Those of init do not matter. Later resumers do not, either. */
static void inherit_from_hosts(world *w, const swap_form *out) {
  fp_set(fp_third);
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->a, stack_a, STACK_SIZE, &inherits,
                                          (ctx_entry)expect_words_across_yields, CTX_ARGS(w)));
  /* The host declares what is in force where it is switched from first, or has done so before. */
  fp_set(w->a_words);
  for (int i = 0; i < 2; i++) {
    EXPECT_TRUE(out->swap_resumer(&w->host, &w->a) == &w->a);
    FP_EXPECT(w->a_words);
  }
  fp_set(fp_usual);
  w->host = (ctx_context){0};
  EXPECT_TRUE(out->swap_resumer(&w->host, &w->a) == &w->a);
  EXPECT_TRUE(ctx_has_returned(&w->a));
}

CTX_TEST(FpControl, InheritingContextTakesThoseOfItsFirstResumer) {
  each_pair_and_words(inherit_from_hosts);
}

static void swap_to_inheriting(world *w) {
  FP_EXPECT(w->a_words);
  w->form->swap(&w->a, &w->b);
  FP_EXPECT(w->a_words);
}
static void expect_words_as_inheriting(world *w) {
  FP_EXPECT(w->a_words);
  w->form->swap(&w->b, &w->host);
  FP_EXPECT(w->a_words);
}

static void inherit_from_child(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK,
            ctx_init(&w->a, stack_a, STACK_SIZE, (ctx_entry)swap_to_inheriting, CTX_ARGS(w)));
  fp_declare(&w->a, w->a_words);
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->b, stack_b, STACK_SIZE, &inherits,
                                          (ctx_entry)expect_words_as_inheriting, CTX_ARGS(w)));
  out->swap(&w->host, &w->a);
  FP_EXPECT(fp_usual);
  out->swap(&w->host, &w->b);
  FP_EXPECT(fp_usual);
  EXPECT_TRUE(ctx_has_returned(&w->b));
}

CTX_TEST(FpControl, InheritingContextTakesThoseThatAChildHasDeclared) {
  each_pair_and_words(inherit_from_child);
}

/* One that has inherited words passes them on. */
static void pass_on(world *w) {
  FP_EXPECT(w->a_words);
  w->form->swap(&w->b, &w->c);
}
static void expect_words_passed_on(world *w) {
  FP_EXPECT(w->a_words);
  w->form->swap(&w->c, &w->host);
  FP_EXPECT(w->a_words);
}

static void inherit_from_inheriting(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->b, stack_b, STACK_SIZE, &inherits, (ctx_entry)pass_on,
                                          CTX_ARGS(w)));
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->c, stack_c, STACK_SIZE, &inherits,
                                          (ctx_entry)expect_words_passed_on, CTX_ARGS(w)));
  fp_set(w->a_words);
  out->swap(&w->host, &w->b); /* c comes back */
  FP_EXPECT(w->a_words);
  fp_set(fp_usual);
  w->host = (ctx_context){0};
  out->swap(&w->host, &w->c);
  EXPECT_TRUE(ctx_has_returned(&w->c));
  FP_EXPECT(fp_usual);
}

CTX_TEST(FpControl, InheritingContextPassesOnWhatItHasInherited) {
  each_pair_and_words(inherit_from_inheriting);
}

/* A saving context passes on what it has in force, and changes it afterwards. */
static void change_words_then_swap(world *w) {
  fp_set(w->a_words);
  w->form->swap(&w->a, &w->b);
  FP_EXPECT(w->a_words);
  fp_set(fp_third);
  w->form->swap(&w->a, &w->b);
}

static void inherit_from_saving(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->a, stack_a, STACK_SIZE, &saves,
                                          (ctx_entry)change_words_then_swap, CTX_ARGS(w)));
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->b, stack_b, STACK_SIZE, &inherits,
                                          (ctx_entry)expect_words_as_inheriting, CTX_ARGS(w)));
  out->swap(&w->host, &w->a); /* b comes back */
  FP_EXPECT(fp_usual);
  EXPECT_TRUE(out->swap_resumer(&w->host, &w->a) == &w->a);
  FP_EXPECT(fp_usual);
  EXPECT_TRUE(ctx_has_returned(&w->a));
}

static void return_from_inheriting(world *w) {
  FP_EXPECT(w->a_words);
  w->form->yield(&w->b);
  FP_EXPECT(w->a_words);
  w->form->swap(&w->b, &w->host);
}

static void inherit_from_saving_parent(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->a, stack_a, STACK_SIZE, &saves,
                                          (ctx_entry)change_words_then_swap, CTX_ARGS(w)));
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->b, stack_b, STACK_SIZE, &inherits,
                                          (ctx_entry)return_from_inheriting, CTX_ARGS(w)));
  EXPECT_TRUE(out->swap_resumer(&w->host, &w->a) == &w->b);
  FP_EXPECT(fp_usual);
}

/* It has declared the words that it has inherited. */
static void change_after_inheriting(world *w) { change_in(w, &w->b); }

static void undeclared_change_after_inheriting(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->a, stack_a, STACK_SIZE, &saves,
                                          (ctx_entry)change_words_then_swap, CTX_ARGS(w)));
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->b, stack_b, STACK_SIZE, &inherits,
                                          (ctx_entry)change_after_inheriting, CTX_ARGS(w)));
  out->swap(&w->host, &w->a);
  FP_EXPECT(fp_usual);
  out->swap(&w->host, &w->b);
  EXPECT_TRUE(ctx_has_returned(&w->b));
  FP_EXPECT(fp_usual);
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
  FP_EXPECT(fp_usual);
  w->form->swap(&w->b, &w->host);
  FP_EXPECT(fp_usual);
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

/* Once it has been left it has declared the words that it had then. */
static void change_after_leaving(world *w) {
  FP_EXPECT(fp_usual);
  w->form->swap(&w->b, &w->host);
  fp_set(fp_changed(w->a_words));
  w->form->swap(&w->b, &w->host);
  FP_EXPECT(fp_usual);
}

static void (*entry_that_sets)(world *w);
static void (*entry_that_is_set)(world *w);
static void inherit_by_set(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK, ctx_init(&w->a, stack_a, STACK_SIZE, (ctx_entry)entry_that_sets, CTX_ARGS(w)));
  fp_declare(&w->a, w->a_words);
  fp_set(w->a_words);
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->b, stack_b, STACK_SIZE, &inherits,
                                          (ctx_entry)entry_that_is_set, CTX_ARGS(w)));
  handlers_goal = &w->b;
  out->swap(&w->host, &w->a);
  FP_EXPECT(w->a_words);
  for (int i = 0; i < 2 && !ctx_has_returned(&w->b); i++)
    out->swap(&w->host, &w->b);
  EXPECT_TRUE(ctx_has_returned(&w->b));
  FP_EXPECT(w->a_words);
  fp_set(fp_usual);
}

CTX_TEST(FpControl, InheritingContextStartsWithTheUsualAfterASet) {
  entry_that_sets = set_to_b;
  entry_that_is_set = expect_usual_and_leave;
  each_pair_and_words(inherit_by_set);
}

CTX_TEST(FpControl, UndeclaredChangeOfAnInheritingContextThatWasSetIsNotKept) {
#ifdef CTX_CHECKED
  CTX_SKIP("the checked build stops there");
#endif
  entry_that_sets = set_to_b;
  entry_that_is_set = change_after_leaving;
  each_pair_and_words(inherit_by_set);
}

CTX_TEST(FpControl, InheritingContextStartsWithTheUsualAfterASignal) {
  struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO};
  struct sigaction old_action;
  sigemptyset(&action.sa_mask);
  ASSERT_EQ(0, sigaction(SIGUSR1, &action, &old_action));
  entry_that_sets = raise_signal;
  entry_that_is_set = expect_usual_and_leave;
  handler_redirects = false;
  each_pair_and_words(inherit_by_set);
  handler_redirects = true;
  each_pair_and_words(inherit_by_set);
  ASSERT_EQ(0, sigaction(SIGUSR1, &old_action, NULL));
}

/* One that has started takes nothing any more: not even if it has left for another that inherits.
 */
static void swap_as_usual(world *w) {
  FP_EXPECT(fp_usual);
  w->form->swap(&w->b, &w->c);
  FP_EXPECT(fp_usual);
}
static void come_back_as_usual(world *w) {
  FP_EXPECT(fp_usual);
  w->form->swap(&w->c, &w->host);
}

static void inherit_in_a_row(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK, ctx_init(&w->a, stack_a, STACK_SIZE, (ctx_entry)set_to_b, CTX_ARGS(w)));
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->b, stack_b, STACK_SIZE, &inherits,
                                          (ctx_entry)swap_as_usual, CTX_ARGS(w)));
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->c, stack_c, STACK_SIZE, &inherits,
                                          (ctx_entry)come_back_as_usual, CTX_ARGS(w)));
  fp_set(w->a_words);
  out->swap(&w->host, &w->a); /* a sets b, which swaps to c */
  FP_EXPECT(w->a_words);
  out->swap(&w->host, &w->b);
  EXPECT_TRUE(ctx_has_returned(&w->b));
  FP_EXPECT(w->a_words);
  fp_set(fp_usual);
}

CTX_TEST(FpControl, InheritingContextTakesNothingOnceItHasStarted) {
  each_pair_and_words(inherit_in_a_row);
}

static void inherit_then_declare(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->a, stack_a, STACK_SIZE, &inherits,
                                          (ctx_entry)expect_words_twice, CTX_ARGS(w)));
  fp_declare(&w->a, w->a_words);
  out->swap(&w->host, &w->a);
  FP_EXPECT(fp_usual);
  out->swap(&w->host, &w->a);
  EXPECT_TRUE(ctx_has_returned(&w->a));
}

CTX_TEST(FpControl, InheritingContextTakesNothingOnceWordsAreDeclared) {
  each_pair_and_words(inherit_then_declare);
}

/* ---- A switch that reads words ---- */

/* To declare what it has read changes nothing: it has written all that a declaration does. */
static void expect_declared(ctx_context *context, fp_words words) {
  ctx_context before = *context;
  fp_declare(context, words);
  EXPECT_MEMEQ(&before, context, sizeof before);
}

static void swap_from_b(world *w) { w->form->swap(&w->b, &w->host); }

static void declare_again(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->a, stack_a, STACK_SIZE, &saves,
                                          (ctx_entry)change_words, CTX_ARGS(w)));
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->b, stack_b, STACK_SIZE, &inherits,
                                          (ctx_entry)swap_from_b, CTX_ARGS(w)));
  out->swap(&w->host, &w->a);
  out->swap(&w->host, &w->b);
  expect_declared(&w->host, fp_usual);
  expect_declared(&w->a, w->a_words);
  expect_declared(&w->b, fp_usual);
}

CTX_TEST(FpControl, WhatASwitchReadsIsAsDeclared) { each_pair_and_words(declare_again); }

/* ---- Keys in registers that a call keeps ---- */

/* A context holds some of them beside its own key. */
static void swap_with(uint64_t value, const swap_form *form, ctx_context *from, ctx_context *to) {
  struct ctx_test_registers registers;
  char verdict[CTX_TEST_VERDICT_SIZE];
  memset(&registers, 0, sizeof registers); /* assembly fills in the rest */
  uint64_t *words = (uint64_t *)(void *)&registers.before;
  for (size_t i = 0; i < sizeof registers.before / sizeof *words; i++)
    words[i] = value;
  (void)ctx_test_call_with_registers(&registers, form->swap, from, to);
  EXPECT_NO_COMPLAINT(ctx_test_registers_verdict(&registers, verdict));
}

static void swap_with_key_of_host(world *w) {
  for (int i = 0; i < 2; i++)
    swap_with(fp_key(fp_usual), w->form, &w->a, &w->host);
}

static void swap_with_keys(world *w, const swap_form *out) {
  EXPECT_EQ(CTX_OK,
            ctx_init(&w->a, stack_a, STACK_SIZE, (ctx_entry)swap_with_key_of_host, CTX_ARGS(w)));
  fp_declare(&w->a, w->a_words);
  for (int i = 0; i < 3; i++)
    swap_with(fp_key(w->a_words), out, &w->host, &w->a);
  EXPECT_TRUE(ctx_has_returned(&w->a));
}

CTX_TEST(FpControl, KeptRegistersAreNotTakenForKeys) { each_pair_and_words(swap_with_keys); }
