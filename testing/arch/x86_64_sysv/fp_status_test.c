/* An exception that is pending where a context is left is dropped with the status flags, not raised
 * in the switch. */
#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/harness/registers.h"
#include "testing/switching/forms.h"

enum { STACK_SIZE = 32768 };
CTX_STACK(stack, STACK_SIZE);

static const uint32_t mxcsr = 0x1f80;
static const uint16_t all_masked = 0x037f;
static const uint16_t inexact_traps = 0x035f;

static ctx_context host, child;
static const swap_form *form;

/* Stores an inexact result: the registers are empty again, and the exception is raised by the next
 * x87 instruction that waits. */
static void leave_exception_pending(void) {
  int16_t rounded;
  __asm__ volatile("fldpi\n\tfistps %0" : "=m"(rounded) : : "st");
}
static void use_x87(void) { __asm__ volatile("fld1\n\tfstp %%st(0)\n\tfwait" : : : "st"); }

static void use_and_leave_pending(void) {
  use_x87();
  form->swap(&child, &host);
  leave_exception_pending();
}

CTX_TEST(FpStatus, ExceptionPendingWhereAContextIsLeftIsDropped) {
  FOR_EACH_SWAP_FORM(each) {
    form = each;
    ctx_test_note("%s", form->name);
    host = (ctx_context){0};
    ctx_test_set_fp_words(mxcsr, inexact_traps);
    ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, use_and_leave_pending, CTX_NO_ARGS));
    ctx_declare_fp_control(&child, mxcsr, all_masked);
    leave_exception_pending();
    form->swap(&host, &child); /* by a swap */
    use_x87();
    ctx_declare_fp_control(&child, mxcsr, inexact_traps);
    ctx_declare_fp_control(&host, mxcsr, all_masked);
    ctx_test_set_fp_words(mxcsr, all_masked);
    form->swap(&host, &child); /* and by its return */
    EXPECT_TRUE(ctx_has_returned(&child));
    use_x87();
  }
}

static void leave_pending_by_set(void) {
  leave_exception_pending();
  ctx_set(&host);
}

CTX_TEST(FpStatus, ExceptionPendingAtASetIsDropped) {
  ctx_test_set_fp_words(mxcsr, all_masked);
  host = (ctx_context){0};
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, leave_pending_by_set, CTX_NO_ARGS));
  ctx_declare_fp_control(&child, mxcsr, inexact_traps);
  ctx_swap(&host, &child);
  use_x87();
}
