#include "ctx/watch/checked.h"

#ifdef CTX_CHECKED

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ctx/arch/arch.h"
#include CTX_ARCH_HEADER_(fp_control.h)
#include "ctx/internal/attributes.h"
#include "ctx/internal/uninstrumented.h"
#include "ctx/system/system.h"
#include "ctx/watch/registry.h"

/* ---- Stopping ---- */

/* `noun` says what is at the address. */
static void ctx_check_stop(const char *function, const char *noun, const void *subject,
                           const char *fault) {
  char address[] = "0x0000000000000000";
  uintptr_t bits = (uintptr_t)subject;
  for (size_t i = sizeof address - 2; bits != 0; i--, bits >>= 4) {
    address[i] = "0123456789abcdef"[bits & 15];
  }
  /* Not printf: the stack may be too small for it. */
  char line[256];
  size_t length = 0;
  const char *const parts[] = {"ctx: ", function, noun, address, " ", fault, "\n"};
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
    size_t part = strlen(parts[i]);
    if (part > sizeof line - length) part = sizeof line - length;
    memcpy(line + length, parts[i], part);
    length += part;
  }
  ssize_t ignored = write(STDERR_FILENO, line, length);
  (void)ignored;
  abort();
}

void ctx_check_failed(const char *function, const ctx_context *context, const char *fault) {
  ctx_check_stop(function, ": context ", context, fault);
}

void ctx_check_stack_failed(const char *function, const void *base, const char *fault) {
  ctx_check_stop(function, ": stack ", base, fault);
}

void ctx_check_pool_failed(const char *function, const void *pool, const char *fault) {
  ctx_check_stop(function, ": pool ", pool, fault);
}

/* ---- Threads ---- */

/* The system gives a thread's number to another once it has ended, and all other numbers had their
 * turn. So a thread that ended within a context is taken to live if that context is looked at when
 * its number has come round again. */
static _Thread_local uint32_t ctx_thread_number;

CTX_NOINLINE uint32_t ctx_check_this_thread(void) {
  if (ctx_thread_number == 0) ctx_thread_number = ctx_system_thread_number();
  return ctx_thread_number;
}

void ctx_check_forked(struct ctx_watched_stack_ *in_use) {
  ctx_thread_number = 0;
  ctx_check_move(in_use, in_use);
}

bool ctx_check_is_others(uint32_t thread) {
  return thread != 0 && thread != ctx_check_this_thread() && !ctx_system_thread_ends(thread);
}

/* ---- Is it a context? ---- */

#define CTX_SELF_MAGIC UINT64_C(0xb7c1e96fd28a5431)

static uint64_t ctx_self_of(const ctx_context *context) {
  return CTX_SELF_MAGIC ^ (uintptr_t)context;
}

static bool ctx_is_sealed(const ctx_context *context) {
  return context->instrument.self == ctx_self_of(context);
}

static bool ctx_is_host(const ctx_context *context) { return context->entry == NULL; }

/* Stops because the context is not sealed. */
static void ctx_check_seal_failed(const char *function, const ctx_context *context) {
  uint64_t elsewhere = context->instrument.self ^ CTX_SELF_MAGIC;
  bool is_address =
      elsewhere != 0 && elsewhere % _Alignof(ctx_context) == 0 && elsewhere >> 57 == 0;
  ctx_check_failed(function, context,
                   is_address ? "is none: it was moved, or copied, from elsewhere"
                              : "is none: its state is overwritten, or was never zeroed");
}

/* ---- The canary ---- */

/* Below a stack that is not the library's there may be no guard. So the lowest bytes of such a
 * stack get values that nothing else writes there, except an overflow. */
enum { CTX_CANARY_WORDS = 8, CTX_CANARY_ROOM = 1024 };

static uint64_t *ctx_canary_of(const struct ctx_watched_stack_ *stack) {
  uintptr_t low = (uintptr_t)stack->low;
  return (uint64_t *)(low + (0 - low) % sizeof(uint64_t));
}

static uint64_t ctx_canary_word(const uint64_t *word) {
  return UINT64_C(0x6ea9d3058b17f24c) ^ (uintptr_t)word;
}

/* The bytes between the lowest of a stack and where a context on it was left. */
static size_t ctx_room(const ctx_context *context, const struct ctx_watched_stack_ *stack) {
  return (uintptr_t)ctx_context_stack_top_(context) - (uintptr_t)stack->low;
}

