/* Draws what the benchmark wrote as JSON, by gnuplot, as SVG:
 *
 *   ./tools/bazel run //testing/bench:plot -- --help */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "testing/bench/json.h"

#define MAX_SERIES 16

/* Results are kept here, in the source tree. */
#define RESULTS "testing/bench/results"

typedef struct plot {
  const char *file; /* without directory */
  const char *group;
  const char *title;
  const char *unit; /* along the left side */
  const char *value;
  bool is_log;
} plot;

static const plot plots[] = {
    {"hub.svg", "Hub", "A host visits N contexts in random order", "ns per switch", "ns_median",
     true},
    {"ring.svg", "Ring", "N contexts in random order, each switches to the next", "ns per switch",
     "ns_median", true},
    {"hub_words.svg", "Hub, words on stacks", "A host visits N contexts; each uses its stack",
     "ns per switch", "ns_median", true},
    {"ring_words.svg", "Ring, words on stacks",
     "N contexts, each uses its stack, and switches to the next", "ns per switch", "ns_median",
     true},
    {"creation.svg", "Creation", "Making N contexts, each with a stack, and entering each",
     "ns per context", "ns_median", true},
    {"memory.svg", "Memory", "N suspended contexts, each with a stack of 64 KiB",
     "resident bytes per context", "resident_bytes", false},
};
#define NUM_PLOTS (sizeof plots / sizeof *plots)

typedef struct arguments {
  const char *bench; /* the program that measures; null: none was given */
  bool measure;
  char json_path[4096];
  char tables_path[4096];
  char directory[4096];
} arguments;

_Noreturn static void fail(const char *what, const char *about) {
  fprintf(stderr, "plot: %s: %s\n", about, what);
  exit(1);
}

static void print_usage(FILE *out) {
  fprintf(out,
          "usage: plot [--measure] [--json FILE] [--to DIRECTORY]\n"
          "\n"
          "Draws what //testing/bench wrote as JSON, by gnuplot, as SVG files.\n"
          "\n"
          "  --measure       run the benchmark first: it writes FILE, and its tables as tables.md\n"
          "                  into DIRECTORY\n"
          "  --json FILE     default: bench.json in DIRECTORY\n"
          "  --to DIRECTORY  default: " RESULTS " of the source tree, under bazel run\n");
}

/* ---- Data ---- */

static char *read_file(const char *path) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) fail(strerror(errno), path);
  size_t size = 0;
  size_t capacity = 1 << 16;
  char *text = NULL;
  size_t got;
  do {
    capacity *= 2;
    text = realloc(text, capacity);
    if (text == NULL) abort();
    got = fread(text + size, 1, capacity - size - 1, file);
    size += got;
  } while (got != 0);
  fclose(file);
  text[size] = '\0';
  return text;
}

static bool is_point(const json *row, const plot *of) {
  const char *group = json_string(json_member(row, "group"));
  return group != NULL && strcmp(group, of->group) == 0 &&
         json_number(json_member(row, "contexts"), 0) > 0 &&
         json_number(json_member(row, of->value), 0) > 0;
}

static const char *name_of(const json *row) {
  const char *name = json_string(json_member(row, "row"));
  return name == NULL ? "" : name;
}

/* Names of the series, in the order in which they come first. */
static size_t find_series(const json *rows, const plot *of, const char **out_names) {
  size_t num = 0;
  for (const json *row = json_item(rows, 0); row != NULL; row = json_next(row)) {
    if (!is_point(row, of)) continue;
    size_t known = 0;
    while (known < num && strcmp(out_names[known], name_of(row)) != 0)
      known++;
    if (known < num) continue;
    if (num == MAX_SERIES) fail("too many rows", of->group);
    out_names[num++] = name_of(row);
  }
  return num;
}

/* ---- gnuplot ---- */

/* Prints it in double quotes, as gnuplot reads it. */
static void print_quoted(FILE *out, const char *text) {
  fputc('"', out);
  for (; *text != '\0'; text++) {
    if (*text == '"' || *text == '\\') fputc('\\', out);
    fputc(*text == '\n' ? ' ' : *text, out);
  }
  fputc('"', out);
}

static void print_points(FILE *out, const json *rows, const plot *of, const char *name) {
  for (const json *row = json_item(rows, 0); row != NULL; row = json_next(row)) {
    if (!is_point(row, of) || strcmp(name_of(row), name) != 0) continue;
    fprintf(out, "%.0f %.6g\n", json_number(json_member(row, "contexts"), 0),
            json_number(json_member(row, of->value), 0));
  }
}

/* Okabe and Ito's colours, which people who see fewer can tell apart, too. */
static const char *const colours[] = {"#0072B2", "#56B4E9", "#009E73", "#CC79A7",
                                      "#D55E00", "#E69F00", "#000000"};
/* Filled squares, circles and so on, by gnuplot's numbers. */
static const int marks[] = {5, 7, 9, 11, 13, 4, 6};
#define NUM_COLOURS (sizeof colours / sizeof *colours)

