#include "testing/bench/report.h"

#include <string.h>

#ifdef __clang__
#define COMPILER "clang " __clang_version__
#else
#define COMPILER "gcc " __VERSION__
#endif

#define NAME_WIDTH 39
#define RATIO_WIDTH 26

typedef struct ratio {
  double value;
  double target; /* 0: none */
} ratio;

/* Of a row to the group's baseline of that index. A row is no ratio to itself: then value is 0. */
static ratio ratio_to(const bench_group *group, const bench_result *results, size_t row,
                      size_t baseline) {
  size_t to = bench_find_row(group, group->baselines[baseline]);
  ratio r = {0, group->rows[row].targets[baseline]};
  if (to != row) r.value = results[row].median / results[to].median;
  return r;
}

static size_t num_baselines(const bench_group *group) {
  size_t num = 0;
  while (num < BENCH_MAX_BASELINES && group->baselines[num] != NULL)
    num++;
  return num;
}

static int is_met(ratio r) { return r.value <= r.target; }

static void print_ratio(FILE *out, ratio r) {
  char text[64] = "";
  /* Small ones with three digits, for targets are given with two. */
  int digits = r.value < 10 ? 3 : 1;
  if (r.value > 0 && r.target > 0) {
    snprintf(text, sizeof text, "%.*f (<= %.2f: %s)", digits, r.value, r.target,
             is_met(r) ? "met" : "missed");
  } else if (r.value > 0) {
    snprintf(text, sizeof text, "%.*f", digits, r.value);
  }
  fprintf(out, " %*s |", RATIO_WIDTH, text);
}

static void print_dashes(FILE *out, int num) {
  for (int i = 0; i < num; i++)
    fputc('-', out);
}

void bench_report_table(FILE *out, const bench_group *group, const bench_result *results) {
  size_t num = num_baselines(group);
  fprintf(out, "### %s\n\n", group->name);
  fprintf(out, "| %-*s | %8s | %9s |", NAME_WIDTH, "ns", "min", "median");
  for (size_t i = 0; i < num; i++) {
    char text[64];
    snprintf(text, sizeof text, "/ %s", group->baselines[i]);
    fprintf(out, " %*s |", RATIO_WIDTH, text);
  }
  fprintf(out, "\n|");
  print_dashes(out, NAME_WIDTH + 2);
  fprintf(out, "|---------:|----------:|");
  for (size_t i = 0; i < num; i++) {
    print_dashes(out, RATIO_WIDTH + 1);
    fprintf(out, ":|");
  }
  fputc('\n', out);
  for (size_t row = 0; row < group->num_rows; row++) {
    fprintf(out, "| %-*s | %8.2f | %9.2f |", NAME_WIDTH, group->rows[row].name, results[row].min,
            results[row].median);
    for (size_t i = 0; i < num; i++)
      print_ratio(out, ratio_to(group, results, row, i));
    fputc('\n', out);
  }
  fputc('\n', out);
}

/* What the processor calls itself. */
static const char *processor(void) {
  static char name[256] = "unknown processor";
  char line[256];
  FILE *cpuinfo = fopen("/proc/cpuinfo", "r");
  if (cpuinfo == NULL) return name;
  while (fgets(line, sizeof line, cpuinfo) != NULL) {
    const char *colon = strchr(line, ':');
    if (strncmp(line, "model name", strlen("model name")) != 0 || colon == NULL) continue;
    snprintf(name, sizeof name, "%s", colon + 2);
    name[strcspn(name, "\n\"\\")] = '\0';
    break;
  }
  fclose(cpuinfo);
  return name;
}

void bench_report_setting(FILE *out, const bench_setting *setting) {
  fprintf(out, "%s, %s; %zu rounds on CPU %d. Nanoseconds per operation; ratios of medians.\n\n",
          processor(), COMPILER, setting->num_rounds, setting->cpu);
}

void bench_report_json_begin(FILE *out, const bench_setting *setting) {
  fprintf(out,
          "{\n  \"processor\": \"%s\",\n  \"compiler\": \"%s\",\n  \"rounds\": %zu,\n  \"rows\": [",
          processor(), COMPILER, setting->num_rounds);
}

void bench_report_json_group(FILE *out, const bench_group *group, const bench_result *results,
                             int is_first) {
  for (size_t row = 0; row < group->num_rows; row++) {
    fprintf(out, "%s\n    {\"group\": \"%s\", \"row\": \"%s\", ", is_first && row == 0 ? "" : ",",
            group->name, group->rows[row].name);
    fprintf(out, "\"ns_min\": %.4f, \"ns_median\": %.4f, \"ratios\": [", results[row].min,
            results[row].median);
    const char *separator = "";
    for (size_t i = 0; i < num_baselines(group); i++) {
      ratio r = ratio_to(group, results, row, i);
      if (r.value <= 0) continue;
      fprintf(out, "%s{\"to\": \"%s\", \"ratio\": %.4f", separator, group->baselines[i], r.value);
      if (r.target > 0) {
        fprintf(out, ", \"target\": %.2f, \"met\": %s", r.target, is_met(r) ? "true" : "false");
      }
      fputc('}', out);
      separator = ", ";
    }
    fprintf(out, "]}");
  }
}

void bench_report_json_end(FILE *out) { fprintf(out, "\n  ]\n}\n"); }
