/* A tree of tables by address, like a processor's page tables. An entry of the lowest level stands
 * for a page; one of the level above stands for as many pages as a table has entries, and so on. A
 * stack is in as few entries as cover it: a pool of a million stacks is in some hundreds. */
#include "ctx/watch/registry.h"

#ifdef CTX_CHECKED

#include "ctx/system/system.h"

enum {
  CTX_LEVELS = 4,
  CTX_LEVEL_BITS = 9,
  CTX_PAGE_BITS = 12, /* the smallest page that there is */
  CTX_ADDRESS_BITS = CTX_LEVELS * CTX_LEVEL_BITS + CTX_PAGE_BITS,
  CTX_TABLE_ENTRIES = 1 << CTX_LEVEL_BITS,
  CTX_TABLES_PER_CHUNK = 64
};

/* An entry of a table. The entry of a stack's (or pool's) first page stands for the stack. */
struct ctx_home_ {
  _Atomic(struct ctx_home_ *) owner; /* the stack that has all of this; null: none */
  /* Above the lowest level: the table of the parts. Of a pool's first page: its ctx_pool_watch. */
  _Atomic(void *) more;
  _Atomic uint32_t generation; /* each end of a stack that begins here increments it */
  _Atomic uint32_t thread;     /* which thread runs on the stack; 0: none */
};
typedef struct ctx_home_ ctx_home;

typedef struct ctx_table {
  ctx_home entries[CTX_TABLE_ENTRIES];
} ctx_table;

typedef struct ctx_chunk {
  _Atomic uint32_t num_used;
  ctx_table tables[CTX_TABLES_PER_CHUNK];
} ctx_chunk;

static ctx_table ctx_root;
static ctx_chunk ctx_first_chunk;
static _Atomic(ctx_chunk *) ctx_present_chunk = &ctx_first_chunk;
static _Atomic bool ctx_is_incomplete;

/* ---- Tables ---- */

static ctx_table *ctx_table_take(void) {
  for (;;) {
    ctx_chunk *chunk = atomic_load(&ctx_present_chunk);
    uint32_t number = atomic_fetch_add(&chunk->num_used, 1);
    if (number < CTX_TABLES_PER_CHUNK) return &chunk->tables[number];
    char *memory;
    if (ctx_system_map(&memory, sizeof *chunk, false) != CTX_OK) return NULL;
    if (!atomic_compare_exchange_strong(&ctx_present_chunk, &chunk, (void *)memory)) {
      ctx_system_unmap(memory, sizeof *chunk);
    }
  }
}

static ctx_table *ctx_table_below(ctx_home *entry, bool makes) {
  void *below = atomic_load(&entry->more);
  if (below != NULL || !makes) return below;
  ctx_table *made = ctx_table_take(); /* null if memory has run out */
  /* If another thread was first, this table is lost. */
  return atomic_compare_exchange_strong(&entry->more, &below, made) ? made : below;
}

static unsigned ctx_level_shift(unsigned level) {
  return CTX_PAGE_BITS + (CTX_LEVELS - 1 - level) * CTX_LEVEL_BITS;
}

static ctx_home *ctx_table_at(ctx_table *table, uintptr_t address, unsigned level) {
  return &table->entries[address >> ctx_level_shift(level) & (CTX_TABLE_ENTRIES - 1)];
}

static bool ctx_is_in_tree(uintptr_t address) { return address >> CTX_ADDRESS_BITS == 0; }

/* Returns null if there is no table, and none is made. */
static ctx_home *ctx_entry_at(uintptr_t address, unsigned level, bool makes) {
  ctx_table *table = &ctx_root;
  for (unsigned above = 0; above < level; above++) {
    table = ctx_table_below(ctx_table_at(table, address, above), makes);
    if (table == NULL) return NULL;
  }
  return ctx_table_at(table, address, level);
}

/* Returns the level of the largest entry that begins at `address` and ends before `end`. */
static unsigned ctx_level_of(uintptr_t address, uintptr_t end) {
  for (unsigned level = 0; level < CTX_LEVELS - 1; level++) {
    uintptr_t span = (uintptr_t)1 << ctx_level_shift(level);
    if (address % span == 0 && end - address >= span) return level;
  }
  return CTX_LEVELS - 1;
}

static bool ctx_range_set(uintptr_t base, size_t size, ctx_home *owner) {
  bool is_set = true;
  for (uintptr_t at = base; at < base + size;) {
    unsigned level = ctx_level_of(at, base + size);
    ctx_home *entry = ctx_entry_at(at, level, owner != NULL);
    if (entry != NULL) atomic_store(&entry->owner, owner);
    is_set &= entry != NULL;
    at += (uintptr_t)1 << ctx_level_shift(level);
  }
  return is_set;
}

