#define _GNU_SOURCE /* sched_setaffinity */
#include "testing/bench/runner.h"

#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <xmmintrin.h>

/* Long beside reading the clock, short beside a time slice: most batches run undisturbed. */
#define BATCH_NS 60000

_Noreturn static void die(const char *what, const char *name) {
  fprintf(stderr, "bench: %s: %s\n", name, what);
  exit(1);
}

static uint64_t now_ns(void) {
  struct timespec time;
  if (clock_gettime(CLOCK_MONOTONIC, &time) != 0) die("no monotonic clock", "clock_gettime");
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

static uint64_t time_batch(const bench_row *row, uint64_t num_ops) {
  uint64_t start = now_ns();
  uint64_t proved = row->run(num_ops);
  uint64_t end = now_ns();
  if (proved != num_ops) {
    fprintf(stderr, "bench: did %" PRIu64 " of %" PRIu64 " operations\n", proved, num_ops);
    die("does not do what it is measured for", row->name);
  }
  return end - start;
}

static uint64_t choose_batch(const bench_row *row) {
  /* The first run pays for setting up. */
  time_batch(row, BENCH_BATCH_STEP);
  uint64_t num_ops = BENCH_BATCH_STEP;
  while (time_batch(row, num_ops) < BATCH_NS / 2)
    num_ops *= 2;
  /* The best of a few: one that was interrupted would make all batches too short. */
  uint64_t best = UINT64_MAX;
  for (int i = 0; i < 5; i++) {
    uint64_t ns = time_batch(row, num_ops);
    if (ns < best) best = ns;
  }
  uint64_t num_steps = num_ops / BENCH_BATCH_STEP * BATCH_NS / (best | 1);
  return (num_steps == 0 ? 1 : num_steps) * BENCH_BATCH_STEP;
}

static int compare_doubles(const void *a, const void *b) {
  double x = *(const double *)a;
  double y = *(const double *)b;
  return (x > y) - (x < y);
}

static void show_progress(const bench_group *group, size_t round, size_t num_rounds) {
  if (round < num_rounds) {
    fprintf(stderr, "\r\033[K%s: %zu%%", group->name, round * 100 / num_rounds);
  } else {
    fprintf(stderr, "\r\033[K");
  }
}

void bench_measure(const bench_group *group, size_t num_rounds, bench_result *results) {
  size_t num_rows = group->num_rows;
  uint64_t *batches = bench_allocate(num_rows * sizeof *batches);
  double *times = bench_allocate(num_rows * num_rounds * sizeof *times);
  int progress = isatty(STDERR_FILENO);

  for (size_t row = 0; row < num_rows; row++)
    batches[row] = choose_batch(&group->rows[row]);
  for (size_t round = 0; round < num_rounds; round++) {
    if (progress && round % 50 == 0) show_progress(group, round, num_rounds);
    for (size_t row = 0; row < num_rows; row++) {
      uint64_t ns = time_batch(&group->rows[row], batches[row]);
      times[row * num_rounds + round] = (double)ns / (double)batches[row];
    }
  }
  if (progress) show_progress(group, num_rounds, num_rounds);

  for (size_t row = 0; row < num_rows; row++) {
    double *of_row = times + row * num_rounds;
    qsort(of_row, num_rounds, sizeof *of_row, compare_doubles);
    results[row].min = of_row[0];
    results[row].median = of_row[num_rounds / 2];
  }
  free(times);
  free(batches);
}
