/* The checked build (CTX_CHECKED) watches the order of events in a context's life. A fault stops
 * the program with one line, "ctx: FUNCTION: context ADDRESS FAULT". In other builds these
 * functions are empty. instrument.c calls them, which keeps the states, and ctx/stack does.
 * Async-signal-safe, with about 1 KiB of stack. */
#ifndef CTX_WATCH_CHECKED_H_
#define CTX_WATCH_CHECKED_H_

#include "ctx/ctx.h"
#include "ctx/internal/attributes.h"

typedef enum ctx_watch_state {
  CTX_WATCH_NONE, /* zeroed */
  CTX_WATCH_FRESH,
  CTX_WATCH_SUSPENDED,
  CTX_WATCH_RUNNING,
  CTX_WATCH_LEFT, /* by ctx_set or a signal, before it was ever suspended: there is no way back */
  CTX_WATCH_RETURNED
} ctx_watch_state;

#ifdef CTX_CHECKED

/* ctx_check_failed stops the program with such a line. */
CTX_HIDDEN void ctx_check_failed(const char *function, const ctx_context *context,
                                 const char *fault);

/* ctx_check_stack_failed does so for a stack: "ctx: FUNCTION: stack ADDRESS FAULT". */
CTX_HIDDEN void ctx_check_stack_failed(const char *function, const void *base, const char *fault);

/* ctx_check_resumable checks that `to` can be resumed. is_running: this thread resumed it last. */
CTX_HIDDEN void ctx_check_resumable(const char *function, const ctx_context *to, bool is_running);

/* ctx_check_from checks that `from` can be overwritten. is_owner: it is the child whose stack is in
 * use. */
CTX_HIDDEN void ctx_check_from(const char *function, const ctx_context *from, bool is_owner);

/* ctx_check_fp checks that the floating-point control words are those that `running` has
 * declared. */
CTX_HIDDEN void ctx_check_fp(const char *function, const ctx_context *running);

#else

static inline void ctx_check_failed(const char *function, const ctx_context *context,
                                    const char *fault) {
  (void)function, (void)context, (void)fault;
}
static inline void ctx_check_stack_failed(const char *function, const void *base,
                                          const char *fault) {
  (void)function, (void)base, (void)fault;
}
static inline void ctx_check_resumable(const char *function, const ctx_context *to,
                                       bool is_running) {
  (void)function, (void)to, (void)is_running;
}
static inline void ctx_check_from(const char *function, const ctx_context *from, bool is_owner) {
  (void)function, (void)from, (void)is_owner;
}
static inline void ctx_check_fp(const char *function, const ctx_context *running) {
  (void)function, (void)running;
}

#endif

#endif /* CTX_WATCH_CHECKED_H_ */
