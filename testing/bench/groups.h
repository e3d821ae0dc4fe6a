/* All that is measured. */
#ifndef CTX_TESTING_BENCH_GROUPS_H_
#define CTX_TESTING_BENCH_GROUPS_H_

#include "testing/bench/runner.h"

/* All groups, with no more contexts than that, in the order in which they are measured; for as long
 * as the process lives. */
const bench_group *bench_plan(size_t max_contexts, size_t *out_num);

/* Returns the row of that name, or num_rows. */
size_t bench_find_row(const bench_group *group, const char *name);

#endif /* CTX_TESTING_BENCH_GROUPS_H_ */
