/* Instrumented builds act at the events in a context's life. The checked build watches their order
 * (checked.h), and a sanitizer learns of stacks (sanitizer.h). In other builds the functions below
 * are empty, and ctx_swap and ctx_set are assembly. */
#ifndef CTX_WATCH_INSTRUMENT_H_
#define CTX_WATCH_INSTRUMENT_H_

#include "ctx/ctx.h"
#include "ctx/internal/attributes.h"
#include "ctx/internal/build.h"

#ifdef CTX_INSTRUMENTED_

/* ctx_instrument_values is called before init reads these values. */
CTX_HIDDEN void ctx_instrument_values(const ctx_value *values, size_t num_values);

/* ctx_instrument_fresh_stack is called before init writes to `child` and to its stack. `child` may
 * be anything, an abandoned context too. The stack may have abandoned frames. */
CTX_HIDDEN void ctx_instrument_fresh_stack(ctx_context *child, void *stack, size_t stack_size,
                                           const ctx_options *options);

/* ctx_instrument_fresh_context is called when init has written everything. It puts functions of its
 * own before the context's callbacks. */
CTX_HIDDEN void ctx_instrument_fresh_context(ctx_context *child, void *stack, size_t stack_size,
                                             const ctx_options *options);

/* ctx_instrument_redirect is called when a handler's return will leave what it interrupted for
 * `to`. */
CTX_HIDDEN void ctx_instrument_redirect(const ctx_context *to);

/* ctx_instrument_set_from_signal is called when a handler is about to leave for `to`. It returns
 * false, and has done nothing, if the system would refuse to set a signal mask. */
CTX_HIDDEN bool ctx_instrument_set_from_signal(const ctx_context *to);

/* ctx_instrument_cancel is called before a context that was never started is cancelled. */
CTX_HIDDEN void ctx_instrument_cancel(ctx_context *to);

/* ctx_instrument_ended is called when `child` has ended, by whatever: nothing will resume it. */
CTX_HIDDEN void ctx_instrument_ended(ctx_context *child);

/* ctx_instrument_backstop returns where the user's backstop callback is kept. */
CTX_HIDDEN ctx_callback *ctx_instrument_backstop(ctx_context *child);

/* ctx_instrument_unwind is called before frames of the running child are unwound. */
CTX_HIDDEN void ctx_instrument_unwind(void);

/* ctx_instrument_unwound is called when all frames of the running child have been unwound, up to
 * the root at this address. */
CTX_HIDDEN void ctx_instrument_unwound(uintptr_t root);

/* ctx_instrument_on_top is called on top of `to`, which a child that has ended was left for, before
 * frames there are unwound. Uninstrumented. */
CTX_HIDDEN void ctx_instrument_on_top(ctx_context *to);

/* ctx_instrument_created is called when ctx_create has made a context. */
CTX_HIDDEN void ctx_instrument_created(ctx_context *child);

/* ctx_instrument_destroy is called before the context is freed. */
CTX_HIDDEN void ctx_instrument_destroy(ctx_context *child);

#else

#define ctx_instrument_values(values, num_values) ((void)0)

static inline void ctx_instrument_fresh_stack(ctx_context *child, void *stack, size_t stack_size,
                                              const ctx_options *options) {
  (void)child, (void)stack, (void)stack_size, (void)options;
}
static inline void ctx_instrument_fresh_context(ctx_context *child, void *stack, size_t stack_size,
                                                const ctx_options *options) {
  (void)child, (void)stack, (void)stack_size, (void)options;
}
static inline void ctx_instrument_redirect(const ctx_context *to) { (void)to; }
static inline bool ctx_instrument_set_from_signal(const ctx_context *to) {
  (void)to;
  return true;
}
static inline void ctx_instrument_cancel(ctx_context *to) { (void)to; }
static inline void ctx_instrument_ended(ctx_context *child) { (void)child; }
static inline ctx_callback *ctx_instrument_backstop(ctx_context *child) { return &child->backstop; }
static inline void ctx_instrument_unwind(void) {}
static inline void ctx_instrument_unwound(uintptr_t root) { (void)root; }
static inline void ctx_instrument_on_top(ctx_context *to) { (void)to; }
static inline void ctx_instrument_created(ctx_context *child) { (void)child; }
static inline void ctx_instrument_destroy(ctx_context *child) { (void)child; }

#endif

#endif /* CTX_WATCH_INSTRUMENT_H_ */
