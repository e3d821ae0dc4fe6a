/* Measures what a switch, and a call on a stack of its own, cost beside the alternatives:
 *
 *   ./tools/bazel run -c opt //testing/bench -- --help */
#define _GNU_SOURCE /* getloadavg */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "testing/bench/colony.h"
#include "testing/bench/groups.h"
#include "testing/bench/progress.h"
#include "testing/bench/report.h"
#include "testing/bench/report_json.h"
#include "testing/bench/sizes.h"

#define DEFAULT_ROUNDS 1000

typedef struct arguments {
  size_t num_rounds;
  size_t max_contexts;
  const char *filter;
  const char *json_path; /* null: none */
} arguments;

static void print_usage(FILE *out) {
  fprintf(
      out,
      "usage: bench [--rounds N] [--max-contexts N] [--filter SUBSTRING] [--json FILE]\n"
      "\n"
      "Measures ctx, and what it is compared with, in turns, and prints tables (Markdown).\n"
      "\n"
      "  --rounds N          turns of each competitor, fewer where one takes long; default %d,\n"
      "                      some minutes in all\n"
      "  --max-contexts N    no more contexts at a time; default %d, for which it takes 7 GiB\n"
      "  --filter SUBSTRING  only the tables whose title contains it\n"
      "  --json FILE         write the same as JSON, too\n",
      DEFAULT_ROUNDS, BENCH_MAX_CONTEXTS);
}

_Noreturn static void refuse(const char *what, const char *argument) {
  fprintf(stderr, "bench: %s: %s\n", what, argument);
  print_usage(stderr);
  exit(2);
}

static size_t parse_number(const char *text) {
  char *end;
  errno = 0;
  long num = strtol(text, &end, 10);
  if (errno != 0 || *end != '\0' || num < 1 || num > 1000000) refuse("not a number", text);
  return (size_t)num;
}

static arguments parse(int argc, char **argv) {
  arguments parsed = {
      .num_rounds = DEFAULT_ROUNDS, .max_contexts = BENCH_MAX_CONTEXTS, .filter = ""};
  for (int i = 1; i < argc; i++) {
    const char *option = argv[i];
    if (strcmp(option, "--help") == 0) {
      print_usage(stdout);
      exit(0);
    }
    if (i + 1 == argc) refuse("unknown, or lacks its value", option);
    const char *value = argv[++i];
    if (strcmp(option, "--rounds") == 0) {
      parsed.num_rounds = parse_number(value);
    } else if (strcmp(option, "--max-contexts") == 0) {
      parsed.max_contexts = parse_number(value);
    } else if (strcmp(option, "--filter") == 0) {
      parsed.filter = value;
    } else if (strcmp(option, "--json") == 0) {
      parsed.json_path = value;
    } else {
      refuse("unknown", option);
    }
  }
  return parsed;
}

static FILE *open_json(const char *path) {
  FILE *json = fopen(path, "w");
  if (json == NULL) {
    perror(path);
    exit(1);
  }
  return json;
}

static bool is_wanted(const arguments *args, const char *title) {
  return strstr(title, args->filter) != NULL;
}

static bench_outcome measure(const bench_group *group, size_t num_rounds) {
  bench_result *results = bench_allocate(group->num_rows * sizeof *results);
  bench_outcome outcome = {.group = group, .results = results};
  outcome.why_not = bench_measure(group, num_rounds, results);
  bench_progress_done();
  return outcome;
}

/* Measures the groups from `first` on that are one table, and returns how many they are. */
static size_t measure_table(const bench_group *first, const bench_group *end, const arguments *args,
                            FILE *json) {
  size_t num = 1;
  while (first->num_contexts != 0 && first + num != end &&
         strcmp(first[num].name, first->name) == 0)
    num++;
  bench_outcome *outcomes = bench_allocate(num * sizeof *outcomes);
  for (size_t i = 0; i < num; i++) {
    outcomes[i] = measure(&first[i], args->num_rounds);
    if (json != NULL) bench_json_group(json, &outcomes[i]);
  }
  if (first->num_contexts != 0) {
    bench_report_series(stdout, outcomes, num);
  } else {
    bench_report_table(stdout, outcomes);
  }
  fflush(stdout);
  return num;
}

static void measure_memory(const arguments *args, FILE *json) {
  bench_memory_outcome *outcomes =
      bench_allocate(BENCH_NUM_SIZES * bench_num_colonies * sizeof *outcomes);
  size_t num = 0;
  for (size_t i = 0; i < bench_sizes_up_to(args->max_contexts); i++) {
    if (bench_sizes[i] < BENCH_MIN_MEMORY_CONTEXTS) continue;
    const bench_group shown = {.name = "Memory", .num_contexts = bench_sizes[i]};
    for (size_t c = 0; c < bench_num_colonies; c++) {
      bench_progress(&shown, 100 * c / bench_num_colonies);
      outcomes[num] = (bench_memory_outcome){
          .colony = &bench_colonies[c],
          .num_contexts = bench_sizes[i],
          .memory = bench_colony_memory(&bench_colonies[c], bench_sizes[i]),
      };
      if (json != NULL) bench_json_memory(json, &outcomes[num]);
      num++;
    }
  }
  bench_progress_done();
  if (num != 0) bench_report_memory(stdout, outcomes, num);
}

int main(int argc, char **argv) {
  arguments args = parse(argc, argv);
  FILE *json = args.json_path == NULL ? NULL : open_json(args.json_path);
  bench_setting setting = {.num_rounds = args.num_rounds, .cpu = bench_settle()};
  if (getloadavg(&setting.load, 1) != 1) setting.load = 0;
#ifndef __OPTIMIZE__
  fprintf(stderr, "bench: not optimised: build it with -c opt for numbers that mean something\n");
#endif

  size_t num_groups;
  const bench_group *plan = bench_plan(args.max_contexts, &num_groups);
  const bench_group *end = plan + num_groups;
  size_t num_wanted = 0;
  for (const bench_group *group = plan; group != end; group++)
    num_wanted += is_wanted(&args, group->name);
  bool wants_memory = is_wanted(&args, "Memory");
  if (num_wanted == 0 && !wants_memory) refuse("no table's title contains", args.filter);
  bench_progress_expect(num_wanted + wants_memory);

  bench_report_setting(stdout, &setting);
  if (json != NULL) bench_json_begin(json, &setting);
  for (const bench_group *group = plan; group != end;) {
    group += is_wanted(&args, group->name) ? measure_table(group, end, &args, json) : 1;
  }
  if (wants_memory) measure_memory(&args, json);

  if (json != NULL) {
    bench_json_end(json);
    if (fclose(json) != 0) {
      perror(args.json_path);
      return 1;
    }
  }
  return 0;
}
