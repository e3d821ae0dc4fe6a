/* The model that swap_fuzz holds ctx to says what the contract says: its own rules, by hand. */
#include "testing/simulation/model.h"

#include "testing/harness/harness.h"

static const model_options no_options;

/* Control words, which the model only compares. */
enum { DEFAULT_WORDS = 1, OTHER_WORDS, THIRD_WORDS };

/* Stacks 1 and 2 are initialised. */
static model two_children(void) {
  model m;
  model_begin(&m, DEFAULT_WORDS);
  model_init(&m, 1, &no_options);
  model_init(&m, 2, &no_options);
  return m;
}

CTX_TEST(Model, AReturnGoesToWhoeverSwappedLast) {
  model m = two_children();
  model_swap(&m, MODEL_HOST(0), MODEL_CHILD(1));
  model_swap(&m, MODEL_CHILD(1), MODEL_CHILD(2));
  model_swap(&m, MODEL_CHILD(2), MODEL_HOST(0));
  model_swap(&m, MODEL_HOST(0), MODEL_CHILD(2));
  ASSERT_TRUE(model_can_return(&m));
  model_return(&m, &(model_results){.gp = 7, .fp = 8});
  EXPECT_EQ(0, m.running);
  EXPECT_TRUE(model_has_returned(&m, 2));
  EXPECT_EQ(7, m.stacks[2].results.gp);
  EXPECT_FALSE(model_has_returned(&m, 1));
}

CTX_TEST(Model, AChildThatWasSetToHasNobodyToReturnTo) {
  model m = two_children();
  model_swap(&m, MODEL_HOST(0), MODEL_CHILD(1));
  model_set(&m, MODEL_CHILD(2));
  EXPECT_EQ(2, m.running);
  EXPECT_FALSE(model_can_return(&m));
  EXPECT_FALSE(m.contexts[MODEL_CHILD(1)].resumable);
}

CTX_TEST(Model, AParentThatIsGoneIsNobodyToReturnTo) {
  model m = two_children();
  model_swap(&m, MODEL_HOST(0), MODEL_CHILD(1));
  model_swap(&m, MODEL_CHILD(1), MODEL_CHILD(2));
  EXPECT_TRUE(model_can_return(&m));
  model_swap(&m, MODEL_CHILD(2), MODEL_HOST(0));
  model_swap(&m, MODEL_HOST(0), MODEL_CHILD(1));
  model_set(&m, MODEL_CHILD(2)); /* its parent is 1 still */
  EXPECT_FALSE(model_can_return(&m));
  model_swap(&m, MODEL_CHILD(2), MODEL_HOST(0));
  model_init(&m, 1, &no_options);
  model_set(&m, MODEL_CHILD(2));
  EXPECT_TRUE(model_can_return(&m)); /* into the fresh one: a parent is an address */
}

/* A return does not go to another that is in its stead: a parent is an address. */
CTX_TEST(Model, AParentThatIsReplacedIsNobodyToReturnTo) {
  model m = two_children();
  model_swap(&m, MODEL_HOST(0), MODEL_CHILD(1));
  model_swap(&m, MODEL_CHILD(1), MODEL_CHILD(2));
  model_swap(&m, MODEL_CHILD(2), MODEL_HOST(0));
  model_replace(&m, 1);
  EXPECT_EQ(MODEL_GONE, m.stacks[1].phase);
  model_init(&m, 1, &no_options);
  model_swap(&m, MODEL_HOST(0), MODEL_CHILD(1));
  model_set(&m, MODEL_CHILD(2));
  model_init(&m, 1, &no_options);
  EXPECT_FALSE(model_can_return(&m));
}

