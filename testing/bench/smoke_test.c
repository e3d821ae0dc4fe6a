/* The benchmark runs, with few contexts, and its tables and its JSON have every row, with no number
 * absent or zero. How large the numbers are is not looked at. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "testing/bench/colony.h"
#include "testing/bench/groups.h"
#include "testing/bench/json.h"

static int num_failures;

static void fail(const char *what, const char *group, const char *row) {
  fprintf(stderr, "smoke_test: %s: %s: %s\n", group, row, what);
  num_failures++;
}

/* Returns all that `in` has to say, null-terminated. */
static char *read_all(FILE *in) {
  size_t size = 0;
  size_t capacity = 1 << 20;
  char *text = malloc(capacity);
  if (text == NULL) exit(1);
  size = fread(text, 1, capacity - 1, in);
  if (!feof(in)) exit(1);
  text[size] = '\0';
  return text;
}

/* Returns the end of the first `what` at or after `from` and before `end`, or null. */
static const char *after(const char *from, const char *end, const char *what) {
  const char *found = from == NULL ? NULL : strstr(from, what);
  if (found == NULL || found + strlen(what) > end) return NULL;
  return found + strlen(what);
}

static const char *line_end(const char *at) { return at + strcspn(at, "\n"); }

/* Returns how many baselines a row is compared with: all of its group's except itself. */
static size_t num_ratios(const bench_group *group, const bench_row *row) {
  size_t num = 0;
  for (size_t i = 0; i < BENCH_MAX_BASELINES && group->baselines[i] != NULL; i++) {
    if (strcmp(group->baselines[i], row->name) != 0) num++;
  }
  return num;
}

static int is_positive_number(const char *text) { return text != NULL && strtod(text, NULL) > 0; }

/* A table's row: "| name | min | median | ratio | ...", the cell of a baseline's own ratio empty.
 */
static void check_table_row(const char *table, const bench_group *group, const bench_row *row) {
  char cell[128];
  snprintf(cell, sizeof cell, "\n| %s ", row->name);
  const char *title = after(table, table + strlen(table), group->name);
  const char *next_title = title == NULL ? NULL : strstr(title, "\n###");
  const char *at = title;
  at = after(at, next_title == NULL ? table + strlen(table) : next_title, cell);
  if (at == NULL) {
    fail("not in the table", group->name, row->name);
    return;
  }
  const char *end = line_end(at);
  size_t num_numbers = 0;
  while ((at = after(at, end, "|")) != NULL) {
    if (is_positive_number(at)) num_numbers++;
  }
  if (num_numbers != 2 + num_ratios(group, row)) {
    fail("a number is missing in the table, or zero", group->name, row->name);
  }
}

/* A series' row: "| contexts | median | median | ... | ratio | ...". */
static void check_series_row(const char *table, const bench_group *group) {
  char title[128];
  char cell[32];
  snprintf(title, sizeof title, "### %s\n", group->name);
  snprintf(cell, sizeof cell, "\n| %zu |", group->num_contexts);
  const char *at = after(table, table + strlen(table), title);
  const char *next_title = at == NULL ? NULL : strstr(at, "\n###");
  at = after(at, next_title == NULL ? table + strlen(table) : next_title, cell);
  if (at == NULL) {
    fail("not in the table", group->name, cell);
    return;
  }
  for (size_t row = 0; row < group->num_rows; row++) {
    if (!is_positive_number(at)) {
      fail("a number is missing in the table, or zero", group->name, group->rows[row].name);
    }
    at = after(at, line_end(at), "|");
  }
}

static const json *find_json_row(const json *rows, const char *group, const char *row,
                                 size_t num_contexts) {
  for (const json *at = json_item(rows, 0); at != NULL; at = json_next(at)) {
    if (strcmp(json_string(json_member(at, "group")), group) == 0 &&
        strcmp(json_string(json_member(at, "row")), row) == 0 &&
        json_number(json_member(at, "contexts"), 0) == (double)num_contexts) {
      return at;
    }
  }
  fail("not in the JSON", group, row);
  return NULL;
}

