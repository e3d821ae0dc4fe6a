/* Status flags belong to nobody: no switch reads or writes them, unless they lie in a control word
 * that it reloads. */
#include "ctx/ctx.h"
#include "testing/arch/arch.h"
#include "testing/harness/harness.h"
#include "testing/switching/forms.h"
#include CTX_TEST_ARCH(fp_words.h)

enum { STACK_SIZE = 32768 };
CTX_STACK(stack, STACK_SIZE);

static const uint64_t other_flags = FP_ALL_FLAGS ^ FP_SOME_FLAGS;

static ctx_context host, child;
static const swap_form *form;

/* The child has the host's words; and others, where these have no flags in them. */
static void for_each_words(void (*run)(fp_words childs)) {
  run(fp_usual);
#ifndef FP_FLAGS_SHOW_RELOADS
  run(fp_third);
#endif
}

static void init(ctx_entry entry, fp_words childs) {
  fp_set(fp_usual);
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, entry, CTX_NO_ARGS));
  fp_declare(&child, childs);
  host = (ctx_context){0};
}

static void see_and_change_flags(void) {
  EXPECT_EQ(FP_SOME_FLAGS, fp_flags());
  fp_set_flags(other_flags);
  form->swap(&child, &host);
  EXPECT_EQ(FP_ALL_FLAGS, fp_flags());
  fp_set_flags(0);
}

static void expect_flags_to_pass(fp_words childs) {
  init(see_and_change_flags, childs);
  fp_set_flags(FP_SOME_FLAGS);
  form->swap(&host, &child);
  EXPECT_EQ(other_flags, fp_flags());
  fp_set_flags(FP_ALL_FLAGS);
  form->swap(&host, &child);
  EXPECT_TRUE(ctx_has_returned(&child));
  EXPECT_EQ(0, fp_flags());
}

CTX_TEST(FpStatus, FlagsPassWithEverySwitch) {
#ifdef CTX_INSTRUMENTED_
  CTX_SKIP("C code of the library runs in the switch, which may change flags");
#endif
  FOR_EACH_SWAP_FORM(each) {
    form = each;
    ctx_test_note("%s", form->name);
    for_each_words(expect_flags_to_pass);
  }
}

#ifndef FP_FLAGS_SHOW_RELOADS /* a set loads the words in any case */

static void set_back(void) {
  fp_set_flags(FP_ALL_FLAGS);
  ctx_set(&host);
}

static void expect_flags_to_pass_with_a_set(fp_words childs) {
  init(set_back, childs);
  ctx_swap(&host, &child);
  EXPECT_EQ(FP_ALL_FLAGS, fp_flags());
  fp_set_flags(0);
}

CTX_TEST(FpStatus, FlagsPassWithASet) { for_each_words(expect_flags_to_pass_with_a_set); }

#endif
