/* A context may be initialised again, whatever it was; nothing of its earlier life is left. */
#include <string.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/switching/forms.h"

enum { STACK_SIZE = 32768 };
CTX_STACK(stack, STACK_SIZE);
CTX_STACK(other_stack, STACK_SIZE);

typedef struct world {
  ctx_context host;
  ctx_context child;
  const swap_form *form;
  int num_callbacks;
  int num_activations;
} world;

static void count_call(void *num) { (*(int *)num)++; }

static uint64_t suspend_then_return(world *w, uint64_t result) {
  w->form->swap(&w->child, &w->host);
  return result;
}
static uint64_t return_now(uint64_t result) { return result; }
static double return_f64(double result) { return result; }

/* The life of a context before it is initialised anew. */
typedef enum earlier_life { GARBAGE, NEVER_STARTED, SUSPENDED, RETURNED, NUM_EARLIER_LIVES } life;

static void live(world *w, life earlier, const ctx_options *options) {
  if (earlier == GARBAGE) {
    memset(&w->child, 0xa5, sizeof w->child);
    return;
  }
  EXPECT_EQ(CTX_OK,
            ctx_init_with_options(&w->child, stack, STACK_SIZE, options,
                                  (ctx_entry)suspend_then_return, CTX_ARGS(w, UINT64_C(11))));
  if (earlier >= SUSPENDED) w->form->swap(&w->host, &w->child);
  if (earlier >= RETURNED) {
    w->form->swap(&w->host, &w->child);
    EXPECT_EQ(11, ctx_retval_u64(&w->child));
  }
}

static void each_life(const ctx_options *options, void (*check)(world *)) {
  FOR_EACH_SWAP_FORM(form) for (life earlier = GARBAGE; earlier < NUM_EARLIER_LIVES; earlier++) {
    ctx_test_note("%s, earlier life %d", form->name, (int)earlier);
    world w = {.form = form};
    ctx_options with_data = *options;
    with_data.backstop_data = &w.num_callbacks;
    with_data.activation_data = &w.num_activations;
    live(&w, earlier, &with_data);
    w.num_callbacks = w.num_activations = 0;
    check(&w);
  }
}

static void check_plain_life(world *w) {
  EXPECT_EQ(CTX_OK,
            ctx_init(&w->child, stack, STACK_SIZE, (ctx_entry)return_now, CTX_ARGS(UINT64_C(22))));
  EXPECT_FALSE(ctx_has_returned(&w->child));
  EXPECT_EQ(0, ctx_retval_u64(&w->child));
  w->form->swap(&w->host, &w->child);
  EXPECT_TRUE(ctx_has_returned(&w->child));
  EXPECT_EQ(22, ctx_retval_u64(&w->child));
  EXPECT_EQ(0, w->num_callbacks);
  EXPECT_EQ(0, w->num_activations);
}

CTX_TEST(InitAgain, WithoutCallbacksHasNone) {
  each_life(&(ctx_options){.backstop = count_call, .activation = count_call}, check_plain_life);
}

CTX_TEST(InitAgain, PlainAfterPlain) { each_life(&(ctx_options){.flags = 0}, check_plain_life); }

CTX_TEST(InitAgain, PlainAfterFpSave) {
  each_life(&(ctx_options){.flags = CTX_FLAG_FP_SAVE}, check_plain_life);
}

static void check_life_with_callback(world *w) {
  EXPECT_EQ(CTX_OK, ctx_init_with_callback(&w->child, other_stack, STACK_SIZE, count_call,
                                           &w->num_callbacks, (ctx_entry)suspend_then_return,
                                           CTX_ARGS(w, UINT64_C(33))));
  w->form->swap(&w->host, &w->child);
  EXPECT_FALSE(ctx_has_returned(&w->child));
  EXPECT_EQ(0, w->num_callbacks);
  w->form->swap(&w->host, &w->child);
  EXPECT_TRUE(ctx_has_returned(&w->child));
  EXPECT_EQ(33, ctx_retval_u64(&w->child));
  EXPECT_EQ(1, w->num_callbacks);
  EXPECT_EQ(0, w->num_activations);
}

CTX_TEST(InitAgain, WithACallbackWhereThereWasNone) {
  each_life(&(ctx_options){.flags = 0}, check_life_with_callback);
}

CTX_TEST(InitAgain, WithACallbackWhereThereWasAnother) {
  each_life(&(ctx_options){.backstop = count_call, .activation = count_call},
            check_life_with_callback);
}

static void check_floating_point_life(world *w) {
  EXPECT_EQ(CTX_OK, ctx_init(&w->child, stack, STACK_SIZE, (ctx_entry)return_f64, CTX_ARGS(-0.5)));
  w->form->swap(&w->host, &w->child);
  EXPECT_F64_EQ(-0.5, ctx_retval_f64(&w->child));
}

CTX_TEST(InitAgain, WithAnEntryOfAnotherType) {
  each_life(&(ctx_options){.flags = 0}, check_floating_point_life);
}
