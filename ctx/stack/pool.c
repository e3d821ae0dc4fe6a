/* Pools of stacks. The lists of free stacks, and the numbers by which a pool grows, are changed by
 * compare and exchange alone. So a thread that is stopped anywhere in here holds up no other. */
#include "ctx/stack/pool.h"

#include "ctx/internal/attributes.h"
#include "ctx/internal/build.h"
#include "ctx/stack.h"
#include "ctx/stack/guard.h"
#include "ctx/stack/size.h"
#include "ctx/system/system.h"
#include "ctx/watch/checked.h"
#include "ctx/watch/checked_stacks.h"
#include "ctx/watch/sanitizer.h"

/* So many stacks get their guards in one go. More would save nothing, since each guard is a system
 * call. Where stacks are large, each guard also takes a page of page tables. */
#define CTX_STACK_CHUNK 16

/* A stack's colour moves its end by a multiple of CTX_STACK_COLOUR bytes, a cache line. So many
 * colours are enough sets of a cache, and leave 3 KiB of the page at the end. */
#define CTX_STACK_COLOUR 64
#define CTX_STACK_COLOURS 16

#define CTX_STACK_KEEP_SIZE 16384

/* Of the page below the part that is kept, one in CTX_STACK_STRIDE lines is read at each give. */
#define CTX_STACK_READ_SIZE 4096
#define CTX_STACK_LINE 64
#define CTX_STACK_STRIDE 9
_Static_assert((CTX_STACK_READ_SIZE / CTX_STACK_LINE - 1) % CTX_STACK_STRIDE == 0,
               "the last line ends the page");

/* The kernel is asked at least once in so many gives of a stack. A question takes as long as a
 * hundred of them, or two hundred. Rarer ones would save nothing that can be measured. */
#define CTX_STACK_MAX_INTERVAL 4096

/* ---- What the checked build watches ---- */

/* It lies behind the links. */
static size_t ctx_stack_pool_watch_offset(const ctx_stack_pool *pool) {
  return (sizeof *pool + pool->capacity * sizeof pool->lists[0] + 7) & ~(size_t)7;
}

#ifdef CTX_CHECKED

static size_t ctx_stack_pool_watch_size(const ctx_stack_pool *pool) {
  return ctx_check_pool_size(pool->capacity);
}

static ctx_pool_watch *ctx_stack_pool_watch(ctx_stack_pool *pool) {
  return (void *)((char *)pool + ctx_stack_pool_watch_offset(pool));
}

static void ctx_stack_pool_begin_watch(ctx_stack_pool *pool) {
  ctx_registry_add_pool(pool, pool->map_size, ctx_stack_pool_watch(pool), pool->slots,
                        pool->slot_size, pool->guard_size);
}

static void ctx_stack_pool_end_watch(ctx_stack_pool *pool) {
  ctx_check_pool("ctx_stack_pool_destroy", pool);
  ctx_check_pool_idle(pool, ctx_stack_pool_watch(pool),
                      atomic_load_explicit(&pool->num_created, memory_order_relaxed));
  ctx_registry_remove_pool(pool, pool->map_size);
}

#else

#define ctx_stack_pool_watch_size(pool) ((size_t)0)
#define ctx_stack_pool_begin_watch(pool) ((void)0)
#define ctx_stack_pool_end_watch(pool) ((void)0)
#define ctx_check_take(watch, slot) ((void)0)
#define ctx_check_give(watch, stack) ((void)0)

#endif

/* ---- Creating ---- */

static bool ctx_stack_pool_measure(ctx_stack_pool *pool, size_t stack_size, size_t capacity,
                                   const ctx_stack_pool_options *options, size_t *out_header_size) {
  size_t page_size = ctx_system_page_size();
  size_t guard_size = options->guard_size != 0 ? options->guard_size : page_size;
  size_t keep_size = options->keep_size != 0 ? options->keep_size : CTX_STACK_KEEP_SIZE;
  if (capacity > CTX_STACK_POOL_MAX_CAPACITY) return false;
  pool->capacity = (uint32_t)capacity;
  if (!ctx_stack_round_size(stack_size, &stack_size)) return false;
  /* The colour takes its bytes from one more page. */
  if (__builtin_add_overflow(stack_size, page_size, &stack_size)) return false;
  if (!ctx_stack_round_to_pages(guard_size, &pool->guard_size)) return false;
  if (__builtin_add_overflow(pool->guard_size, stack_size, &pool->slot_size)) return false;
  pool->unkept_size = 0;
  if (ctx_stack_round_to_pages(keep_size, &keep_size) && keep_size < stack_size) {
    pool->unkept_size = stack_size - keep_size;
  }
  size_t slots_size;
  if (__builtin_mul_overflow(pool->slot_size, capacity, &slots_size)) return false;
  size_t header_size = ctx_stack_pool_watch_offset(pool) + ctx_stack_pool_watch_size(pool);
  return ctx_stack_round_to_pages(header_size, out_header_size) &&
         !__builtin_add_overflow(*out_header_size, slots_size, &pool->map_size);
}

