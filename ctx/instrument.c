/* The forms of ctx_swap and ctx_set for instrumented builds, and what surrounds them; see
 * ctx/instrument.h. Empty in other builds. */
#include "ctx/instrument.h"

#ifdef CTX_INSTRUMENTED_

#include <stdlib.h>
#include <string.h>

#include "ctx/asan.h"
#include "ctx/asm.h"
#include "ctx/checked.h"

/* Where this thread is. A signal's handler may redirect in the middle of a switch, so this is
 * changed by whoever arrives, not by whoever leaves.
 *
 * The context that was resumed last: only its address is of interest, it may be gone. */
static _Thread_local const ctx_context *ctx_running;
/* The child whose stack is in use, null on the thread's own. Hosts live on other's stacks: between
 * a host and the stack that it was suspended on stands its field owner. */
static _Thread_local ctx_context *ctx_stack_owner;

/* Thread-locals are only touched by functions that are not inlined: across a switch the thread may
 * change, and with it their addresses. */
#define CTX_NOINLINE __attribute__((noinline))

CTX_NOINLINE void ctx_instrument_leave_(ctx_context *from, const ctx_context *to) {
  if (from == to) ctx_check_failed("ctx_swap", to, "is both where from and where to");
  ctx_check_resumable("ctx_swap", to, to == ctx_running);
  ctx_check_from("ctx_swap", from, from == ctx_stack_owner);
  ctx_check_fp("ctx_swap", from);
  from->instrument.owner = ctx_stack_owner;
  from->instrument.state = CTX_STATE_SUSPENDED;
  from->instrument.suspended = 1;
  ctx_asan_leave(from, to);
}

CTX_NOINLINE void ctx_instrument_arrive_(ctx_context *arrived) {
  arrived->instrument.state = CTX_STATE_RUNNING;
  ctx_running = arrived;
  ctx_stack_owner = arrived->instrument.owner;
  ctx_asan_arrive(arrived);
}

/* Whatever runs is discarded for `to`: a child whose stack is in use is left as it was suspended
 * last, if it was. Of a host nobody knows whether it still exists. */
static CTX_NOINLINE void ctx_discard(const char *function, const ctx_context *to) {
  ctx_check_resumable(function, to, to == ctx_running);
  ctx_context *child = ctx_stack_owner;
  if (child != NULL) {
    child->instrument.state =
        child->instrument.suspended != 0 ? CTX_STATE_SUSPENDED : CTX_STATE_LEFT;
  }
  ctx_asan_leave(child, to);
}

/* The activation callback of every context. */
static void ctx_first_entry(void *data) {
  ctx_context *child = data;
  ctx_instrument_arrive_(child);
  if (child->instrument.activation != NULL) {
    child->instrument.activation(child->instrument.activation_data);
  }
}

/* The backstop callback of every context. */
static void ctx_last_exit(void *data) {
  ctx_context *child = data;
  if (child->instrument.backstop != NULL) {
    child->instrument.backstop(child->instrument.backstop_data);
  }
  const ctx_context *parent = child->parent;
  if (parent->rip == CTX_RESUME_AT(ctx_asm_orphan)) {
    ctx_check_failed("return of an entry", child, "has no parent: nothing has swapped to it");
    return;
  }
  ctx_check_fp("return of an entry", child);
  ctx_check_resumable("return of an entry", parent, false);
  child->instrument.state = CTX_STATE_RETURNED;
  ctx_asan_leave_for_good(parent);
}

void ctx_instrument_fresh_stack(const ctx_context *child, void *stack, size_t stack_size) {
  if (child == ctx_stack_owner) ctx_check_failed("ctx_init", child, "is running");
  ctx_asan_unpoison(stack, stack_size);
}

void ctx_instrument_fresh_context(ctx_context *child, void *stack, size_t stack_size,
                                  const ctx_options *options) {
  memset(&child->instrument, 0, sizeof child->instrument);
  child->instrument.stack_low = stack;
  child->instrument.stack_size = stack_size;
  child->instrument.owner = child;
  child->instrument.state = CTX_STATE_FRESH;
  child->instrument.activation = options->activation;
  child->instrument.activation_data = options->activation_data;
  child->activation = ctx_first_entry;
  child->activation_data = child;
  child->rip = CTX_RESUME_AT(ctx_asm_activate);
  child->instrument.backstop = options->backstop;
  child->instrument.backstop_data = options->backstop_data;
  child->backstop = ctx_last_exit;
  child->backstop_data = child;
}

void ctx_instrument_redirect(const ctx_context *to) { ctx_discard("ctx_redirect_signal", to); }

void ctx_instrument_destroy(const ctx_context *child) {
  if (child != NULL && child->instrument.state == CTX_STATE_RUNNING) {
    ctx_check_failed("ctx_destroy", child, "is running");
  }
}

void ctx_swap(ctx_context *from, ctx_context *to) {
  ctx_instrument_leave_(from, to);
  ctx_asm_call_swap(from, to);
  ctx_instrument_arrive_(from);
}

void ctx_set(const ctx_context *to) {
  ctx_discard("ctx_set", to);
  ctx_asm_set(to);
}

#else

/* For callers that are instrumented while the library is not. */
void ctx_instrument_leave_(ctx_context *from, const ctx_context *to);
void ctx_instrument_leave_(ctx_context *from, const ctx_context *to) { (void)from, (void)to; }
void ctx_instrument_arrive_(ctx_context *arrived);
void ctx_instrument_arrive_(ctx_context *arrived) { (void)arrived; }

#endif /* CTX_INSTRUMENTED_ */
