/* Shows on a terminal what is being measured. */
#ifndef CTX_TESTING_BENCH_PROGRESS_H_
#define CTX_TESTING_BENCH_PROGRESS_H_

#include "testing/bench/runner.h"

/* bench_progress_expect says how many groups there will be, before the first begins. */
void bench_progress_expect(size_t num_groups);

/* Shows, if stderr is a terminal and some time has passed, which group is being measured and how
 * far it is. A line that is written over and over. */
void bench_progress(const bench_group *group, size_t percent);

/* Clears that line, so that something else can be written; and counts a group as done. */
void bench_progress_done(void);

#endif /* CTX_TESTING_BENCH_PROGRESS_H_ */
