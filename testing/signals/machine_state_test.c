/* Whatever state a signal has interrupted the processor in, the context for which its handler is
 * left finds what it was promised: its own control words, and whatever else the architecture has.
 */
#include "ctx/ctx.h"
#include "testing/arch/arch.h"
#include "testing/harness/harness.h"
#include "testing/signals/leave.h"
#include CTX_TEST_ARCH(fp_words.h)
#include CTX_TEST_ARCH(interrupted.h)
#include CTX_TEST_ARCH(trap.h)

#define STACK_SIZE 65536

CTX_STACK(stack, STACK_SIZE);

static ctx_context host;
static ctx_context child;
static const way_out *way;

static void on_signal(int signal, siginfo_t *info, void *ucontext) {
  (void)signal;
  (void)info;
  way->leave(ucontext, &host);
}

static void with_nothing_special(void) { machine_trap(); }

static void with_other_control_words(void) {
  fp_set(fp_third);
  machine_trap();
}

static const struct {
  const char *name;
  ctx_entry entry;
} interrupted[] = {{"nothing special", with_nothing_special},
                   {"other control words", with_other_control_words},
#define ROW(name, entry) {name, entry},
                   FOR_EACH_INTERRUPTED_STATE(ROW)};
enum {
  NUM_INTERRUPTED = sizeof interrupted / sizeof interrupted[0],
  NUM_OTHERS = sizeof fp_others / sizeof fp_others[0]
};

static void expect_promised(machine_state state, fp_words words) {
  FP_EXPECT_EQ(words, machine_state_words(&state));
  expect_rest_of_state(&state);
}

/* The host has words of its own from before its first switch on; the child has the defaults. */
static void interrupt(ctx_entry entry, fp_words words) {
  host = (ctx_context){0};
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, entry, CTX_NO_ARGS));
  handler_install(SIGILL, on_signal, NULL);
  fp_set(words);
  ctx_swap(&host, &child);
  machine_state state = machine_state_now();
  fp_set(fp_usual);
  handler_uninstall();

  expect_promised(state, words);
  EXPECT_FALSE(ctx_has_returned(&child));
}

static void interrupt_each(const way_out *way_of_case) {
  way = way_of_case;
  for (size_t i = 0; i < NUM_INTERRUPTED; i++) {
    for (size_t w = 0; w <= NUM_OTHERS; w++) {
      ctx_test_note("%s, %s, host's words %zu", way->name, interrupted[i].name, w);
      interrupt(interrupted[i].entry, w == NUM_OTHERS ? fp_usual : fp_others[w]);
    }
  }
}

CTX_TEST(MachineState, IsAsPromisedAfterASignal) { for_each_way_out(interrupt_each); }

/* A fresh context finds its words too, those that it declared. */
static machine_state state_at_entry;

static void entry_that_reads_its_state(void) {
  state_at_entry = machine_state_now();
  ctx_set(&host);
}

static ctx_context fresh;
CTX_STACK(fresh_stack, STACK_SIZE);

static void on_signal_to_fresh(int signal, siginfo_t *info, void *ucontext) {
  (void)signal;
  (void)info;
  way->leave(ucontext, &fresh);
}

static void leave_for_fresh(const way_out *way_of_case) {
  way = way_of_case;
  for (size_t i = 0; i < NUM_INTERRUPTED; i++) {
    ctx_test_note("%s, %s", way->name, interrupted[i].name);
    host = (ctx_context){0};
    ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, interrupted[i].entry, CTX_NO_ARGS));
    ASSERT_EQ(CTX_OK,
              ctx_init(&fresh, fresh_stack, STACK_SIZE, entry_that_reads_its_state, CTX_NO_ARGS));
    fp_declare(&fresh, fp_others[0]);
    handler_install(SIGILL, on_signal_to_fresh, NULL);
    ctx_swap(&host, &child);
    machine_state state = machine_state_now();
    handler_uninstall();

    expect_promised(state_at_entry, fp_others[0]);
    expect_promised(state, fp_usual);
  }
}

CTX_TEST(MachineState, OfAFreshContextIsAsDeclaredAfterASignal) {
  for_each_way_out(leave_for_fresh);
}