CTX_TEST(Model, AYieldGoesToTheParentAndChangesNobodys) {
  model m = two_children();
  EXPECT_FALSE(model_can_yield(&m)); /* a host does not */
  model_swap(&m, MODEL_HOST(0), MODEL_CHILD(1));
  model_swap(&m, MODEL_CHILD(1), MODEL_CHILD(2));
  ASSERT_TRUE(model_can_yield(&m));
  model_yield(&m);
  EXPECT_EQ(1, m.running);
  EXPECT_EQ(MODEL_CHILD(2), m.resumer);
  EXPECT_TRUE(m.contexts[MODEL_CHILD(2)].resumable);
  EXPECT_EQ(MODEL_HOST(0), m.contexts[MODEL_CHILD(1)].parent);
  model_yield(&m);
  EXPECT_EQ(0, m.running);
  EXPECT_EQ(MODEL_NOBODY, m.contexts[MODEL_HOST(0)].parent);
  model_set(&m, MODEL_CHILD(2));
  EXPECT_TRUE(model_can_yield(&m)); /* its parent is suspended elsewhere by now */
  model_init(&m, 1, &no_options);
  EXPECT_FALSE(model_can_yield(&m)); /* and here not at all */
}

CTX_TEST(Model, ACancelledChildEndsAsIfItReturned) {
  model m = two_children();
  model_init(&m, 1, &(model_options){.backstop = true});
  EXPECT_TRUE(model_can_cancel(&m, 1));
  EXPECT_FALSE(model_can_cancel(&m, 0));
  model_swap(&m, MODEL_HOST(0), MODEL_CHILD(1));
  EXPECT_FALSE(model_can_cancel(&m, 1)); /* it runs */
  model_swap(&m, MODEL_CHILD(1), MODEL_CHILD(2));
  model_cancel(&m, MODEL_CHILD(2), 1);
  EXPECT_EQ(1, m.running); /* its backstop does */
  EXPECT_TRUE(m.stacks[1].is_cancelled);
  EXPECT_EQ(MODEL_BACKSTOP, m.stacks[1].phase);
  model_return(&m, NULL);
  EXPECT_EQ(2, m.running); /* whoever has cancelled it */
  EXPECT_EQ(MODEL_CHILD(1), m.resumer);
  model_cancel(&m, MODEL_CHILD(2), 1); /* refused */
  EXPECT_EQ(2, m.running);
  EXPECT_EQ(MODEL_RETURNED, m.stacks[1].phase);
}

CTX_TEST(Model, AChildThatIsCancelledBeforeItBeginsRunsNothing) {
  model m = two_children();
  model_init(&m, 1, &(model_options){.activation = true, .backstop = true});
  model_cancel(&m, MODEL_HOST(0), 1);
  EXPECT_EQ(0, m.running);
  EXPECT_TRUE(m.stacks[1].is_cancelled);
  EXPECT_EQ(MODEL_RETURNED, m.stacks[1].phase);
  EXPECT_FALSE(m.contexts[MODEL_CHILD(1)].resumable);
}

CTX_TEST(Model, AParentWaitsUntilItIsResumed) {
  model m = two_children();
  EXPECT_EQ(MODEL_NOBODY, m.contexts[MODEL_HOST(0)].waits);
  model_swap(&m, MODEL_HOST(0), MODEL_CHILD(1));
  EXPECT_EQ(MODEL_CHILD(1), m.contexts[MODEL_HOST(0)].waits);
  model_swap(&m, MODEL_CHILD(1), MODEL_CHILD(2));
  EXPECT_EQ(MODEL_CHILD(2), m.contexts[MODEL_CHILD(1)].waits);
  EXPECT_EQ(MODEL_CHILD(1), m.contexts[MODEL_HOST(0)].waits);
  model_yield(&m);
  EXPECT_EQ(MODEL_NOBODY, m.contexts[MODEL_CHILD(1)].waits);
  EXPECT_EQ(MODEL_NOBODY, m.contexts[MODEL_CHILD(2)].waits);
  model_set(&m, MODEL_HOST(0));
  EXPECT_EQ(MODEL_NOBODY, m.contexts[MODEL_HOST(0)].waits);
  model_swap(&m, MODEL_HOST(0), MODEL_CHILD(2));
  model_replace(&m, 2);
  EXPECT_EQ(MODEL_REPLACED, m.contexts[MODEL_HOST(0)].waits);
}

