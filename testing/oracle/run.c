/* Many cases, for as long as you like:
 *
 *     bazel run -c opt //testing/oracle:run -- --random=10000000 --max-args=64
 *
 *     --random=N      random signatures of scalars: 0 to max-args arguments, and results
 *     --aggregates=N  the same of all types that the library takes
 *     --refused=N     the same, and what it has to refuse
 *     --long=N        random signatures of all types, of up to 1,000 arguments
 *     --libffi=N      random signatures that libffi judges, beside the model; not on riscv64
 *     --enumerate=L   all sequences of integers and floats of up to L arguments; then all of those
 *                     and i8
 *     --max-args=M    64, unless given
 *     --seed=S        1, unless given; a failure names the seed that brings it back at once, with
 *                     the same max-args and a count of 1
 *
 * In the order in which they are given. Each prints a line when it is done; the first difference
 * ends the program, with a report and exit status 1. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "testing/oracle/call.h"
#ifdef ORACLE_HAS_LIBFFI
#include "testing/oracle/libffi.h"
#endif

static gen_case from;
static size_t max_args = 64;
static uint64_t seed = 1;

/* ---- Progress ---- */

typedef struct progress {
  const char *name;
  uint64_t num_cases;
  uint64_t num_done;
  uint64_t num_args;
  struct timespec begin;
} progress;

static progress start(const char *name, uint64_t num_cases) {
  progress p = {.name = name, .num_cases = num_cases};
  clock_gettime(CLOCK_MONOTONIC, &p.begin);
  return p;
}

static double seconds_since(const struct timespec *begin) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)(now.tv_sec - begin->tv_sec) + 1e-9 * (double)(now.tv_nsec - begin->tv_nsec);
}

static void step(progress *p) {
  p->num_done += 1;
  p->num_args += from.num_args;
  if (p->num_done % 65536 != 0 || !isatty(STDERR_FILENO)) return;
  fprintf(stderr, "\r\033[K%s: %" PRIu64 " of %" PRIu64, p->name, p->num_done, p->num_cases);
}

static void finish(const progress *p) {
  if (isatty(STDERR_FILENO)) fprintf(stderr, "\r\033[K");
  printf("%s: %" PRIu64 " cases, %" PRIu64 " arguments, no difference; %.1f s\n", p->name,
         p->num_done, p->num_args, seconds_since(&p->begin));
  fflush(stdout);
}

static void check(const progress *p, const char *complaint, uint64_t case_seed) {
  if (*complaint == '\0') return;
  if (isatty(STDERR_FILENO)) fprintf(stderr, "\n");
  printf("%s: case %" PRIu64 ", --seed=%" PRIu64 ":\n%s\n", p->name, p->num_done, case_seed,
         complaint);
  exit(1);
}

/* ---- Modes ---- */

/* Returns how many arguments a case has: 0 to `most`, half of the cases at most 12. */
static size_t num_args_of(uint64_t case_seed, size_t most) {
  uint64_t hash = case_seed * UINT64_C(0x9e3779b97f4a7c15);
  size_t few = most < 12 ? most : 12;
  return (size_t)(hash >> 32) % ((hash >> 20) % 2 == 0 ? few + 1 : most + 1);
}

static void run_random(const char *name, uint64_t num_cases, size_t most, unsigned allow) {
  gen_options options = oracle_options(most);
  options.allow = allow;
  progress p = start(name, num_cases);
  for (uint64_t i = 0; i < num_cases; i++) {
    uint64_t case_seed = seed + i;
    gen_case_from_seed(&from, &options, case_seed, num_args_of(case_seed, most));
    from.way %= ORACLE_OWN_MASK;
    if ((allow & GEN_ALLOW_REFUSED) == 0) oracle_make_acceptable(&from);
    check(&p, oracle_call(&from), case_seed);
    step(&p);
  }
  finish(&p);
}