ctx_status ctx_stack_pool_create_with_options(ctx_stack_pool **out, size_t stack_size,
                                              size_t capacity,
                                              const ctx_stack_pool_options *options) {
  static const ctx_stack_pool_options no_options;
  if (out == NULL) return CTX_ERR_NULL_ARGUMENT;
  if (options == NULL) options = &no_options;
  if ((options->flags & ~(CTX_STACK_POOL_HUGE_PAGES | CTX_STACK_POOL_SPLIT_GUARDS)) != 0) {
    return CTX_ERR_BAD_FLAG;
  }
  ctx_stack_pool measures;
  size_t header_size;
  if (!ctx_stack_pool_measure(&measures, stack_size, capacity, options, &header_size)) {
    return CTX_ERR_NO_MEMORY;
  }
  char *memory;
  ctx_status status =
      ctx_system_map(&memory, measures.map_size, (options->flags & CTX_STACK_POOL_HUGE_PAGES) != 0);
  if (status != CTX_OK) return status;
  /* Locked memory has its pages from the start. Emulators may say so of all memory, always. */
  size_t resident = 0;
  bool knows_residency =
      ctx_system_resident(memory, ctx_system_page_size(), &resident) && resident == 0;

  /* Fresh memory is zeroed: the lists are empty, and no stack was created. */
  ctx_stack_pool *pool = (void *)memory;
  pool->slots = memory + header_size;
  pool->slot_size = measures.slot_size;
  pool->guard_size = measures.guard_size;
  pool->unkept_size = measures.unkept_size;
  pool->map_size = measures.map_size;
  pool->capacity = measures.capacity;
  pool->has_huge_pages = (options->flags & CTX_STACK_POOL_HUGE_PAGES) != 0;
  pool->knows_residency = knows_residency;
  bool split = (options->flags & CTX_STACK_POOL_SPLIT_GUARDS) != 0;
  atomic_init(&pool->first_split, split ? 0 : pool->capacity);
  ctx_stack_pool_begin_watch(pool);
  *out = pool;
  return CTX_OK;
}

ctx_status ctx_stack_pool_create(ctx_stack_pool **out, size_t stack_size, size_t capacity) {
  return ctx_stack_pool_create_with_options(out, stack_size, capacity, NULL);
}

static void ctx_stack_pool_describe(const ctx_stack_pool *pool, uint32_t slot, ctx_stack *out) {
  size_t colour = slot % CTX_STACK_COLOURS * CTX_STACK_COLOUR;
  out->base = pool->slots + slot * pool->slot_size + pool->guard_size;
  out->size = pool->slot_size - pool->guard_size - colour;
  out->guard_size = pool->guard_size;
  out->slot = slot;
}

void ctx_stack_pool_destroy(ctx_stack_pool *pool) {
  if (pool == NULL) return;
  ctx_stack_pool_end_watch(pool);
#ifdef CTX_SANITIZED_
  /* The next mapping here must not find poison that abandoned frames have left. */
  uint32_t num_created = atomic_load_explicit(&pool->num_created, memory_order_relaxed);
  for (uint32_t slot = 0; slot < num_created; slot++) {
    ctx_stack stack;
    ctx_stack_pool_describe(pool, slot, &stack);
    ctx_sanitizer_fresh_memory(stack.base, stack.size);
  }
#endif
  ctx_system_unmap((char *)pool, pool->map_size);
}

/* ---- The free list ---- */

static uint64_t ctx_free_list_changed(uint64_t list, uint32_t link) {
  return ((list >> 32) + 1) << 32 | link;
}

