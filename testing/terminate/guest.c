#include "testing/terminate/guest.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#include "testing/harness/harness.h"

void guest_signal_install(void (*handler)(int signal, siginfo_t *info, void *ucontext)) {
  struct sigaction action = {.sa_sigaction = handler,
                             .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART};
  sigemptyset(&action.sa_mask);
  if (sigaction(GUEST_SIGNAL, &action, NULL) != 0) abort();
}

void guest_init(guest *self, const ctx_options *options, void (*entry)(guest *self)) {
  static const ctx_options none = {.flags = CTX_FLAG_NO_SIGNAL_MASK};
  if (self->stack == NULL) self->stack = aligned_alloc(16, GUEST_STACK_SIZE);
  ASSERT_EQ(CTX_OK, ctx_init_with_options(&self->child, self->stack, GUEST_STACK_SIZE,
                                          options != NULL ? options : &none, CTX_ENTRY(entry),
                                          CTX_ARGS((void *)self)));
  self->handle = ctx_terminator_arm(&self->terminator, &self->child, &self->host, GUEST_SIGNAL);
}

_Noreturn void guest_spin(void) {
  for (;;) {
#if CTX_TEST_TSAN
    ctx_host_call_begin();
    ctx_host_call_end();
#else
    __asm__ volatile("");
#endif
  }
}

void await(const atomic_uint *value, unsigned least) {
  while (atomic_load(value) < least)
    sched_yield();
}

static _Thread_local pthread_t started;

void start_thread(void *(*function)(void *), void *data) {
  if (pthread_create(&started, NULL, function, data) != 0) abort();
}
void join_thread(void) {
  if (pthread_join(started, NULL) != 0) abort();
}
