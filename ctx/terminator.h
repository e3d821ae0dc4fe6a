/* Termination of a running context from another thread: a guest that takes too long is stopped
 * where it stands, in the midst of code that knows nothing of it.
 *
 *     ctx_terminator terminator = {0};                       // runner, and every killer
 *     ctx_context host = {0};
 *     CTX_START(&guest, stack.base, stack.size, function, arguments...);
 *     ctx_terminate_handle handle = ctx_terminator_arm(&terminator, &guest, &host, SIGUSR1);
 *     give(handle);                                          // to killers
 *     ctx_terminator_swap(&terminator);                      // returns at the latest soon after:
 *                                                            //     ctx_terminate(handle);
 *
 * and once in the program, for the signal that the runners' threads do not use for anything else:
 *
 *     struct sigaction action = {.sa_sigaction = ctx_terminate_handle_signal,
 *                                .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART};
 *     sigaction(SIGUSR1, &action, NULL);
 *
 * GUEST CODE AND HOST CALLS
 *
 * From its first instruction on, a guest may be interrupted anywhere. It is dropped there: no
 * destructor runs, and a lock that it holds stays locked. So it must hold none. malloc and printf
 * take locks. What must not be cut lies between ctx_host_call_begin and ctx_host_call_end: a guest
 * that is to be terminated then ends at the latter.
 *
 * A guest may be suspended in a host call only (ctx_yield, or a swap to its host), and any thread
 * may resume it, by ctx_terminator_swap.
 *
 * What one is told and what becomes of the guest always agree:
 *     CTX_TERMINATE_CANCELLED  it never runs
 *     CTX_TERMINATE_REQUESTED  it ends, terminated: in guest code at once, in a host call at the
 *                              end of it, suspended when it is resumed and has ended its host call
 *     CTX_TERMINATE_ALREADY    another call was answered with one of these two
 *     CTX_TERMINATE_TOO_LATE   it had ended by itself
 * A signal may come late, when the thread has gone on to something else. It does nothing there.
 *
 * Nobody waits, and there are no locks: all of it rests on one word that is changed by
 * compare-and-exchange (ctx/context/terminator.c; testing/models/terminator.pml). */
#ifndef CTX_TERMINATOR_H_
#define CTX_TERMINATOR_H_

#include <stdbool.h>
#include <stdint.h>

#include "ctx/arch/arch.h"
#include "ctx/ctx.h"

#ifdef CTX_SUPPORTED_

#include <signal.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ctx_terminator is what killers know of a guest, which may change. Its fields are private.
 * All-zero bytes are a valid one, of a guest that has ended. It must not move while there are
 * handles of it. */
typedef struct ctx_terminator {
  uint64_t word;   /* atomic: generation << 8 | state */
  uint32_t thread; /* atomic: which one has resumed the guest last */
  int signal;      /* atomic */
  ctx_context *child;
  ctx_context *host;
  ctx_callback backstop; /* the user's */
  void *backstop_data;
} ctx_terminator;

/* ctx_terminate_handle is a value: it stands for one guest of a terminator. Copy it as you like. It
 * outlives the guest, but not the terminator. An all-zero one must not be used. */
typedef struct ctx_terminate_handle {
  ctx_terminator *terminator;
  uint64_t generation;
} ctx_terminate_handle;

/* ctx_terminate_result is what ctx_terminate answers: see the head of this file. */
typedef enum ctx_terminate_result {
  CTX_TERMINATE_CANCELLED,
  CTX_TERMINATE_REQUESTED,
  CTX_TERMINATE_ALREADY,
  CTX_TERMINATE_TOO_LATE
} ctx_terminate_result;

/* ctx_terminator_arm makes `terminator` that of `child`, which is fresh, and returns a handle for
 * killers. Older handles are CTX_TERMINATE_TOO_LATE from now on. `host` is the context in which the
 * runner waits for the child. It is the terminator's alone; different threads may use it, one
 * after another. `signal` is what a running guest is interrupted by, with
 * ctx_terminate_handle_signal for its handler. It is a standard one, since a real-time signal can
 * get lost when too many are pending.
 *
 * Callbacks of the child's options stay. The activation callback runs as guest code. The backstop
 * callback runs once the guest has ended by itself, so it cannot be interrupted; nor does it run if
 * the guest was terminated. (Arm puts a callback of its own before the latter, so that there is
 * nothing that a user could forget. ctx_terminator_swap does what belongs before the former.)
 *
 * The terminator, the child and the host are the caller's, and must live until the guest has ended.
 * Whoever owns the child may call this. Async-signal-safe.
 * REQUIRES: [arm-fresh] `child` is freshly initialised, and was not armed since; [arm-ended] the
 * terminator's former guest has ended, or nothing will resume it; [arm-signal] `signal` is not
 * blocked where guests run, handlers of other signals that come there block it, and its own handler
 * is ctx_terminate_handle_signal. */