#ifdef ORACLE_HAS_LIBFFI
static void run_libffi(uint64_t num_cases) {
  const gen_options options = {.max_args = max_args, .max_vector = 8, .allow = ORACLE_LIBFFI_ALLOW};
  progress p = start("libffi", num_cases);
  for (uint64_t i = 0; i < num_cases; i++) {
    uint64_t case_seed = seed + i;
    gen_case_from_seed(&from, &options, case_seed, num_args_of(case_seed, max_args));
    check(&p, oracle_libffi_call(&from), case_seed);
    from.way %= ORACLE_OWN_MASK;
    check(&p, oracle_call(&from), case_seed);
    step(&p);
  }
  finish(&p);
}
#endif

static void run_enumeration(const char *name, const gen_kind *kinds, size_t num_kinds,
                            uint64_t length) {
  uint64_t total = 0;
  uint64_t num_cases = 1;
  for (uint64_t n = 0; n <= length; n++, num_cases *= num_kinds)
    total += num_cases;
  progress p = start(name, total);
  num_cases = 1;
  for (uint64_t n = 0; n <= length; n++, num_cases *= num_kinds) {
    for (uint64_t i = 0; i < num_cases; i++) {
      gen_case_from_sequence(&from, kinds, num_kinds, n, i);
      from.way = oracle_way_of(i);
      check(&p, oracle_call(&from), 0);
      step(&p);
    }
  }
  finish(&p);
}

/* The value of `--name=value`, or null. */
static const char *value_of(const char *argument, const char *name) {
  size_t length = strlen(name);
  if (strncmp(argument, name, length) != 0 || argument[length] != '=') return NULL;
  return argument + length + 1;
}

static bool do_one(const char *argument) {
  static const gen_kind two[] = {GEN_U64, GEN_F64};
  static const gen_kind three[] = {GEN_U64, GEN_F64, GEN_I8};
  const char *value;
  if ((value = value_of(argument, "--random")) != NULL) {
    run_random("scalars", strtoull(value, NULL, 10), max_args, GEN_ALLOW_RESULT);
  } else if ((value = value_of(argument, "--aggregates")) != NULL) {
    run_random("all types", strtoull(value, NULL, 10), max_args, GEN_ALLOW_ALL);
  } else if ((value = value_of(argument, "--refused")) != NULL) {
    run_random("refused", strtoull(value, NULL, 10), max_args, GEN_ALLOW_ALL | GEN_ALLOW_REFUSED);
  } else if ((value = value_of(argument, "--long")) != NULL) {
    run_random("long", strtoull(value, NULL, 10), 1000, GEN_ALLOW_ALL);
#ifdef ORACLE_HAS_LIBFFI
  } else if ((value = value_of(argument, "--libffi")) != NULL) {
    run_libffi(strtoull(value, NULL, 10));
#endif
  } else if ((value = value_of(argument, "--enumerate")) != NULL) {
    run_enumeration("integers and floats", two, 2, strtoull(value, NULL, 10));
    run_enumeration("integers, floats and i8", three, 3, strtoull(value, NULL, 10));
  } else {
    return false;
  }
  return true;
}

/* Options that hold for all modes. */
static bool set_one(const char *argument) {
  const char *value;
  if ((value = value_of(argument, "--max-args")) != NULL) {
    max_args = (size_t)strtoull(value, NULL, 10);
    return max_args <= GEN_MAX_ARGS;
  }
  if ((value = value_of(argument, "--seed")) != NULL) {
    seed = strtoull(value, NULL, 10);
    return true;
  }
  return false;
}

static bool is_setting(const char *argument) {
  return value_of(argument, "--max-args") != NULL || value_of(argument, "--seed") != NULL;
}

int main(int argc, char **argv) {
  bool is_right = argc > 1;
  for (int i = 1; i < argc; i++) {
    if (is_setting(argv[i])) is_right &= set_one(argv[i]);
  }
  for (int i = 1; i < argc && is_right; i++) {
    if (!is_setting(argv[i])) is_right = do_one(argv[i]);
  }
  if (is_right) return 0;
  fprintf(stderr,
          "usage: run [--random=N] [--aggregates=N] [--refused=N] [--long=N] [--libffi=N] "
          "[--enumerate=L]\n"
          "           [--max-args=M] [--seed=S]\n");
  return 2;
}