/* Not init does this, which writes no more than it needs. The memory may have no access: then that
 * is the guard. */
CTX_UNINSTRUMENTED void ctx_check_entered(ctx_context *child) {
  struct ctx_watched_stack_ *stack = &child->instrument.stack;
  uint64_t *canary = ctx_canary_of(stack);
  bool has_guard = stack->home != NULL && !ctx_registry_is_same(stack, (char *)stack->low - 1);
  size_t room = ctx_room(child, stack);
  if (has_guard || room < CTX_CANARY_ROOM || !ctx_system_can_write(canary)) return;
  for (uint64_t *word = canary; word < canary + CTX_CANARY_WORDS; word++)
    *word = ctx_canary_word(word);
  stack->has_canary = 1;
}

CTX_UNINSTRUMENTED static bool ctx_canary_is_whole(const struct ctx_watched_stack_ *stack) {
  if (stack->has_canary == 0) return true;
  const uint64_t *canary = ctx_canary_of(stack);
  for (const uint64_t *word = canary; word < canary + CTX_CANARY_WORDS; word++) {
    if (*word != ctx_canary_word(word)) return false;
  }
  return true;
}

void ctx_check_overflow(const char *function, const ctx_context *child) {
  if (child == NULL || ctx_canary_is_whole(&child->instrument.stack)) return;
  ctx_check_failed(function, child, "has overflowed its stack");
}

/* ---- Switching: checks ---- */

static void ctx_check_state(const char *function, const ctx_context *to, bool is_running) {
  switch ((ctx_watch_state)to->instrument.state) {
    case CTX_WATCH_FRESH:
    case CTX_WATCH_SUSPENDED:
      return;
    case CTX_WATCH_NONE:
      ctx_check_failed(function, to, "was neither initialised nor switched from");
      return;
    case CTX_WATCH_RUNNING:
      /* A host's state does not show whether it runs: it may be discarded, and resumed once more,
       * without a chance to record that. Its address shows it. */
      if (!ctx_is_host(to) || is_running) ctx_check_failed(function, to, "is running already");
      return;
    case CTX_WATCH_LEFT:
      ctx_check_failed(function, to, "was left before it was ever suspended");
      return;
    case CTX_WATCH_DISCARDED:
      ctx_check_failed(function, to, "was discarded by a signal's handler");
      return;
    case CTX_WATCH_RETURNED:
      ctx_check_failed(function, to, "has returned");
      return;
  }
  ctx_check_failed(function, to, "is none: its state is overwritten");
}

/* A host's code may have been on a stack that has ended, while the host itself is still there. */
static void ctx_check_hosts_place(const char *function, const ctx_context *to,
                                  const ctx_watch_here *here) {
  const struct ctx_watched_stack_ *seen = &to->instrument.stack;
  const struct ctx_watched_stack_ *on = to->instrument.on;
  if (on != here->own_stack && to->instrument.is_on_thread != 0 &&
      seen->thread != ctx_check_this_thread() && !ctx_system_thread_lives(seen->thread)) {
    ctx_check_failed(function, to, "was suspended on a thread that has ended");
  }
  if (on->life != seen->life) {
    ctx_check_failed(function, to,
                     "has lost its place: what ran on that stack was discarded, or has ended");
  }
}

static void ctx_check_place(const char *function, const ctx_context *to,
                            const ctx_watch_here *here) {
  if (!ctx_registry_lives(&to->instrument.stack)) {
    ctx_check_failed(function, to, "has lost its stack, which was unmapped or given back");
  }
  if (ctx_is_host(to)) ctx_check_hosts_place(function, to, here);
  const struct ctx_watched_stack_ *on = to->instrument.on;
  if (on != here->stack && ctx_check_is_others(on->thread)) {
    ctx_check_failed(function, to, "is running already");
  }
  if (!ctx_canary_is_whole(on)) ctx_check_failed(function, to, "has overflowed its stack");
}

void ctx_check_resumable(const char *function, const ctx_context *to, const ctx_watch_here *here) {
  bool is_context = to->instrument.state != CTX_WATCH_NONE;
  if (is_context && !ctx_is_sealed(to)) ctx_check_seal_failed(function, to);
  ctx_check_state(function, to, to == here->running);
  ctx_check_place(function, to, here);
}