static inline bool ctx_free_list_pop(ctx_stack_pool *pool, _Atomic uint64_t *head,
                                     uint32_t *out_slot) {
  uint64_t list = atomic_load_explicit(head, memory_order_acquire);
  for (;;) {
    uint32_t link = (uint32_t)list;
    if (link == CTX_STACK_LINK_NONE) return false;
    uint32_t slot = link - 1;
    /* If another thread has taken the slot by now, this is not a link, and the exchange fails. */
    uint32_t next = atomic_load_explicit(&pool->lists[slot].link, memory_order_relaxed);
    if (atomic_compare_exchange_weak_explicit(head, &list, ctx_free_list_changed(list, next),
                                              memory_order_acquire, memory_order_acquire)) {
      atomic_store_explicit(&pool->lists[slot].link, CTX_STACK_LINK_TAKEN, memory_order_relaxed);
      *out_slot = slot;
      return true;
    }
  }
}

static void ctx_free_list_push(ctx_stack_pool *pool, _Atomic uint64_t *head, uint32_t slot) {
  uint64_t list = atomic_load_explicit(head, memory_order_relaxed);
  do {
    atomic_store_explicit(&pool->lists[slot].link, (uint32_t)list, memory_order_relaxed);
  } while (!atomic_compare_exchange_weak_explicit(head, &list,
                                                  ctx_free_list_changed(list, slot + 1),
                                                  memory_order_release, memory_order_relaxed));
}

/* ---- Growing ---- */

static ctx_status ctx_stack_pool_guard_slot(ctx_stack_pool *pool, uint32_t slot) {
  char *guard = pool->slots + slot * pool->slot_size;
  uint32_t first_split = atomic_load_explicit(&pool->first_split, memory_order_relaxed);
  ctx_guard kind = slot == 0 ? CTX_GUARD_TRIED : CTX_GUARD_MARKED;
  if (slot >= first_split) kind = CTX_GUARD_SPLIT;
  ctx_status status = ctx_stack_guard(guard, pool->guard_size, &kind);
  /* Another thread may have found a lower one meanwhile. That one stays. */
  while (kind == CTX_GUARD_SPLIT && slot < first_split &&
         !atomic_compare_exchange_weak_explicit(&pool->first_split, &first_split, slot,
                                                memory_order_relaxed, memory_order_relaxed)) {
  }
  return status;
}

/* Makes the guards of some slots from `first` on. Threads that come here at the same time make the
 * same guards. That is wasteful and harmless. Nobody waits, and no thread goes without a stack
 * because another is about to ready it. */
static ctx_status ctx_stack_pool_grow(ctx_stack_pool *pool, uint32_t first) {
  uint32_t end = first;
  ctx_status status = CTX_OK;
  while (end < pool->capacity && end - first < CTX_STACK_CHUNK) {
    status = ctx_stack_pool_guard_slot(pool, end);
    if (status != CTX_OK) break;
    end++;
  }
  if (end == first) return status;
  atomic_compare_exchange_strong_explicit(&pool->num_guarded, &first, end, memory_order_release,
                                          memory_order_relaxed);
  return CTX_OK;
}

/* Returns CTX_ERR_POOL_EXHAUSTED if all slots have been created. Some may be free nevertheless. */
static ctx_status ctx_stack_pool_create_slot(ctx_stack_pool *pool, uint32_t *out_slot) {
  uint32_t created = atomic_load_explicit(&pool->num_created, memory_order_relaxed);
  for (;;) {
    if (created == pool->capacity) return CTX_ERR_POOL_EXHAUSTED;
    uint32_t guarded = atomic_load_explicit(&pool->num_guarded, memory_order_acquire);
    if (created >= guarded) {
      ctx_status status = ctx_stack_pool_grow(pool, guarded);
      if (status != CTX_OK) return status;
      created = atomic_load_explicit(&pool->num_created, memory_order_relaxed);
    } else if (atomic_compare_exchange_weak_explicit(&pool->num_created, &created, created + 1,
                                                     memory_order_relaxed, memory_order_relaxed)) {
      atomic_store_explicit(&pool->lists[created].link, CTX_STACK_LINK_TAKEN, memory_order_relaxed);
      *out_slot = created;
      return CTX_OK;
    }
  }
}

/* ---- Taking and giving ---- */

/* Takes a slot that was taken before. False: at some time there was none in either list. The loads
 * for that are ordered by those of the two lists between them. */
static bool ctx_stack_pool_reuse_slot(ctx_stack_pool *pool, uint32_t *out_slot) {
  uint64_t before;
  do {
    before = atomic_load_explicit(&pool->free_list, memory_order_relaxed);
    if (ctx_free_list_pop(pool, &pool->free_list, out_slot)) return true;
    if (ctx_free_list_pop(pool, &pool->trimmed_list, out_slot)) return true;
    /* Others may have taken from the second list since, and given to the first one. */
  } while (atomic_load_explicit(&pool->free_list, memory_order_relaxed) != before);
  return false;
}

