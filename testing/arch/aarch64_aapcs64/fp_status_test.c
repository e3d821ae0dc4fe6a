/* Status flags belong to nobody: they lie in a register of their own, FPSR, which no switch reads
 * or writes. */
#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/harness/registers.h"
#include "testing/switching/forms.h"

enum { STACK_SIZE = 32768 };
CTX_STACK(stack, STACK_SIZE);

/* Bits of FPSR: QC, and the cumulative exceptions. */
enum { ALL_FLAGS = 1 << 27 | 0x9f, SOME_FLAGS = 1 << 27 | 0x11, OTHER_FLAGS = 0x8e };

static ctx_context host, child;
static const swap_form *form;

static uint64_t fpsr(void) {
  uint64_t now;
  __asm__ volatile("mrs %0, fpsr" : "=r"(now));
  return now;
}
static void set_fpsr(uint64_t flags) { __asm__ volatile("msr fpsr, %0" : : "r"(flags)); }

static void see_and_change_flags(void) {
  EXPECT_EQ(SOME_FLAGS, fpsr());
  set_fpsr(OTHER_FLAGS);
  form->swap(&child, &host);
  EXPECT_EQ(ALL_FLAGS, fpsr());
  set_fpsr(0);
}

/* Whether the control word is reloaded or not. */
static void expect_flags_to_pass(uint32_t fpcr) {
  ctx_test_set_fpcr(0);
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, see_and_change_flags, CTX_NO_ARGS));
  ctx_declare_fp_control(&child, fpcr);
  host = (ctx_context){0};
  set_fpsr(SOME_FLAGS);
  form->swap(&host, &child);
  EXPECT_EQ(OTHER_FLAGS, fpsr());
  set_fpsr(ALL_FLAGS);
  form->swap(&host, &child);
  EXPECT_TRUE(ctx_has_returned(&child));
  EXPECT_EQ(0, fpsr());
}

CTX_TEST(FpStatus, FlagsPassWithEverySwitch) {
#ifdef CTX_INSTRUMENTED_
  CTX_SKIP("C code of the library runs in the switch, which may change flags");
#endif
  FOR_EACH_SWAP_FORM(each) {
    form = each;
    ctx_test_note("%s", form->name);
    expect_flags_to_pass(0);
    expect_flags_to_pass(CTX_TEST_FPCR_ROUNDS_UP);
  }
}

static void set_back(void) {
  set_fpsr(ALL_FLAGS);
  ctx_set(&host);
}

CTX_TEST(FpStatus, FlagsPassWithASet) {
  ctx_test_set_fpcr(0);
  host = (ctx_context){0};
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, set_back, CTX_NO_ARGS));
  ctx_declare_fp_control(&child, CTX_TEST_FPCR_ROUNDS_UP);
  ctx_swap(&host, &child);
  EXPECT_EQ(ALL_FLAGS, fpsr());
  set_fpsr(0);
}