static void print_script(FILE *out, const json *rows, const plot *of, const char *directory) {
  const char *names[MAX_SERIES];
  size_t num = find_series(rows, of, names);
  char path[8192];
  if (num == 0) fail("the JSON has no such rows", of->group);
  for (size_t i = 0; i < num; i++) {
    fprintf(out, "$series%zu << end_of_series\n", i);
    print_points(out, rows, of, names[i]);
    fprintf(out, "end_of_series\n");
  }
  fprintf(out,
          "set terminal svg noenhanced size 760,460 font 'sans-serif,13' background 'white'\n"
          "set encoding utf8\nset grid\nset key outside bottom center horizontal maxcols 3\n"
          "set logscale x\nset format x '%%.0s%%c'\nset xlabel 'N, contexts'\n");
  if (of->is_log) {
    fprintf(out, "set logscale y\nset format y '%%g'\n");
  } else {
    fprintf(out, "set yrange [0:*]\n");
  }
  snprintf(path, sizeof path, "%s/%s", directory, of->file);
  fprintf(out, "set title ");
  print_quoted(out, of->title);
  fprintf(out, "\nset ylabel ");
  print_quoted(out, of->unit);
  fprintf(out, "\nset output ");
  print_quoted(out, path);
  for (size_t i = 0; i < num; i++) {
    fprintf(out, "%s$series%zu with linespoints lw 2 pt %d ps 0.6 lc rgb '%s' title ",
            i == 0 ? "\nplot " : ", ", i, marks[i % NUM_COLOURS], colours[i % NUM_COLOURS]);
    print_quoted(out, names[i]);
  }
  fprintf(out, "\nunset output\n");
}

static void draw(const json *rows, const plot *of, const char *directory) {
  FILE *gnuplot = popen("gnuplot", "w");
  if (gnuplot == NULL) fail(strerror(errno), "gnuplot");
  print_script(gnuplot, rows, of, directory);
  int status = pclose(gnuplot);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 127) {
    fail("not found; Debian has it as gnuplot-nox, and ./tools/bazel installs that", "gnuplot");
  }
  if (status != 0) fail("failed", "gnuplot");
  printf("%s/%s\n", directory, of->file);
}

/* ---- Measuring, and all of it ---- */

static void measure(const arguments *args) {
  char command[16384];
  if (args->bench == NULL) fail("no benchmark to run: use bazel run", "--measure");
  int length = snprintf(command, sizeof command, "'%s' --json '%s' > '%s'", args->bench,
                        args->json_path, args->tables_path);
  if (length < 0 || (size_t)length >= sizeof command) fail("too long", "--to");
  if (system(command) != 0) fail("failed", args->bench);
}

static void set_path(char *out, size_t size, const char *directory, const char *name) {
  int length = snprintf(out, size, "%s%s%s", directory, *name == '\0' ? "" : "/", name);
  if (length < 0 || (size_t)length >= size) fail("too long", directory);
}

static arguments parse(int argc, char **argv) {
  arguments args = {.bench = NULL};
  const char *json_path = NULL;
  const char *directory = NULL;
  for (int i = 1; i < argc; i++) {
    const char *option = argv[i];
    if (strcmp(option, "--help") == 0) {
      print_usage(stdout);
      exit(0);
    }
    if (strcmp(option, "--measure") == 0) {
      args.measure = true;
      continue;
    }
    bool is_bench = strcmp(option, "--bench") == 0; /* given by the BUILD file */
    bool is_json = strcmp(option, "--json") == 0;
    bool is_to = strcmp(option, "--to") == 0;
    if (i + 1 == argc || !(is_bench || is_json || is_to)) {
      fprintf(stderr, "plot: unknown, or lacks its value: %s\n", option);
      print_usage(stderr);
      exit(2);
    }
    i++;
    if (is_bench) args.bench = argv[i];
    if (is_json) json_path = argv[i];
    if (is_to) directory = argv[i];
  }
  const char *workspace = getenv("BUILD_WORKSPACE_DIRECTORY");
  if (directory == NULL && workspace == NULL) fail("needed, unless under bazel run", "--to");
  if (directory == NULL) {
    set_path(args.directory, sizeof args.directory, workspace, RESULTS);
  } else {
    set_path(args.directory, sizeof args.directory, directory, "");
  }
  if (json_path == NULL) {
    set_path(args.json_path, sizeof args.json_path, args.directory, "bench.json");
  } else {
    set_path(args.json_path, sizeof args.json_path, json_path, "");
  }
  set_path(args.tables_path, sizeof args.tables_path, args.directory, "tables.md");
  return args;
}

int main(int argc, char **argv) {
  arguments args = parse(argc, argv);
  if (args.measure) measure(&args);
  char *text = read_file(args.json_path);
  json *measured = json_parse(text);
  if (measured == NULL) fail("not JSON", args.json_path);
  for (size_t i = 0; i < NUM_PLOTS; i++)
    draw(json_member(measured, "rows"), &plots[i], args.directory);
  json_free(measured);
  free(text);
  return 0;
}