ctx_terminate_handle ctx_terminator_arm(ctx_terminator *terminator, ctx_context *child,
                                        ctx_context *host, int signal);

/* ctx_terminator_swap resumes the child, on the calling thread, and returns when the child has been
 * suspended in a host call, or has ended. ctx_terminator_outcome_of says which. A child that ended
 * has one of these states (ctx_state) then: CTX_STATE_RETURNED, CTX_STATE_TERMINATED,
 * CTX_STATE_CANCELLED. A guest may be the host of another one, in a host call.
 *
 * It makes a system call (gettid).
 * REQUIRES: [terminator-swap] the child has not ended, and nothing else resumes it;
 * [terminator-leave] a guest goes to its host by nothing except its end, ctx_terminator_redirect,
 * and switches in a host call; as ctx_swap_with for the rest. */
void ctx_terminator_swap(ctx_terminator *terminator);

/* ctx_host_call_begin and ctx_host_call_end enclose a part of a guest that must not be interrupted.
 * They do not return if the guest is to be terminated: it ends here, and its host goes on. The
 * first of them does so before the host call, the second one after it.
 *
 * The thread that runs the guest calls them. Where no guest of a terminator runs, they do nothing.
 * REQUIRES: [host-call-pairs] they alternate: a host call has no other one in it, except a guest's
 * that it resumes. */
void ctx_host_call_begin(void);
void ctx_host_call_end(void);

/* ctx_terminate has the handle's guest terminated. It never waits: the guest may go on for a
 * moment. Any thread, several at a time; async-signal-safe; keeps errno. */
ctx_terminate_result ctx_terminate(ctx_terminate_handle handle);

/* ctx_terminate_handle_signal is the handler of the signal that ctx_terminator_arm was given, to be
 * installed with SA_SIGINFO | SA_ONSTACK | SA_RESTART. It interrupts a guest that is to be
 * terminated, and otherwise does nothing: so a handler of your own may call it, as its last act.
 * Without SA_ONSTACK it needs room on the guest's stack. Async-signal-safe; keeps errno.
 *
 * With ThreadSanitizer, which delivers signals late, it does nothing: a guest ends where it calls
 * one of the two above, or returns.
 *
 * It is declared where <signal.h> declares siginfo_t, which strict C (-std=c11 alone) does not. */
#ifdef SI_USER
void ctx_terminate_handle_signal(int signal, siginfo_t *info, void *ucontext);
#endif

/* ctx_terminator_redirect is for handlers of faults (SIGSEGV and so on). `ucontext` is the
 * handler's third argument. If guest code has caused the fault, this ends the guest: the handler's
 * return resumes the host, as by ctx_redirect_signal, and the result is true. The outcome is
 * CTX_TERMINATOR_TERMINATED if a killer was told so, otherwise CTX_TERMINATOR_FINISHED; ctx_state
 * is CTX_STATE_TERMINATED. The result is false in a host call, and where no guest runs: then
 * nothing has changed.
 *
 * (By ctx_redirect_signal alone a guest would be left that a killer still takes for a running one.)
 * Async-signal-safe.
 * REQUIRES: as ctx_redirect_signal. */
bool ctx_terminator_redirect(void *ucontext);

/* ctx_terminator_outcome says how a guest has ended. */
typedef enum ctx_terminator_outcome {
  CTX_TERMINATOR_ACTIVE,   /* it has not: nothing has resumed it yet, or it runs, or is suspended */
  CTX_TERMINATOR_FINISHED, /* by itself: its entry has returned, or a fault ended it */
  CTX_TERMINATOR_CANCELLED, /* before its first instruction */
  CTX_TERMINATOR_TERMINATED /* in the midst of it */
} ctx_terminator_outcome;

/* ctx_terminator_outcome_of returns the outcome of the last guest that `terminator` was armed for.
 * Any thread; async-signal-safe. The child, its stack and its results are the runner's until
 * ctx_terminator_swap has returned. */
ctx_terminator_outcome ctx_terminator_outcome_of(const ctx_terminator *terminator);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CTX_SUPPORTED_ */

#endif /* CTX_TERMINATOR_H_ */
