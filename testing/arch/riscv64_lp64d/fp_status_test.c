/* Status flags belong to nobody: they lie beside the rounding mode in fcsr, and no switch
 * reads or writes them. */
#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/harness/registers.h"
#include "testing/switching/forms.h"

enum { STACK_SIZE = 32768 };
CTX_STACK(stack, STACK_SIZE);

enum { ALL_FLAGS = 0x1f, SOME_FLAGS = 0x11, OTHER_FLAGS = 0x0e };

static ctx_context host, child;
static const swap_form *form;

static uint64_t fflags(void) {
  uint64_t now;
  __asm__ volatile("frflags %0" : "=r"(now));
  return now;
}
static void set_fflags(uint64_t flags) { __asm__ volatile("fsflags %0" : : "r"(flags)); }

static void see_and_change_flags(void) {
  EXPECT_EQ(SOME_FLAGS, fflags());
  set_fflags(OTHER_FLAGS);
  form->swap(&child, &host);
  EXPECT_EQ(ALL_FLAGS, fflags());
  set_fflags(0);
}

/* Whether the control word is reloaded or not. */
static void expect_flags_to_pass(uint64_t frm) {
  ctx_test_set_frm(0);
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, see_and_change_flags, CTX_NO_ARGS));
  ctx_declare_fp_control(&child, frm);
  host = (ctx_context){0};
  set_fflags(SOME_FLAGS);
  form->swap(&host, &child);
  EXPECT_EQ(OTHER_FLAGS, fflags());
  set_fflags(ALL_FLAGS);
  form->swap(&host, &child);
  EXPECT_TRUE(ctx_has_returned(&child));
  EXPECT_EQ(0, fflags());
}

CTX_TEST(FpStatus, FlagsPassWithEverySwitch) {
#ifdef CTX_INSTRUMENTED_
  CTX_SKIP("C code of the library runs in the switch, which may change flags");
#endif
  FOR_EACH_SWAP_FORM(each) {
    form = each;
    ctx_test_note("%s", form->name);
    expect_flags_to_pass(0);
    expect_flags_to_pass(CTX_TEST_FRM_UP);
  }
}

static void set_back(void) {
  set_fflags(ALL_FLAGS);
  ctx_set(&host);
}

CTX_TEST(FpStatus, FlagsPassWithASet) {
  ctx_test_set_frm(0);
  host = (ctx_context){0};
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, set_back, CTX_NO_ARGS));
  ctx_declare_fp_control(&child, CTX_TEST_FRM_UP);
  ctx_swap(&host, &child);
  EXPECT_EQ(ALL_FLAGS, fflags());
  set_fflags(0);
}
