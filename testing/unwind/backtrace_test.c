/* A backtrace that is taken on a child's stack goes on, behind the child's entry, in whoever
 * resumed it last: as a debugger, a profiler or an assertion's message would like it. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/unwind/sentinels.h"
#include "testing/unwind/swap_forms.h"
#include "testing/unwind/trace.h"

#define STACK_SIZE 65536

CTX_STACK(low_stack, STACK_SIZE);
CTX_STACK(high_stack, STACK_SIZE);

/* A case works with these, on one thread at a time. */
static const trace_unwinder *unwinder;
static trace last_trace;
static ctx_context host;
static ctx_context child;
static ctx_context grandchild;

/* Runs a body once for each unwinder and each form of swap. */
static void for_each_case(void (*body)(const swap_form *form)) {
  for (size_t u = 0; u < TRACE_NUM_UNWINDERS; u++) {
    unwinder = &trace_unwinders[u];
    if (!unwinder->is_there()) {
      fprintf(stderr, "[  SKIPPED ] without %s\n", unwinder->name);
      continue;
    }
    for (size_t f = 0; f < NUM_SWAP_FORMS; f++) {
      ctx_test_note("%s, %s", unwinder->name, swap_forms[f].name);
      host = (ctx_context){0};
      body(&swap_forms[f]);
    }
  }
  ctx_test_note(NULL);
}

/* Expects the last trace to be `begin`, then the frames of the form, then `end`. */
#define EXPECT_LAST_TRACE(begin, form, end)                                      \
  do {                                                                           \
    char pattern_[512];                                                          \
    snprintf(pattern_, sizeof pattern_, "%s %s %s", begin, (form)->frames, end); \
    EXPECT_TRACE(pattern_, &last_trace);                                         \
  } while (0)

TRACE_FRAME static void leaf(void) {
  unwinder->walk(&last_trace);
  TRACE_NO_TAIL_CALL;
}

static void init(ctx_context *context, char *stack, void (*entry)(void)) {
  EXPECT_EQ(CTX_OK, ctx_init(context, stack, STACK_SIZE, entry, CTX_NO_ARGS));
}

/* Two callers of a swap, to be distinguished in a trace. */
TRACE_FRAME static void first_resumer(const swap_form *form, ctx_context *from, ctx_context *to) {
  trace_with_sentinels(form->swap, from, to);
  TRACE_NO_TAIL_CALL;
}

TRACE_FRAME static void second_resumer(const swap_form *form, ctx_context *from, ctx_context *to) {
  trace_with_sentinels(form->swap, from, to);
  TRACE_NO_TAIL_CALL;
}

#define FIRST "trace_with_sentinels first_resumer ... main"
#define SECOND "trace_with_sentinels second_resumer ... main"

/* ---- One child ---- */

TRACE_FRAME static void child_entry(void) {
  leaf();
  TRACE_NO_TAIL_CALL;
}

static void one_child(const swap_form *form) {
  init(&child, low_stack, child_entry);
  first_resumer(form, &host, &child);
  EXPECT_LAST_TRACE("leaf child_entry ctx_asm_activate", form, FIRST);
  EXPECT_EQ(unwinder->sees_registers ? 1 : 0, last_trace.num_sentinels);
}
CTX_TEST(Backtrace, GoesFromTheChildOnToMain) { for_each_case(one_child); }

TRACE_FRAME static uint64_t entry_with_arguments(uint64_t a, double b, uint64_t c, uint64_t d,
                                                 uint64_t e, uint64_t f, uint64_t g, uint64_t h) {
  leaf();
  return a + (uint64_t)b + c + d + e + f + g + h;
}

static void one_child_with_arguments(const swap_form *form) {
  EXPECT_EQ(CTX_OK, ctx_init(&child, low_stack, STACK_SIZE, (ctx_entry)entry_with_arguments,
                             CTX_ARGS(1, 2.0, 3, 4, 5, 6, 7, 8)));
  first_resumer(form, &host, &child);
  EXPECT_LAST_TRACE("leaf entry_with_arguments ctx_asm_activate", form, FIRST);
  EXPECT_EQ(36, ctx_retval_u64(&child));
}
CTX_TEST(Backtrace, GoesThroughArgumentsInMemory) { for_each_case(one_child_with_arguments); }

