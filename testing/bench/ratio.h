/* Compares rows, for both kinds of report. */
#ifndef CTX_TESTING_BENCH_RATIO_H_
#define CTX_TESTING_BENCH_RATIO_H_

#include "testing/bench/report.h"

typedef struct bench_ratio {
  double value;  /* 0: none, since it is a row's to itself, or one was left out */
  double target; /* 0: none */
} bench_ratio;

/* Returns the ratio of medians, of a row to the group's baseline of that index. */
bench_ratio bench_ratio_to(const bench_outcome *outcome, size_t row, size_t baseline);

bool bench_is_met(bench_ratio ratio);

size_t bench_num_baselines(const bench_group *group);

/* Returns why a row has no numbers, in buffer; or null if it has some. */
const char *bench_why_left_out(const bench_outcome *outcome, size_t row, char *buffer, size_t size);

#endif /* CTX_TESTING_BENCH_RATIO_H_ */
