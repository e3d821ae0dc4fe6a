/* ThreadSanitizer has a fiber for each context. To the sanitizer a fiber is a thread, with a clock
 * and a call stack of its own. A stack's `tool` is its fiber.
 *
 * A resumption orders two things: what the resumer did before it, and what the context does after
 * it. The one happens before the other, since one thread does both. Nothing else is ordered by it.
 * A context that goes on in another thread is ordered with its past by whatever handed it over,
 * such as a mutex. If nothing did, the sanitizer reports a race on the context itself.
 *
 * So each resumption makes one edge here, at the address of the stack, and the sanitizer's own
 * switch makes none. Its edges hang on the fiber's address: the next fiber there would inherit a
 * stranger's past. */
#include "ctx/internal/attributes.h"
#include "ctx/internal/build.h"
#include "ctx/internal/uninstrumented.h"
#include "ctx/internal/watched.h"
#include "ctx/watch/sanitizer.h"

#ifdef CTX_TSAN_

#include <pthread.h>

/* These are declared as in the sanitizer's own headers, which not every compiler's package has. */
void *__tsan_get_current_fiber(void);
void *__tsan_create_fiber(unsigned flags);
void __tsan_destroy_fiber(void *fiber);
void __tsan_switch_to_fiber(void *fiber, unsigned flags);
void __tsan_acquire(void *address);
void __tsan_release(void *address);
void __tsan_read8(void *address);
void __tsan_write8(void *address);

#define CTX_TSAN_SWITCH_NO_SYNC 1u

/* The sanitizer does not see what assembly reads and writes. */
static void ctx_tsan_reads(const void *field) { __tsan_read8((void *)(uintptr_t)field); }
static void ctx_tsan_writes(const void *field) { __tsan_write8((void *)(uintptr_t)field); }

void ctx_sanitizer_fresh_memory(void *memory, size_t size) { (void)memory, (void)size; }

void ctx_sanitizer_values(const ctx_value *values, size_t num_values) {
  (void)values, (void)num_values;
}

/* There is no fiber yet: a context that is never resumed needs none, and init allocates nothing. */
void ctx_sanitizer_fresh_context(ctx_context *child) {
  ctx_watched_stack_set_tool(&child->instrument.stack, NULL);
}

void ctx_sanitizer_leave(ctx_context *from, const ctx_context *to) {
  if (from != NULL) {
    ctx_tsan_writes(from);
    ctx_tsan_writes(&to->parent);
  }
  ctx_tsan_reads(to);
}

/* ---- Fibers of contexts that have ended ---- */

/* The sanitizer remembers each fiber that there ever was, in 250 bytes, and gcc 12 takes half a
 * millisecond to make one. So a fiber that has ended is used again, by a context that this thread
 * resumes for the first time later. All that the fiber's clock says happened before that, did. A
 * fiber that has not ended cannot be used again, since its call stack is not empty. */

enum { CTX_TSAN_MAX_SPARES = 64 };
static _Thread_local void *ctx_tsan_spares[CTX_TSAN_MAX_SPARES];
static _Thread_local size_t ctx_tsan_num_spares;
static pthread_key_t ctx_tsan_key;

static CTX_UNINSTRUMENTED void ctx_tsan_destroy_spares(void *unused) {
  (void)unused;
  while (ctx_tsan_num_spares > 0)
    __tsan_destroy_fiber(ctx_tsan_spares[--ctx_tsan_num_spares]);
}

static CTX_UNINSTRUMENTED void ctx_tsan_before_fork(void) { ctx_tsan_destroy_spares(NULL); }

/* Without a key the spares of threads that end are lost, and nothing else. To the sanitizer a
 * process that forks while it has fibers has threads, and is no longer watched in full. */
__attribute__((constructor)) static void ctx_tsan_watch_threads(void) {
  (void)pthread_key_create(&ctx_tsan_key, ctx_tsan_destroy_spares);
  (void)pthread_atfork(ctx_tsan_before_fork, NULL, NULL);
}

static CTX_NOINLINE CTX_UNINSTRUMENTED void *ctx_tsan_take_fiber(void) {
  if (ctx_tsan_num_spares == 0) return __tsan_create_fiber(0);
  return ctx_tsan_spares[--ctx_tsan_num_spares];
}

static CTX_NOINLINE CTX_UNINSTRUMENTED void ctx_tsan_give_fiber(void *fiber) {
  if (ctx_tsan_num_spares == CTX_TSAN_MAX_SPARES) {
    __tsan_destroy_fiber(fiber);
    return;
  }
  ctx_tsan_spares[ctx_tsan_num_spares++] = fiber;
  pthread_setspecific(ctx_tsan_key, ctx_tsan_spares);
}

/* ---- Switching ---- */

CTX_UNINSTRUMENTED void ctx_sanitizer_arrive(struct ctx_watched_stack_ *left,
                                             struct ctx_watched_stack_ *to) {
  /* A thread's own fiber is there already. */
  if (left->tool == NULL) left->tool = __tsan_get_current_fiber();
  if (to->tool == NULL) ctx_watched_stack_set_tool(to, ctx_tsan_take_fiber());
  __tsan_release(to);
  __tsan_switch_to_fiber(to->tool, CTX_TSAN_SWITCH_NO_SYNC);
  __tsan_acquire(to);
  if (left->fate < CTX_FATE_ENDED) return;
  /* Whoever unwinds does not tell the sanitizer which calls have ended. */
  if (left->fate == CTX_FATE_UNWOUND) {
    __tsan_destroy_fiber(left->tool);
  } else {
    ctx_tsan_give_fiber(left->tool);
  }
  ctx_watched_stack_set_tool(left, NULL);
}

/* Nothing else shows that a context which has not returned never will. One that is dropped, and
 * neither destroyed nor initialised again, leaks its fiber. */
CTX_UNINSTRUMENTED void ctx_sanitizer_forget(struct ctx_watched_stack_ *stack) {
  if (!ctx_watched_stack_is_sealed(stack) || stack->tool == NULL) return;
  __tsan_destroy_fiber(stack->tool);
  ctx_watched_stack_set_tool(stack, NULL);
}

void ctx_sanitizer_unwind(const struct ctx_watched_stack_ *stack) { (void)stack; }
void ctx_sanitizer_enter(void) {}

void ctx_sanitizer_return(ctx_context *child) {
  ctx_tsan_writes(&child->returned);
  ctx_tsan_writes(&child->retval_gp[0]);
}

#endif /* CTX_TSAN_ */