static const char *ctx_why_not_from(const ctx_context *from) {
  switch ((ctx_watch_state)from->instrument.state) {
    case CTX_WATCH_FRESH:
      return "has not been entered, and would lose its start";
    case CTX_WATCH_SUSPENDED:
      return "is suspended elsewhere, and would lose its place";
    case CTX_WATCH_RUNNING:
      return "is not the child that runs here";
    case CTX_WATCH_LEFT:
    case CTX_WATCH_DISCARDED:
      return "was discarded, and does not run";
    case CTX_WATCH_RETURNED:
      return "has returned, and does not run";
    case CTX_WATCH_NONE:
      break;
  }
  return "is none: it is neither initialised nor zeroed";
}

void ctx_check_from(const char *function, const ctx_context *from, const ctx_watch_here *here) {
  bool is_new_host = ctx_is_host(from) && from->instrument.self == 0;
  if (!is_new_host && !ctx_is_sealed(from)) ctx_check_seal_failed(function, from);
  if (ctx_is_host(from) || from == here->child) return;
  ctx_check_failed(function, from, ctx_why_not_from(from));
}

void ctx_check_from_handler(const char *function, const ctx_context *to,
                            const ctx_watch_here *here) {
  if (!ctx_is_host(to) || to->instrument.is_on_thread == 0) return;
  if (to->instrument.on == here->own_stack) return;
  ctx_check_failed(function, to, "is a host of another thread");
}

void ctx_check_fp(const char *function, const ctx_context *running) {
  if (ctx_fp_is_as_declared_(running)) return;
  ctx_check_failed(function, running,
                   "runs under other floating-point control words than it declared");
}

/* ctx_swap_with says that it needs so much. */
enum { CTX_ROOM_ON_TOP = 512 };

void ctx_check_room(const char *function, const ctx_context *to) {
  const struct ctx_watched_stack_ *on = to->instrument.on;
  /* The bounds of a thread's own stack are not known. */
  if (on->is_childs == 0 || ctx_room(to, on) >= CTX_ROOM_ON_TOP) return;
  ctx_check_failed(function, to, "has no room on its stack for a function on top");
}

/* ---- Switching: notes ---- */

static uint64_t ctx_new_life(void) {
  static _Atomic uint64_t lives;
  return atomic_fetch_add_explicit(&lives, 1, memory_order_relaxed) + 1;
}

void ctx_check_suspend(ctx_context *from, const ctx_watch_here *here) {
  struct ctx_watched_stack_ *stack = here->stack;
  if (stack->life == 0) stack->life = ctx_new_life(); /* nothing was suspended there yet */
  from->instrument.self = ctx_self_of(from);
  struct ctx_watched_stack_ *seen = &from->instrument.stack; /* of a child: the same */
  seen->low = stack->low;
  seen->life = stack->life;
  seen->home = stack->home;
  seen->home_generation = stack->home_generation;
  seen->slot_generation = stack->slot_generation;
  seen->thread = ctx_check_this_thread();
  from->instrument.is_on_thread = stack == here->own_stack;
}

static void ctx_runs_on(struct ctx_watched_stack_ *stack, uint32_t thread) {
  stack->thread = thread;
  _Atomic uint32_t *known = ctx_registry_thread(stack);
  if (known != NULL) atomic_store_explicit(known, thread, memory_order_relaxed);
}

void ctx_check_move(struct ctx_watched_stack_ *left, struct ctx_watched_stack_ *to) {
  if (left != to) ctx_runs_on(left, 0);
  ctx_runs_on(to, ctx_check_this_thread());
}

void ctx_check_end_uses(struct ctx_watched_stack_ *stack, const ctx_context *to) {
  stack->life = ctx_new_life();
  if (to == NULL || to->instrument.on != stack) return;
  ((ctx_context *)(uintptr_t)to)->instrument.stack.life = stack->life;
}

/* ---- The life of a context ---- */

static bool ctx_overlaps(const void *a, size_t a_size, const void *b, size_t b_size) {
  return (uintptr_t)a - (uintptr_t)b < b_size || (uintptr_t)b - (uintptr_t)a < a_size;
}

