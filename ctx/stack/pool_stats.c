/* The statistics of a pool of stacks. */
#include "ctx/stack.h"
#include "ctx/stack/pool.h"
#include "ctx/system/system.h"
#include "ctx/watch/checked_stacks.h"

ctx_status ctx_stack_pool_get_stats(const ctx_stack_pool *pool, ctx_stack_pool_stats *out) {
  if (pool == NULL || out == NULL) return CTX_ERR_NULL_ARGUMENT;
  ctx_check_pool("ctx_stack_pool_get_stats", pool);
  uint32_t created = atomic_load_explicit(&pool->num_created, memory_order_relaxed);
  uint32_t guarded = atomic_load_explicit(&pool->num_guarded, memory_order_relaxed);
  uint32_t first_split = atomic_load_explicit(&pool->first_split, memory_order_relaxed);
  size_t resident = 0; /* for MemorySanitizer, which does not see it written */
  if (!ctx_system_resident(pool->slots, created * pool->slot_size, &resident)) {
    return CTX_ERR_RESIDENCY_REFUSED;
  }
  size_t in_use = 0;
  for (uint32_t slot = 0; slot < created; slot++) {
    uint32_t link = atomic_load_explicit(&pool->lists[slot].link, memory_order_relaxed);
    in_use += link == CTX_STACK_LINK_TAKEN;
  }
  out->capacity = pool->capacity;
  out->in_use = in_use;
  out->high_water = created;
  out->resident = resident;
  /* Each guard that splits is a mapping, and cuts off one more. */
  out->mappings = 1 + (guarded > first_split ? 2 * (size_t)(guarded - first_split) : 0);
  return CTX_OK;
}
