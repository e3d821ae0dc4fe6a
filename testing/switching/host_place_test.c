/* A host's context may be left on one stack and later on another: what it saved the first time is
 * replaced whole. */
#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/switching/forms.h"

enum { STACK_SIZE = 32768, NUM_VISITS = 2 };
CTX_STACK(partner_stack, STACK_SIZE);
CTX_STACK(carrier_stack, STACK_SIZE);

static ctx_context host, partner, carrier, main_host;
static const swap_form *form;
static int num_visits;

static void partner_entry(void) {
  for (;;) {
    num_visits++;
    form->swap(&partner, &host);
  }
}

static void visit_partner(void) { form->swap(&host, &partner); }

CTX_TEST(HostPlace, IsLeftOnAnotherStackThanBefore) {
  FOR_EACH_SWAP_FORM(each) {
    form = each;
    ctx_test_note("%s", form->name);
    num_visits = 0;
    host = main_host = (ctx_context){0};
    ASSERT_EQ(CTX_OK, ctx_init(&partner, partner_stack, STACK_SIZE, partner_entry, CTX_NO_ARGS));
    ASSERT_EQ(CTX_OK, ctx_init(&carrier, carrier_stack, STACK_SIZE, visit_partner, CTX_NO_ARGS));
    visit_partner(); /* on the thread's stack, far from the program */
    ctx_swap(&main_host, &carrier);
    EXPECT_TRUE(ctx_has_returned(&carrier));
    EXPECT_EQ(NUM_VISITS, num_visits);
  }
}
