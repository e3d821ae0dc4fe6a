/* A trace goes on from a child into its parent only while the parent waits for that child. Once
 * anything has resumed the parent, its old frames may be gone, and the trace ends at the child's
 * entry. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/unwind/sentinels.h"
#include "testing/unwind/swap_forms.h"
#include "testing/unwind/trace.h"

#define STACK_SIZE 65536

CTX_STACK(first_stack, STACK_SIZE);
CTX_STACK(second_stack, STACK_SIZE);
CTX_STACK(third_stack, STACK_SIZE);
CTX_STACK(other_stack, STACK_SIZE);
CTX_STACK(static_parent_stack, STACK_SIZE);

/* A case works with these, on one thread at a time. */
static const trace_unwinder *unwinder;
static const swap_form *form;       /* by which parents leave */
static const swap_form *yield_form; /* by which children yield */
static trace trace_of_first;
static trace trace_of_second;
static ctx_context host;
static ctx_context parent;
static ctx_context *first; /* the parent waits for it at first */
static ctx_context second; /* then for this one */
static ctx_context third;
static ctx_context other;

/* The lower half of its address is 0: where only that half of a wait is cleared, a trace takes the
 * parent to wait still. */
static void place_first(void) {
  const uintptr_t half = (uintptr_t)1 << 32;
  const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  char *reserved = mmap(NULL, half + STACK_SIZE, PROT_NONE, flags, -1, 0);
  ASSERT_TRUE(reserved != MAP_FAILED);
  first = (void *)(((uintptr_t)reserved + half - 1) & ~(half - 1));
  ASSERT_EQ(0, mprotect(first, sizeof *first, PROT_READ | PROT_WRITE));
}

/* Runs a body once for each unwinder and each form of a swap. */
static void for_each_case(void (*body)(void)) {
  if (first == NULL) place_first();
  for (size_t u = 0; u < TRACE_NUM_UNWINDERS; u++) {
    unwinder = &trace_unwinders[u];
    if (!unwinder->is_there()) {
      fprintf(stderr, "[  SKIPPED ] without %s\n", unwinder->name);
      continue;
    }
    for (size_t f = 0; f < NUM_SWAP_FORMS; f++) {
      ctx_test_note("%s, %s", unwinder->name, swap_forms[f].name);
      form = &swap_forms[f];
      yield_form = &yield_forms[f];
      host = (ctx_context){0};
      memset(&trace_of_first, 0, sizeof trace_of_first);
      memset(&trace_of_second, 0, sizeof trace_of_second);
      body();
    }
  }
  ctx_test_note(NULL);
}

static void init(ctx_context *context, char *stack, void (*entry)(void)) {
  EXPECT_EQ(CTX_OK, ctx_init(context, stack, STACK_SIZE, entry, CTX_NO_ARGS));
}

TRACE_FRAME static void swap(ctx_context *from, ctx_context *to) {
  trace_with_sentinels(form->swap, from, to);
  TRACE_NO_TAIL_CALL;
}

TRACE_FRAME static void leaf(trace *out) {
  unwinder->walk(out);
  TRACE_NO_TAIL_CALL;
}

#define ENDS_AT_ITS_ENTRY "leaf first_entry ctx_asm_activate ctx_asm_orphan $"

/* ---- The parent is resumed by this and that ---- */

/* The last child to be resumed: by then the parent does not wait for it. */
TRACE_FRAME static void first_entry(void) {
  swap(first, &host);
  leaf(&trace_of_first);
  ctx_set(&host);
}

TRACE_FRAME static void second_entry(void) {
  leaf(&trace_of_second);
  ctx_set(first);
}

/* It has been a child of the parent before, and is resumed without becoming anybody else's. */
static bool third_yields;
static void third_entry(void) {
  swap(&third, &host);
  if (third_yields) yield_form->swap(&third, &parent);
}

static bool parent_swaps_again;
TRACE_FRAME static void parent_entry(void) {
  swap(&parent, &third);
  swap(&parent, first);
  /* Resumed, though not by the first child. */
  if (parent_swaps_again) swap(&parent, &second);
  ctx_set(first);
}

static void prepare(void) {
  init(&parent, static_parent_stack, parent_entry);
  init(first, first_stack, first_entry);
  init(&second, second_stack, second_entry);
  init(&third, third_stack, third_entry);
  swap(&host, &parent); /* which swaps to the third child */
  swap(&host, &parent); /* which swaps to the first */
}

