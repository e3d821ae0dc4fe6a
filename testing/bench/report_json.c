#include "testing/bench/report_json.h"

#include "testing/bench/machine.h"
#include "testing/bench/ratio.h"

static bool is_first;

void bench_json_begin(FILE *out, const bench_setting *setting) {
  is_first = true;
  fprintf(out, "{\n  \"processor\": \"%s\",\n  \"system\": \"%s\",\n  \"compiler\": \"%s\",\n",
          bench_processor(), bench_kernel(), BENCH_COMPILER);
  fprintf(out, "  \"rounds\": %zu,\n  \"load\": %.2f,\n  \"rows\": [", setting->num_rounds,
          setting->load);
}

static void begin_row(FILE *out, const char *group, const char *row, size_t num_contexts) {
  fprintf(out, "%s\n    {\"group\": \"%s\", \"row\": \"%s\", ", is_first ? "" : ",", group, row);
  if (num_contexts != 0) fprintf(out, "\"contexts\": %zu, ", num_contexts);
  is_first = false;
}

static void print_ratios(FILE *out, const bench_outcome *outcome, size_t row) {
  const char *separator = "";
  for (size_t i = 0; i < bench_num_baselines(outcome->group); i++) {
    bench_ratio ratio = bench_ratio_to(outcome, row, i);
    if (ratio.value <= 0) continue;
    fprintf(out, "%s{\"to\": \"%s\", \"ratio\": %.4f", separator, outcome->group->baselines[i],
            ratio.value);
    if (ratio.target > 0) {
      fprintf(out, ", \"target\": %.2f, \"met\": %s", ratio.target,
              bench_is_met(ratio) ? "true" : "false");
    }
    fputc('}', out);
    separator = ", ";
  }
}

void bench_json_group(FILE *out, const bench_outcome *outcome) {
  const bench_group *group = outcome->group;
  for (size_t row = 0; row < group->num_rows; row++) {
    const bench_result *result = &outcome->results[row];
    char buffer[64];
    const char *why_not = bench_why_left_out(outcome, row, buffer, sizeof buffer);
    begin_row(out, group->name, group->rows[row].name, group->num_contexts);
    if (why_not != NULL) {
      fprintf(out, "\"left_out\": \"%s\"}", why_not);
      continue;
    }
    fprintf(out, "\"ns_min\": %.4f, \"ns_median\": %.4f, \"rounds\": %zu, \"ratios\": [",
            result->min, result->median, result->num_rounds);
    print_ratios(out, outcome, row);
    fprintf(out, "]}");
  }
}

void bench_json_memory(FILE *out, const bench_memory_outcome *outcome) {
  const bench_memory *memory = &outcome->memory;
  begin_row(out, "Memory", outcome->colony->name, outcome->num_contexts);
  if (memory->left_out[0] == '\0') {
    fprintf(out, "\"resident_bytes\": %.1f, \"page_table_bytes\": %.1f, \"mappings\": %.0f}",
            memory->resident, memory->page_tables, memory->mappings);
  } else {
    fprintf(out, "\"left_out\": \"%s\"}", memory->left_out);
  }
}

void bench_json_end(FILE *out) { fprintf(out, "\n  ]\n}\n"); }
