/* Measures competitors that take turns, and compares them.
 *
 * A group holds rows that do the same work in different ways. The runner pins the process to one
 * CPU and runs a short batch of each row in turn, A B C A B C, so that whatever disturbs the
 * machine meets all of them alike. (Google Benchmark repeats and shuffles whole benchmarks, but
 * cannot pair them round by round.) */
#ifndef CTX_TESTING_BENCH_RUNNER_H_
#define CTX_TESTING_BENCH_RUNNER_H_

#include <stddef.h>
#include <stdint.h>

/* A batch is a multiple of this many operations, so that bodies may be unrolled, or loop inside. */
#define BENCH_BATCH_STEP 128

#define BENCH_MAX_BASELINES 4

/* Does num_ops operations, and returns how many the other side can prove: a function that was
 * called, a context that was resumed. The runner stops the program where the two differ. */
typedef uint64_t bench_run(uint64_t num_ops);

typedef struct bench_row {
  const char *name;
  bench_run *run;
  /* The most that the ratio to each of the group's baselines may be, in their order; 0: no matter.
   */
  double targets[BENCH_MAX_BASELINES];
} bench_row;

typedef struct bench_group {
  const char *name;
  const char *baselines[BENCH_MAX_BASELINES]; /* names of rows; unused ones are null */
  const bench_row *rows;
  size_t num_rows;
} bench_group;

/* What one operation took, in nanoseconds. */
typedef struct bench_result {
  double min;
  double median;
} bench_result;

/* Readies the process for measuring: pins it to the CPU that it runs on, and returns its number.
 *
 * It also raises all status flags of MXCSR, for good. Boost.Context saves and reloads MXCSR whole,
 * and that costs twenty times as much where the two sides' flags differ; whether they do would
 * depend on what was computed before a child was made. */
int bench_settle(void);

/* Fills results[row] for each row of the group. */
void bench_measure(const bench_group *group, size_t num_rounds, bench_result *results);

/* Zeroed memory, aligned to a page, that lives as long as the process. Stops the program if there
 * is none. */
void *bench_allocate(size_t size);

/* Large enough for whatever runs on a stack here. */
#define BENCH_STACK_SIZE 16384

#endif /* CTX_TESTING_BENCH_RUNNER_H_ */
