/* What a pool of stacks takes. */
#define _GNU_SOURCE
#include <sys/mman.h>

#include "ctx/stack_memory.h"
#include "ctx/stack_pool.h"

/* The kernel answers with a byte for each page; the caller may be on a small stack. */
#define CTX_PAGES_PER_CALL 512

static size_t ctx_count_resident_pages(char *memory, size_t size) {
  size_t page_size = ctx_stack_page_size();
  size_t num_resident = 0;
  while (size != 0) {
    unsigned char pages[CTX_PAGES_PER_CALL];
    size_t part = size < CTX_PAGES_PER_CALL * page_size ? size : CTX_PAGES_PER_CALL * page_size;
    if (mincore(memory, part, pages) != 0) break;
    for (size_t i = 0; i < part / page_size; i++)
      num_resident += pages[i] & 1;
    memory += part;
    size -= part;
  }
  return num_resident;
}

ctx_status ctx_stack_pool_get_stats(const ctx_stack_pool *pool, ctx_stack_pool_stats *out) {
  if (pool == NULL || out == NULL) return CTX_ERR_NULL_ARGUMENT;
  uint32_t created = atomic_load_explicit(&pool->num_created, memory_order_relaxed);
  uint32_t guarded = atomic_load_explicit(&pool->num_guarded, memory_order_relaxed);
  uint32_t first_split = atomic_load_explicit(&pool->first_split, memory_order_relaxed);
  size_t in_use = 0;
  for (uint32_t slot = 0; slot < created; slot++) {
    uint32_t link = atomic_load_explicit(&pool->links[slot], memory_order_relaxed);
    in_use += link == CTX_STACK_LINK_TAKEN;
  }
  size_t num_resident = ctx_count_resident_pages(pool->slots, created * pool->slot_size);
  out->capacity = pool->capacity;
  out->in_use = in_use;
  out->high_water = created;
  out->resident = num_resident * ctx_stack_page_size();
  /* Each guard that splits has a mapping, and cuts off one more. */
  out->mappings = 1 + (guarded > first_split ? 2 * (size_t)(guarded - first_split) : 0);
  return CTX_OK;
}
