/* Measures competitors that take turns, and compares them.
 *
 * A group holds rows that do the same work in different ways. The runner pins the process to one
 * CPU and runs a short batch of each row in turn, A B C A B C, so that whatever disturbs the
 * machine meets all of them alike. (Google Benchmark repeats and shuffles whole benchmarks, but
 * cannot pair them round by round.) */
#ifndef CTX_TESTING_BENCH_RUNNER_H_
#define CTX_TESTING_BENCH_RUNNER_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Unless a group says otherwise, a batch is a multiple of this many operations, so that bodies may
 * be unrolled, or loop inside. */
#define BENCH_BATCH_STEP 128

#define BENCH_MAX_BASELINES 4

/* Does num_ops operations, and returns how many the other side can show: functions that were
 * called, contexts that were resumed. The runner stops the program where the two numbers differ. */
typedef uint64_t bench_run(uint64_t num_ops);

typedef struct bench_row {
  const char *name;
  bench_run *run;
  /* The most that the ratio to each of the group's baselines may be, in their order; 0: no matter.
   */
  double targets[BENCH_MAX_BASELINES];
  double most_ns; /* the most that the median may be; 0: no matter */
  /* Runs before and after each batch, not timed. Null: nothing to do. */
  void (*prepare)(uint64_t num_ops);
  void (*finish)(void);
} bench_row;

typedef struct bench_group bench_group;
struct bench_group {
  const char *name;
  const char *baselines[BENCH_MAX_BASELINES]; /* names of rows; unused ones are null */
  const bench_row *rows;
  size_t num_rows;
  /* Groups of one name that follow each other differ by this. 0: a group by itself. */
  size_t num_contexts;
  uint64_t batch_step; /* 0: BENCH_BATCH_STEP */
  /* Each batch is one step, however short; a row that does less than that has met a limit of the
   * system's, and is left out. */
  bool is_one_step;
  /* Each batch follows a step that is not timed: what others left in the caches does not count. */
  bool is_warmed_up;
  /* Run before and after all batches; null: nothing to do. `begin` returns null, or why it
   * cannot. */
  const char *(*begin)(const bench_group *group);
  void (*end)(const bench_group *group);
};

/* The time that one operation took, in nanoseconds. */
typedef struct bench_result {
  double min;
  double median;
  size_t num_rounds; /* 0: left out, the numbers above mean nothing */
  uint64_t ended_at; /* left out after so many operations, if is_one_step */
} bench_result;

/* Readies the process for measuring: pins it to the CPU that it runs on, and returns its number.
 *
 * It also raises all status flags of floating point, for good. Boost.Context saves and reloads the
 * register that has them, and that costs twenty times as much where the two sides' flags differ.
 * Whether they do would depend on what was computed before a child was made. */
int bench_settle(void);

/* Fills results[row] for each row of the group. If the group's `begin` says that it cannot, all are
 * "left out" and its words are returned; otherwise null is returned. There are fewer rounds where
 * one takes long. */
const char *bench_measure(const bench_group *group, size_t num_rounds, bench_result *results);

/* Zeroed memory, aligned to a page, that lives as long as the process. Stops the program if there
 * is none. */
void *bench_allocate(size_t size);

/* Zeroed memory, for munmap. Stops the program if there is none. */
void *bench_map(size_t size);

/* Large enough for all that runs on a stack here. */
#define BENCH_STACK_SIZE 16384

#endif /* CTX_TESTING_BENCH_RUNNER_H_ */
