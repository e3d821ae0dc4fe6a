/* Whatever state a signal has interrupted the processor in, the context for which its handler is
 * left finds what it was promised: its own control word. */
#include "testing/arch/riscv64_lp64d/machine_state.h"

#include "ctx/ctx.h"
#include "testing/arch/riscv64_lp64d/registers.h"
#include "testing/harness/harness.h"
#include "testing/signals/leave.h"

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

/* Each ends in an instruction that raises SIGILL. */
static void with_nothing_special(void) { __asm__ volatile("unimp"); }

static void with_another_control_word(void) {
  fp_control_set(CTX_TEST_FRM_UP);
  __asm__ volatile("unimp");
}

static void with_status_flags(void) { __asm__ volatile("fsflagsi 0x1f\n\tunimp"); }

static const struct {
  const char *name;
  ctx_entry entry;
} interrupted[] = {
    {"nothing special", with_nothing_special},
    {"another control word", with_another_control_word},
    {"status flags", with_status_flags},
};

static const uint64_t host_words[] = {DEFAULT_FRM, CTX_TEST_FRM_TOWARDS_ZERO, CTX_TEST_FRM_DOWN};

/* The host has a word of its own from before its first switch on; the child has the default. */
static void interrupt(ctx_entry entry, uint64_t frm) {
  host = (ctx_context){0};
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, entry, CTX_NO_ARGS));
  handler_install(SIGILL, on_signal, NULL);
  fp_control_set(frm);
  ctx_swap(&host, &child);
  uint64_t found = machine_state_now();
  fp_control_set(DEFAULT_FRM);
  handler_uninstall();

  EXPECT_EQ(frm, found);
  EXPECT_FALSE(ctx_has_returned(&child));
}

static void interrupt_each(const way_out *way_of_case) {
  way = way_of_case;
  for (size_t i = 0; i < sizeof interrupted / sizeof interrupted[0]; i++) {
    for (size_t w = 0; w < sizeof host_words / sizeof host_words[0]; w++) {
      ctx_test_note("%s, %s, host's word %zu", way->name, interrupted[i].name, w);
      interrupt(interrupted[i].entry, host_words[w]);
    }
  }
}

CTX_TEST(MachineState, IsAsPromisedAfterASignal) { for_each_way_out(interrupt_each); }

/* A fresh context finds its word too, the one that it declared. */
static uint64_t state_at_entry;

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
  for (size_t i = 0; i < sizeof interrupted / sizeof interrupted[0]; i++) {
    ctx_test_note("%s, %s", way->name, interrupted[i].name);
    host = (ctx_context){0};
    ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, interrupted[i].entry, CTX_NO_ARGS));
    ASSERT_EQ(CTX_OK,
              ctx_init(&fresh, fresh_stack, STACK_SIZE, entry_that_reads_its_state, CTX_NO_ARGS));
    ctx_declare_fp_control(&fresh, CTX_TEST_FRM_UP);
    handler_install(SIGILL, on_signal_to_fresh, NULL);
    ctx_swap(&host, &child);
    uint64_t found = machine_state_now();
    handler_uninstall();

    EXPECT_EQ(CTX_TEST_FRM_UP, state_at_entry);
    EXPECT_EQ(DEFAULT_FRM, found);
  }
}

CTX_TEST(MachineState, OfAFreshContextIsAsDeclaredAfterASignal) {
  for_each_way_out(leave_for_fresh);
}
