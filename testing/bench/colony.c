#include "testing/bench/colony.h"

#include <inttypes.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <ucontext.h>

#include "ctx/ctx.h"
#include "testing/bench/boost.h"
#include "testing/bench/boost_stacks.h"
#include "testing/bench/sizes.h"
#include "testing/stack/memory_use.h"

#define STACK_SIZE 65536

/* A colony is in these arrays, which have room for as many as were wanted. */
static uint64_t capacity;
static uint64_t num_made;
static uint64_t num_entered;

/* Arrays that are not touched take no memory. */
static void *array(size_t item_size) { return bench_map(capacity * item_size); }
static void drop_array(void *items, size_t item_size) { munmap(items, capacity * item_size); }

static void begin(uint64_t wanted) {
  capacity = wanted;
  num_made = 0;
  num_entered = 0;
}

/* All that were made have been entered. */
static uint64_t finish(void) {
  if (num_entered != num_made) abort();
  return num_made;
}

/* ---- ctx ---- */

static ctx_context ctx_host;
static ctx_context *ctx_contexts;
static ctx_stack *ctx_stacks;
static ctx_stack_pool *ctx_pool;

static void ctx_entry_of_all(ctx_context *self) {
  num_entered++;
  ctx_swap(self, &ctx_host);
}

static void ctx_add(const ctx_options *options) {
  ctx_context *c = &ctx_contexts[num_made];
  const ctx_stack *stack = &ctx_stacks[num_made];
  if (ctx_init_with_options(c, stack->base, stack->size, options, CTX_ENTRY(ctx_entry_of_all),
                            CTX_ARGS(c)) != CTX_OK) {
    abort();
  }
  ctx_swap(&ctx_host, c);
  num_made++;
}

static uint64_t make_ctx(uint64_t wanted, ctx_stack_pool *pool) {
  sigset_t mask;
  sigemptyset(&mask);
  ctx_options options = {.signal_mask = &mask};
  begin(wanted);
  ctx_contexts = array(sizeof *ctx_contexts);
  ctx_stacks = array(sizeof *ctx_stacks);
  for (uint64_t i = 0; i < wanted; i++) {
    ctx_stack *stack = &ctx_stacks[i];
    ctx_status status =
        pool != NULL ? ctx_stack_pool_take(pool, stack) : ctx_stack_map(stack, STACK_SIZE);
    if (status != CTX_OK) break;
    ctx_add(&options);
  }
  return finish();
}

static void drop_ctx_arrays(void) {
  drop_array(ctx_contexts, sizeof *ctx_contexts);
  drop_array(ctx_stacks, sizeof *ctx_stacks);
}

static uint64_t make_ctx_pool(uint64_t wanted) {
  if (ctx_stack_pool_create(&ctx_pool, STACK_SIZE, wanted) != CTX_OK) abort();
  return make_ctx(wanted, ctx_pool);
}

static void drop_ctx_pool(void) {
  drop_ctx_arrays();
  ctx_stack_pool_destroy(ctx_pool);
}

static uint64_t make_ctx_mapped(uint64_t wanted) { return make_ctx(wanted, NULL); }

static void drop_ctx_mapped(void) {
  for (uint64_t i = 0; i < num_made; i++)
    ctx_stack_unmap(&ctx_stacks[i]);
  drop_ctx_arrays();
}

/* ---- Boost.Context ---- */

static fcontext_t *boost_contexts;
static bench_boost_stack *boost_stacks;

static void boost_entry_of_all(transfer_t from) {
  num_entered++;
  jump_fcontext(from.fctx, NULL);
  abort();
}

static uint64_t make_boost(uint64_t wanted, bench_boost_kind kind) {
  begin(wanted);
  boost_contexts = array(sizeof *boost_contexts);
  boost_stacks = array(sizeof *boost_stacks);
  for (uint64_t i = 0; i < wanted; i++) {
    bench_boost_stack *stack = &boost_stacks[i];
    if (!bench_boost_stack_allocate(kind, stack)) break;
    fcontext_t fresh = make_fcontext(stack->end, stack->size, boost_entry_of_all);
    boost_contexts[i] = jump_fcontext(fresh, NULL).fctx;
    num_made++;
  }
  return finish();
}

static void drop_boost_arrays(void) {
  drop_array(boost_contexts, sizeof *boost_contexts);
  drop_array(boost_stacks, sizeof *boost_stacks);
}

static uint64_t make_boost_protected(uint64_t wanted) {
  return make_boost(wanted, BENCH_BOOST_PROTECTED);
}
static uint64_t make_boost_pooled(uint64_t wanted) {
  return make_boost(wanted, BENCH_BOOST_POOLED);
}

static void drop_boost_protected(void) {
  for (uint64_t i = 0; i < num_made; i++)
    bench_boost_stack_deallocate(BENCH_BOOST_PROTECTED, &boost_stacks[i]);
  drop_boost_arrays();
}

