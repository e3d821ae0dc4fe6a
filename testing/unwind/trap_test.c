/* A context that has started goes on at a trap until it is suspended. Whoever resumes it is stopped
 * there, and finds the trap under a name. */
#include <signal.h>

#include "ctx/ctx.h"
#include "testing/arch/machine.h"
#include "testing/harness/harness.h"
#include "testing/unwind/swap_forms.h"
#include "testing/unwind/symbols.h"

enum { STACK_SIZE = 65536 };
CTX_STACK(stack, STACK_SIZE);

static ctx_context host, child;
static const char *trapped_in;

/* Looks up the byte before, as unwinders do: the trap is not the first thing of its function. */
static void on_trap(int signal, siginfo_t *info, void *interrupted) {
  (void)signal;
  (void)info;
  trapped_in = symbol_name(machine_program_counter(interrupted) - 1);
  ctx_redirect_signal(interrupted, &host);
}

static void leave_without_being_suspended(void) { ctx_set(&host); }
static void count(void *num_calls) { (*(int *)num_calls)++; }

static void resume_twice(const swap_form *form, const ctx_options *options) {
  host = (ctx_context){0};
  ASSERT_EQ(CTX_OK, ctx_init_with_options(&child, stack, STACK_SIZE, options,
                                          leave_without_being_suspended, CTX_NO_ARGS));
  form->swap(&host, &child);
  EXPECT_EQ(CTX_STATE_STARTED, ctx_state(&child));
  trapped_in = "";
  form->swap(&host, &child);
  EXPECT_STREQ("ctx_asm_orphan", trapped_in);
}

CTX_TEST(Trap, StopsWhoeverResumesWhatRuns) {
#ifdef CTX_CHECKED
  CTX_SKIP("the checked build stops there");
#endif
  struct sigaction action = {.sa_sigaction = on_trap, .sa_flags = SA_SIGINFO};
  struct sigaction old_action;
  sigemptyset(&action.sa_mask);
  ASSERT_EQ(0, sigaction(SIGILL, &action, &old_action));
  for (size_t i = 0; i < NUM_SWAP_FORMS; i++) {
    ctx_test_note("%s", swap_forms[i].name);
    static const ctx_options none;
    resume_twice(&swap_forms[i], &none);
    int num_calls = 0;
    const ctx_options activated = {.activation = count, .activation_data = &num_calls};
    resume_twice(&swap_forms[i], &activated);
    EXPECT_EQ(1, num_calls);
  }
  ASSERT_EQ(0, sigaction(SIGILL, &old_action, NULL));
}
