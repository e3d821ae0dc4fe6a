/* ctx_set leaves a context without suspending it, and goes back to where another was suspended
 * last. */
#include <signal.h>

#include "ctx/ctx.h"
#include "ctx/inline.h"
#include "testing/harness/harness.h"
#include "testing/switching/forms.h"
#include "testing/switching/trace.h"

enum { STACK_SIZE = 32768 };
CTX_STACK(stack_a, STACK_SIZE);
CTX_STACK(stack_b, STACK_SIZE);

typedef struct world {
  ctx_context host;
  ctx_context a;
  ctx_context b;
  trace trace;
  const swap_form *form;
} world;

static void leave_for_host(world *w) {
  trace_step(&w->trace, 'a');
  ctx_set(&w->host);
}

CTX_TEST(Set, ResumesAHostThatLeftByAnyForm) {
  FOR_EACH_SWAP_FORM(form) {
    ctx_test_note("%s", form->name);
    world w = {.form = form};
    ASSERT_EQ(CTX_OK, ctx_init(&w.a, stack_a, STACK_SIZE, (ctx_entry)leave_for_host, CTX_ARGS(&w)));
    form->swap(&w.host, &w.a);
    trace_step(&w.trace, '.');
    EXPECT_STREQ("a.", w.trace.text);
    EXPECT_FALSE(ctx_has_returned(&w.a));
  }
}

/* A context is suspended once, and resumed there any number of times: set discards what came after.
 * Its frames have to stand for that, and those of a function that swaps for others do not. So it
 * swaps itself, and all that changes is static. */
static world again;
static int num_resumed;

#define DEFINE_LEAVE_AGAIN(name, swap)         \
  static void name(void) {                     \
    trace_step(&again.trace, 'a');             \
    swap(&again.a, &again.host);               \
    num_resumed++;                             \
    trace_step(&again.trace, '+');             \
    if (num_resumed < 3) ctx_set(&again.host); \
  }
DEFINE_LEAVE_AGAIN(leave_again_callless, ctx_swap)
DEFINE_LEAVE_AGAIN(leave_again_inline, ctx_swap_inline)

static void expect_left_where_it_last_swapped(ctx_entry entry) {
  FOR_EACH_SWAP_FORM(form) {
    ctx_test_note("host: %s", form->name);
    again = (world){.form = form};
    num_resumed = 0;
    ASSERT_EQ(CTX_OK, ctx_init(&again.a, stack_a, STACK_SIZE, entry, CTX_NO_ARGS));
    for (int i = 0; i < 4; i++) {
      form->swap(&again.host, &again.a);
      trace_step(&again.trace, '.');
    }
    EXPECT_STREQ("a.+.+.+.", again.trace.text);
    EXPECT_TRUE(ctx_has_returned(&again.a));
  }
}

CTX_TEST(Set, LeavesAContextWhereItLastSwapped) {
#ifdef CTX_SWAP_IS_EXTERNAL_
  CTX_SKIP("ctx_swap is a function here: its frame does not stand after it has returned");
#endif
  expect_left_where_it_last_swapped(leave_again_callless);
  expect_left_where_it_last_swapped(leave_again_inline);
}

/* b is resumed by set: its parent stays the host, who swapped to it last. */
static void wait_for_set(world *w) {
  trace_step(&w->trace, 'b');
  w->form->swap(&w->b, &w->host);
  trace_step(&w->trace, 'B');
}
static void set_to_b(world *w) {
  trace_step(&w->trace, 'a');
  ctx_set(&w->b);
}

CTX_TEST(Set, ChangesNobodysParent) {
  FOR_EACH_SWAP_FORM(form) {
    ctx_test_note("%s", form->name);
    world w = {.form = form};
    ASSERT_EQ(CTX_OK, ctx_init(&w.a, stack_a, STACK_SIZE, (ctx_entry)set_to_b, CTX_ARGS(&w)));
    ASSERT_EQ(CTX_OK, ctx_init(&w.b, stack_b, STACK_SIZE, (ctx_entry)wait_for_set, CTX_ARGS(&w)));
    form->swap(&w.host, &w.b);
    trace_step(&w.trace, '.');
    /* The host is suspended anew here, and is b's parent from before. */
    form->swap(&w.host, &w.a);
    trace_step(&w.trace, '.');
    EXPECT_STREQ("b.aB.", w.trace.text);
    EXPECT_TRUE(ctx_has_returned(&w.b));
  }
}

static void go_home(world *w) {
  trace_step(&w->trace, 'b');
  w->form->swap(&w->b, &w->host);
}