/* Another child does it: the host waits for that one then, and not for the parent. */
static const ctx_context *goal;
static void sets_goal(void) { ctx_set(goal); }
static void resume_by(void (*entry)(void), const ctx_context *to) {
  init(&other, other_stack, entry);
  goal = to;
  swap(&host, &other);
}

static void (*resume_parent)(void);
static const char *trace_beyond_parent;

static void resumed(void) {
  char pattern[512];
  snprintf(pattern, sizeof pattern,
           "leaf second_entry ctx_asm_activate %s trace_with_sentinels swap parent_entry "
           "ctx_asm_activate %s",
           form->frames, trace_beyond_parent);
  parent_swaps_again = true;
  prepare();
  resume_parent();
  EXPECT_TRACE(ENDS_AT_ITS_ENTRY, &trace_of_first);
  EXPECT_TRACE(pattern, &trace_of_second);
  parent_swaps_again = false;
  memset(&trace_of_first, 0, sizeof trace_of_first);
  prepare();
  resume_parent();
  EXPECT_TRACE(ENDS_AT_ITS_ENTRY, &trace_of_first);
}

static void expect_ends(void (*by)(void), const char *beyond_parent) {
  resume_parent = by;
  trace_beyond_parent = beyond_parent;
  for_each_case(resumed);
}

static void by_swap(void) { swap(&host, &parent); }
CTX_TEST(Waits, TraceEndsOnceASwapHasResumedTheParent) { expect_ends(by_swap, "... main"); }

static void by_set(void) { resume_by(sets_goal, &parent); }
CTX_TEST(Waits, TraceEndsOnceASetHasResumedTheParent) { expect_ends(by_set, "ctx_asm_orphan $"); }

static void by_return(void) {
  third_yields = false;
  resume_by(sets_goal, &third);
}
CTX_TEST(Waits, TraceEndsOnceAReturnHasResumedTheParent) {
  expect_ends(by_return, "ctx_asm_orphan $");
}

static void by_yield(void) {
  third_yields = true;
  resume_by(sets_goal, &third);
}
CTX_TEST(Waits, TraceEndsOnceAYieldHasResumedTheParent) {
  expect_ends(by_yield, "ctx_asm_orphan $");
}

static bool handler_redirects;
static void on_signal(int signal, siginfo_t *info, void *interrupted) {
  (void)signal;
  (void)info;
  if (handler_redirects) {
    ctx_redirect_signal(interrupted, goal);
  } else {
    EXPECT_EQ(CTX_ERR_SIGNAL_MASK, ctx_set_from_signal(goal));
  }
}
static void raises(void) { raise(SIGUSR1); }

static void by_handler(void) {
  struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO};
  struct sigaction old_action;
  sigemptyset(&action.sa_mask);
  ASSERT_EQ(0, sigaction(SIGUSR1, &action, &old_action));
  resume_by(raises, &parent);
  ASSERT_EQ(0, sigaction(SIGUSR1, &old_action, NULL));
}
CTX_TEST(Waits, TraceEndsOnceAHandlerHasResumedTheParent) {
  handler_redirects = false;
  expect_ends(by_handler, "ctx_asm_orphan $");
}
CTX_TEST(Waits, TraceEndsOnceARedirectHasResumedTheParent) {
  handler_redirects = true;
  expect_ends(by_handler, "ctx_asm_orphan $");
}

/* ---- The parent is suspended by a yield, for nobody ---- */

TRACE_FRAME static void parent_that_yields(void) {
  swap(&parent, first);
  yield_form->swap(&parent, &host);
}

static void parent_yields(void) {
  init(&parent, static_parent_stack, parent_that_yields);
  init(first, first_stack, first_entry);
  swap(&host, &parent);
  swap(&host, &parent); /* it goes on, and yields */
  resume_by(sets_goal, first);
  EXPECT_TRACE(ENDS_AT_ITS_ENTRY, &trace_of_first);
}
CTX_TEST(Waits, TraceEndsOnceTheParentHasYielded) { for_each_case(parent_yields); }

/* ---- The parent's frames are gone ---- */

