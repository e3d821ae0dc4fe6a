/* What instrumented builds do at the events in a context's life: the checked build watches the
 * order of events, a sanitizer is told of stacks (ctx/sanitizer.h). In other builds nothing: the
 * functions below are empty, and ctx_swap and ctx_set are assembly. */
#ifndef CTX_WATCH_INSTRUMENT_H_
#define CTX_WATCH_INSTRUMENT_H_

#include "ctx/ctx.h"
#include "ctx/internal/attributes.h"
#include "ctx/internal/build.h"

#ifdef CTX_INSTRUMENTED_

/* Before init reads these values. */
CTX_HIDDEN void ctx_instrument_values(const ctx_value *values, size_t num_values);

/* Before init writes to `child`, which may be anything, a context that was abandoned too; and to a
 * stack, where frames may have been abandoned. */
CTX_HIDDEN void ctx_instrument_fresh_stack(ctx_context *child, void *stack, size_t stack_size);

/* When init has written everything. Puts itself before the context's callbacks. */
CTX_HIDDEN void ctx_instrument_fresh_context(ctx_context *child, void *stack, size_t stack_size,
                                             const ctx_options *options);

/* When the handler's return will leave the interrupted context for `to`. */
CTX_HIDDEN void ctx_instrument_redirect(const ctx_context *to);

/* Before the context is freed. */
CTX_HIDDEN void ctx_instrument_destroy(ctx_context *child);

#else

#define ctx_instrument_values(values, num_values) ((void)0)

static inline void ctx_instrument_fresh_stack(ctx_context *child, void *stack, size_t stack_size) {
  (void)child, (void)stack, (void)stack_size;
}
static inline void ctx_instrument_fresh_context(ctx_context *child, void *stack, size_t stack_size,
                                                const ctx_options *options) {
  (void)child, (void)stack, (void)stack_size, (void)options;
}
static inline void ctx_instrument_redirect(const ctx_context *to) { (void)to; }
static inline void ctx_instrument_destroy(ctx_context *child) { (void)child; }

#endif

#endif /* CTX_WATCH_INSTRUMENT_H_ */
