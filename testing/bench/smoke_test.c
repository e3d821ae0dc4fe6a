/* The benchmark runs, and its table and its JSON have every row, with no number absent or zero. How
 * large the numbers are is not looked at. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "testing/bench/groups.h"

static int num_failures;

static void fail(const char *what, const char *group, const char *row) {
  fprintf(stderr, "smoke_test: %s: %s: %s\n", group, row, what);
  num_failures++;
}

/* All that `in` has to say, null-terminated. */
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

/* The end of the first `what` at or after `from` and before `end`, or null. */
static const char *after(const char *from, const char *end, const char *what) {
  const char *found = from == NULL ? NULL : strstr(from, what);
  if (found == NULL || found + strlen(what) > end) return NULL;
  return found + strlen(what);
}

static const char *line_end(const char *at) { return at + strcspn(at, "\n"); }

/* How many baselines a row is compared with: all of its group's but itself. */
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

/* A row of the JSON is a line. */
static void check_json_row(const char *json, const bench_group *group, const bench_row *row) {
  char key[256];
  snprintf(key, sizeof key, "{\"group\": \"%s\", \"row\": \"%s\", ", group->name, row->name);
  const char *at = after(json, json + strlen(json), key);
  if (at == NULL) {
    fail("not in the JSON", group->name, row->name);
    return;
  }
  const char *end = line_end(at);
  if (!is_positive_number(after(at, end, "\"ns_min\": ")) ||
      !is_positive_number(after(at, end, "\"ns_median\": "))) {
    fail("a time is missing in the JSON, or zero", group->name, row->name);
  }
  size_t num = 0;
  while ((at = after(at, end, "\"ratio\": ")) != NULL) {
    if (is_positive_number(at)) num++;
  }
  if (num != num_ratios(group, row)) {
    fail("a ratio is missing in the JSON, or zero", group->name, row->name);
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
  /* So few that it takes a moment; so many that the median is none that another process disturbed:
   * beside such a one, a ratio may be printed as 0. */
  snprintf(command, sizeof command, "'%s' --rounds 9 --json '%s'", argv[1], json_path);
  char *table = run(command);
  FILE *json_file = fopen(json_path, "r");
  if (json_file == NULL) {
    perror(json_path);
    return 1;
  }
  char *json = read_all(json_file);
  fclose(json_file);

  for (size_t i = 0; i < bench_num_groups; i++) {
    const bench_group *group = &bench_groups[i];
    for (size_t row = 0; row < group->num_rows; row++) {
      check_table_row(table, group, &group->rows[row]);
      check_json_row(json, group, &group->rows[row]);
    }
  }
  if (num_failures != 0) fputs(table, stderr);
  free(table);
  free(json);
  return num_failures == 0 ? 0 : 1;
}