static void initialised_again(void) {
  prepare();
  init(&parent, static_parent_stack, parent_entry);
  resume_by(sets_goal, first);
  EXPECT_TRACE(ENDS_AT_ITS_ENTRY, &trace_of_first);
}
CTX_TEST(Waits, TraceEndsOnceTheParentIsInitialisedAgain) { for_each_case(initialised_again); }

static ctx_stack parent_stack;

static void *resume_parent_on_thread(void *unused) {
  (void)unused;
  ctx_context thread_host = {0};
  swap(&thread_host, &parent);
  EXPECT_TRUE(ctx_has_returned(&parent));
  ctx_stack_unmap(&parent_stack);
  return NULL;
}

static trace trace_before;

TRACE_FRAME static void child_whose_parent_is_stolen(void) {
  leaf(&trace_before);
  pthread_t thread;
  EXPECT_EQ(0, pthread_create(&thread, NULL, resume_parent_on_thread, NULL));
  EXPECT_EQ(0, pthread_join(thread, NULL));
  leaf(&trace_of_first);
  ctx_set(&host);
}

TRACE_FRAME static void parent_that_returns(void) {
  swap(&parent, first);
  TRACE_NO_TAIL_CALL;
}

static void stolen(void) {
  ASSERT_EQ(CTX_OK, ctx_stack_map(&parent_stack, STACK_SIZE));
  ASSERT_EQ(CTX_OK, ctx_init(&parent, parent_stack.base, parent_stack.size, parent_that_returns,
                             CTX_NO_ARGS));
  init(first, first_stack, child_whose_parent_is_stolen);
  swap(&host, &parent);
  EXPECT_TRACE(
      "leaf child_whose_parent_is_stolen ctx_asm_activate ... parent_that_returns "
      "ctx_asm_activate ... main",
      &trace_before);
  EXPECT_TRACE("leaf child_whose_parent_is_stolen ctx_asm_activate ctx_asm_orphan $",
               &trace_of_first);
}
CTX_TEST(Waits, TraceEndsOnceAnotherThreadHasEndedTheParent) { for_each_case(stolen); }

/* ---- Generators, each of which consumes the next ---- */

enum { DEPTH = 5 };
static char stacks[DEPTH][STACK_SIZE] __attribute__((aligned(16)));
static ctx_context generators[DEPTH];
static size_t num_traces;

/* A trace shows these from the generator of that depth on. */
static void append_frames(char *pattern, size_t size, size_t depth) {
  for (size_t i = depth + 1; i-- > 0;) {
    size_t length = strlen(pattern);
    snprintf(pattern + length, size - length,
             "generate ctx_asm_activate %s trace_with_sentinels swap ", form->frames);
  }
  size_t length = strlen(pattern);
  snprintf(pattern + length, size - length, "consume_all ... main");
}

static void expect_truth(size_t depth) {
  char pattern[2048] = "leaf ";
  append_frames(pattern, sizeof pattern, depth);
  EXPECT_TRACE(pattern, &trace_of_first);
  num_traces++;
}

TRACE_FRAME static void generate(size_t depth) {
  ctx_context *self = &generators[depth];
  if (depth + 1 < DEPTH) {
    EXPECT_EQ(CTX_OK, ctx_init(&generators[depth + 1], stacks[depth + 1], STACK_SIZE,
                               (ctx_entry)generate, CTX_ARGS(depth + 1)));
  }
  for (int i = 0; i < 2; i++) {
    leaf(&trace_of_first);
    expect_truth(depth);
    if (depth + 1 < DEPTH) swap(self, &generators[depth + 1]);
    leaf(&trace_of_first);
    expect_truth(depth);
    yield_form->swap(self, ctx_parent(self));
  }
}

TRACE_FRAME static void consume_all(void) {
  EXPECT_EQ(CTX_OK, ctx_init(&generators[0], stacks[0], STACK_SIZE, (ctx_entry)generate,
                             CTX_ARGS((size_t)0)));
  while (!ctx_has_returned(&generators[0]))
    swap(&host, &generators[0]);
  TRACE_NO_TAIL_CALL;
}

static void nested(void) {
  num_traces = 0;
  consume_all();
  EXPECT_EQ(4 * DEPTH, num_traces);
}
CTX_TEST(Waits, TracesOfGeneratorsShowEachThatConsumes) { for_each_case(nested); }
