/* What a switch, and a call on a stack of its own, cost beside the alternatives:
 *
 *   ./tools/bazel run -c opt //testing/bench -- --help */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "testing/bench/groups.h"
#include "testing/bench/report.h"
#include "testing/bench/runner.h"

#define DEFAULT_ROUNDS 1000

typedef struct arguments {
  size_t num_rounds;
  const char *filter;
  const char *json_path; /* null: none */
} arguments;

static void print_usage(FILE *out) {
  fprintf(out,
          "usage: bench [--rounds N] [--filter SUBSTRING] [--json FILE]\n"
          "\n"
          "Measures ctx, and what it is compared with, in turns, and prints tables (Markdown).\n"
          "\n"
          "  --rounds N          turns of each competitor; default %d, a few seconds in all\n"
          "  --filter SUBSTRING  only the tables whose title contains it\n"
          "  --json FILE         write the same as JSON, too\n",
          DEFAULT_ROUNDS);
}

_Noreturn static void refuse(const char *what, const char *argument) {
  fprintf(stderr, "bench: %s: %s\n", what, argument);
  print_usage(stderr);
  exit(2);
}

static size_t parse_rounds(const char *text) {
  char *end;
  errno = 0;
  long num = strtol(text, &end, 10);
  if (errno != 0 || *end != '\0' || num < 1 || num > 1000000)
    refuse("not a number of rounds", text);
  return (size_t)num;
}

static arguments parse(int argc, char **argv) {
  arguments parsed = {.num_rounds = DEFAULT_ROUNDS, .filter = ""};
  for (int i = 1; i < argc; i++) {
    const char *option = argv[i];
    if (strcmp(option, "--help") == 0) {
      print_usage(stdout);
      exit(0);
    }
    if (i + 1 == argc) refuse("unknown, or lacks its value", option);
    const char *value = argv[++i];
    if (strcmp(option, "--rounds") == 0) {
      parsed.num_rounds = parse_rounds(value);
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

int main(int argc, char **argv) {
  arguments args = parse(argc, argv);
  FILE *json = args.json_path == NULL ? NULL : open_json(args.json_path);
  bench_setting setting = {.num_rounds = args.num_rounds, .cpu = bench_settle()};
#ifndef __OPTIMIZE__
  fprintf(stderr, "bench: not optimised: build it with -c opt for numbers that mean something\n");
#endif

  bench_report_setting(stdout, &setting);
  if (json != NULL) bench_report_json_begin(json, &setting);
  int num_measured = 0;
  for (size_t i = 0; i < bench_num_groups; i++) {
    const bench_group *group = &bench_groups[i];
    if (strstr(group->name, args.filter) == NULL) continue;
    bench_result *results = bench_allocate(group->num_rows * sizeof *results);
    bench_measure(group, args.num_rounds, results);
    bench_report_table(stdout, group, results);
    fflush(stdout);
    if (json != NULL) bench_report_json_group(json, group, results, num_measured == 0);
    free(results);
    num_measured++;
  }
  if (num_measured == 0) refuse("no table's title contains", args.filter);

  if (json != NULL) {
    bench_report_json_end(json);
    if (fclose(json) != 0) {
      perror(args.json_path);
      return 1;
    }
  }
  return 0;
}