CTX_TEST(Set, EntersAFreshContextWithItsArguments) {
  FOR_EACH_SWAP_FORM(form) {
    ctx_test_note("%s", form->name);
    world w = {.form = form};
    ASSERT_EQ(CTX_OK, ctx_init(&w.a, stack_a, STACK_SIZE, (ctx_entry)set_to_b, CTX_ARGS(&w)));
    ASSERT_EQ(CTX_OK, ctx_init(&w.b, stack_b, STACK_SIZE, (ctx_entry)go_home, CTX_ARGS(&w)));
    form->swap(&w.host, &w.a);
    trace_step(&w.trace, '.');
    EXPECT_STREQ("ab.", w.trace.text);
  }
}

/* A context entered by set that has been swapped to since has a parent like any other. */
CTX_TEST(Set, EntryThatWasSwappedToSinceMayReturn) {
  FOR_EACH_SWAP_FORM(form) {
    ctx_test_note("%s", form->name);
    world w = {.form = form};
    ASSERT_EQ(CTX_OK, ctx_init(&w.a, stack_a, STACK_SIZE, (ctx_entry)set_to_b, CTX_ARGS(&w)));
    ASSERT_EQ(CTX_OK, ctx_init(&w.b, stack_b, STACK_SIZE, (ctx_entry)go_home, CTX_ARGS(&w)));
    form->swap(&w.host, &w.a);
    form->swap(&w.host, &w.b);
    trace_step(&w.trace, '.');
    EXPECT_STREQ("ab.", w.trace.text);
    EXPECT_TRUE(ctx_has_returned(&w.b));
  }
}

static void return_without_parent(void) {}

CTX_TEST(Set, OrphanThatReturnsTraps) {
  world w = {.form = swap_forms};
  ASSERT_EQ(CTX_OK, ctx_init(&w.b, stack_b, STACK_SIZE, return_without_parent, CTX_NO_ARGS));
#ifdef CTX_CHECKED
  CTX_EXPECT_DEATH(ctx_set(&w.b), "has no parent");
#else
  CTX_EXPECT_KILLED(ctx_set(&w.b), SIGILL);
#endif
}

/* A parent from an earlier life is not a parent any more. */
CTX_TEST(Set, ParentIsForgottenByInit) {
  world w = {.form = swap_forms};
  ASSERT_EQ(CTX_OK, ctx_init(&w.b, stack_b, STACK_SIZE, return_without_parent, CTX_NO_ARGS));
  ctx_swap(&w.host, &w.b);
  ASSERT_EQ(CTX_OK, ctx_init(&w.b, stack_b, STACK_SIZE, return_without_parent, CTX_NO_ARGS));
#ifdef CTX_CHECKED
  CTX_EXPECT_DEATH(ctx_set(&w.b), "has no parent");
#else
  CTX_EXPECT_KILLED(ctx_set(&w.b), SIGILL);
#endif
}

/* A library that uses contexts knows nothing of the child that calls it: it has a host of its own
 * there, in a frame that is gone afterwards. That must not disturb what instrumented builds
 * remember. */
static void nothing(void) {}
static __attribute__((noinline)) void library_call(const swap_form *form) {
  ctx_context host_here = {0};
  ctx_context b;
  ASSERT_EQ(CTX_OK, ctx_init(&b, stack_b, STACK_SIZE, nothing, CTX_NO_ARGS));
  form->swap(&host_here, &b);
  EXPECT_TRUE(ctx_has_returned(&b));
}
static __attribute__((noinline)) uint64_t fill_frames(void) {
  volatile uint64_t words[256];
  for (size_t i = 0; i < 256; i++)
    words[i] = i;
  uint64_t sum = 0;
  for (size_t i = 0; i < 256; i++)
    sum += words[i];
  return sum;
}
static void call_library_and_leave(world *w) {
  library_call(w->form);
  EXPECT_EQ(255 * 128, fill_frames());
  trace_step(&w->trace, 'a');
  ctx_set(&w->host);
}

CTX_TEST(Set, LeavesAChildThatUsedAHostOfItsOwn) {
  FOR_EACH_SWAP_FORM(form) {
    ctx_test_note("%s", form->name);
    world w = {.form = form};
    for (int i = 0; i < 3; i++) {
      ASSERT_EQ(CTX_OK, ctx_init(&w.a, stack_a, STACK_SIZE, (ctx_entry)call_library_and_leave,
                                 CTX_ARGS(&w)));
      form->swap(&w.host, &w.a);
      library_call(form);
    }
    EXPECT_STREQ("aaa", w.trace.text);
  }
}