static ctx_home *ctx_owner_of(const void *byte) {
  uintptr_t address = (uintptr_t)byte;
  if (!ctx_is_in_tree(address)) return NULL;
  ctx_table *table = &ctx_root;
  for (unsigned level = 0; table != NULL; level++) {
    ctx_home *entry = ctx_table_at(table, address, level);
    ctx_home *owner = atomic_load(&entry->owner);
    if (owner != NULL || level == CTX_LEVELS - 1) return owner;
    table = atomic_load(&entry->more);
  }
  return NULL;
}

/* ---- Stacks and pools ---- */

static void ctx_home_add(void *base, size_t size, ctx_pool_watch *watch) {
  uintptr_t address = (uintptr_t)base;
  ctx_home *home =
      ctx_is_in_tree(address + size) ? ctx_entry_at(address, CTX_LEVELS - 1, true) : NULL;
  if (home == NULL) {
    atomic_store(&ctx_is_incomplete, true);
    return;
  }
  atomic_store(&home->more, watch);
  atomic_store(&home->thread, 0);
  if (!ctx_range_set(address, size, home)) atomic_store(&ctx_is_incomplete, true);
}

/* Null: no stack and no pool begins there. */
static ctx_home *ctx_home_at(const void *base) {
  ctx_home *home = ctx_entry_at((uintptr_t)base, CTX_LEVELS - 1, false);
  return home != NULL && ctx_owner_of(base) == home ? home : NULL;
}

static bool ctx_home_remove(void *base, size_t size) {
  ctx_home *home = ctx_home_at(base);
  if (home == NULL) return false;
  atomic_fetch_add(&home->generation, 1);
  ctx_range_set((uintptr_t)base, size, NULL);
  return true;
}

void ctx_registry_add(void *base, size_t size) { ctx_home_add(base, size, NULL); }

bool ctx_registry_has(const void *base, size_t size) {
  if (atomic_load(&ctx_is_incomplete)) return true;
  const ctx_home *home = ctx_home_at(base);
  const char *end = (const char *)base + size;
  return home != NULL && atomic_load(&home->more) == NULL && ctx_owner_of(end - 1) == home &&
         ctx_owner_of(end) != home;
}

bool ctx_registry_remove(void *base, size_t size) {
  return ctx_registry_has(base, size) && ctx_home_remove(base, size);
}

void ctx_registry_add_pool(void *pool, size_t map_size, ctx_pool_watch *watch, char *slots,
                           size_t slot_size, size_t guard_size) {
  watch->slots = slots;
  watch->slot_size = slot_size;
  watch->guard_size = guard_size;
  ctx_home_add(pool, map_size, watch);
}

bool ctx_registry_has_pool(const void *pool) {
  if (atomic_load(&ctx_is_incomplete)) return true;
  const ctx_home *home = ctx_home_at(pool);
  return home != NULL && atomic_load(&home->more) != NULL;
}

void ctx_registry_remove_pool(void *pool, size_t map_size) {
  (void)ctx_home_remove(pool, map_size);
}

/* ---- The stack of a context ---- */

/* Null: `home` is not a pool, or the byte is not in one of its stacks. */
static ctx_slot_watch *ctx_slot_of(ctx_home *home, const void *byte) {
  ctx_pool_watch *watch = atomic_load(&home->more);
  if (watch == NULL || (uintptr_t)byte < (uintptr_t)watch->slots) return NULL;
  uintptr_t offset = (uintptr_t)byte - (uintptr_t)watch->slots;
  if (offset % watch->slot_size < watch->guard_size) return NULL;
  return &watch->stacks[offset / watch->slot_size];
}

bool ctx_registry_find(struct ctx_watched_stack_ *stack) {
  stack->home = ctx_owner_of(stack->low);
  if (stack->home == NULL) return true;
  stack->home_generation = atomic_load(&stack->home->generation);
  const ctx_slot_watch *slot = ctx_slot_of(stack->home, stack->low);
  if (slot == NULL) return true;
  stack->slot_generation = atomic_load(&slot->generation);
  return stack->slot_generation % 2 == 1;
}

bool ctx_registry_is_same(const struct ctx_watched_stack_ *stack, const void *byte) {
  return stack->home != NULL && ctx_owner_of(byte) == stack->home &&
         ctx_slot_of(stack->home, byte) == ctx_slot_of(stack->home, stack->low);
}

bool ctx_registry_lives(const struct ctx_watched_stack_ *stack) {
  if (stack->home == NULL) return true;
  if (atomic_load(&stack->home->generation) != stack->home_generation) return false;
  const ctx_slot_watch *slot = ctx_slot_of(stack->home, stack->low);
  return slot == NULL || atomic_load(&slot->generation) == stack->slot_generation;
}

_Atomic uint32_t *ctx_registry_thread(const struct ctx_watched_stack_ *stack) {
  if (stack->home == NULL || !ctx_registry_lives(stack)) return NULL;
  ctx_slot_watch *slot = ctx_slot_of(stack->home, stack->low);
  return slot != NULL ? &slot->thread : &stack->home->thread;
}

#endif /* CTX_CHECKED */
