/* ctx_swap and ctx_set of instrumented builds, and what these do before and after; see
 * instrument.h. Empty in other builds. */
#include "ctx/watch/instrument.h"

#include "ctx/internal/build.h"

#ifdef CTX_INSTRUMENTED_

#include <string.h>

#include "ctx/arch/arch.h"
#include CTX_ARCH_HEADER_(rest.h)
#include CTX_ARCH_HEADER_(routines.h)
#include "ctx/ctx.h"
#include "ctx/internal/attributes.h"
#include "ctx/internal/uninstrumented.h"
#include "ctx/internal/watched.h"
#include "ctx/system/system.h"
#include "ctx/watch/checked.h"
#include "ctx/watch/sanitizer.h"

#ifdef CTX_TSAN_
#include <setjmp.h>
#endif
#ifdef CTX_CHECKED
#include <pthread.h>
#endif

/* ---- Where this thread is ---- */

/* These are changed by whoever arrives, not by whoever leaves: a signal's handler may redirect the
 * thread in the middle of a switch. */

/* The context that was resumed last. It may be gone, so only its address is used. */
static _Thread_local const ctx_context *ctx_running;
/* The stack that is in use; null at first, for the thread's own. A host has no stack of its own:
 * its field `on` records where it was suspended. */
static _Thread_local struct ctx_watched_stack_ *ctx_stack_in_use;
static _Thread_local struct ctx_watched_stack_ ctx_thread_stack;

/* The context that a switch has begun to leave, until somebody arrives; null: none. Half of where
 * it was suspended before may be overwritten. */
static _Thread_local ctx_context *ctx_leaving;

/* Only functions that are not inlined touch thread-locals. Across a switch the thread may change,
 * and with it their addresses. */

static CTX_NOINLINE CTX_UNINSTRUMENTED struct ctx_watched_stack_ *ctx_this_stack(void) {
  return ctx_stack_in_use != NULL ? ctx_stack_in_use : &ctx_thread_stack;
}

/* The child whose stack is in use; null on the thread's own. */
static CTX_UNINSTRUMENTED ctx_context *ctx_this_child(void) {
  struct ctx_watched_stack_ *stack = ctx_this_stack();
  if (stack->is_childs == 0) return NULL;
  return (ctx_context *)(void *)((char *)stack - offsetof(ctx_context, instrument.stack));
}

#ifdef CTX_CHECKED

static CTX_NOINLINE ctx_watch_here ctx_here(void) {
  return (ctx_watch_here){.running = ctx_running,
                          .child = ctx_this_child(),
                          .stack = ctx_this_stack(),
                          .own_stack = &ctx_thread_stack};
}

static void ctx_after_fork(void) { ctx_check_forked(ctx_this_stack()); }
__attribute__((constructor)) static void ctx_watch_forks(void) {
  (void)pthread_atfork(NULL, NULL, ctx_after_fork);
}

#else

/* Its parts stay in registers. Otherwise it would be a local with an address, for which
 * AddressSanitizer makes a fake stack in every context. */
static inline __attribute__((always_inline)) ctx_watch_here ctx_here(void) {
  return (ctx_watch_here){.child = ctx_this_child(), .stack = ctx_this_stack()};
}

#endif

/* ---- Switching ---- */

static CTX_NOINLINE void ctx_leave(const char *function, ctx_context *from, const ctx_context *to) {
  if (from == to) ctx_check_failed(function, to, "is both where from and where to");
  const ctx_watch_here here = ctx_here();
  ctx_check_resumable(function, to, &here);
  ctx_check_from(function, from, &here);
  ctx_check_overflow(function, here.child);
  ctx_check_fp(function, from);
  ctx_sanitizer_leave(from, to);
  ctx_leaving = from;
  from->instrument.on = here.stack;
  ctx_check_suspend(from, &here);
  from->instrument.state = CTX_WATCH_SUSPENDED;
  from->instrument.suspended = 1;
}