/* The entry's first frame is all there is: only the return address is on the stack. */
static void leaf_is_entry(const swap_form *form) {
  init(&child, low_stack, leaf);
  first_resumer(form, &host, &child);
  EXPECT_LAST_TRACE("leaf ctx_asm_activate", form, FIRST);
}
CTX_TEST(Backtrace, GoesFromTheEntryItselfOnToMain) { for_each_case(leaf_is_entry); }

/* ---- Callbacks ---- */

TRACE_FRAME static void callback(void *data) {
  (void)data;
  leaf();
  TRACE_NO_TAIL_CALL;
}

static void nothing(void) {}

static void from_backstop(const swap_form *form) {
  EXPECT_EQ(CTX_OK, ctx_init_with_callback(&child, low_stack, STACK_SIZE, callback, NULL, nothing,
                                           CTX_NO_ARGS));
  first_resumer(form, &host, &child);
  EXPECT_LAST_TRACE("leaf callback ctx_asm_activate", form, FIRST);
}
CTX_TEST(Backtrace, GoesFromTheBackstopOnToMain) { for_each_case(from_backstop); }

static void from_activation(const swap_form *form) {
  ctx_options options = {.activation = callback};
  EXPECT_EQ(CTX_OK,
            ctx_init_with_options(&child, low_stack, STACK_SIZE, &options, nothing, CTX_NO_ARGS));
  first_resumer(form, &host, &child);
  EXPECT_LAST_TRACE("leaf callback ctx_asm_activate", form, FIRST);

  EXPECT_EQ(CTX_OK, ctx_init_with_options(&child, low_stack, STACK_SIZE, &options,
                                          (ctx_entry)entry_with_arguments,
                                          CTX_ARGS(1, 2.0, 3, 4, 5, 6, 7, 8)));
  first_resumer(form, &host, &child);
  EXPECT_LAST_TRACE("leaf entry_with_arguments ctx_asm_activate", form, FIRST);
}
CTX_TEST(Backtrace, GoesFromTheActivationOnToMain) { for_each_case(from_activation); }

/* ---- A child's child; stacks above and below each other ---- */

static const swap_form *inner_form;
static char *grandchild_stack;

TRACE_FRAME static void parent_entry(void) {
  init(&grandchild, grandchild_stack, child_entry);
  second_resumer(inner_form, &child, &grandchild);
  TRACE_NO_TAIL_CALL;
}

static void two_generations(const swap_form *form, char *stack, char *inner_stack) {
  grandchild_stack = inner_stack;
  for (size_t f = 0; f < NUM_SWAP_FORMS; f++) {
    inner_form = &swap_forms[f];
    init(&child, stack, parent_entry);
    first_resumer(form, &host, &child);
    char begin[256];
    snprintf(begin, sizeof begin,
             "leaf child_entry ctx_asm_activate %s trace_with_sentinels second_resumer "
             "parent_entry ctx_asm_activate",
             inner_form->frames);
    EXPECT_LAST_TRACE(begin, form, FIRST);
    EXPECT_EQ(unwinder->sees_registers ? 2 : 0, last_trace.num_sentinels);
  }
}

static void grandchild_above(const swap_form *form) {
  two_generations(form, low_stack, high_stack);
}
static void grandchild_below(const swap_form *form) {
  two_generations(form, high_stack, low_stack);
}
CTX_TEST(Backtrace, GoesThroughTwoGenerationsUpwards) { for_each_case(grandchild_above); }
CTX_TEST(Backtrace, GoesThroughTwoGenerationsDownwards) { for_each_case(grandchild_below); }

/* ---- Another resumer ---- */

TRACE_FRAME static void entry_that_comes_back(void) {
  leaf();
  ctx_swap(&child, &host);
  leaf();
  TRACE_NO_TAIL_CALL;
}

