/* The order of memory accesses in a pool: its own source, compiled against a model of memory in
 * which a load that nothing orders may find an old value, and every order of the threads' steps is
 * tried. So it shows what x86-64 hides. */
#include <string.h>

#include "ctx/stack/guard.h"
#include "ctx/stack/size.h"
#include "ctx/system/system.h"
#include "ctx/watch/checked.h"
#include "ctx/watch/sanitizer.h"
#include "testing/harness/harness.h"
#include "testing/stack/weak_memory.h"

/* ---- The pool's source, under other names and with the model's accesses ---- */

ctx_status modelled_create(ctx_stack_pool **out, size_t stack_size, size_t capacity);
ctx_status modelled_create_with_options(ctx_stack_pool **out, size_t stack_size, size_t capacity,
                                        const ctx_stack_pool_options *options);
void modelled_destroy(ctx_stack_pool *pool);
ctx_status modelled_take(ctx_stack_pool *pool, ctx_stack *out);
void modelled_give(ctx_stack_pool *pool, ctx_stack *stack);
void modelled_trim(ctx_stack_pool *pool);
bool modelled_guard_hit(const ctx_stack_pool *pool, const void *fault_address, ctx_stack *out,
                        size_t *out_distance);
static ctx_status modelled_guard(const char *memory, ctx_guard *guard);
static bool modelled_resident(const char *base, size_t *out);
static bool modelled_discard(const char *base);

#define ctx_stack_pool_create modelled_create
#define ctx_stack_pool_create_with_options modelled_create_with_options
#define ctx_stack_pool_destroy modelled_destroy
#define ctx_stack_pool_take modelled_take
#define ctx_stack_pool_give modelled_give
#define ctx_stack_pool_guard_hit modelled_guard_hit
#define ctx_stack_pool_trim modelled_trim
#define ctx_stack_guard(memory, size, guard) modelled_guard((memory), (guard))
#define ctx_system_resident(memory, size, out) modelled_resident((memory), (out))
#define ctx_system_discard(memory, size) modelled_discard(memory)

#define _Atomic
#undef atomic_init
#undef atomic_load_explicit
#undef atomic_store_explicit
#undef atomic_compare_exchange_weak_explicit
#undef atomic_compare_exchange_strong_explicit
#define atomic_init(address, value) (*(address) = (value))
#define atomic_load_explicit(address, order) \
  ((__typeof__(*(address)))modelled_load((address), sizeof *(address), (order)))
#define atomic_store_explicit(address, value, order) \
  modelled_store((address), sizeof *(address), (value), (order))
#define atomic_compare_exchange_weak_explicit(address, expected, desired, success, failure) \
  modelled_exchange((address), sizeof *(address), (expected), (desired), (success), (failure))
#define atomic_compare_exchange_strong_explicit atomic_compare_exchange_weak_explicit

static uint64_t modelled_load(const volatile void *address, size_t size, memory_order order);
static void modelled_store(volatile void *address, size_t size, uint64_t value, memory_order order);
static bool modelled_exchange(volatile void *address, size_t size, void *expected, uint64_t desired,
                              memory_order success, memory_order failure);

#include "ctx/stack/pool.c"

/* ---- What threads have ---- */

enum { MAX_CAPACITY = 3, STACK_SIZE = 8192, MAX_STEPS = 4, NUM_CHANGES_BEFORE = 40 };

/* Takes, gives the oldest that the thread has, trims, or takes what it finds in the lists. */
enum step { DONE, TAKE, GIVE, TRIM, REUSE };

static struct scene {
  size_t capacity;
  size_t num_created; /* at the beginning; the first so many are free, the last of them is first */
  size_t num_free;    /* the others the threads have: one each */
  enum step steps[WEAK_MAX_THREADS][MAX_STEPS];
  bool splits;     /* guards; otherwise the kernel can mark them */
  bool is_trimmed; /* at the beginning */
} scene;

static ctx_stack_pool *pool;
static ctx_stack held[WEAK_MAX_THREADS][MAX_CAPACITY];
static size_t num_held[WEAK_MAX_THREADS];
static bool is_held[MAX_CAPACITY];
static uint8_t is_guarded[MAX_CAPACITY];
static char contents[MAX_CAPACITY];
static char knowledge[MAX_CAPACITY];
/* At some time while the thread took a stack, there was none. */
static bool found_none[WEAK_MAX_THREADS];

/* ---- Accesses ---- */

/* A thread that takes something else for a link goes astray: it is stopped before that. */
static bool is_in_pool(const volatile void *address) {
  const char *at = (const char *)(uintptr_t)address;
  bool is_inside = at >= (const char *)pool && at < pool->slots;
  weak_complain(!is_inside, "what is no link was taken for one");
  return is_inside;
}

static uint64_t modelled_load(const volatile void *address, size_t size, memory_order order) {
  static const uint64_t nothing;
  return weak_load(is_in_pool(address) ? address : &nothing, size, order);
}

