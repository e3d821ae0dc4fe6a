/* The checked build stops at a programmer's error, with a line that names the function, the context
 * and the fault. */
#include <stdio.h>

#include "ctx/ctx.h"
#include "testing/arch/machine.h"
#include "testing/harness/harness.h"
#include "testing/switching/forms.h"

enum { STACK_SIZE = 32768 };
CTX_STACK(stack, STACK_SIZE);
CTX_STACK(other_stack, STACK_SIZE);

typedef struct world {
  ctx_context host;
  ctx_context child;
  ctx_context other;
} world;

#ifdef CTX_CHECKED
#define REQUIRE_CHECKED_BUILD \
  do {                        \
  } while (0)
#else
#define REQUIRE_CHECKED_BUILD CTX_SKIP("needs the checked build")
#endif

/* "ctx: FUNCTION: context ADDRESS FAULT" */
static const char *line(const char *function, const ctx_context *context, const char *fault) {
  static char text[256];
  snprintf(text, sizeof text, "ctx: %s: context 0x%016llx %s", function,
           (unsigned long long)(uintptr_t)context, fault);
  return text;
}

static void do_nothing(void) {}

CTX_TEST(Checked, ReturnedContextIsNotResumed) {
  REQUIRE_CHECKED_BUILD;
  FOR_EACH_SWAP_FORM(form) {
    ctx_test_note("%s", form->name);
    world w = {{0}, {0}, {0}};
    ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, STACK_SIZE, do_nothing, CTX_NO_ARGS));
    form->swap(&w.host, &w.child);
    CTX_EXPECT_DEATH(form->swap(&w.host, &w.child), line("ctx_swap", &w.child, "has returned"));
    CTX_EXPECT_DEATH(ctx_set(&w.child), line("ctx_set", &w.child, "has returned"));
  }
}

/* The child's parent runs: the child itself would be the one to resume it twice. */
static void swap_to_parents_parent(world *w) {
  ctx_context *running = &w->child;
  ctx_context zeroed = {0};
  ctx_swap(&zeroed, running);
}

CTX_TEST(Checked, RunningContextIsNotResumed) {
  REQUIRE_CHECKED_BUILD;
  world w = {{0}, {0}, {0}};
  ASSERT_EQ(CTX_OK,
            ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)swap_to_parents_parent, CTX_ARGS(&w)));
  CTX_EXPECT_DEATH(ctx_swap(&w.host, &w.child), line("ctx_swap", &w.child, "is running already"));
}

static void discard_itself(const ctx_context *to) { ctx_set(to); }

CTX_TEST(Checked, ContextThatHasDiscardedItselfIsNotResumed) {
  REQUIRE_CHECKED_BUILD;
  FOR_EACH_SWAP_FORM(form) {
    ctx_test_note("%s", form->name);
    world w = {{0}, {0}, {0}};
    ASSERT_EQ(CTX_OK,
              ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)discard_itself, CTX_ARGS(&w.host)));
    form->swap(&w.host, &w.child);
    CTX_EXPECT_DEATH(form->swap(&w.host, &w.child),
                     line("ctx_swap", &w.child, "was left before it was ever suspended"));
    CTX_EXPECT_DEATH(ctx_set(&w.child),
                     line("ctx_set", &w.child, "was left before it was ever suspended"));
  }
}

CTX_TEST(Checked, FromIsNotTo) {
  REQUIRE_CHECKED_BUILD;
  FOR_EACH_SWAP_FORM(form) {
    ctx_test_note("%s", form->name);
    world w = {{0}, {0}, {0}};
    ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, STACK_SIZE, do_nothing, CTX_NO_ARGS));
    CTX_EXPECT_DEATH(form->swap(&w.child, &w.child),
                     line("ctx_swap", &w.child, "is both where from and where to"));
  }
}

CTX_TEST(Checked, ContextThatWasNeverInitialisedIsNotResumed) {
  REQUIRE_CHECKED_BUILD;
  FOR_EACH_SWAP_FORM(form) {
    ctx_test_note("%s", form->name);
    world w = {{0}, {0}, {0}};
    CTX_EXPECT_DEATH(form->swap(&w.host, &w.other),
                     line("ctx_swap", &w.other, "was neither initialised nor switched from"));
    CTX_EXPECT_DEATH(ctx_set(&w.other),
                     line("ctx_set", &w.other, "was neither initialised nor switched from"));
  }
}

CTX_TEST(Checked, OverwrittenContextIsNotResumed) {
  REQUIRE_CHECKED_BUILD;
  world w = {{0}, {0}, {0}};
  unsigned char *bytes = (unsigned char *)&w.other;
  for (size_t i = 0; i < sizeof w.other; i++)
    bytes[i] = 0xa5;
  CTX_EXPECT_DEATH(ctx_swap(&w.host, &w.other), line("ctx_swap", &w.other, ""));
}

/* A change of control words is an error only where they are not saved. */
static void change_word_and_swap(world *w, size_t word) {
  machine_change_fp_word(word);
  ctx_swap(&w->child, &w->host);
}