CTX_NOINLINE void ctx_instrument_leave_(ctx_context *from, const ctx_context *to) {
  ctx_leave("ctx_swap", from, to);
}

CTX_NOINLINE void ctx_instrument_leave_to_parent_(ctx_context *self) {
  if (self != ctx_this_child()) ctx_check_failed("ctx_yield", self, "is not the child that runs");
  if (ctx_rest_is_no_parent(self->parent)) {
    ctx_check_failed("ctx_yield", self, "has no parent: nothing has swapped to it");
  }
  ctx_leave("ctx_yield", self, self->parent);
}

CTX_NOINLINE CTX_UNINSTRUMENTED void ctx_instrument_arrive_(ctx_context *arrived) {
  struct ctx_watched_stack_ *left = ctx_this_stack();
  struct ctx_watched_stack_ *to = arrived->instrument.on;
  if (left != to) ctx_sanitizer_arrive(left, to);
  ctx_stack_in_use = to;
  arrived->instrument.state = CTX_WATCH_RUNNING;
  ctx_running = arrived;
  ctx_check_move(left, to);
  ctx_leaving = NULL;
}

/* Discards whatever runs, for `to`. A child that runs is taken to be suspended where it was last,
 * if it ever was. A host is not touched, since it may no longer exist. */
static CTX_NOINLINE void ctx_discard(const char *function, const ctx_context *to) {
  const ctx_watch_here here = ctx_here();
  ctx_check_resumable(function, to, &here);
  ctx_check_overflow(function, here.child);
  ctx_sanitizer_leave(NULL, to);
  here.stack->fate = CTX_FATE_DISCARDED;
  if (here.child == NULL) return;
  here.child->instrument.state =
      here.child->instrument.suspended != 0 ? CTX_WATCH_SUSPENDED : CTX_WATCH_LEFT;
}

static void ctx_lose(ctx_context *context) {
  if (context == NULL || context->instrument.state == CTX_WATCH_RETURNED) return;
  context->instrument.state = CTX_WATCH_DISCARDED;
}

/* Discards whatever runs, by a signal's handler, for `to`. The signal may have come in the middle
 * of a switch, which had overwritten half of where a context was suspended last. So there is no way
 * back, neither to the child that runs nor to hosts on its stack. */
static CTX_NOINLINE void ctx_discard_interrupted(const char *function, const ctx_context *to) {
  const ctx_watch_here here = ctx_here();
  ctx_context *leaving = ctx_leaving;
  if (to == leaving) ctx_check_failed(function, to, "is in the middle of a switch");
  ctx_check_from_handler(function, to, &here);
  ctx_discard(function, to);
  ctx_lose(here.child);
  ctx_lose(leaving);
  ctx_check_end_uses(here.stack, to);
}

/* Defines a switch that is called. `leave_and_come_back` sets `resumer`, and `from` is who leaves.
 */
#ifdef CTX_TSAN_
/* Calls and a signal's handler that were discarded since `from` was suspended are still on the
 * sanitizer's call stack. A longjmp makes it forget them. */
#define CTX_SWITCH_AND_RETURN(from, leave_and_come_back)   \
  do {                                                     \
    jmp_buf place;                                         \
    ctx_context *volatile kept = NULL;                     \
    if (_setjmp(place) != 0) return kept;                  \
    ctx_context *resumer;                                  \
    leave_and_come_back;                                   \
    if (from->instrument.on->fate == CTX_FATE_DISCARDED) { \
      from->instrument.on->fate = CTX_FATE_NONE;           \
      kept = resumer;                                      \
      longjmp(place, 1);                                   \
    }                                                      \
    return resumer;                                        \
  } while (0)
#else
#define CTX_SWITCH_AND_RETURN(from, leave_and_come_back) \
  do {                                                   \
    ctx_context *resumer;                                \
    leave_and_come_back;                                 \
    return resumer;                                      \
  } while (0)
#endif

