/* A resumed context learns who was left for it, in every form of swap. */
#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/harness/registers.h"
#include "testing/switching/forms.h"

enum { STACK_SIZE = 32768 };
CTX_STACK(stack_a, STACK_SIZE);
CTX_STACK(stack_b, STACK_SIZE);

typedef struct world {
  ctx_context hosts[2]; /* all-zero */
  ctx_context a;
  ctx_context b;
  const swap_form *form; /* by which children leave */
  ctx_context *seen[4];  /* a's resumers */
} world;

/* Swaps with another number in every register that might be left as it is. */
static ctx_context *swap(const swap_form *form, ctx_context *from, ctx_context *to) {
  return (ctx_context *)(uintptr_t)ctx_test_call_with_volatile(
      UINT64_C(0x5a5a5a5a5a5a5a5a), (ctx_test_switch)(uintptr_t)form->swap_resumer, from, to);
}

/* Answers whoever resumes it. */
static void answer(world *w) {
  ctx_context *resumer = &w->hosts[0];
  for (int i = 0; i < 4; i++)
    w->seen[i] = resumer = swap(w->form, &w->a, resumer);
}

CTX_TEST(Resumer, IsWhoeverSwapped) {
  FOR_EACH_SWAP_FORM(out) FOR_EACH_SWAP_FORM(back) {
    ctx_test_note("host: %s, child: %s", out->name, back->name);
    world w = {.form = back};
    ASSERT_EQ(CTX_OK, ctx_init(&w.a, stack_a, STACK_SIZE, (ctx_entry)answer, CTX_ARGS(&w)));
    static const int order[] = {0, 1, 1, 0, 1};
    for (int i = 0; i < 5; i++)
      EXPECT_TRUE(swap(out, &w.hosts[order[i]], &w.a) == &w.a);
    for (int i = 0; i < 4; i++)
      EXPECT_TRUE(w.seen[i] == &w.hosts[order[i + 1]]);
    EXPECT_TRUE(ctx_has_returned(&w.a));
  }
}

/* The resumer is the one of several children that came back. */
static void swap_to_b(world *w) { w->form->swap(&w->a, &w->b); }
static void swap_to_host(world *w) { w->form->swap(&w->b, &w->hosts[0]); }

CTX_TEST(Resumer, IsNotWhoWasSwappedTo) {
  FOR_EACH_SWAP_FORM(out) FOR_EACH_SWAP_FORM(back) {
    ctx_test_note("host: %s, children: %s", out->name, back->name);
    world w = {.form = back};
    ASSERT_EQ(CTX_OK, ctx_init(&w.a, stack_a, STACK_SIZE, (ctx_entry)swap_to_b, CTX_ARGS(&w)));
    ASSERT_EQ(CTX_OK, ctx_init(&w.b, stack_b, STACK_SIZE, (ctx_entry)swap_to_host, CTX_ARGS(&w)));
    EXPECT_TRUE(swap(out, &w.hosts[0], &w.a) == &w.b);
    EXPECT_TRUE(swap(out, &w.hosts[0], &w.a) == &w.a);
    EXPECT_TRUE(swap(out, &w.hosts[0], &w.b) == &w.b);
  }
}

/* A child that has returned was left, too: after its callback, or where control words change. */
static long double return_at_once(void) { return 1; }
static void do_nothing(void *data) { (void)data; }

CTX_TEST(Resumer, IsTheChildThatHasReturned) {
  ctx_signature *signature = NULL;
  ASSERT_EQ(CTX_OK,
            ctx_signature_create(&signature, &ctx_type_long_double, NULL, 0, CTX_NOT_VARIADIC));
  static const ctx_options options[] = {
      {.flags = 0}, {.flags = CTX_FLAG_FP_SAVE}, {.backstop = do_nothing}};
  FOR_EACH_SWAP_FORM(form) for (int i = 0; i < 3; i++) {
    ctx_test_note("%s, options %d", form->name, i);
    world w = {.form = form};
    ASSERT_EQ(CTX_OK, ctx_init_signature(&w.a, stack_a, STACK_SIZE, &options[i],
                                         (ctx_entry)return_at_once, signature, NULL));
    EXPECT_TRUE(swap(form, &w.hosts[0], &w.a) == &w.a);
    EXPECT_TRUE(ctx_has_returned(&w.a));
  }
  ctx_signature_destroy(signature);
}

static void set_host(world *w) {
  (void)ctx_test_call_with_volatile(UINT64_C(0x5a5a5a5a5a5a5a5a),
                                    (ctx_test_switch)(uintptr_t)ctx_set, &w->hosts[0], NULL);
}

CTX_TEST(Resumer, IsNobodyAfterASet) {
  FOR_EACH_SWAP_FORM(form) {
    ctx_test_note("%s", form->name);
    world w = {.form = form};
    ASSERT_EQ(CTX_OK, ctx_init(&w.a, stack_a, STACK_SIZE, (ctx_entry)set_host, CTX_ARGS(&w)));
    EXPECT_TRUE(swap(form, &w.hosts[0], &w.a) == NULL);
  }
}
