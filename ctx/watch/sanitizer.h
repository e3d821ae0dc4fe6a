/* A tool that watches memory has to know of stacks: AddressSanitizer (asan.c), ThreadSanitizer
 * (tsan.c), MemorySanitizer (msan.c), or valgrind (valgrind.c). A build has one of them or none.
 * Each of those files defines all functions that are declared here, or is empty. instrument.c calls
 * them at the events of a context's life, and ctx/stack at those of a stack's. */
#ifndef CTX_WATCH_SANITIZER_H_
#define CTX_WATCH_SANITIZER_H_

#include "ctx/ctx.h"
#include "ctx/internal/attributes.h"
#include "ctx/internal/build.h"
#include "ctx/internal/watched.h"

/* ctx_watched_stack_.fate says what has become of the code that ran there last. */
enum {
  CTX_FATE_NONE,      /* it runs, or is suspended */
  CTX_FATE_DISCARDED, /* by ctx_set, or by a signal's handler */
  CTX_FATE_UNWINDING, /* all its frames have been unwound; its backstop callback runs */
  CTX_FATE_ENDED,     /* its entry has returned */
  CTX_FATE_UNWOUND    /* all its frames have been unwound, and it has ended */
};

#ifdef CTX_SANITIZED_

/* ctx_sanitizer_fresh_memory lets a stack be used afresh, or for something else: whatever an
 * earlier user has left there may be overwritten, and read. */
CTX_HIDDEN void ctx_sanitizer_fresh_memory(void *memory, size_t size);

/* ctx_sanitizer_values is called when init is about to read these values. */
CTX_HIDDEN void ctx_sanitizer_values(const ctx_value *values, size_t num_values);

/* ctx_sanitizer_fresh_context is called when init has written all of `child`, and its stack. */
CTX_HIDDEN void ctx_sanitizer_fresh_context(ctx_context *child);

/* ctx_sanitizer_forget forgets `stack`, whose context is initialised anew, or destroyed. If there
 * has never been a context, `stack` points to whatever was in memory. */
CTX_HIDDEN void ctx_sanitizer_forget(struct ctx_watched_stack_ *stack);

/* ctx_sanitizer_leave is called before the assembly switches from `from` to `to`. `from` is null if
 * whoever runs is left for good. */
CTX_HIDDEN void ctx_sanitizer_leave(ctx_context *from, const ctx_context *to);

/* ctx_sanitizer_arrive is called first of all when the assembly has switched to another stack, from
 * `left` to `to`. It alone reports the change. Nothing does before the switch, since a signal's
 * handler may go elsewhere at any of its instructions. Uninstrumented. */
CTX_HIDDEN void ctx_sanitizer_arrive(struct ctx_watched_stack_ *left,
                                     struct ctx_watched_stack_ *to);

/* ctx_sanitizer_unwind is called before frames on the stack in use are unwound. */
CTX_HIDDEN void ctx_sanitizer_unwind(const struct ctx_watched_stack_ *stack);

/* ctx_sanitizer_enter is called just before the assembly calls a context's entry, and
 * ctx_sanitizer_return just after the entry has returned. Nothing instrumented may be called
 * between these and the entry. */
CTX_HIDDEN void ctx_sanitizer_enter(void);
CTX_HIDDEN void ctx_sanitizer_return(ctx_context *child);

/* ---- For those files ---- */

/* Memory in which a context is initialised may hold anything. If it is sealed, it was a context
 * here before, and its `tool` is valid. */
static inline uint64_t ctx_watched_stack_seal_(const struct ctx_watched_stack_ *stack) {
  return UINT64_C(0x9d5b7e21c3a8f046) ^ (uintptr_t)stack ^ (uintptr_t)stack->tool;
}
static inline void ctx_watched_stack_set_tool(struct ctx_watched_stack_ *stack, void *tool) {
  stack->tool = tool;
  stack->seal = ctx_watched_stack_seal_(stack);
}
static inline bool ctx_watched_stack_is_sealed(const struct ctx_watched_stack_ *stack) {
  return stack->seal == ctx_watched_stack_seal_(stack);
}

#else

static inline void ctx_sanitizer_fresh_memory(void *memory, size_t size) {
  (void)memory, (void)size;
}
static inline void ctx_sanitizer_values(const ctx_value *values, size_t num_values) {
  (void)values, (void)num_values;
}
static inline void ctx_sanitizer_fresh_context(ctx_context *child) { (void)child; }
static inline void ctx_sanitizer_forget(struct ctx_watched_stack_ *stack) { (void)stack; }
static inline void ctx_sanitizer_leave(ctx_context *from, const ctx_context *to) {
  (void)from, (void)to;
}
static inline void ctx_sanitizer_arrive(struct ctx_watched_stack_ *left,
                                        struct ctx_watched_stack_ *to) {
  (void)left, (void)to;
}
static inline void ctx_sanitizer_unwind(const struct ctx_watched_stack_ *stack) { (void)stack; }
static inline void ctx_sanitizer_enter(void) {}
static inline void ctx_sanitizer_return(ctx_context *child) { (void)child; }

#endif

#endif /* CTX_WATCH_SANITIZER_H_ */