CTX_TEST(Model, WhoInheritsTakesTheWordsOfWhoeverSwapsThereFirst) {
  for (int by_set = 0; by_set < 2; by_set++) {
    model m = two_children();
    model_change_fp(&m, OTHER_WORDS);
    model_init(&m, 3, &(model_options){.fp_inherit = true});
    model_swap(&m, MODEL_HOST(0), MODEL_CHILD(1)); /* the host declares the others */
    EXPECT_EQ(DEFAULT_WORDS, m.fp);
    model_swap(&m, MODEL_CHILD(1), MODEL_HOST(0));
    if (by_set) {
      model_swap(&m, MODEL_HOST(0), MODEL_CHILD(2));
      model_set(&m, MODEL_CHILD(3));
    } else {
      model_swap(&m, MODEL_HOST(0), MODEL_CHILD(3));
    }
    model_fp expected = by_set ? DEFAULT_WORDS : OTHER_WORDS;
    EXPECT_EQ(expected, m.fp);
    EXPECT_FALSE(model_can_change_fp(&m));
    model_swap(&m, MODEL_CHILD(3), MODEL_HOST(0));
    model_swap(&m, MODEL_HOST(0), MODEL_CHILD(1));
    model_swap(&m, MODEL_CHILD(1), MODEL_CHILD(3));
    EXPECT_EQ(expected, m.fp); /* later ones pass nothing on */
  }
}

CTX_TEST(Model, ResultsAreZeroBeforeAReturnAndOnceTheyAreCleared) {
  model m = two_children();
  const model_results results = {.gp = 7, .typed = {1, 2, 3}};
  EXPECT_TRUE(m.stacks[1].results.has_gp && m.stacks[1].results.has_fp);
  model_clear_retvals(&m, 1);
  EXPECT_FALSE(m.stacks[1].is_cleared);
  model_swap(&m, MODEL_HOST(0), MODEL_CHILD(1));
  model_return(&m, &results);
  EXPECT_MEMEQ(&results, &m.stacks[1].results, sizeof results);
  model_clear_retvals(&m, 1);
  EXPECT_TRUE(m.stacks[1].is_cleared);
  EXPECT_TRUE(m.stacks[1].results.has_gp && m.stacks[1].results.has_fp);
  EXPECT_EQ(0, m.stacks[1].results.gp);
  EXPECT_EQ(0, m.stacks[1].results.typed[0]);
  model_init(&m, 1, &no_options);
  EXPECT_FALSE(m.stacks[1].is_cleared);
}

CTX_TEST(Model, CallbacksComeBeforeAndAfterTheEntry) {
  model m;
  model_begin(&m, DEFAULT_WORDS);
  model_init(&m, 3, &(model_options){.activation = true, .backstop = true});
  model_swap(&m, MODEL_HOST(0), MODEL_CHILD(3));
  EXPECT_EQ(MODEL_ACTIVATION, m.stacks[3].phase);
  model_return(&m, &(model_results){.gp = 1, .fp = 2});
  EXPECT_EQ(MODEL_ENTRY, m.stacks[3].phase);
  EXPECT_FALSE(model_has_returned(&m, 3));
  model_return(&m, &(model_results){.gp = 3, .fp = 4});
  EXPECT_EQ(MODEL_BACKSTOP, m.stacks[3].phase);
  EXPECT_TRUE(model_has_returned(&m, 3));
  EXPECT_EQ(3, m.running);
  model_return(&m, &(model_results){.gp = 5, .fp = 6});
  EXPECT_EQ(0, m.running);
  EXPECT_EQ(3, m.stacks[3].results.gp);
  EXPECT_EQ(4, m.stacks[3].results.fp);
}

