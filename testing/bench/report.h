/* What was measured, for people (Markdown tables) and for programs (JSON). */
#ifndef CTX_TESTING_BENCH_REPORT_H_
#define CTX_TESTING_BENCH_REPORT_H_

#include <stdio.h>

#include "testing/bench/groups.h"

/* One Markdown table. Ratios are of medians; where one has a target, it says whether it is met. */
void bench_report_table(FILE *out, const bench_group *group, const bench_result *results);

/* What the numbers were measured with. */
typedef struct bench_setting {
  size_t num_rounds;
  int cpu;
} bench_setting;

/* One line of Markdown. */
void bench_report_setting(FILE *out, const bench_setting *setting);

/* One JSON object: between begin and end any number of groups. Each row is on a line of its own. */
void bench_report_json_begin(FILE *out, const bench_setting *setting);
void bench_report_json_group(FILE *out, const bench_group *group, const bench_result *results,
                             int is_first);
void bench_report_json_end(FILE *out);

#endif /* CTX_TESTING_BENCH_REPORT_H_ */
