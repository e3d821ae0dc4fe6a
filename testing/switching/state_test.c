/* What a context is, and whose child, at each time of its life. */
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/switching/forms.h"

enum { STACK_SIZE = 32768 };
CTX_STACK(stack, STACK_SIZE);
CTX_STACK(other_stack, STACK_SIZE);

static ctx_context host;
static ctx_context child;
static ctx_context other;
static const swap_form *form;
static bool enters_by_set;

#define EXPECT_CHILD(state, parent)                                     \
  do {                                                                  \
    EXPECT_EQ(state, ctx_state(&child));                                \
    EXPECT_EQ(parent, ctx_parent(&child));                              \
    EXPECT_EQ((state) == CTX_STATE_RETURNED, ctx_has_returned(&child)); \
  } while (0)

#define FIRST_PARENT (enters_by_set ? NULL : &host)

static void callback_at_start(void *data) {
  (void)data;
  EXPECT_CHILD(CTX_STATE_STARTED, FIRST_PARENT);
}

static void callback_at_end(void *data) {
  (void)data;
  EXPECT_CHILD(CTX_STATE_RETURNED, &host);
}

static void live(uint64_t argument) {
  (void)argument;
  EXPECT_CHILD(CTX_STATE_STARTED, FIRST_PARENT);
  form->swap(&child, &host);
  EXPECT_CHILD(CTX_STATE_STARTED, &host);
}

static void enter_by_set(void) { ctx_set(&child); }

static const ctx_type *const one_vector[] = {&ctx_type_v128};

/* A child without arguments, with some, and with wide ones; without callbacks and with them. */
static void init_child(unsigned variant, const ctx_options *options) {
  static const char vector[16];
  ctx_signature *signature = NULL;
  switch (variant) {
    case 0:
      EXPECT_EQ(CTX_OK, ctx_init_with_options(&child, stack, STACK_SIZE, options, (ctx_entry)live,
                                              CTX_NO_ARGS));
      return;
    case 1:
      EXPECT_EQ(CTX_OK, ctx_init_with_options(&child, stack, STACK_SIZE, options, (ctx_entry)live,
                                              CTX_ARGS(1)));
      return;
    default:
      EXPECT_EQ(CTX_OK,
                ctx_signature_create(&signature, &ctx_type_void, one_vector, 1, CTX_NOT_VARIADIC));
      EXPECT_EQ(CTX_OK, ctx_init_signature(&child, stack, STACK_SIZE, options, (ctx_entry)live,
                                           signature, (const void *const[]){vector}));
      ctx_signature_destroy(signature);
  }
}

static void each_state(unsigned variant, const ctx_options *options) {
  host = (ctx_context){0};
  init_child(variant, options);
  EXPECT_CHILD(CTX_STATE_FRESH, NULL);
  if (enters_by_set) {
    EXPECT_EQ(CTX_OK, ctx_init(&other, other_stack, STACK_SIZE, enter_by_set, CTX_NO_ARGS));
    form->swap(&host, &other);
    EXPECT_EQ(CTX_STATE_STARTED, ctx_state(&other));
  } else {
    form->swap(&host, &child);
  }
  EXPECT_CHILD(CTX_STATE_STARTED, FIRST_PARENT);
  form->swap(&host, &child);
  EXPECT_CHILD(CTX_STATE_RETURNED, &host);
  EXPECT_EQ(CTX_STATE_HOST, ctx_state(&host));
  EXPECT_TRUE(ctx_parent(&host) == &child);
  init_child(variant, options);
  EXPECT_CHILD(CTX_STATE_FRESH, NULL);
}

CTX_TEST(State, FollowsTheLifeOfAContext) {
  static const ctx_options options[] = {
      {.flags = 0}, {.activation = callback_at_start, .backstop = callback_at_end}};
  FOR_EACH_SWAP_FORM(form_of_case) for (unsigned bits = 0; bits < 12; bits++) {
    form = form_of_case;
    enters_by_set = (bits & 1) != 0;
    ctx_test_note("%s, by set %u, callbacks %u, variant %u", form->name, bits & 1, bits >> 1 & 1,
                  bits >> 2);
    each_state(bits >> 2, &options[bits >> 1 & 1]);
  }
}

CTX_TEST(State, OfZeroedContextIsThatOfAHostWithoutParent) {
  host = (ctx_context){0};
  EXPECT_EQ(CTX_STATE_HOST, ctx_state(&host));
  EXPECT_TRUE(ctx_parent(&host) == NULL);
}

/* ---- A parent that is gone is not looked at ---- */

static void swap_to_child(ctx_context *self) { form->swap(self, &child); }
static void swap_to_host(void) { form->swap(&child, &host); }

CTX_TEST(State, ParentIsNamedWhenItIsGone) {
  FOR_EACH_SWAP_FORM(form_of_case) {
    form = form_of_case;
    ctx_test_note("%s", form->name);
    host = (ctx_context){0};
    ctx_context *gone =
        mmap(NULL, sizeof(ctx_context), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ASSERT_TRUE(gone != MAP_FAILED);
    ASSERT_EQ(CTX_OK,
              ctx_init(gone, other_stack, STACK_SIZE, (ctx_entry)swap_to_child, CTX_ARGS(gone)));
    ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, swap_to_host, CTX_NO_ARGS));
    form->swap(&host, gone);
    EXPECT_TRUE(ctx_parent(&child) == gone);
    ASSERT_EQ(0, munmap(gone, sizeof *gone));
    EXPECT_TRUE(ctx_parent(&child) == gone);
    EXPECT_EQ(CTX_STATE_STARTED, ctx_state(&child));
  }
}

/* A parent that has been initialised anew, and has started, is still the parent. */
static void expect_parents(void) { EXPECT_TRUE(ctx_parent(&child) == &other); }

CTX_TEST(State, ParentIsNamedWhenItHasStartedAnew) {
  form = swap_forms;
  host = (ctx_context){0};
  ASSERT_EQ(CTX_OK,
            ctx_init(&other, other_stack, STACK_SIZE, (ctx_entry)swap_to_child, CTX_ARGS(&other)));
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, swap_to_host, CTX_NO_ARGS));
  ctx_swap(&host, &other);
  ASSERT_EQ(CTX_OK, ctx_init(&other, other_stack, STACK_SIZE, expect_parents, CTX_NO_ARGS));
  ctx_swap(&host, &other);
  EXPECT_TRUE(ctx_has_returned(&other));
}

/* ---- A child that has started and was never suspended has no place to go on ---- */

static uint64_t num_starts;

static void start_and_leave(void) {
  num_starts++;
  ctx_set(&host);
}

static void resume_again(void) {
  form->swap(&host, &child);
  _exit((int)num_starts); /* it has started again */
}

CTX_TEST(State, ChildThatWasNeverSuspendedDoesNotStartAgain) {
  FOR_EACH_SWAP_FORM(form_of_case) {
    form = form_of_case;
    ctx_test_note("%s", form->name);
    host = (ctx_context){0};
    num_starts = 0;
    ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, start_and_leave, CTX_NO_ARGS));
    form->swap(&host, &child);
    EXPECT_EQ(1, num_starts);
    EXPECT_EQ(CTX_STATE_STARTED, ctx_state(&child));
#ifdef CTX_CHECKED
    CTX_EXPECT_DEATH(resume_again(), "before it was ever suspended");
#else
    CTX_EXPECT_KILLED(resume_again(), SIGILL);
#endif
  }
}