static void drop_boost_pooled(void) {
  bench_boost_pool_drop();
  drop_boost_arrays();
}

/* ---- The C library, which has no stacks: a mapping with a page that is a guard ---- */

#define GUARD_SIZE 4096

static ucontext_t ucontext_host;
static ucontext_t *ucontexts;
static ucontext_t *ucontext_entering;

static void ucontext_entry_of_all(void) {
  num_entered++;
  swapcontext(ucontext_entering, &ucontext_host);
}

static char *map_with_guard(void) {
  char *memory = mmap(NULL, GUARD_SIZE + STACK_SIZE, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  if (memory == MAP_FAILED) return NULL;
  if (mprotect(memory, GUARD_SIZE, PROT_NONE) == 0) return memory;
  munmap(memory, GUARD_SIZE + STACK_SIZE);
  return NULL;
}

static uint64_t make_ucontext(uint64_t wanted) {
  begin(wanted);
  ucontexts = array(sizeof *ucontexts);
  for (uint64_t i = 0; i < wanted; i++) {
    char *memory = map_with_guard();
    if (memory == NULL) break;
    ucontext_t *c = &ucontexts[i];
    if (getcontext(c) != 0) abort();
    c->uc_stack.ss_sp = memory + GUARD_SIZE;
    c->uc_stack.ss_size = STACK_SIZE;
    makecontext(c, ucontext_entry_of_all, 0);
    ucontext_entering = c;
    swapcontext(&ucontext_host, c);
    num_made++;
  }
  return finish();
}

static void drop_ucontext(void) {
  for (uint64_t i = 0; i < num_made; i++)
    munmap((char *)ucontexts[i].uc_stack.ss_sp - GUARD_SIZE, GUARD_SIZE + STACK_SIZE);
  drop_array(ucontexts, sizeof *ucontexts);
}

/* ---- All ---- */

const bench_colony bench_colonies[] = {
    {"ctx, ctx_stack_pool", make_ctx_pool, drop_ctx_pool},
    {"ctx, ctx_stack_map", make_ctx_mapped, drop_ctx_mapped},
    {"Boost.Context, protected_fixedsize_stack", make_boost_protected, drop_boost_protected},
    {"Boost.Context, pooled, no guards", make_boost_pooled, drop_boost_pooled},
    {"makecontext, mmap and mprotect", make_ucontext, drop_ucontext},
};
const size_t bench_num_colonies = sizeof bench_colonies / sizeof *bench_colonies;

/* So much is to stay free, for the rest of the machine; and a context takes at most this here. */
#define SPARE_MEMORY ((size_t)1 << 30)
#define MAX_EACH 9216

#define TOO_LITTLE_MEMORY "too little memory"
static bool fits(size_t num_contexts) {
  return available_memory() >= num_contexts * MAX_EACH + SPARE_MEMORY;
}

static const char *begin_group(const bench_group *group) {
  return fits(group->num_contexts) ? NULL : TOO_LITTLE_MEMORY;
}

size_t bench_colony_num_groups(size_t max_contexts) { return bench_sizes_up_to(max_contexts); }

void bench_colony_groups(size_t max_contexts, bench_group *out) {
  bench_row *rows = bench_allocate(bench_num_colonies * sizeof *rows);
  for (size_t i = 0; i < bench_num_colonies; i++) {
    rows[i].name = bench_colonies[i].name;
    rows[i].run = bench_colonies[i].make;
    rows[i].finish = bench_colonies[i].drop;
  }
  for (size_t i = 0; i < bench_sizes_up_to(max_contexts); i++) {
    out[i] = (bench_group){
        .name = "Creation",
        .baselines = {bench_colonies[2].name},
        .rows = rows,
        .num_rows = bench_num_colonies,
        .num_contexts = bench_sizes[i],
        .batch_step = bench_sizes[i],
        .is_one_step = true,
        .begin = begin_group,
    };
  }
}

bench_memory bench_colony_memory(const bench_colony *colony, size_t num_contexts) {
  bench_memory memory = {.left_out = ""};
  if (!fits(num_contexts)) {
    snprintf(memory.left_out, sizeof memory.left_out, TOO_LITTLE_MEMORY);
    return memory;
  }
  size_t resident_before = resident_size();
  size_t tables_before = page_table_size();
  uint64_t made = colony->make(num_contexts);
  if (made == num_contexts) {
    double num = (double)num_contexts;
    memory.resident = (double)(resident_size() - resident_before) / num;
    memory.page_tables = (double)(page_table_size() - tables_before) / num;
    memory.mappings = (double)num_mappings();
  } else {
    snprintf(memory.left_out, sizeof memory.left_out, "the system gave no more than %" PRIu64,
             made);
  }
  colony->drop();
  return memory;
}
