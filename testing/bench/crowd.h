/* Many contexts, switched in random order: how a switch grows dearer with their number.
 *
 *   hub    a host visits its children, each of which switches back at once
 *   ring   each child passes control to the next; the host starts and ends each lap
 *
 * Whose turn it is is read from a queue of addresses: a permutation of all, again and again.
 *
 * All competitors' children live on the same stacks: those of one ctx_stack_pool, cut at their ends
 * into slices, one for each competitor. So pages, their tables and their places in caches are the
 * same for all, and a million contexts of seven kinds fit into memory. Contexts, which with
 * Boost.Context are addresses, are a dense array. */
#ifndef CTX_TESTING_BENCH_CROWD_H_
#define CTX_TESTING_BENCH_CROWD_H_

#include <stdbool.h>
#include <stdint.h>

#include "testing/bench/runner.h"

typedef enum bench_pattern {
  BENCH_HUB,
  BENCH_RING,
  BENCH_HUB_FRAMES, /* in these, eight words of each child's stack are live, and changed */
  BENCH_RING_FRAMES,
  BENCH_NUM_PATTERNS
} bench_pattern;

/* Entries of a queue beyond its end that may be looked at. */
#define BENCH_LOOK_AHEAD 16

/* Bytes. Seven of them are in the page at a stack's end, even of the stacks that a pool ends 960
 * bytes before it. What is not optimised, or is instrumented, needs more. */
#if defined(__OPTIMIZE__) && !defined(CTX_CHECKED)
#define BENCH_SLICE_SIZE 448
#else
#define BENCH_SLICE_SIZE 8192
#endif

typedef struct bench_crowd {
  size_t num;
  const uint32_t *order; /* a permutation of the numbers below num */
  size_t num_visits;     /* a multiple of num; so large that a lap is long beside its ends */
  char **stack_ends;
} bench_crowd;

/* The lowest address of a competitor's slice of a stack. */
static inline void *bench_crowd_slice(const bench_crowd *crowd, size_t stack, size_t slice) {
  return crowd->stack_ends[stack] - (slice + 1) * BENCH_SLICE_SIZE;
}

/* A competitor's. There is one crowd at a time. */
typedef struct bench_crowd_cases {
  size_t context_size;
  void (*start)(const bench_crowd *crowd, size_t slice, bench_pattern pattern);
  void (*drop)(void);
  bench_run *run[BENCH_NUM_PATTERNS];
} bench_crowd_cases;

extern const bench_crowd_cases bench_ctx_inline_crowd;
extern const bench_crowd_cases bench_ctx_callless_crowd;
extern const bench_crowd_cases bench_ctx_external_crowd;
extern const bench_crowd_cases bench_ctx_prefetched_crowd;
extern const bench_crowd_cases bench_boost_crowd;
extern const bench_crowd_cases bench_seed_crowd;
extern const bench_crowd_cases bench_ucontext_crowd;

/* Returns how many groups bench_crowd_groups fills in for up to max_contexts contexts: for each
 * pattern, one for each number of contexts. They last as long as the process. */
size_t bench_crowd_num_groups(size_t max_contexts);
void bench_crowd_groups(size_t max_contexts, bench_group *out);

#endif /* CTX_TESTING_BENCH_CROWD_H_ */