static void modelled_store(volatile void *address, size_t size, uint64_t value,
                           memory_order order) {
  static uint64_t nothing;
  weak_store(is_in_pool(address) ? address : &nothing, size, value, order);
}

/* Returns whether somebody who sees everything at once sees none. */
static bool is_none_free(void) {
  return pool->num_created == pool->capacity && (uint32_t)pool->free_list == CTX_STACK_LINK_NONE &&
         (uint32_t)pool->trimmed_list == CTX_STACK_LINK_NONE;
}

static bool modelled_exchange(volatile void *address, size_t size, void *expected, uint64_t desired,
                              memory_order success, memory_order failure) {
  bool is_done = weak_compare_exchange(address, size, expected, desired, success, failure);
  for (size_t i = 0; i < WEAK_MAX_THREADS; i++)
    if (is_none_free()) found_none[i] = true;
  return is_done;
}

static size_t slot_of(const char *address) {
  return (size_t)(address - pool->slots) / pool->slot_size;
}

static ctx_status modelled_guard(const char *memory, ctx_guard *guard) {
  if (scene.splits) *guard = CTX_GUARD_SPLIT;
  if (!scene.splits && *guard == CTX_GUARD_TRIED) *guard = CTX_GUARD_MARKED;
  weak_store(&is_guarded[slot_of(memory)], 1, 1, memory_order_relaxed);
  return CTX_OK;
}

/* Whoever asks reads and writes what the pool knows of the slot. */
static bool modelled_resident(const char *base, size_t *out) {
  *out = 0;
  if (pool == NULL || base < pool->slots) return true; /* it is being created */
  weak_write(&knowledge[slot_of(base)]);
  return true;
}

static bool modelled_discard(const char *base) {
  size_t slot = slot_of(base);
  weak_complain(is_held[slot], "memory was given back that somebody uses");
  weak_write(&knowledge[slot]);
  weak_write(&contents[slot]);
  return true;
}

/* ---- What threads do ---- */

static void now_held(size_t thread, const ctx_stack *stack) {
  weak_complain(stack->slot >= pool->capacity, "a stack was taken that is none");
  if (weak_complaint() != NULL) return;
  weak_complain(is_held[stack->slot], "a stack was taken that somebody has");
  weak_complain(weak_oldest(&is_guarded[stack->slot], 1) == 0,
                "a stack was taken whose guard its thread need not see");
  is_held[stack->slot] = true;
  held[thread][num_held[thread]++] = *stack;
}

static void take(size_t thread) {
  ctx_stack stack;
  found_none[thread] = is_none_free();
  if (modelled_take(pool, &stack) == CTX_OK) {
    now_held(thread, &stack);
    if (weak_complaint() == NULL) weak_write(&contents[stack.slot]);
  } else {
    weak_complain(!found_none[thread] && !weak_has_read_old(), "a thread missed a stack");
  }
}

static void reuse(size_t thread) {
  ctx_stack stack;
  uint32_t slot;
  found_none[thread] = is_none_free();
  if (ctx_stack_pool_reuse_slot(pool, &slot)) {
    ctx_stack_pool_describe(pool, slot, &stack);
    now_held(thread, &stack);
  } else {
    weak_complain(!found_none[thread] && !weak_has_read_old(), "a thread missed a stack");
  }
}

static void give(size_t thread) {
  if (num_held[thread] == 0) return;
  ctx_stack stack = held[thread][0];
  num_held[thread]--;
  for (size_t i = 0; i < num_held[thread]; i++)
    held[thread][i] = held[thread][i + 1];
  weak_write(&contents[stack.slot]);
  is_held[stack.slot] = false;
  modelled_give(pool, &stack);
}

static void begin(void) {
  static const ctx_stack_pool nothing;
  ctx_stack stacks[MAX_CAPACITY];
  memset(num_held, 0, sizeof num_held);
  memset(is_held, 0, sizeof is_held);
  memset(is_guarded, 0, sizeof is_guarded);
  /* The list is as it was created. */
  pool->free_list = nothing.free_list;
  pool->trimmed_list = nothing.trimmed_list;
  pool->num_created = pool->num_guarded = 0;
  pool->first_split = pool->capacity;
  memset(pool->lists, 0, pool->capacity * sizeof pool->lists[0]);
  for (size_t i = 0; i < scene.num_created; i++)
    weak_complain(modelled_take(pool, &stacks[i]) != CTX_OK, "there are too few stacks");
  for (size_t i = 0; i < scene.num_free; i++)
    modelled_give(pool, &stacks[i]);
  /* It is an old list. */
  for (size_t i = 0; i < NUM_CHANGES_BEFORE && scene.num_free > 0; i++) {
    weak_complain(modelled_take(pool, &stacks[0]) != CTX_OK, "there are too few stacks");
    modelled_give(pool, &stacks[0]);
  }
  if (scene.is_trimmed) modelled_trim(pool);
  for (size_t i = scene.num_free; i < scene.num_created; i++)
    now_held(i - scene.num_free, &stacks[i]);
}

