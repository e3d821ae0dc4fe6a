/* Whatever state a signal has interrupted the processor in, the context for which its handler is
 * left finds what it was promised: its own control words, an empty x87 stack, no exception that is
 * yet to come, and the direction flag clear. */
#include "testing/arch/x86_64_sysv/machine_state.h"

#include "ctx/ctx.h"
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
static void with_nothing_special(void) { __asm__ volatile("ud2"); }

static void with_direction_flag(void) { __asm__ volatile("std\n\tud2"); }

static void with_full_x87_stack(void) {
  __asm__ volatile("fld1\n\tfld1\n\tfld1\n\tfld1\n\tfld1\n\tfld1\n\tfld1\n\tfld1\n\tud2");
}

static void with_mmx_registers(void) {
  __asm__ volatile("pcmpeqd %%mm0, %%mm0\n\tud2" : : : "memory");
}

/* An unmasked exception, which is raised by the next x87 instruction that waits for it. */
static void with_pending_x87_exception(void) {
  const uint16_t zero_divide_unmasked = 0x37b;
  __asm__ volatile("fldcw %0\n\tfld1\n\tfldz\n\tfdivrp\n\tud2" : : "m"(zero_divide_unmasked));
}

static void with_other_control_words(void) {
  fp_control_set(0xffc0 & ~0x1000u, 0x0c7f);
  __asm__ volatile("ud2");
}

static const struct {
  const char *name;
  ctx_entry entry;
} interrupted[] = {
    {"nothing special", with_nothing_special},
    {"the direction flag", with_direction_flag},
    {"a full x87 stack", with_full_x87_stack},
    {"MMX registers", with_mmx_registers},
    {"a pending x87 exception", with_pending_x87_exception},
    {"other control words", with_other_control_words},
};

static const struct {
  uint32_t mxcsr;
  uint16_t x87_control;
} host_words[] = {
    {DEFAULT_MXCSR, DEFAULT_X87_CONTROL},
    {0x7f80, 0x0f7f}, /* towards zero */
    {0x1f80 | 0x8040, 0x027f},
};

/* The host has words of its own from before its first switch on; the child has the defaults. */
static void interrupt(ctx_entry entry, uint32_t mxcsr, uint16_t x87_control) {
  host = (ctx_context){0};
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, entry, CTX_NO_ARGS));
  handler_install(SIGILL, on_signal, NULL);
  fp_control_set(mxcsr, x87_control);
  ctx_swap(&host, &child);
  machine_state state = machine_state_now();
  fp_control_set(DEFAULT_MXCSR, DEFAULT_X87_CONTROL);
  handler_uninstall();

  EXPECT_EQ(mxcsr, state.mxcsr_control);
  EXPECT_EQ(x87_control, state.x87_control);
  EXPECT_EQ(0, state.x87_status);
  EXPECT_EQ(0xffff, state.x87_tags);
  EXPECT_EQ(0, state.direction_flag);
  EXPECT_FALSE(ctx_has_returned(&child));
}

static void interrupt_each(const way_out *way_of_case) {
  way = way_of_case;
  for (size_t i = 0; i < sizeof interrupted / sizeof interrupted[0]; i++) {
    for (size_t w = 0; w < sizeof host_words / sizeof host_words[0]; w++) {
      ctx_test_note("%s, %s, host's words %zu", way->name, interrupted[i].name, w);
      interrupt(interrupted[i].entry, host_words[w].mxcsr, host_words[w].x87_control);
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
  for (size_t i = 0; i < sizeof interrupted / sizeof interrupted[0]; i++) {
    ctx_test_note("%s, %s", way->name, interrupted[i].name);
    host = (ctx_context){0};
    ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, interrupted[i].entry, CTX_NO_ARGS));
    ASSERT_EQ(CTX_OK,
              ctx_init(&fresh, fresh_stack, STACK_SIZE, entry_that_reads_its_state, CTX_NO_ARGS));
    ctx_declare_fp_control(&fresh, 0x5f80, 0x0b7f);
    handler_install(SIGILL, on_signal_to_fresh, NULL);
    ctx_swap(&host, &child);
    machine_state state = machine_state_now();
    handler_uninstall();

    EXPECT_EQ(0x5f80, state_at_entry.mxcsr_control);
    EXPECT_EQ(0x0b7f, state_at_entry.x87_control);
    EXPECT_EQ(0, state_at_entry.x87_status);
    EXPECT_EQ(0xffff, state_at_entry.x87_tags);
    EXPECT_EQ(0, state_at_entry.direction_flag);
    EXPECT_EQ(DEFAULT_MXCSR, state.mxcsr_control);
    EXPECT_EQ(DEFAULT_X87_CONTROL, state.x87_control);
  }
}

CTX_TEST(MachineState, OfAFreshContextIsAsDeclaredAfterASignal) {
  for_each_way_out(leave_for_fresh);
}
