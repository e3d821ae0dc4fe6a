#include "testing/bench/ratio.h"

#include <inttypes.h>

bench_ratio bench_ratio_to(const bench_outcome *outcome, size_t row, size_t baseline) {
  const bench_group *group = outcome->group;
  const bench_result *results = outcome->results;
  size_t to = bench_find_row(group, group->baselines[baseline]);
  bench_ratio ratio = {.target = group->rows[row].targets[baseline]};
  if (to != row && results[row].num_rounds != 0 && results[to].num_rounds != 0)
    ratio.value = results[row].median / results[to].median;
  return ratio;
}

bool bench_is_met(bench_ratio ratio) { return ratio.value <= ratio.target; }

size_t bench_num_baselines(const bench_group *group) {
  size_t num = 0;
  while (num < BENCH_MAX_BASELINES && group->baselines[num] != NULL)
    num++;
  return num;
}

const char *bench_why_left_out(const bench_outcome *outcome, size_t row, char *buffer,
                               size_t size) {
  if (outcome->results[row].num_rounds != 0) return NULL;
  if (outcome->why_not != NULL) return outcome->why_not;
  snprintf(buffer, size, "the system gave no more than %" PRIu64, outcome->results[row].ended_at);
  return buffer;
}
