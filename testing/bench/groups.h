/* All that is measured. */
#ifndef CTX_TESTING_BENCH_GROUPS_H_
#define CTX_TESTING_BENCH_GROUPS_H_

#include "testing/bench/runner.h"

extern const bench_group bench_groups[];
extern const size_t bench_num_groups;

/* Returns the row of that name, or num_rows. */
size_t bench_find_row(const bench_group *group, const char *name);

#endif /* CTX_TESTING_BENCH_GROUPS_H_ */
