/* The two ways out of a signal handler, and the handlers that take them. */
#ifndef CTX_TESTING_SIGNALS_LEAVE_H_
#define CTX_TESTING_SIGNALS_LEAVE_H_

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "ctx/ctx.h"

typedef struct way_out {
  const char *name;
  /* The last thing that a handler does; it may return or not, which comes to the same. */
  void (*leave)(void *ucontext, const ctx_context *to);
} way_out;

enum { NUM_WAYS_OUT = 2 };
extern const way_out ways_out[NUM_WAYS_OUT];

/* Runs a body once for each way out, under a note that names it. */
void for_each_way_out(void (*body)(const way_out *way));

typedef void (*signal_handler)(int signal, siginfo_t *info, void *ucontext);

/* handler_install makes `handler` that of `signal`, on a stack of its own (of the calling thread)
 * and with the signals of `blocked` (null: none) blocked beside its own. handler_uninstall undoes
 * the last one; there is one at a time. */
void handler_install(int signal, signal_handler handler, const sigset_t *blocked);
void handler_uninstall(void);

/* handler_blocks_what_it_says returns false where handlers run with other signals blocked than
 * sigaction was given: qemu-user 7.2 on riscv64 takes the mask from the eight bytes behind it. */
bool handler_blocks_what_it_says(void);

/* The calling thread's signal mask, and any other, as a number: bit 0 is signal 1. */
uint64_t mask_now(void);
uint64_t mask_bits(const sigset_t *mask);
void mask_set(uint64_t bits);
#define MASK_OF(signal) (UINT64_C(1) << ((signal)-1))

#endif /* CTX_TESTING_SIGNALS_LEAVE_H_ */
