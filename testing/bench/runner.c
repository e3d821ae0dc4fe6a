#define _GNU_SOURCE /* sched_setaffinity */
#include "testing/bench/runner.h"

#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <xmmintrin.h>

#include "testing/bench/progress.h"

/* Long beside reading the clock, short beside a time slice: most batches run undisturbed. */
#define BATCH_NS 60000

/* A group whose batches cannot be so short has fewer rounds, and takes no more than so many times
 * as long; but it has no fewer rounds than these. */
#define MIN_ROUNDS 7
#define MAX_STRETCH 4

_Noreturn static void die(const char *what, const char *name) {
  fprintf(stderr, "bench: %s: %s\n", name, what);
  exit(1);
}

/* This thread's own time, its system calls included: others that run on the machine take their
 * share of its caches, but not of the numbers. Reading it takes less than half a percent of a
 * batch. */
static uint64_t now_ns(void) {
  struct timespec time;
  if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) != 0) die("no clock", "clock_gettime");
  return (uint64_t)time.tv_sec * UINT64_C(1000000000) + (uint64_t)time.tv_nsec;
}

int bench_settle(void) {
  _mm_setcsr(_mm_getcsr() | _MM_EXCEPT_MASK);

  int cpu = sched_getcpu();
  cpu_set_t set;
  CPU_ZERO(&set);
  if (cpu >= 0) CPU_SET((size_t)cpu, &set);
  if (cpu < 0 || sched_setaffinity(0, sizeof set, &set) != 0) die("cannot pin", "CPU");
  return cpu;
}

void *bench_allocate(size_t size) {
  size_t rounded = (size + 4095) / 4096 * 4096;
  void *memory = aligned_alloc(4096, rounded);
  if (memory == NULL) die("no memory", "bench_allocate");
  return memset(memory, 0, rounded);
}

void *bench_map(size_t size) {
  void *memory =
      mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) die("no memory", "bench_map");
  return memory;
}

static uint64_t step_of(const bench_group *group) {
  return group->batch_step != 0 ? group->batch_step : BENCH_BATCH_STEP;
}

typedef struct batch {
  uint64_t num_ops; /* 0: left out */
  uint64_t ns;      /* what it takes, about */
  uint64_t ended_at;
} batch;

static batch time_batch(const bench_group *group, const bench_row *row, uint64_t num_ops) {
  if (row->prepare != NULL) row->prepare(num_ops);
  if (group->is_warmed_up) row->run(step_of(group));
  uint64_t start = now_ns();
  uint64_t proved = row->run(num_ops);
  uint64_t end = now_ns();
  if (row->finish != NULL) row->finish();
  if (proved < num_ops && group->is_one_step) return (batch){.ended_at = proved};
  if (proved != num_ops) {
    fprintf(stderr, "bench: did %" PRIu64 " of %" PRIu64 " operations\n", proved, num_ops);
    die("does not do what it is measured for", row->name);
  }
  return (batch){.num_ops = num_ops, .ns = end - start};
}

static batch choose_batch(const bench_group *group, const bench_row *row) {
  uint64_t step = step_of(group);
  /* The first run pays for setting up. */
  batch chosen = time_batch(group, row, step);
  if (group->is_one_step) return chosen;
  chosen = time_batch(group, row, step);
  while (chosen.ns < BATCH_NS / 2)
    chosen = time_batch(group, row, chosen.num_ops * 2);
  if (chosen.ns > 2 * BATCH_NS) return chosen;
  /* The best of a few: one that was interrupted would make all batches too short. */
  uint64_t best = UINT64_MAX;
  for (int i = 0; i < 5; i++) {
    uint64_t ns = time_batch(group, row, chosen.num_ops).ns;
    if (ns < best) best = ns;
  }
  uint64_t num_steps = chosen.num_ops / step * BATCH_NS / (best | 1);
  return time_batch(group, row, (num_steps == 0 ? 1 : num_steps) * step);
}

static int compare_doubles(const void *a, const void *b) {
  double x = *(const double *)a;
  double y = *(const double *)b;
  return (x > y) - (x < y);
}

static size_t choose_rounds(const bench_group *group, size_t num_rounds, const batch *batches) {
  uint64_t ns_per_round = 1;
  for (size_t row = 0; row < group->num_rows; row++)
    ns_per_round += batches[row].ns;
  uint64_t fit = num_rounds * group->num_rows * BATCH_NS * MAX_STRETCH / ns_per_round;
  if (fit < MIN_ROUNDS) fit = MIN_ROUNDS;
  return fit < num_rounds ? (size_t)fit : num_rounds;
}

static void measure_rounds(const bench_group *group, size_t num_rounds, const batch *batches,
                           bench_result *results) {
  size_t num_rows = group->num_rows;
  double *times = bench_allocate(num_rows * num_rounds * sizeof *times);
  for (size_t round = 0; round < num_rounds; round++) {
    bench_progress(group, 100 * round / num_rounds);
    for (size_t row = 0; row < num_rows; row++) {
      if (batches[row].num_ops == 0) continue;
      batch timed = time_batch(group, &group->rows[row], batches[row].num_ops);
      if (timed.num_ops == 0) die("went as far only once", group->rows[row].name);
      times[row * num_rounds + round] = (double)timed.ns / (double)timed.num_ops;
    }
  }
  for (size_t row = 0; row < num_rows; row++) {
    double *of_row = times + row * num_rounds;
    qsort(of_row, num_rounds, sizeof *of_row, compare_doubles);
    results[row] = (bench_result){.min = of_row[0],
                                  .median = of_row[num_rounds / 2],
                                  .num_rounds = batches[row].num_ops == 0 ? 0 : num_rounds,
                                  .ended_at = batches[row].ended_at};
  }
  free(times);
}

const char *bench_measure(const bench_group *group, size_t num_rounds, bench_result *results) {
  memset(results, 0, group->num_rows * sizeof *results);
  bench_progress(group, 0);
  const char *why_not = group->begin == NULL ? NULL : group->begin(group);
  if (why_not != NULL) return why_not;
  batch *batches = bench_allocate(group->num_rows * sizeof *batches);
  for (size_t row = 0; row < group->num_rows; row++) {
    bench_progress(group, 0);
    batches[row] = choose_batch(group, &group->rows[row]);
  }
  measure_rounds(group, choose_rounds(group, num_rounds, batches), batches, results);
  free(batches);
  if (group->end != NULL) group->end(group);
  return NULL;
}