CTX_NOINLINE static ctx_status ctx_stack_pool_find_slot(ctx_stack_pool *pool, uint32_t *out_slot) {
  if (ctx_stack_pool_reuse_slot(pool, out_slot)) return CTX_OK;
  ctx_status status = ctx_stack_pool_create_slot(pool, out_slot);
  if (status == CTX_OK) return CTX_OK;
  /* Others may have created the last ones and given them back since the lists were empty. */
  return ctx_stack_pool_reuse_slot(pool, out_slot) ? CTX_OK : status;
}

ctx_status ctx_stack_pool_take(ctx_stack_pool *pool, ctx_stack *out) {
  if (pool == NULL || out == NULL) return CTX_ERR_NULL_ARGUMENT;
  ctx_check_pool("ctx_stack_pool_take", pool);
  uint32_t slot;
  if (!ctx_free_list_pop(pool, &pool->free_list, &slot)) {
    ctx_status status = ctx_stack_pool_find_slot(pool, &slot);
    if (status != CTX_OK) return status;
  }
  ctx_check_take(ctx_stack_pool_watch(pool), slot);
  ctx_stack_pool_describe(pool, slot, out);
  return CTX_OK;
}

#ifdef CTX_CHECKED

static void ctx_stack_pool_check_give(const ctx_stack_pool *pool, const ctx_stack *stack) {
  static const char function[] = "ctx_stack_pool_give";
  ctx_stack own;
  if (stack->slot < atomic_load_explicit(&pool->num_created, memory_order_relaxed)) {
    ctx_stack_pool_describe(pool, (uint32_t)stack->slot, &own);
    if (stack->base == own.base && stack->size == own.size) {
      uint32_t link = atomic_load_explicit(&pool->lists[stack->slot].link, memory_order_relaxed);
      if (link == CTX_STACK_LINK_TAKEN) return;
      ctx_check_stack_failed(function, stack->base, "was given back already");
    }
  }
  ctx_check_stack_failed(function, stack->base, "is not from this pool");
}

#else

static void ctx_stack_pool_check_give(const ctx_stack_pool *pool, const ctx_stack *stack) {
  (void)pool, (void)stack;
}

#endif

/* ctx_left is bytes that a stack's user has left, whatever their types were. It is a vector, since
 * reading it is most of what giving a stack back costs. MSan takes much of it for uninitialised. */
typedef uint64_t ctx_left __attribute__((vector_size(16), may_alias));
#if defined(__clang__)
#define CTX_READS_LEFT __attribute__((no_sanitize("memory")))
#else
#define CTX_READS_LEFT
#endif

/* The part that a stack keeps has a page below, which was zeros once. This returns whether it was
 * written to: it reads one line in `stride`, the first and the last among them. */
CTX_READS_LEFT static inline bool ctx_stack_was_written(const char *kept, size_t stride) {
  ctx_left bits = {0, 0};
  for (const char *at = kept - CTX_STACK_READ_SIZE; at < kept; at += stride * CTX_STACK_LINE) {
    const ctx_left *line = (const void *)at;
    bits |= (line[0] | line[1]) | (line[2] | line[3]);
  }
  return (bits[0] | bits[1]) != 0;
}

static bool ctx_stack_pool_reads(const ctx_stack_pool *pool) {
  /* Reading would map a huge page of zeros. */
  return !pool->has_huge_pages;
}

/* Returns the bytes at a stack's base that it does not keep. A huge page is kept as a whole, since
 * to give a part of it back would break it up. */
static size_t ctx_stack_pool_unkept(const ctx_stack_pool *pool, const char *base) {
  if (!pool->has_huge_pages) return pool->unkept_size;
  size_t in_huge_page = (uintptr_t)(base + pool->unkept_size) % ctx_system_huge_page_size();
  return pool->unkept_size > in_huge_page ? pool->unkept_size - in_huge_page : 0;
}

typedef enum ctx_depth { CTX_DEPTH_SHALLOW, CTX_DEPTH_DEEP, CTX_DEPTH_UNKNOWN } ctx_depth;

/* Asks the kernel whether there is memory below the part that is kept. If the page there was read
 * before, that has mapped the kernel's page of zeros, so its contents have to say. */
