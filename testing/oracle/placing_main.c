/* Places many random signatures, for as long as you like:
 *
 *     bazel run -c opt //testing/oracle:placing_aarch64_aapcs64 -- --cases=10000000
 *
 *     --cases=N     random signatures of all types that the library takes
 *     --refused=N   the same, and what it has to refuse
 *     --max-args=M  20, unless given
 *     --seed=S      1, unless given; a failure names the seed that brings it back at once, with the
 *                   same max-args and a count of 1
 *
 * In the order in which they are given. Each prints a line when it is done, with the number of
 * those that have an aggregate; the first difference ends the program, with a report and exit
 * status 1. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "testing/oracle/call.h"
#include "testing/oracle/placing.h"

static gen_case from;
static uint64_t max_args = 20;
static uint64_t seed = 1;

static bool has_aggregate(void) {
  bool found = gen_is_aggregate(from.result.type);
  for (size_t i = 0; i < from.num_args && !found; i++)
    found = gen_is_aggregate(from.args[i].type);
  return found;
}

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int run(const char *name, uint64_t num_cases, unsigned allow) {
  const gen_options options = placing_options((size_t)max_args, allow);
  uint64_t num_args = 0;
  uint64_t num_with_aggregates = 0;
  double begin = seconds();
  for (uint64_t i = 0; i < num_cases; i++) {
    uint64_t hash = (seed + i) * UINT64_C(0x9e3779b97f4a7c15);
    gen_case_from_seed(&from, &options, seed + i, (size_t)((hash >> 32) % (max_args + 1)));
    if ((allow & GEN_ALLOW_REFUSED) == 0) oracle_make_acceptable(&from);
    num_args += from.num_args;
    num_with_aggregates += has_aggregate();
    const char *complaint = placing_judge(&from);
    if (*complaint == '\0') continue;
    printf("%s: case %" PRIu64 ", --seed=%" PRIu64 ":\n%s\n", name, i, seed + i, complaint);
    return 1;
  }
  printf("%s: %" PRIu64 " cases, %" PRIu64 " with aggregates, %" PRIu64
         " arguments, no difference; %.1f s\n",
         name, num_cases, num_with_aggregates, num_args, seconds() - begin);
  return 0;
}

/* The value of `--name=value`; false: it is another argument. */
static bool value_of(const char *argument, const char *name, uint64_t *out) {
  size_t length = strlen(name);
  if (strncmp(argument, name, length) != 0 || argument[length] != '=') return false;
  *out = strtoull(argument + length + 1, NULL, 10);
  return true;
}

int main(int argc, char **argv) {
  int status = argc > 1 ? 0 : 2;
  for (int i = 1; i < argc && status == 0; i++) {
    uint64_t num_cases;
    if (value_of(argv[i], "--max-args", &max_args)) {
      status = max_args <= GEN_MAX_ARGS ? 0 : 2;
    } else if (value_of(argv[i], "--seed", &seed)) {
      status = 0;
    } else if (value_of(argv[i], "--cases", &num_cases)) {
      status = run("all types", num_cases, GEN_ALLOW_ALL);
    } else if (value_of(argv[i], "--refused", &num_cases)) {
      status = run("refused", num_cases, GEN_ALLOW_ALL | GEN_ALLOW_REFUSED);
    } else {
      status = 2;
    }
  }
  if (status == 2) {
    fprintf(stderr, "usage: placing [--max-args=M] [--seed=S] [--cases=N] [--refused=N]\n");
  }
  return status;
}