ctx_context *ctx_instrument_swap_(ctx_context *from, ctx_context *to) {
  CTX_SWITCH_AND_RETURN(from, CTX_SWAP_WATCHED_(from, to, resumer));
}
ctx_context *ctx_instrument_yield_(ctx_context *self) {
  CTX_SWITCH_AND_RETURN(self, CTX_YIELD_WATCHED_(self, resumer));
}

/* These are the functions for callers that take their addresses. */
ctx_context *ctx_swap_resumer(ctx_context *from, ctx_context *to) {
  return ctx_instrument_swap_(from, to);
}
void ctx_swap(ctx_context *from, ctx_context *to) { ctx_instrument_swap_(from, to); }
ctx_context *ctx_yield(ctx_context *self) { return ctx_instrument_yield_(self); }

/* ---- A function on top ---- */

typedef struct ctx_on_top_call {
  ctx_context *to;
  ctx_callback function;
  void *data;
} ctx_on_top_call;

/* ctx_on_top is what runs on top, in place of the user's function. `data` is a ctx_on_top_call on
 * the stack that was left, which something may resume soon. */
static CTX_UNINSTRUMENTED void ctx_on_top(void *data) {
  const ctx_on_top_call call = *(const ctx_on_top_call *)data;
  ctx_instrument_arrive_(call.to);
  ctx_sanitizer_enter(); /* the call comes from assembly, too */
  call.function(call.data);
}

static CTX_NOINLINE void ctx_leave_with(ctx_context *from, const ctx_on_top_call *call) {
  if (call->function == NULL) ctx_check_failed("ctx_swap_with", call->to, "is to run no function");
  ctx_leave("ctx_swap_with", from, call->to);
  ctx_check_room("ctx_swap_with", call->to);
}

static ctx_context *ctx_instrument_swap_with(ctx_context *from, const ctx_on_top_call *call) {
  CTX_SWITCH_AND_RETURN(from, {
    ctx_leave_with(from, call);
    ctx_asm_swap_with(from, call->to, ctx_on_top, (void *)(uintptr_t)call);
    ctx_instrument_arrive_(from);
    resumer = NULL; /* nobody asks */
  });
}

void ctx_swap_with(ctx_context *from, ctx_context *to, ctx_callback function, void *data) {
  const ctx_on_top_call call = {to, function, data};
  ctx_instrument_swap_with(from, &call);
}

/* ---- Setting ---- */

static CTX_NOINLINE bool ctx_is_leaving(void) { return ctx_leaving != NULL; }

/* A handler may also call it, whose signal came in the middle of a switch. */
void ctx_set(const ctx_context *to) {
  if (ctx_is_leaving()) {
    ctx_discard_interrupted("ctx_set", to);
  } else {
    ctx_discard("ctx_set", to);
  }
  ctx_asm_set(to);
}

bool ctx_instrument_set_from_signal(const ctx_context *to) {
  if (!ctx_system_signal_mask_can_be_set()) return false;
  ctx_discard_interrupted("ctx_set_from_signal", to);
  return true;
}

void ctx_instrument_redirect(const ctx_context *to) {
  ctx_discard_interrupted("ctx_redirect_signal", to);
}

/* ---- The life of a context ---- */

static void ctx_call_activation(const ctx_context *child) {
  if (child->instrument.activation != NULL) {
    child->instrument.activation(child->instrument.activation_data);
  }
}

/* ctx_first_entry is the activation callback of every context. Its data is the context. */
static CTX_UNINSTRUMENTED void ctx_first_entry(void *data) {
  ctx_context *child = data;
  ctx_instrument_arrive_(child);
  ctx_check_entered(child);
  ctx_sanitizer_enter();
  ctx_call_activation(child);
  ctx_sanitizer_enter();
}

/* Calls the user's callback after an entry has returned. Then makes the checks and reports that
 * come before the context is left. */