CTX_TEST(Model, EachHasTheControlWordsThatItDeclared) {
  model m;
  model_begin(&m, DEFAULT_WORDS);
  ASSERT_TRUE(model_can_change_fp(&m));
  model_change_fp(&m, OTHER_WORDS); /* a host that has not swapped yet may */
  model_init(&m, 1, &no_options);
  model_init(&m, 2, &(model_options){.fp_default = true, .fp_save = true});
  model_swap(&m, MODEL_HOST(0), MODEL_CHILD(2));
  EXPECT_EQ(DEFAULT_WORDS, m.fp);
  ASSERT_TRUE(model_can_change_fp(&m)); /* it saves */
  model_change_fp(&m, THIRD_WORDS);
  model_swap(&m, MODEL_CHILD(2), MODEL_CHILD(1));
  EXPECT_EQ(OTHER_WORDS, m.fp); /* those at its init */
  EXPECT_FALSE(model_can_change_fp(&m));
  model_swap(&m, MODEL_CHILD(1), MODEL_CHILD(2));
  EXPECT_EQ(THIRD_WORDS, m.fp);
  model_swap(&m, MODEL_CHILD(2), MODEL_HOST(0));
  EXPECT_EQ(OTHER_WORDS, m.fp);
  EXPECT_FALSE(model_can_change_fp(&m));
  ASSERT_TRUE(model_can_declare_fp(&m, MODEL_CHILD(1)));
  model_declare_fp(&m, MODEL_CHILD(1), DEFAULT_WORDS);
  EXPECT_EQ(OTHER_WORDS, m.fp);
  model_set(&m, MODEL_CHILD(1));
  EXPECT_EQ(DEFAULT_WORDS, m.fp);
}

CTX_TEST(Model, ASignalRestoresTheMaskOnlyBySet) {
  model m;
  model_begin(&m, DEFAULT_WORDS);
  model_init(&m, 1, &(model_options){.signal_mask = 4});
  model_init(&m, 2, &(model_options){.signal_mask = 8});
  model_swap(&m, MODEL_HOST(0), MODEL_CHILD(1));
  EXPECT_EQ(0, m.signal_mask); /* a switch leaves it */
  model_settle(&m);
  model_leave(&m, MODEL_CHILD(2), true);
  EXPECT_EQ(8, m.signal_mask);
  model_settle(&m);
  model_leave(&m, MODEL_HOST(0), false);
  EXPECT_EQ(8, m.signal_mask);
}

/* Nothing that was suspended on its stack before goes on there: neither its child nor a host. */
CTX_TEST(Model, ASignalLosesWhatItLeavesThoughItWasSuspendedBefore) {
  model m = two_children();
  model_swap(&m, MODEL_HOST(0), MODEL_CHILD(1));
  model_swap(&m, MODEL_CHILD(1), MODEL_HOST(0));
  model_swap(&m, MODEL_HOST(0), MODEL_CHILD(1));
  model_swap(&m, MODEL_HOST(1), MODEL_CHILD(2));
  model_swap(&m, MODEL_CHILD(2), MODEL_HOST(1));
  model_settle(&m);
  model_leave(&m, MODEL_HOST(0), false);
  EXPECT_FALSE(m.contexts[MODEL_CHILD(1)].resumable);
  EXPECT_FALSE(m.contexts[MODEL_HOST(1)].resumable);
  EXPECT_TRUE(m.contexts[MODEL_CHILD(2)].resumable);
}

/* In the middle of a switch both are lost: how far it has got nobody knows. */
CTX_TEST(Model, ASignalInASwitchLosesBoth) {
  model m = two_children();
  model_swap(&m, MODEL_HOST(0), MODEL_CHILD(1));
  model_settle(&m);
  model_swap(&m, MODEL_CHILD(1), MODEL_CHILD(2));
  model_leave(&m, MODEL_HOST(0), false);
  EXPECT_FALSE(m.contexts[MODEL_CHILD(1)].resumable);
  EXPECT_FALSE(m.contexts[MODEL_CHILD(2)].resumable);
  EXPECT_EQ(MODEL_GONE, m.stacks[1].phase);
  EXPECT_EQ(MODEL_GONE, m.stacks[2].phase);
}
