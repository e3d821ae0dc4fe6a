/* The tests of termination share these: a guest with its terminator, guest code, and threads. */
#ifndef CTX_TESTING_TERMINATE_GUEST_H_
#define CTX_TESTING_TERMINATE_GUEST_H_

#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>

#include "ctx/ctx.h"
#include "ctx/terminator.h"

enum { GUEST_STACK_SIZE = 256 * 1024, GUEST_SIGNAL = SIGUSR1 };

typedef struct guest {
  ctx_terminator terminator;
  ctx_context child;
  ctx_context host;
  ctx_terminate_handle handle;
  char *stack;
} guest;

/* guest_signal_install gives the signal its handler, for all threads. */
void guest_signal_install(void (*handler)(int signal, siginfo_t *info, void *ucontext));

/* guest_init initialises and arms a guest that calls entry(self). It may have been used before. */
void guest_init(guest *self, const ctx_options *options, void (*entry)(guest *self));

/* guest_spin stays in guest code for ever. With ThreadSanitizer it goes into host calls, too, since
 * it is not interrupted there. */
_Noreturn void guest_spin(void);

/* guest_suspend goes to the host from within a host call. */
static inline void guest_suspend(guest *self) { ctx_yield(&self->child); }

/* await spins until *value is at least `least`. It calls nothing that takes a lock, so guest code
 * may be interrupted in it. */
void await(const atomic_uint *value, unsigned least);

/* start_thread runs function(data) on a thread, and join_thread waits for it. */
void start_thread(void *(*function)(void *), void *data);
void join_thread(void);

#endif /* CTX_TESTING_TERMINATE_GUEST_H_ */