static CTX_NOINLINE void ctx_finish(ctx_context *child, void *users_data) {
  if (child->instrument.backstop != NULL) child->instrument.backstop(users_data);
  const ctx_context *parent = child->parent;
  if (ctx_rest_is_no_parent(parent)) {
    ctx_check_failed("return of an entry", child, "has no parent: nothing has swapped to it");
    return;
  }
  ctx_check_fp("return of an entry", child);
  const ctx_watch_here here = ctx_here();
  ctx_check_end_uses(&child->instrument.stack, NULL);
  ctx_check_resumable("return of an entry", parent, &here);
  ctx_check_overflow("return of an entry", child);
  ctx_sanitizer_leave(NULL, parent);
  child->instrument.state = CTX_WATCH_RETURNED;
  struct ctx_watched_stack_ *stack = &child->instrument.stack;
  stack->fate = stack->fate == CTX_FATE_UNWINDING ? CTX_FATE_UNWOUND : CTX_FATE_ENDED;
}

/* ctx_last_exit is the backstop callback of every context. */
static CTX_UNINSTRUMENTED void ctx_last_exit(void *users_data) {
  ctx_context *child = ctx_this_child();
  ctx_sanitizer_return(child);
  ctx_finish(child, users_data);
}

void ctx_instrument_values(const ctx_value *values, size_t num_values) {
  ctx_sanitizer_values(values, num_values);
}

void ctx_instrument_fresh_stack(ctx_context *child, void *stack, size_t stack_size,
                                const ctx_options *options) {
  const ctx_watch_here here = ctx_here();
  ctx_check_init(child, stack, stack_size, options, &here);
  ctx_sanitizer_forget(&child->instrument.stack);
  ctx_sanitizer_fresh_memory(stack, stack_size);
}

void ctx_instrument_fresh_context(ctx_context *child, void *stack, size_t stack_size,
                                  const ctx_options *options) {
  bool was_created = ctx_check_is_created(child);
  memset(&child->instrument, 0, sizeof child->instrument);
  child->instrument.stack.low = stack;
  child->instrument.stack.size = stack_size;
  child->instrument.stack.is_childs = 1;
  child->instrument.on = &child->instrument.stack;
  child->instrument.state = CTX_WATCH_FRESH;
  child->instrument.activation = options->activation;
  child->instrument.activation_data = options->activation_data;
  child->activation = ctx_first_entry;
  child->activation_data = child;
  ctx_rest_at_activation(child);
  child->instrument.backstop = options->backstop;
  child->backstop = ctx_last_exit;
  child->backstop_data = options->backstop_data;
  ctx_check_fresh(child, was_created);
  ctx_sanitizer_fresh_context(child);
}

void ctx_instrument_cancel(ctx_context *to) {
  const ctx_watch_here here = ctx_here();
  ctx_check_resumable("ctx_cancel", to, &here);
  ctx_instrument_ended(to);
}

void ctx_instrument_ended(ctx_context *child) { child->instrument.state = CTX_WATCH_RETURNED; }

ctx_callback *ctx_instrument_backstop(ctx_context *child) { return &child->instrument.backstop; }

CTX_NOINLINE void ctx_instrument_unwind(void) { ctx_sanitizer_unwind(ctx_this_stack()); }

CTX_NOINLINE void ctx_instrument_unwound(uintptr_t root) {
  struct ctx_watched_stack_ *stack = ctx_this_stack();
  stack->fate = CTX_FATE_UNWINDING;
  ctx_sanitizer_fresh_memory(stack->low, root - (uintptr_t)stack->low);
}

CTX_UNINSTRUMENTED void ctx_instrument_on_top(ctx_context *to) {
  ctx_instrument_arrive_(to);
  ctx_sanitizer_enter();
  ctx_instrument_unwind();
}

void ctx_instrument_created(ctx_context *child) { child->instrument.is_created = 1; }

void ctx_instrument_destroy(ctx_context *child) {
  if (child == NULL) return;
  const ctx_watch_here here = ctx_here();
  ctx_check_destroy(child, &here);
  ctx_sanitizer_forget(&child->instrument.stack);
}

#endif /* CTX_INSTRUMENTED_ */