CTX_TEST(Checked, ContextRunsUnderTheWordsThatItDeclared) {
  REQUIRE_CHECKED_BUILD;
  for (size_t word = 0; word < machine_num_fp_words; word++) {
    world w = {{0}, {0}, {0}};
    ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)change_word_and_swap,
                               CTX_ARGS(&w, word)));
    CTX_EXPECT_DEATH(ctx_swap(&w.host, &w.child),
                     line("ctx_swap", &w.child,
                          "runs under other floating-point control words than it declared"));
    ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)machine_change_fp_word,
                               CTX_ARGS(word)));
    CTX_EXPECT_DEATH(ctx_swap(&w.host, &w.child),
                     line("return of an entry", &w.child,
                          "runs under other floating-point control words than it declared"));
  }
}

CTX_TEST(Checked, HostRunsUnderTheWordsOfItsFirstSwap) {
  REQUIRE_CHECKED_BUILD;
  for (size_t word = 0; word < machine_num_fp_words; word++) {
    world w = {{0}, {0}, {0}};
    ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, STACK_SIZE, do_nothing, CTX_NO_ARGS));
    ctx_swap(&w.host, &w.child);
    ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, STACK_SIZE, do_nothing, CTX_NO_ARGS));
    CTX_EXPECT_DEATH(
        {
          machine_change_fp_word(word);
          ctx_swap(&w.host, &w.child);
        },
        line("ctx_swap", &w.host,
             "runs under other floating-point control words than it declared"));
  }
}

/* The parent is not there to return to: another has resumed it meanwhile, and it has ended. */
static void swap_to_other(world *w) { ctx_swap(&w->child, &w->other); }
static void go_home_then_return(world *w) { ctx_swap(&w->other, &w->host); }

CTX_TEST(Checked, ReturnIsToASuspendedParent) {
  REQUIRE_CHECKED_BUILD;
  world w = {{0}, {0}, {0}};
  ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)swap_to_other, CTX_ARGS(&w)));
  ASSERT_EQ(CTX_OK, ctx_init(&w.other, other_stack, STACK_SIZE, (ctx_entry)go_home_then_return,
                             CTX_ARGS(&w)));
  ctx_swap(&w.host, &w.child); /* other's parent is child */
  ctx_swap(&w.host, &w.child); /* resumed by the host, child ends */
  ASSERT_TRUE(ctx_has_returned(&w.child));
  CTX_EXPECT_DEATH(ctx_set(&w.other), line("return of an entry", &w.child, "has returned"));
}

/* Right programs are not stopped: init makes any context resumable again. */
CTX_TEST(Checked, InitialisedAgainAContextIsResumed) {
  world w = {{0}, {0}, {0}};
  for (int i = 0; i < 3; i++) {
    ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, STACK_SIZE, do_nothing, CTX_NO_ARGS));
    ctx_swap(&w.host, &w.child);
    EXPECT_TRUE(ctx_has_returned(&w.child));
  }
}

static void init_itself(world *w) {
  EXPECT_EQ(CTX_OK, ctx_init(&w->child, stack, STACK_SIZE, do_nothing, CTX_NO_ARGS));
}

CTX_TEST(Checked, RunningContextIsNotInitialised) {
  REQUIRE_CHECKED_BUILD;
  world w = {{0}, {0}, {0}};
  ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)init_itself, CTX_ARGS(&w)));
  CTX_EXPECT_DEATH(ctx_swap(&w.host, &w.child), line("ctx_init", &w.child, "is running"));
}

static void go_home(world *w) { ctx_swap(&w->child, &w->host); }

CTX_TEST(Checked, SuspendedContextDoesNotLoseItsPlace) {
  REQUIRE_CHECKED_BUILD;
  world w = {{0}, {0}, {0}};
  ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)go_home, CTX_ARGS(&w)));
  ASSERT_EQ(CTX_OK, ctx_init(&w.other, other_stack, STACK_SIZE, do_nothing, CTX_NO_ARGS));
  ctx_swap(&w.host, &w.child);
  CTX_EXPECT_DEATH(ctx_swap(&w.child, &w.other),
                   line("ctx_swap", &w.child, "is suspended elsewhere, and would lose its place"));
}

/* To swap from a context that has not run would forget what it was to run. */
static void swap_from_fresh(world *w) { ctx_swap(&w->other, &w->host); }

CTX_TEST(Checked, FreshContextIsNotSwappedFrom) {
  REQUIRE_CHECKED_BUILD;
  world w = {{0}, {0}, {0}};
  ASSERT_EQ(CTX_OK, ctx_init(&w.other, other_stack, STACK_SIZE, do_nothing, CTX_NO_ARGS));
  ASSERT_EQ(CTX_OK,
            ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)swap_from_fresh, CTX_ARGS(&w)));
  CTX_EXPECT_DEATH(ctx_swap(&w.host, &w.child),
                   line("ctx_swap", &w.other, "has not been entered, and would lose its start"));
}

static void destroy_itself(ctx_context **child) { ctx_destroy(*child); }

CTX_TEST(Checked, RunningContextIsNotDestroyed) {
  REQUIRE_CHECKED_BUILD;
  static ctx_context *child;
  ctx_context host = {0};
  ASSERT_EQ(CTX_OK,
            ctx_create(&child, stack, STACK_SIZE, (ctx_entry)destroy_itself, CTX_ARGS(&child)));
  CTX_EXPECT_DEATH(ctx_swap(&host, child), line("ctx_destroy", child, "is running"));
  ctx_destroy(child);
}
