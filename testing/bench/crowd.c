#include "testing/bench/crowd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "ctx/ctx.h"
#include "testing/bench/names.h"
#include "testing/bench/progress.h"
#include "testing/bench/sizes.h"
#include "testing/stack/memory_use.h"

#define STACK_SIZE 65536

/* A lap has at least so many visits. */
#define MIN_VISITS 4096

/* A pool's stacks may end so many bytes before the end of a page. */
#define MAX_COLOUR 960

/* So much is to stay free, for the rest of the machine. */
#define SPARE_MEMORY ((size_t)1 << 30)

static const struct competitor {
  const char *name;
  const bench_crowd_cases *cases;
  bool has_targets; /* the ratios to Boost.Context that the project has set itself */
} competitors[] = {
    {"ctx_swap_inline", &bench_ctx_inline_crowd, true},
    {"ctx_swap", &bench_ctx_callless_crowd, true},
    {"ctx_swap, prefetched", &bench_ctx_prefetched_crowd, true},
    {"ctx_swap, as a function", &bench_ctx_external_crowd, false},
    {BENCH_BOOST, &bench_boost_crowd, false},
    {BENCH_SEED, &bench_seed_crowd, false},
    {"swapcontext", &bench_ucontext_crowd, false},
};
#define NUM_COMPETITORS (sizeof competitors / sizeof *competitors)
_Static_assert(BENCH_SLICE_SIZE > 4096 || NUM_COMPETITORS * BENCH_SLICE_SIZE + MAX_COLOUR <= 4096,
               "slices must be smaller, for all to be in one page");

static const struct {
  const char *name;
  double target; /* with a thousand contexts and with a hundred thousand; 0: none */
} patterns[BENCH_NUM_PATTERNS] = {
    {"Hub", 0.65},
    {"Ring", 0.4},
    {"Hub, words on stacks", 0},
    {"Ring, words on stacks", 0},
};

static bool has_target(size_t num_contexts) {
  return num_contexts == 1000 || num_contexts == 100000;
}

/* ---- The stacks, and the order ---- */

static bench_crowd crowd;
static ctx_stack_pool *pool;
static uint32_t *order;

static size_t array_size(size_t num) { return num * (sizeof *order + sizeof *crowd.stack_ends); }

static size_t memory_needed(size_t num) {
  size_t each = (NUM_COMPETITORS * BENCH_SLICE_SIZE + MAX_COLOUR + 4095) / 4096 * 4096;
  for (size_t i = 0; i < NUM_COMPETITORS; i++)
    each += competitors[i].cases->context_size + sizeof(void *);
  return num * each + array_size(num);
}

static const char *map_stacks(size_t num) {
  if (available_memory() < memory_needed(num) + SPARE_MEMORY) return "too little memory";
  ctx_status status = ctx_stack_pool_create(&pool, STACK_SIZE, num);
  if (status != CTX_OK) return ctx_status_message(status);
  crowd.stack_ends = bench_map(num * sizeof *crowd.stack_ends);
  for (size_t i = 0; i < num; i++) {
    ctx_stack stack;
    status = ctx_stack_pool_take(pool, &stack);
    if (status != CTX_OK) {
      munmap(crowd.stack_ends, num * sizeof *crowd.stack_ends);
      ctx_stack_pool_destroy(pool);
      return ctx_status_message(status);
    }
    crowd.stack_ends[i] = (char *)stack.base + stack.size;
  }
  return NULL;
}

/* Fisher and Yates's shuffle, by Knuth's generator. */
static void shuffle(size_t num) {
  order = bench_map(num * sizeof *order);
  for (size_t i = 0; i < num; i++)
    order[i] = (uint32_t)i;
  uint64_t random = 1;
  for (size_t i = num - 1; i > 0; i--) {
    random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    size_t j = (random >> 33) % (i + 1);
    uint32_t moved = order[i];
    order[i] = order[j];
    order[j] = moved;
  }
  crowd.order = order;
}

static size_t num_visits(size_t num) { return (MIN_VISITS + num - 1) / num * num; }

static bench_pattern pattern_of(const bench_group *group) {
  size_t pattern = 0;
  while (strcmp(patterns[pattern].name, group->name) != 0)
    pattern++;
  return (bench_pattern)pattern;
}

static const char *begin(const bench_group *group) {
  crowd.num = group->num_contexts;
  crowd.num_visits = num_visits(crowd.num);
  const char *why_not = map_stacks(crowd.num);
  if (why_not != NULL) return why_not;
  shuffle(crowd.num);
  for (size_t i = 0; i < NUM_COMPETITORS; i++) {
    bench_progress(group, 0);
    competitors[i].cases->start(&crowd, i, pattern_of(group));
  }
  return NULL;
}

static void end(const bench_group *group) {
  (void)group;
  for (size_t i = 0; i < NUM_COMPETITORS; i++)
    competitors[i].cases->drop();
  munmap(order, crowd.num * sizeof *order);
  munmap(crowd.stack_ends, crowd.num * sizeof *crowd.stack_ends);
  ctx_stack_pool_destroy(pool);
}

/* ---- The groups ---- */

size_t bench_crowd_num_groups(size_t max_contexts) {
  return bench_sizes_up_to(max_contexts) * BENCH_NUM_PATTERNS;
}

static bench_group make_group(bench_pattern pattern, size_t num_contexts) {
  bench_row *rows = bench_allocate(NUM_COMPETITORS * sizeof *rows);
  for (size_t i = 0; i < NUM_COMPETITORS; i++) {
    rows[i].name = competitors[i].name;
    rows[i].run = competitors[i].cases->run[pattern];
    if (competitors[i].has_targets && has_target(num_contexts))
      rows[i].targets[0] = patterns[pattern].target;
  }
  bool is_ring = pattern == BENCH_RING || pattern == BENCH_RING_FRAMES;
  return (bench_group){
      .name = patterns[pattern].name,
      .baselines = {BENCH_BOOST},
      .rows = rows,
      .num_rows = NUM_COMPETITORS,
      .num_contexts = num_contexts,
      .batch_step = is_ring ? num_visits(num_contexts) + 1 : num_visits(num_contexts) * 2,
      .is_warmed_up = true,
      .begin = begin,
      .end = end,
  };
}

void bench_crowd_groups(size_t max_contexts, bench_group *out) {
  for (size_t pattern = 0; pattern < BENCH_NUM_PATTERNS; pattern++) {
    for (size_t i = 0; i < bench_sizes_up_to(max_contexts); i++)
      *out++ = make_group((bench_pattern)pattern, bench_sizes[i]);
  }
}
