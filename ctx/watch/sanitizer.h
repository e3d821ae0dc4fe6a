/* What a tool that watches memory has to be told of stacks: AddressSanitizer (asan.c),
 * ThreadSanitizer (tsan.c), MemorySanitizer (msan.c), or valgrind (valgrind.c). A build
 * has one of them or none; each of those files defines all functions that stand here, or is empty.
 * For instrument.c, which tells when what happens, and for stacks. */
#ifndef CTX_WATCH_SANITIZER_H_
#define CTX_WATCH_SANITIZER_H_

#include "ctx/ctx.h"
#include "ctx/internal/attributes.h"
#include "ctx/internal/build.h"
#include "ctx/internal/watched.h"

/* ctx_watched_stack.fate: what has become of the code that ran there last. */
enum {
  CTX_FATE_NONE,      /* it runs, or is suspended */
  CTX_FATE_DISCARDED, /* by ctx_set, or by a signal's handler */
  CTX_FATE_ENDED      /* its entry has returned */
};

#ifdef CTX_SANITIZED_

/* A stack is about to be used afresh, or for something else: whatever an earlier user has left
 * there may be overwritten, and read. */
CTX_HIDDEN void ctx_sanitizer_fresh_memory(void *memory, size_t size);

/* Init is about to read these values. */
CTX_HIDDEN void ctx_sanitizer_values(const ctx_value *values, size_t num_values);

/* Init has written all of `child`, and its stack. */
CTX_HIDDEN void ctx_sanitizer_fresh_context(ctx_context *child);

/* `stack` is to be forgotten: its context is initialised anew, or destroyed. It may be no such
 * thing, but what was in memory where a context has never been. */
CTX_HIDDEN void ctx_sanitizer_forget(struct ctx_watched_stack_ *stack);

/* The assembly is about to switch: from `from` (null: from whoever runs, for good) to `to`. */
CTX_HIDDEN void ctx_sanitizer_leave(ctx_context *from, const ctx_context *to);

/* The assembly has switched, to code on `to`, from code on `left`, which is another stack: the
 * first thing that happens there. Everything about the change is told here, and nothing before: a
 * signal's handler may go elsewhere at any instruction of a switch. Uninstrumented. */
CTX_HIDDEN void ctx_sanitizer_arrive(struct ctx_watched_stack_ *left,
                                     struct ctx_watched_stack_ *to);

/* The assembly is about to call a context's entry; and the entry has just returned. Nothing else
 * may be called in between that is instrumented. */
CTX_HIDDEN void ctx_sanitizer_enter(void);
CTX_HIDDEN void ctx_sanitizer_return(ctx_context *child);

/* ---- For those files --------------------------------------------------------------------------
 */

/* Memory in which a context is initialised may hold anything. If it is sealed, it was a context
 * here before, and what its `tool` says is true. */
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
static inline void ctx_sanitizer_enter(void) {}
static inline void ctx_sanitizer_return(ctx_context *child) { (void)child; }

#endif

#endif /* CTX_WATCH_SANITIZER_H_ */
