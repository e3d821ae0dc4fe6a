/* Contexts with all that each library offers: stacks, guards, contexts. Measures how long it takes
 * to make N of them that live at a time, each entered once, and what memory they take. */
#ifndef CTX_TESTING_BENCH_COLONY_H_
#define CTX_TESTING_BENCH_COLONY_H_

#include "testing/bench/runner.h"

typedef struct bench_colony {
  const char *name;
  /* Makes contexts, each of them on a stack of 64 KiB, enters each, and leaves it suspended.
   * Returns how many there are: fewer than wanted, if the system gave no more. There is one colony
   * at a time. */
  bench_run *make;
  void (*drop)(void);
} bench_colony;

extern const bench_colony bench_colonies[];
extern const size_t bench_num_colonies;

/* The groups that measure times: as bench_crowd_num_groups and bench_crowd_groups. */
size_t bench_colony_num_groups(size_t max_contexts);
void bench_colony_groups(size_t max_contexts, bench_group *out);

/* The memory that so many contexts take. */
typedef struct bench_memory {
  char left_out[64];  /* "", or why there are no numbers */
  double resident;    /* bytes for each context */
  double page_tables; /* bytes for each context; not counted as resident */
  double mappings;    /* of the whole process */
} bench_memory;

bench_memory bench_colony_memory(const bench_colony *colony, size_t num_contexts);

/* Fewer take less than what the kernel counts exactly. */
#define BENCH_MIN_MEMORY_CONTEXTS 1000

#endif /* CTX_TESTING_BENCH_COLONY_H_ */
