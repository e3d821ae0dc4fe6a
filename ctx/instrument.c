/* The forms of ctx_swap and ctx_set for instrumented builds, and what surrounds them; see
 * ctx/instrument.h. Empty in other builds. */
#include "ctx/ctx.h"

#ifdef CTX_INSTRUMENTED_

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ctx/asan.h"
#include "ctx/asm.h"
#include "ctx/fp_control_x86_64.h"
#include "ctx/instrument.h"

typedef enum ctx_state {
  CTX_STATE_NONE, /* zeroed */
  CTX_STATE_FRESH,
  CTX_STATE_SUSPENDED,
  CTX_STATE_RUNNING,
  CTX_STATE_LEFT, /* by ctx_set or a signal, before it was ever suspended: there is no way back */
  CTX_STATE_RETURNED
} ctx_state;

/* The context that this thread runs, or null while it has not switched yet. Only read and written
 * on the leaving side of a switch: afterwards the thread may be another. */
static _Thread_local ctx_context *ctx_current;

/* ---- The checked build ------------------------------------------------------------------------
 */

#ifdef CTX_CHECKED

void ctx_instrument_fault(const char *function, const ctx_context *context, const char *fault) {
  char address[] = "0x0000000000000000";
  uintptr_t bits = (uintptr_t)context;
  for (size_t i = sizeof address - 2; bits != 0; i--, bits >>= 4) {
    address[i] = "0123456789abcdef"[bits & 15];
  }
  /* Not printf: the fault may have to be told on a stack that is too small for it. */
  char line[256];
  size_t length = 0;
  const char *const parts[] = {"ctx: ", function, ": context ", address, " ", fault, "\n"};
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
    size_t part = strlen(parts[i]);
    if (part > sizeof line - length) part = sizeof line - length;
    memcpy(line + length, parts[i], part);
    length += part;
  }
  if (write(STDERR_FILENO, line, length) < 0) abort();
  abort();
}

static void ctx_check_resumable(const char *function, const ctx_context *to) {
  switch ((ctx_state)to->instrument.state) {
    case CTX_STATE_FRESH:
    case CTX_STATE_SUSPENDED:
      return;
    case CTX_STATE_NONE:
      ctx_instrument_fault(function, to, "was neither initialised nor switched from");
      return;
    case CTX_STATE_RUNNING:
      ctx_instrument_fault(function, to, "is running already");
      return;
    case CTX_STATE_LEFT:
      ctx_instrument_fault(function, to, "was left before it was ever suspended");
      return;
    case CTX_STATE_RETURNED:
      ctx_instrument_fault(function, to, "has returned");
      return;
  }
  ctx_instrument_fault(function, to, "is none: its state is overwritten");
}

static void ctx_check_fp(const char *function, const ctx_context *running) {
  if (running->fp_key == 0 || ctx_fp_saves(running)) return;
  if (ctx_fp_current() != ctx_fp_words(running->mxcsr, running->x87_control)) {
    ctx_instrument_fault(function, running,
                         "runs under other floating-point control words than it declared");
  }
}

#else

void ctx_instrument_fault(const char *function, const ctx_context *context, const char *fault) {
  (void)function, (void)context, (void)fault;
}
static void ctx_check_resumable(const char *function, const ctx_context *to) {
  (void)function, (void)to;
}
static void ctx_check_fp(const char *function, const ctx_context *running) {
  (void)function, (void)running;
}

#endif /* CTX_CHECKED */

/* ---- Events -----------------------------------------------------------------------------------
 */

/* `to` runs next on this thread. Contexts are const where they are only resumed: their registers
 * are not written then, but what is remembered of them is. */
static void ctx_run_next(const ctx_context *to) {
  ctx_current = (ctx_context *)(uintptr_t)to;
  ctx_current->instrument.state = CTX_STATE_RUNNING;
}

/* Whatever runs is discarded for `to`. */
static void ctx_discard_current(const char *function, const ctx_context *to) {
  ctx_check_resumable(function, to);
  ctx_context *current = ctx_current;
  if (current != NULL && current->instrument.state == CTX_STATE_RUNNING) {
    current->instrument.state =
        current->instrument.suspended != 0 ? CTX_STATE_SUSPENDED : CTX_STATE_LEFT;
  }
  ctx_asan_leave(current, to);
  ctx_run_next(to);
}

/* The activation callback of every context. */
static void ctx_first_entry(void *data) {
  ctx_context *child = data;
  ctx_asan_arrive(NULL);
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
  if (parent->rip == (uint64_t)(uintptr_t)ctx_asm_orphan) {
    ctx_instrument_fault("return", child, "has no parent: nothing has swapped to it");
    return;
  }
  ctx_check_fp("return", child);
  ctx_check_resumable("return", parent);
  child->instrument.state = CTX_STATE_RETURNED;
  ctx_asan_leave_for_good(parent);
  ctx_run_next(parent);
}

void ctx_instrument_fresh_stack(void *stack, size_t stack_size) {
  ctx_asan_unpoison(stack, stack_size);
}

void ctx_instrument_fresh_context(ctx_context *child, void *stack, size_t stack_size,
                                  const ctx_options *options) {
  memset(&child->instrument, 0, sizeof child->instrument);
  child->instrument.stack_low = stack;
  child->instrument.stack_size = stack_size;
  child->instrument.state = CTX_STATE_FRESH;
  child->instrument.activation = options->activation;
  child->instrument.activation_data = options->activation_data;
  child->activation = ctx_first_entry;
  child->activation_data = child;
  child->rip = (uint64_t)(uintptr_t)ctx_asm_activate;
  child->instrument.backstop = options->backstop;
  child->instrument.backstop_data = options->backstop_data;
  child->backstop = ctx_last_exit;
  child->backstop_data = child;
}

void ctx_instrument_redirect(const ctx_context *to) {
  ctx_discard_current("ctx_redirect_signal", to);
}

void ctx_instrument_destroy(const ctx_context *child) {
  if (child != NULL && child->instrument.state == CTX_STATE_RUNNING && child == ctx_current) {
    ctx_instrument_fault("ctx_destroy", child, "is running");
  }
}

void ctx_swap(ctx_context *from, ctx_context *to) {
  if (from == to) ctx_instrument_fault("ctx_swap", to, "is both where from and where to");
  ctx_check_resumable("ctx_swap", to);
  ctx_check_fp("ctx_swap", from);
  from->instrument.state = CTX_STATE_SUSPENDED;
  from->instrument.suspended = 1;
  ctx_asan_leave(from, to);
  ctx_run_next(to);
  ctx_asm_call_swap(from, to);
  ctx_asan_arrive(from);
}

void ctx_set(const ctx_context *to) {
  ctx_discard_current("ctx_set", to);
  ctx_asm_set(to);
}

#else

/* ISO C wants a translation unit to hold something. */
typedef int ctx_instrument_is_empty;

#endif /* CTX_INSTRUMENTED_ */
