#include "testing/bench/progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* Often enough to see it move, seldom enough not to disturb what is measured. */
#define INTERVAL_MS 200

static size_t num_expected;
static size_t num_done;

static long now_ms(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

void bench_progress_expect(size_t num_groups) { num_expected = num_groups; }

void bench_progress(const bench_group *group, size_t percent) {
  static long shown_at;
  long now = now_ms();
  if (now - shown_at < INTERVAL_MS || !isatty(STDERR_FILENO)) return;
  shown_at = now;
  fprintf(stderr, "\r\033[K[%zu/%zu] %s", num_done + 1, num_expected, group->name);
  if (group->num_contexts != 0) fprintf(stderr, ", %zu contexts", group->num_contexts);
  if (percent != 0) {
    fprintf(stderr, ": %zu%%", percent);
  } else {
    fprintf(stderr, ": starting");
  }
}

void bench_progress_done(void) {
  num_done++;
  if (isatty(STDERR_FILENO)) fprintf(stderr, "\r\033[K");
}