static void run_steps(size_t thread) {
  for (const enum step *step = scene.steps[thread]; *step != DONE; step++) {
    if (weak_complaint() != NULL) break;
    switch (*step) {
      case TAKE:
        take(thread);
        break;
      case GIVE:
        give(thread);
        break;
      case REUSE:
        reuse(thread);
        break;
      default:
        modelled_trim(pool);
    }
  }
}

/* Expects that whatever is not held can be taken, once. */
static void expect_all_there(void) {
  size_t num = num_held[0] + num_held[1] + num_held[2];
  ctx_stack stack;
  for (; modelled_take(pool, &stack) == CTX_OK && weak_complaint() == NULL; num++) {
    weak_complain(stack.slot >= pool->capacity || is_held[stack.slot], "a stack is there twice");
    if (weak_complaint() == NULL) is_held[stack.slot] = true;
  }
  weak_complain(num != scene.capacity, "a stack was lost");
}

static void explore(const struct scene *next, size_t num_threads, size_t max_stops,
                    size_t max_old) {
  const struct weak_program program = {num_threads,      begin,     run_steps,
                                       expect_all_there, max_stops, max_old};
  scene = *next;
  const ctx_stack_pool_options options = {.keep_size = 4096};
  ASSERT_EQ(CTX_OK, modelled_create_with_options(&pool, STACK_SIZE, scene.capacity, &options));
  size_t num_executions = weak_explore(&program);
  EXPECT_NO_COMPLAINT(weak_complaint() != NULL ? weak_complaint() : "");
  EXPECT_TRUE(weak_complaint() != NULL || num_executions > 90);
  modelled_destroy(pool);
  pool = NULL;
}

/* ---- Cases ---- */

/* Two are taken and the first of them given back: the list begins as it did, and goes on otherwise
 * than it did. */
CTX_TEST(PoolOrders, ListThatBeginsAsBeforeIsAnother) {
  static const struct scene scenes[] = {
      {3, 3, 3, {{TAKE}, {TAKE, TAKE, GIVE}}, false, false},
      {3, 3, 2, {{GIVE, TAKE}, {TAKE, TAKE, GIVE}}, false, false},
  };
  for (size_t i = 0; i < sizeof scenes / sizeof scenes[0]; i++)
    explore(&scenes[i], 2, 4, 2);
}

CTX_TEST(PoolOrders, StacksGoFromThreadToThread) {
  static const struct scene scenes[] = {
      {1, 1, 0, {{GIVE}, {TAKE}}, false, false},
      {2, 2, 0, {{GIVE, TAKE}, {GIVE, TAKE}}, false, false},
      {2, 2, 1, {{GIVE, TAKE}, {TAKE, GIVE}}, false, false},
  };
  for (size_t i = 0; i < sizeof scenes / sizeof scenes[0]; i++)
    explore(&scenes[i], 2, 3, 2);
}

CTX_TEST(PoolOrders, TwoGiveWhatAThirdTakes) {
  static const struct scene three = {3, 3, 1, {{GIVE}, {GIVE}, {TAKE, TAKE}}, false, false};
  explore(&three, 3, 3, 1);
}

CTX_TEST(PoolOrders, GuardsAreThereBeforeStacksAre) {
  static const struct scene scenes[] = {
      {1, 0, 0, {{TAKE}, {TAKE}}, false, false},
      {2, 0, 0, {{TAKE}, {TAKE, GIVE}}, false, false},
      {2, 0, 0, {{TAKE}, {TAKE}}, true, false},
  };
  for (size_t i = 0; i < sizeof scenes / sizeof scenes[0]; i++)
    explore(&scenes[i], 2, 3, 1);
}

/* Trimming takes one stack at a time, and lays it where it is found. */
CTX_TEST(PoolOrders, TrimmedStacksAreOnesOwn) {
  static const struct scene scenes[] = {
      {2, 2, 1, {{TRIM}, {TAKE, GIVE}}, false, false},
      {2, 2, 2, {{TRIM}, {TAKE, TAKE}}, false, false},
      {2, 2, 2, {{TRIM, TAKE}, {TRIM, TAKE}}, false, false},
      {3, 3, 2, {{TRIM}, {TAKE, GIVE}}, false, false},
  };
  for (size_t i = 0; i < sizeof scenes / sizeof scenes[0]; i++)
    explore(&scenes[i], 2, 3, 1);
}

/* One stack comes into the one list before the other list loses its last. Both look empty to a
 * thread that looks at one after the other. */
CTX_TEST(PoolOrders, NoThreadMissesATrimmedStack) {
  static const struct scene two = {2, 2, 1, {{GIVE}, {TAKE}, {REUSE}}, false, true};
  explore(&two, 3, 4, 0);
}

/* One gives a stack back while another creates the last: at no time is there none. */
CTX_TEST(PoolOrders, NoThreadMissesAStack) {
  static const struct scene two = {2, 1, 0, {{GIVE}, {TAKE}, {TAKE}}, false, false};
  explore(&two, 3, 4, 0);
}