static ctx_depth ctx_stack_pool_ask(const ctx_stack_pool *pool, const struct ctx_stack_slot *slot,
                                    char *base, size_t unkept) {
  size_t resident = 0; /* for MemorySanitizer, which does not see it written */
  if (slot->interval != 0 && ctx_stack_pool_reads(pool)) {
    const char *kept = base + unkept;
    if (ctx_stack_was_written(kept, CTX_STACK_STRIDE)) return CTX_DEPTH_DEEP;
    if (ctx_stack_was_written(kept, 1)) return CTX_DEPTH_DEEP;
    unkept -= CTX_STACK_READ_SIZE;
  }
  if (!pool->knows_residency || !ctx_system_resident(base, unkept, &resident)) {
    return CTX_DEPTH_UNKNOWN;
  }
  return resident != 0 ? CTX_DEPTH_DEEP : CTX_DEPTH_SHALLOW;
}

/* Gives memory below the part that is kept back to the kernel, and settles when it is asked next:
 * ever more rarely while the stack is used in a shallow way; at the next give if it was not. */
CTX_NOINLINE static void ctx_stack_pool_ask_and_tidy(const ctx_stack_pool *pool,
                                                     struct ctx_stack_slot *slot, char *base) {
  size_t unkept = ctx_stack_pool_unkept(pool, base);
  ctx_depth depth = ctx_stack_pool_ask(pool, slot, base, unkept);
  bool is_given_back = depth != CTX_DEPTH_SHALLOW && ctx_system_discard(base, unkept);
  if (depth == CTX_DEPTH_DEEP && is_given_back) {
    slot->interval = 1;
  } else if (slot->interval == 0) {
    slot->interval = 1;
  } else if (slot->interval < CTX_STACK_MAX_INTERVAL) {
    slot->interval = (uint16_t)(2 * slot->interval);
  }
  slot->num_unasked = (uint16_t)(slot->interval - 1);
}

/* Between the kernel's answers the contents have to do. They do not see a use that left zeros where
 * they are read. */
static void ctx_stack_pool_tidy(const ctx_stack_pool *pool, struct ctx_stack_slot *slot,
                                char *base) {
  if (pool->unkept_size == 0) return;
  if (slot->num_unasked != 0 &&
      !(ctx_stack_pool_reads(pool) &&
        ctx_stack_was_written(base + pool->unkept_size, CTX_STACK_STRIDE))) {
    slot->num_unasked--;
  } else {
    ctx_stack_pool_ask_and_tidy(pool, slot, base);
  }
}

void ctx_stack_pool_give(ctx_stack_pool *pool, ctx_stack *stack) {
  if (pool == NULL || stack == NULL) return;
  ctx_check_pool("ctx_stack_pool_give", pool);
  ctx_stack_pool_check_give(pool, stack);
  ctx_check_give(ctx_stack_pool_watch(pool), stack);
  ctx_sanitizer_fresh_memory(stack->base, stack->size);
  ctx_stack_pool_tidy(pool, &pool->lists[stack->slot], stack->base);
  ctx_free_list_push(pool, &pool->free_list, (uint32_t)stack->slot);
}

void ctx_stack_pool_trim(ctx_stack_pool *pool) {
  if (pool == NULL) return;
  /* Others may give stacks back all the time. */
  uint32_t most = atomic_load_explicit(&pool->num_created, memory_order_relaxed);
  uint32_t slot;
  for (; most > 0 && ctx_free_list_pop(pool, &pool->free_list, &slot); most--) {
    ctx_stack stack;
    ctx_stack_pool_describe(pool, slot, &stack);
    size_t unkept = ctx_stack_pool_unkept(pool, stack.base);
    if (unkept != 0) ctx_system_discard(stack.base, unkept);
    pool->lists[slot].interval = pool->lists[slot].num_unasked = 0;
    ctx_free_list_push(pool, &pool->trimmed_list, slot);
  }
}

bool ctx_stack_pool_guard_hit(const ctx_stack_pool *pool, const void *fault_address, ctx_stack *out,
                              size_t *out_distance) {
  if (pool == NULL) return false;
  uintptr_t offset = (uintptr_t)fault_address - (uintptr_t)pool->slots;
  size_t slot = offset / pool->slot_size;
  size_t above_guard = offset % pool->slot_size;
  if (slot >= atomic_load_explicit(&pool->num_created, memory_order_relaxed)) return false;
  if (above_guard >= pool->guard_size) return false;
  if (out != NULL) ctx_stack_pool_describe(pool, (uint32_t)slot, out);
  if (out_distance != NULL) *out_distance = pool->guard_size - above_guard;
  return true;
}
