#include "testing/bench/report.h"

#include <string.h>

#include "testing/bench/machine.h"
#include "testing/bench/ratio.h"

#define NAME_WIDTH 39
#define RATIO_WIDTH 26

/* ---- Cells ---- */

static void format_ratio(char *text, size_t size, bench_ratio ratio) {
  /* Small ones with three digits, for targets are given with two. */
  int digits = ratio.value < 10 ? 3 : 1;
  text[0] = '\0';
  if (ratio.value > 0 && ratio.target > 0) {
    snprintf(text, size, "%.*f (<= %.2f: %s)", digits, ratio.value, ratio.target,
             bench_is_met(ratio) ? "met" : "missed");
  } else if (ratio.value > 0) {
    snprintf(text, size, "%.*f", digits, ratio.value);
  }
}

static void print_ratio(FILE *out, bench_ratio ratio) {
  char text[64];
  format_ratio(text, sizeof text, ratio);
  fprintf(out, " %*s |", RATIO_WIDTH, text);
}

static void print_dashes(FILE *out, int num) {
  for (int i = 0; i < num; i++)
    fputc('-', out);
}

/* The columns after the first, aligned to the right. */
static void print_rule(FILE *out, size_t num_columns) {
  for (size_t i = 0; i < num_columns; i++)
    fprintf(out, "--:|");
  fputc('\n', out);
}

/* ---- A group by itself ---- */

static void print_median(FILE *out, const bench_row *row, const bench_result *result) {
  char text[64];
  int length = snprintf(text, sizeof text, "%.2f", result->median);
  if (row->most_ns > 0) {
    snprintf(text + length, sizeof text - (size_t)length, " (<= %.0f: %s)", row->most_ns,
             result->median <= row->most_ns ? "met" : "missed");
  }
  fprintf(out, " %9s |", text);
}

void bench_report_table(FILE *out, const bench_outcome *outcome) {
  const bench_group *group = outcome->group;
  size_t num = bench_num_baselines(group);
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
    const bench_result *result = &outcome->results[row];
    fprintf(out, "| %-*s | %8.2f |", NAME_WIDTH, group->rows[row].name, result->min);
    print_median(out, &group->rows[row], result);
    for (size_t i = 0; i < num; i++)
      print_ratio(out, bench_ratio_to(outcome, row, i));
    fputc('\n', out);
  }
  fputc('\n', out);
}

/* ---- A series ---- */

/* Returns whether a row's ratio to the first baseline has a target anywhere in the series. */
static bool has_target(const bench_outcome *outcomes, size_t num_outcomes, size_t row) {
  for (size_t i = 0; i < num_outcomes; i++) {
    if (outcomes[i].group->rows[row].targets[0] > 0) return true;
  }
  return false;
}

static void print_series_row(FILE *out, const bench_outcome *outcomes, size_t num_outcomes,
                             size_t which) {
  const bench_outcome *outcome = &outcomes[which];
  const bench_group *group = outcome->group;
  fprintf(out, "| %zu |", group->num_contexts);
  for (size_t row = 0; row < group->num_rows; row++) {
    double median = outcome->results[row].median;
    if (outcome->results[row].num_rounds == 0) {
      fprintf(out, " – |");
    } else {
      fprintf(out, " %.*f |", median < 10 ? 2 : median < 1000 ? 1 : 0, median);
    }
  }
  for (size_t row = 0; row < group->num_rows; row++) {
    if (!has_target(outcomes, num_outcomes, row)) continue;
    char text[64];
    format_ratio(text, sizeof text, bench_ratio_to(outcome, row, 0));
    fprintf(out, " %s |", text);
  }
  fputc('\n', out);
}

void bench_report_series(FILE *out, const bench_outcome *outcomes, size_t num_outcomes) {
  const bench_group *group = outcomes[0].group;
  size_t num_columns = group->num_rows;
  fprintf(out, "### %s\n\n| contexts |", group->name);
  for (size_t row = 0; row < group->num_rows; row++)
    fprintf(out, " %s |", group->rows[row].name);
  for (size_t row = 0; row < group->num_rows; row++) {
    if (!has_target(outcomes, num_outcomes, row)) continue;
    fprintf(out, " %s / %s |", group->rows[row].name, group->baselines[0]);
    num_columns++;
  }
  fprintf(out, "\n|--:|");
  print_rule(out, num_columns);
  for (size_t i = 0; i < num_outcomes; i++)
    print_series_row(out, outcomes, num_outcomes, i);
  fputc('\n', out);
  for (size_t i = 0; i < num_outcomes; i++) {
    for (size_t row = 0; row < group->num_rows; row++) {
      char buffer[64];
      const char *why_not = bench_why_left_out(&outcomes[i], row, buffer, sizeof buffer);
      if (why_not == NULL) continue;
      fprintf(out, "- %s with %zu contexts: %s\n", group->rows[row].name,
              outcomes[i].group->num_contexts, why_not);
    }
  }
  fputc('\n', out);
}

void bench_report_memory(FILE *out, const bench_memory_outcome *outcomes, size_t num_outcomes) {
  fprintf(out,
          "### Memory\n\n| bytes for each context | contexts | resident | page tables |"
          " mappings in all |\n|---|");
  print_rule(out, 4);
  for (size_t i = 0; i < num_outcomes; i++) {
    const bench_memory *memory = &outcomes[i].memory;
    fprintf(out, "| %s | %zu |", outcomes[i].colony->name, outcomes[i].num_contexts);
    if (memory->left_out[0] == '\0') {
      fprintf(out, " %.0f | %.0f | %.0f |\n", memory->resident, memory->page_tables,
              memory->mappings);
    } else {
      fprintf(out, " – | – | %s |\n", memory->left_out);
    }
  }
  fputc('\n', out);
}

void bench_report_setting(FILE *out, const bench_setting *setting) {
  fprintf(out,
          "%s, %s, %s; up to %zu rounds on CPU %d; load %.1f. Nanoseconds of "
          "the thread's own time per operation; medians and their ratios, unless said otherwise. "
          "In a hub a host visits its children, which switch back; in a ring each switches to the "
          "next. "
          "The seed's scheme keeps all registers in its context, and switches by a return.\n\n",
          bench_processor(), bench_kernel(), BENCH_COMPILER, setting->num_rounds, setting->cpu,
          setting->load);
}