static void second_function(const swap_form *form) {
  init(&child, low_stack, entry_that_comes_back);
  first_resumer(form, &host, &child);
  EXPECT_LAST_TRACE("leaf entry_that_comes_back ctx_asm_activate", form, FIRST);
  second_resumer(form, &host, &child);
  EXPECT_LAST_TRACE("leaf entry_that_comes_back ctx_asm_activate", form, SECOND);
}
CTX_TEST(Backtrace, FollowsTheLastResumerInAnotherFunction) { for_each_case(second_function); }

TRACE_FRAME static void entry_that_resumes_child(void) {
  second_resumer(inner_form, &grandchild, &child);
  TRACE_NO_TAIL_CALL;
}

static void second_context(const swap_form *form) {
  inner_form = form;
  init(&child, low_stack, entry_that_comes_back);
  first_resumer(form, &host, &child);
  init(&grandchild, high_stack, entry_that_resumes_child);
  first_resumer(form, &host, &grandchild);
  EXPECT_TRUE(ctx_has_returned(&child));
  char begin[256];
  snprintf(begin, sizeof begin,
           "leaf entry_that_comes_back ctx_asm_activate %s trace_with_sentinels second_resumer "
           "entry_that_resumes_child ctx_asm_activate",
           form->frames);
  EXPECT_LAST_TRACE(begin, form, FIRST);
}
CTX_TEST(Backtrace, FollowsTheLastResumerInAnotherContext) { for_each_case(second_context); }

TRACE_FRAME static void *resume_on_thread(void *form) {
  static ctx_context thread_host;
  thread_host = (ctx_context){0};
  second_resumer(form, &thread_host, &child);
  return NULL;
}

static void second_thread(const swap_form *form) {
  init(&child, low_stack, entry_that_comes_back);
  first_resumer(form, &host, &child);
  pthread_t thread;
  /* The form is const; a thread's argument is not. */
  ASSERT_EQ(0, pthread_create(&thread, NULL, resume_on_thread, (void *)(uintptr_t)form));
  ASSERT_EQ(0, pthread_join(thread, NULL));
  EXPECT_TRUE(ctx_has_returned(&child));
  EXPECT_LAST_TRACE("leaf entry_that_comes_back ctx_asm_activate", form,
                    "trace_with_sentinels second_resumer resume_on_thread");
}
CTX_TEST(Backtrace, FollowsTheLastResumerOnAnotherThread) { for_each_case(second_thread); }

/* ---- No way leads to main ---- */

TRACE_FRAME static void entry_that_sets_host(void) {
  leaf();
  ctx_set(&host);
}

static void entry_that_sets_grandchild(void) { ctx_set(&grandchild); }

static void orphan(const swap_form *form) {
  init(&child, low_stack, entry_that_sets_grandchild);
  init(&grandchild, high_stack, entry_that_sets_host);
  first_resumer(form, &host, &child);
  EXPECT_TRACE("leaf entry_that_sets_host ctx_asm_activate ctx_asm_orphan $", &last_trace);
}
CTX_TEST(Backtrace, EndsInOrphanWhereNobodyHasSwapped) { for_each_case(orphan); }

/* Two children that swap to each other are each other's parents. The one that runs waits for
 * nobody, so the trace ends before it would come round. */
TRACE_FRAME static void ring_entry(void) {
  second_resumer(inner_form, &child, &grandchild);
  leaf();
  ctx_set(&host);
}

TRACE_FRAME static void ring_partner(void) {
  second_resumer(inner_form, &grandchild, &child);
  TRACE_NO_TAIL_CALL;
}

static void ring(const swap_form *form) {
  inner_form = form;
  init(&child, low_stack, ring_entry);
  init(&grandchild, high_stack, ring_partner);
  first_resumer(form, &host, &child);
  EXPECT_LAST_TRACE("leaf ring_entry ctx_asm_activate", form,
                    "trace_with_sentinels second_resumer ring_partner ctx_asm_activate "
                    "ctx_asm_orphan $");
}
CTX_TEST(Backtrace, EndsWhereARingComesRound) { for_each_case(ring); }