/* `child` is sealed, or any memory. */
static void ctx_check_idle(const char *function, const ctx_context *child,
                           const ctx_watch_here *here) {
  if (child == here->child) ctx_check_failed(function, child, "is running");
  if (ctx_is_sealed(child) && child->instrument.state == CTX_WATCH_RUNNING &&
      ctx_check_is_others(child->instrument.stack.thread)) {
    ctx_check_failed(function, child, "is running on another thread");
  }
}

/* This function's own frame shows which stack is in use, that of a handler too. */
CTX_NOINLINE static void ctx_check_new_stack(const ctx_context *child, const void *stack,
                                             size_t stack_size) {
  if (ctx_overlaps(child, sizeof *child, stack, stack_size)) {
    ctx_check_failed("ctx_init", child, "lies on the stack that it is to run on");
  }
  if (ctx_overlaps(__builtin_frame_address(0), 1, stack, stack_size)) {
    ctx_check_failed("ctx_init", child, "is to run on the stack that the caller runs on");
  }
}

static void ctx_check_options(const ctx_context *child, const void *stack, size_t stack_size,
                              const ctx_options *options) {
  if (ctx_overlaps(options, sizeof *options, stack, stack_size)) {
    ctx_check_failed("ctx_init", child, "is given options that lie on its stack");
  }
  if (options->result != NULL && ctx_overlaps(options->result, 1, stack, stack_size)) {
    ctx_check_failed("ctx_init", child, "is given memory for its result that lies on its stack");
  }
  bool is_lost =
      (options->backstop != NULL && ctx_overlaps(options->backstop_data, 1, stack, stack_size)) ||
      (options->activation != NULL && ctx_overlaps(options->activation_data, 1, stack, stack_size));
  if (is_lost) {
    ctx_check_failed("ctx_init", child, "is given data for a callback that lie on its stack");
  }
}

void ctx_check_init(const ctx_context *child, const void *stack, size_t stack_size,
                    const ctx_options *options, const ctx_watch_here *here) {
  ctx_check_idle("ctx_init", child, here);
  ctx_check_new_stack(child, stack, stack_size);
  ctx_check_options(child, stack, stack_size, options);
}

void ctx_check_value(const ctx_context *child, const void *stack, size_t stack_size,
                     const void *bytes, size_t num_bytes) {
  if (num_bytes == 0 || !ctx_overlaps(bytes, num_bytes, stack, stack_size)) return;
  ctx_check_failed("ctx_init", child, "is given a value that lies on its stack");
}

void ctx_check_values(const ctx_context *child, const void *stack, size_t stack_size,
                      const ctx_value *values, size_t num_values) {
  ctx_check_value(child, stack, stack_size, values, num_values * sizeof *values);
  for (size_t i = 0; i < num_values; i++) {
    const ctx_value *value = &values[i];
    size_t size = value->kind == CTX_KIND_V256        ? 32
                  : value->kind == CTX_KIND_V512      ? 64
                  : value->kind == CTX_KIND_AGGREGATE ? ((const ctx_type *)value->high)->size
                                                      : 0;
    ctx_check_value(child, stack, stack_size, (const void *)value->bits, size);
  }
}

void ctx_check_fresh(ctx_context *child, bool was_created) {
  struct ctx_watched_stack_ *stack = &child->instrument.stack;
  child->instrument.self = ctx_self_of(child);
  child->instrument.is_created = was_created;
  if (!ctx_registry_find(stack)) {
    ctx_check_failed("ctx_init", child, "is to run on a stack that is not taken from its pool");
  }
}

bool ctx_check_is_created(const ctx_context *child) {
  return ctx_is_sealed(child) && child->instrument.is_created != 0;
}

void ctx_check_destroy(ctx_context *child, const ctx_watch_here *here) {
  ctx_check_idle("ctx_destroy", child, here);
  if (!ctx_check_is_created(child)) {
    ctx_check_failed("ctx_destroy", child, "was not made by ctx_create, or is destroyed already");
  }
  child->instrument.self = 0;
  child->instrument.stack.life = 0;
}

void ctx_check_result(const char *function, const ctx_context *child) {
  if (ctx_is_sealed(child) && child->instrument.state == CTX_WATCH_RUNNING &&
      ctx_check_is_others(child->instrument.stack.thread)) {
    ctx_check_failed(function, child, "is running on another thread");
  }
}

#endif /* CTX_CHECKED */
