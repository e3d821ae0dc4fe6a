#include "ctx/watch/checked_stacks.h"

#ifdef CTX_CHECKED

#include "ctx/watch/checked.h"

/* ---- Mapped stacks ---- */

void ctx_check_mapped(const ctx_stack *stack) { ctx_registry_add(stack->base, stack->size); }

static struct ctx_watched_stack_ ctx_found_at(void *base) {
  struct ctx_watched_stack_ found = {.low = base};
  (void)ctx_registry_find(&found);
  return found;
}

/* Returns the thread that runs on a stack of the library's; 0: none, or the stack is not one. */
static uint32_t ctx_thread_on(void *base) {
  const struct ctx_watched_stack_ found = ctx_found_at(base);
  _Atomic uint32_t *thread = ctx_registry_thread(&found);
  return thread != NULL ? atomic_load(thread) : 0;
}

static void ctx_set_thread_on(void *base, uint32_t thread) {
  const struct ctx_watched_stack_ found = ctx_found_at(base);
  _Atomic uint32_t *known = ctx_registry_thread(&found);
  if (known != NULL) atomic_store(known, thread);
}

static bool ctx_is_in_use(uint32_t thread) {
  /* The number of a thread is asked for only if there is one to compare it with. */
  return thread != 0 && (thread == ctx_check_this_thread() || ctx_check_is_others(thread));
}

void ctx_check_unmap(const ctx_stack *stack) {
  static const char function[] = "ctx_stack_unmap";
  if (!ctx_registry_has(stack->base, stack->size)) {
    ctx_check_stack_failed(function, stack->base,
                           "is not from ctx_stack_map, or is unmapped already");
  }
  if (ctx_is_in_use(ctx_thread_on(stack->base))) {
    ctx_check_stack_failed(function, stack->base, "is in use");
  }
  (void)ctx_registry_remove(stack->base, stack->size);
}

void ctx_check_stack_lives(const char *function, const ctx_stack *stack) {
  struct ctx_watched_stack_ found = {.low = stack->base};
  bool is_taken = ctx_registry_find(&found);
  if (!is_taken || found.home != NULL || ctx_registry_has(stack->base, stack->size)) return;
  ctx_check_stack_failed(function, stack->base,
                         "is not from ctx_stack_map or a pool, or is unmapped already");
}

void ctx_check_signal_stack_installed(const ctx_stack *stack) {
  ctx_set_thread_on(stack->base, ctx_check_this_thread());
}

void ctx_check_signal_stack_remove(const ctx_stack *stack, void *present_base) {
  static const char function[] = "ctx_signal_stack_remove";
  if (ctx_check_is_others(ctx_thread_on(stack->base))) {
    ctx_check_stack_failed(function, stack->base, "was installed by another thread");
  }
  if (present_base != stack->base && ctx_thread_on(present_base) == ctx_check_this_thread()) {
    ctx_check_stack_failed(function, stack->base,
                           "is not the one that this thread has installed last");
  }
}

void ctx_check_signal_stack_removed(const ctx_stack *stack) { ctx_set_thread_on(stack->base, 0); }

/* ---- Pools ---- */

size_t ctx_check_pool_size(size_t capacity) {
  return sizeof(ctx_pool_watch) + capacity * sizeof(ctx_slot_watch);
}

void ctx_check_pool(const char *function, const ctx_stack_pool *pool) {
  if (!ctx_registry_has_pool(pool)) {
    ctx_check_pool_failed(function, pool, "is none, or is destroyed already");
  }
}

void ctx_check_take(ctx_pool_watch *watch, size_t slot) {
  atomic_store(&watch->stacks[slot].thread, 0);
  atomic_fetch_add(&watch->stacks[slot].generation, 1);
}

void ctx_check_give(ctx_pool_watch *watch, const ctx_stack *stack) {
  ctx_slot_watch *slot = &watch->stacks[stack->slot];
  if (ctx_is_in_use(atomic_load(&slot->thread))) {
    ctx_check_stack_failed("ctx_stack_pool_give", stack->base, "is in use");
  }
  atomic_fetch_add(&slot->generation, 1);
}

void ctx_check_pool_idle(const ctx_stack_pool *pool, const ctx_pool_watch *watch,
                         size_t num_slots) {
  for (size_t slot = 0; slot < num_slots; slot++) {
    if (ctx_is_in_use(atomic_load(&watch->stacks[slot].thread))) {
      ctx_check_pool_failed("ctx_stack_pool_destroy", pool, "has a stack that is in use");
    }
  }
}

#endif /* CTX_CHECKED */
