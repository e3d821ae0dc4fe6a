/* The checked build (CTX_CHECKED) watches the order of events in a context's life. A fault stops
 * the program with one line, "ctx: FUNCTION: context ADDRESS FAULT". In other builds these
 * functions are empty. instrument.c calls them, which keeps the states, and ctx/context does.
 * checked_stacks.h has those for ctx/stack. Async-signal-safe, with about 1 KiB of stack. */
#ifndef CTX_WATCH_CHECKED_H_
#define CTX_WATCH_CHECKED_H_

#include "ctx/ctx.h"
#include "ctx/internal/attributes.h"
#include "ctx/internal/watched.h"

typedef enum ctx_watch_state {
  CTX_WATCH_NONE, /* zeroed */
  CTX_WATCH_FRESH,
  CTX_WATCH_SUSPENDED,
  CTX_WATCH_RUNNING,
  CTX_WATCH_LEFT,      /* by its own ctx_set, before it was ever suspended: there is no way back */
  CTX_WATCH_DISCARDED, /* by a signal's handler: nothing shows how far it had got */
  CTX_WATCH_RETURNED
} ctx_watch_state;

/* ctx_watch_here is where a thread is. */
typedef struct ctx_watch_here {
  const ctx_context *running;           /* it was resumed last; it may be gone */
  ctx_context *child;                   /* the child whose stack is in use; null: none */
  struct ctx_watched_stack_ *stack;     /* the stack that is in use */
  struct ctx_watched_stack_ *own_stack; /* the thread's own */
} ctx_watch_here;

#ifdef CTX_CHECKED

/* ---- Stopping ---- */

/* ctx_check_failed stops the program with such a line. */
CTX_HIDDEN void ctx_check_failed(const char *function, const ctx_context *context,
                                 const char *fault);

/* ctx_check_stack_failed does so for a stack: "ctx: FUNCTION: stack ADDRESS FAULT", and
 * ctx_check_pool_failed for a pool. */
CTX_HIDDEN void ctx_check_stack_failed(const char *function, const void *base, const char *fault);
CTX_HIDDEN void ctx_check_pool_failed(const char *function, const void *pool, const char *fault);

/* ---- Threads ---- */

/* ctx_check_this_thread returns the calling thread's number, which is not 0. */
CTX_HIDDEN uint32_t ctx_check_this_thread(void);

/* ctx_check_forked is called in a new process: its thread has another number. */
CTX_HIDDEN void ctx_check_forked(struct ctx_watched_stack_ *in_use);

/* ctx_check_is_others returns whether `thread` is another thread than this one, and lives. That is
 * an error wherever it is asked for: so the answer may take 0.1 s then (ctx_system_thread_ends). No
 * thread has the number 0. */
CTX_HIDDEN bool ctx_check_is_others(uint32_t thread);

/* ---- Switching ---- */

/* ctx_check_resumable checks that `to` can be resumed. */
CTX_HIDDEN void ctx_check_resumable(const char *function, const ctx_context *to,
                                    const ctx_watch_here *here);

/* ctx_check_from checks that `from` can be overwritten. */
CTX_HIDDEN void ctx_check_from(const char *function, const ctx_context *from,
                               const ctx_watch_here *here);

/* ctx_check_from_handler checks that a signal's handler may leave for `to`. */
CTX_HIDDEN void ctx_check_from_handler(const char *function, const ctx_context *to,
                                       const ctx_watch_here *here);

/* ctx_check_fp checks that the floating-point control words are those that `running` has
 * declared. */
CTX_HIDDEN void ctx_check_fp(const char *function, const ctx_context *running);

/* ctx_check_overflow checks that `child`, whose stack is in use, has not overflowed it. Null is
 * fine. */
CTX_HIDDEN void ctx_check_overflow(const char *function, const ctx_context *child);

/* ctx_check_room checks that there is room for a function on top of `to`. */
CTX_HIDDEN void ctx_check_room(const char *function, const ctx_context *to);

/* ctx_check_suspend notes that `from` is suspended on the stack in use. */
CTX_HIDDEN void ctx_check_suspend(ctx_context *from, const ctx_watch_here *here);

/* ctx_check_move notes that this thread has gone from one stack to another, or stayed. */
CTX_HIDDEN void ctx_check_move(struct ctx_watched_stack_ *left, struct ctx_watched_stack_ *to);

/* ctx_check_end_uses notes that what was suspended on a stack is lost, except `to`, which is about
 * to be resumed. Null: nothing is excepted. */
CTX_HIDDEN void ctx_check_end_uses(struct ctx_watched_stack_ *stack, const ctx_context *to);

/* ---- The life of a context ---- */

/* ctx_check_init checks that `child` can be initialised for this stack. It may be any memory. */
CTX_HIDDEN void ctx_check_init(const ctx_context *child, const void *stack, size_t stack_size,
                               const ctx_options *options, const ctx_watch_here *here);

/* ctx_check_values checks that none of these values lies on the stack, where init would overwrite
 * it before it is read. ctx_check_value does so for the bytes of one. */
CTX_HIDDEN void ctx_check_values(const ctx_context *child, const void *stack, size_t stack_size,
                                 const ctx_value *values, size_t num_values);
CTX_HIDDEN void ctx_check_value(const ctx_context *child, const void *stack, size_t stack_size,
                                const void *bytes, size_t num_bytes);

/* ctx_check_fresh begins to watch a context that init has written, with the fields for instrumented
 * builds. was_created: ctx_create has made it. */
CTX_HIDDEN void ctx_check_fresh(ctx_context *child, bool was_created);

/* ctx_check_entered is called when a fresh context has been resumed. */
CTX_HIDDEN void ctx_check_entered(ctx_context *child);

/* ctx_check_is_created returns whether there is a context that ctx_create has made. */
CTX_HIDDEN bool ctx_check_is_created(const ctx_context *child);

/* ctx_check_destroy checks that ctx_destroy may free it, and ends its life. */
CTX_HIDDEN void ctx_check_destroy(ctx_context *child, const ctx_watch_here *here);

/* ctx_check_result checks that this thread may read or clear the results of `child`. */
CTX_HIDDEN void ctx_check_result(const char *function, const ctx_context *child);

#else

#define ctx_check_failed(function, context, fault) ((void)(context))
#define ctx_check_stack_failed(function, base, fault) ((void)(base))
#define ctx_check_resumable(function, to, here) ((void)(function), (void)(here))
#define ctx_check_from(function, from, here) ((void)(here))
#define ctx_check_from_handler(function, to, here) ((void)(function), (void)(here))
#define ctx_check_fp(function, running) ((void)0)
#define ctx_check_overflow(function, child) ((void)0)
#define ctx_check_room(function, to) ((void)0)
#define ctx_check_suspend(from, here) ((void)(here))
#define ctx_check_move(left, to) ((void)0)
#define ctx_check_end_uses(stack, to) ((void)0)
#define ctx_check_init(child, stack, stack_size, options, here) ((void)(options), (void)(here))
#define ctx_check_values(child, stack, stack_size, values, num_values) ((void)0)
#define ctx_check_fresh(child, was_created) ((void)(was_created))
#define ctx_check_entered(child) ((void)0)
#define ctx_check_is_created(child) false
#define ctx_check_destroy(child, here) ((void)(here))
#define ctx_check_result(function, child) ((void)0)

#endif

#endif /* CTX_WATCH_CHECKED_H_ */