static void check_json_row(const json *rows, const bench_group *group, const bench_row *row) {
  const json *found = find_json_row(rows, group->name, row->name, group->num_contexts);
  if (found == NULL) return;
  if (json_number(json_member(found, "ns_min"), 0) <= 0 ||
      json_number(json_member(found, "ns_median"), 0) <= 0) {
    fail("a time is missing in the JSON, or zero", group->name, row->name);
  }
  const json *ratios = json_member(found, "ratios");
  size_t num = 0;
  for (const json *at = json_item(ratios, 0); at != NULL; at = json_next(at)) {
    if (json_number(json_member(at, "ratio"), 0) > 0) num++;
  }
  if (num != num_ratios(group, row)) {
    fail("a ratio is missing in the JSON, or zero", group->name, row->name);
  }
}

static void check_memory(const char *table, const json *rows) {
  for (size_t i = 0; i < bench_num_colonies; i++) {
    const char *name = bench_colonies[i].name;
    const json *found = find_json_row(rows, "Memory", name, BENCH_MIN_MEMORY_CONTEXTS);
    char cell[128];
    /* At least a page of its stack is in memory. */
    if (found != NULL && (json_number(json_member(found, "resident_bytes"), 0) < 4096 ||
                          json_number(json_member(found, "mappings"), 0) < 1)) {
      fail("a number is missing in the JSON, or too small", "Memory", name);
    }
    snprintf(cell, sizeof cell, "\n| %s | %d | ", name, BENCH_MIN_MEMORY_CONTEXTS);
    if (!is_positive_number(after(table, table + strlen(table), cell))) {
      fail("not in the table", "Memory", name);
    }
  }
}

static char *run(const char *command) {
  FILE *output = popen(command, "r");
  char *text = output == NULL ? NULL : read_all(output);
  if (output == NULL || pclose(output) != 0) {
    fprintf(stderr, "smoke_test: failed: %s\n", command);
    exit(1);
  }
  return text;
}

int main(int argc, char **argv) {
  const char *directory = getenv("TEST_TMPDIR");
  if (argc != 2 || directory == NULL) {
    fprintf(stderr, "usage: TEST_TMPDIR=DIRECTORY smoke_test BENCH\n");
    return 2;
  }
  char json_path[4096];
  char command[8192];
  snprintf(json_path, sizeof json_path, "%s/bench.json", directory);
  /* So few rounds that it takes a moment; so many that no other process disturbs the median. Beside
   * a disturbed one a ratio may be printed as 0. */
  snprintf(command, sizeof command, "'%s' --rounds 9 --max-contexts %d --json '%s'", argv[1],
           BENCH_MIN_MEMORY_CONTEXTS, json_path);
  char *table = run(command);
  FILE *json_file = fopen(json_path, "r");
  if (json_file == NULL) {
    perror(json_path);
    return 1;
  }
  char *json_text = read_all(json_file);
  fclose(json_file);
  json *measured = json_parse(json_text);
  if (measured == NULL) {
    fprintf(stderr, "smoke_test: not JSON:\n%s\n", json_text);
    return 1;
  }
  const json *rows = json_member(measured, "rows");

  size_t num_groups;
  const bench_group *plan = bench_plan(BENCH_MIN_MEMORY_CONTEXTS, &num_groups);
  for (const bench_group *group = plan; group != plan + num_groups; group++) {
    if (group->num_contexts != 0) check_series_row(table, group);
    for (size_t row = 0; row < group->num_rows; row++) {
      if (group->num_contexts == 0) check_table_row(table, group, &group->rows[row]);
      check_json_row(rows, group, &group->rows[row]);
    }
  }
  check_memory(table, rows);
  if (num_failures != 0) fputs(table, stderr);
  json_free(measured);
  free(json_text);
  free(table);
  return num_failures == 0 ? 0 : 1;
}
