/* What instrumented builds do at the events in a context's life: the checked build watches the
 * order of events, AddressSanitizer is told which stack is in use. In other builds nothing: the
 * functions below are empty, and ctx_swap and ctx_set are assembly. */
#ifndef CTX_INSTRUMENT_H_
#define CTX_INSTRUMENT_H_

#include "ctx/ctx.h"

#ifdef CTX_INSTRUMENTED_

/* Before init writes to a stack, whose last user may have abandoned poisoned frames there. */
void ctx_instrument_fresh_stack(void *stack, size_t stack_size);

/* When init has written everything. Puts itself before the context's callbacks. */
void ctx_instrument_fresh_context(ctx_context *child, void *stack, size_t stack_size,
                                  const ctx_options *options);

/* When the handler's return will leave the interrupted context for `to`. */
void ctx_instrument_redirect(const ctx_context *to);

/* Before the context is freed. */
void ctx_instrument_destroy(const ctx_context *child);

/* A programmer's error: in the checked build, prints "ctx: FUNCTION: context ADDRESS FAULT" and
 * aborts. Async-signal-safe, with about 1 KiB of stack. */
void ctx_instrument_fault(const char *function, const ctx_context *context, const char *fault);

#else

static inline void ctx_instrument_fresh_stack(void *stack, size_t stack_size) {
  (void)stack, (void)stack_size;
}
static inline void ctx_instrument_fresh_context(ctx_context *child, void *stack, size_t stack_size,
                                                const ctx_options *options) {
  (void)child, (void)stack, (void)stack_size, (void)options;
}
static inline void ctx_instrument_redirect(const ctx_context *to) { (void)to; }
static inline void ctx_instrument_destroy(const ctx_context *child) { (void)child; }
static inline void ctx_instrument_fault(const char *function, const ctx_context *context,
                                        const char *fault) {
  (void)function, (void)context, (void)fault;
}

#endif

#endif /* CTX_INSTRUMENT_H_ */
