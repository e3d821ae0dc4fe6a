/* Reports what was measured, for people (Markdown tables) and for programs (JSON). */
#ifndef CTX_TESTING_BENCH_REPORT_H_
#define CTX_TESTING_BENCH_REPORT_H_

#include <stdbool.h>
#include <stdio.h>

#include "testing/bench/colony.h"
#include "testing/bench/groups.h"

/* The numbers were measured with this. */
typedef struct bench_setting {
  size_t num_rounds;
  int cpu;
  double load; /* of the machine, the minute before */
} bench_setting;

/* A group, and what came out. */
typedef struct bench_outcome {
  const bench_group *group;
  const bench_result *results; /* for each row */
  const char *why_not;         /* why it was not measured; otherwise null */
} bench_outcome;

/* One Markdown table. Ratios are of medians; where one has a target, it says whether it is met. */
void bench_report_table(FILE *out, const bench_outcome *outcome);

/* One Markdown table for groups that differ by their number of contexts: medians, and those ratios
 * that have a target. */
void bench_report_series(FILE *out, const bench_outcome *outcomes, size_t num_outcomes);

typedef struct bench_memory_outcome {
  const bench_colony *colony;
  size_t num_contexts;
  bench_memory memory;
} bench_memory_outcome;

void bench_report_memory(FILE *out, const bench_memory_outcome *outcomes, size_t num_outcomes);

/* One line of Markdown. */
void bench_report_setting(FILE *out, const bench_setting *setting);

#endif /* CTX_TESTING_BENCH_REPORT_H_ */
