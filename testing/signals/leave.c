#include "testing/signals/leave.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "testing/harness/harness.h"

static void leave_by_set(void *ucontext, const ctx_context *to) {
  (void)ucontext;
  EXPECT_EQ(CTX_OK, ctx_set_from_signal(to)); /* it came back, so it failed */
}

const way_out ways_out[NUM_WAYS_OUT] = {
    {"ctx_set_from_signal", leave_by_set},
    {"ctx_redirect_signal", ctx_redirect_signal},
};

void for_each_way_out(void (*body)(const way_out *way)) {
  for (size_t i = 0; i < NUM_WAYS_OUT; i++) {
    ctx_test_note("%s", ways_out[i].name);
    body(&ways_out[i]);
  }
  ctx_test_note(NULL);
}

static struct {
  int signal;
  struct sigaction old_action;
  stack_t old_stack;
} installed;

void handler_install(int signal, signal_handler handler, const sigset_t *blocked) {
  static char stack_memory[256 * 1024] __attribute__((aligned(16)));
  stack_t stack = {.ss_sp = stack_memory, .ss_size = sizeof stack_memory};
  struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  if (blocked != NULL) action.sa_mask = *blocked;
  installed.signal = signal;
  if (sigaltstack(&stack, &installed.old_stack) != 0) abort();
  if (sigaction(signal, &action, &installed.old_action) != 0) abort();
}

void handler_uninstall(void) {
  if (sigaction(installed.signal, &installed.old_action, NULL) != 0) abort();
  if (sigaltstack(&installed.old_stack, NULL) != 0) abort();
}

static volatile sig_atomic_t was_right;

static void see_mask(int signal, siginfo_t *info, void *ucontext) {
  (void)info;
  (void)ucontext;
  was_right = mask_now() == (MASK_OF(signal) | MASK_OF(SIGHUP));
}

bool handler_blocks_what_it_says(void) {
  if (!ctx_test_is_emulated()) return true;
  uint64_t mask = mask_now();
  sigset_t blocked;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGHUP);
  mask_set(0);
  handler_install(SIGUSR2, see_mask, &blocked);
  raise(SIGUSR2);
  handler_uninstall();
  mask_set(mask);
  return was_right;
}

uint64_t mask_bits(const sigset_t *mask) {
  uint64_t bits = 0;
  for (int signal = 1; signal <= 64; signal++) {
    if (sigismember(mask, signal) == 1) bits |= MASK_OF(signal);
  }
  return bits;
}

uint64_t mask_now(void) {
  sigset_t mask;
  if (pthread_sigmask(SIG_SETMASK, NULL, &mask) != 0) abort();
  return mask_bits(&mask);
}

void mask_set(uint64_t bits) {
  sigset_t mask;
  sigemptyset(&mask);
  for (int signal = 1; signal <= 64; signal++) {
    if ((bits & MASK_OF(signal)) != 0) sigaddset(&mask, signal);
  }
  if (pthread_sigmask(SIG_SETMASK, &mask, NULL) != 0) abort();
}
