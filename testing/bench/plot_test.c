/* The plots, drawn from numbers that are made up: XML that is well-formed, with every series. */
#define _GNU_SOURCE /* popen, strdup, fchmod */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "testing/harness/harness.h"

/* The test's files. */
#define PLOT "testing/bench/plot"
#define SAMPLE "testing/bench/plot_test.json"

#define MAX_DEPTH 64

static const char *const files[] = {"hub.svg",        "ring.svg",     "hub_words.svg",
                                    "ring_words.svg", "creation.svg", "memory.svg"};

/* ---- XML, as much of it as shows that a file is whole ---- */

static bool is_name_end(char c) { return c == '>' || c == '/' || isspace((unsigned char)c); }

/* The end of a tag that begins at `at`: its '>', not one in an attribute's value. */
static const char *tag_end(const char *at) {
  char quote = 0;
  for (; *at != '\0'; at++) {
    if (quote != 0) {
      if (*at == quote) quote = 0;
    } else if (*at == '"' || *at == '\'') {
      quote = *at;
    } else if (*at == '>') {
      return at;
    }
  }
  return NULL;
}

/* Returns "" if every element is closed by its own name, there is one root, and no '&' is bare;
 * otherwise what is wrong. */
static const char *complaint(const char *xml) {
  struct {
    const char *name;
    size_t length;
  } open[MAX_DEPTH];
  size_t depth = 0;
  size_t num_roots = 0;
  for (const char *at = xml; *at != '\0'; at++) {
    if (*at == '&' && strncmp(at, "&amp;", 5) != 0 && strncmp(at, "&lt;", 4) != 0 &&
        strncmp(at, "&gt;", 4) != 0 && strncmp(at, "&quot;", 6) != 0 && at[1] != '#') {
      return "a bare &";
    }
    if (*at != '<') continue;
    const char *name = at + 1;
    const char *end = tag_end(at);
    if (end == NULL) return "a tag without an end";
    at = end;
    if (*name == '?' || *name == '!') continue;
    bool is_closing = *name == '/';
    name += is_closing;
    size_t length = 0;
    while (!is_name_end(name[length]))
      length++;
    if (length == 0) return "a tag without a name";
    if (is_closing) {
      if (depth == 0) return "closed, and was not open";
      depth--;
      if (open[depth].length != length || strncmp(open[depth].name, name, length) != 0)
        return "closed by another's name";
    } else {
      num_roots += depth == 0;
      if (end[-1] == '/') continue;
      if (depth == MAX_DEPTH) return "nested too deep";
      open[depth].name = name;
      open[depth].length = length;
      depth++;
    }
  }
  if (depth != 0) return "not closed";
  return num_roots == 1 ? "" : "not one root";
}

CTX_TEST(WellFormed, IsToldFromBroken) {
  EXPECT_NO_COMPLAINT(complaint("<?xml version='1'?><a b='>'><c/>x &amp; y<d>z</d></a>"));
  EXPECT_STREQ("not closed", complaint("<a><b></b>"));
  EXPECT_STREQ("closed by another's name", complaint("<a><b></a></b>"));
  EXPECT_STREQ("closed, and was not open", complaint("<a></a></a>"));
  EXPECT_STREQ("a tag without an end", complaint("<a><b"));
  EXPECT_STREQ("a bare &", complaint("<a>x & y</a>"));
  EXPECT_STREQ("not one root", complaint(""));
  EXPECT_STREQ("not one root", complaint("<a/><b/>"));
}

/* ---- The plots ---- */

/* Returns null if it failed; the output means nothing then. */
static char *run(const char *command, char *text, size_t size) {
  FILE *output = popen(command, "r");
  if (output == NULL) return NULL;
  size_t length = fread(text, 1, size - 1, output);
  text[length] = '\0';
  return pclose(output) == 0 ? text : NULL;
}

static bool gnuplot_works(void) {
  char text[256];
  return run("gnuplot --version 2>&1", text, sizeof text) != NULL;
}

static const char *plot(const char *options) {
  static char text[1 << 16];
  char command[4096];
  int length = snprintf(command, sizeof command, "'%s' %s 2>&1", PLOT, options);
  if (length < 0 || (size_t)length >= sizeof command) return "the command is too long";
  return run(command, text, sizeof text) != NULL ? NULL : text;
}

static void draw_sample(void) {
  char options[4096];
  snprintf(options, sizeof options, "--json '%s' --to '%s'", SAMPLE, getenv("TEST_TMPDIR"));
  const char *error = plot(options);
  EXPECT_NO_COMPLAINT(error == NULL ? "" : error);
}

static char *read_plot(const char *name) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", getenv("TEST_TMPDIR"), name);
  FILE *file = fopen(path, "r");
  if (file == NULL) return strdup("");
  char *text = calloc(1, 1 << 20);
  if (text == NULL || fread(text, 1, (1 << 20) - 1, file) == 0) abort();
  fclose(file);
  return text;
}

/* gnuplot draws points so: these are its names of a filled square and a filled circle. */
#define FIRST_MARK "<use xlink:href='#gpPt4' transform='translate("
#define SECOND_MARK "<use xlink:href='#gpPt6' transform='translate("

static size_t count(const char *text, const char *what) {
  size_t num = 0;
  while ((text = strstr(text, what)) != NULL) {
    num++;
    text += strlen(what);
  }
  return num;
}

CTX_TEST(Plot, IsWellFormedAndNamesEverySeries) {
  if (!gnuplot_works()) CTX_SKIP("there is no gnuplot");
  draw_sample();
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    char *svg = read_plot(files[i]);
    EXPECT_NO_COMPLAINT(complaint(svg));
    EXPECT_TRUE(strstr(svg, "<svg") != NULL);
    EXPECT_TRUE(strstr(svg, "<text>ctx &lt;fast") != NULL);
    EXPECT_TRUE(strstr(svg, " &amp; \"quoted\"</text>") != NULL);
    EXPECT_TRUE(strstr(svg, ">the_other</text>") != NULL);
    EXPECT_TRUE(strstr(svg, "not in a plot") == NULL);
    free(svg);
  }
}

CTX_TEST(Plot, HasAPointForEachNumberAndNoneForWhatWasLeftOut) {
  if (!gnuplot_works()) CTX_SKIP("there is no gnuplot");
  draw_sample();
  /* One more of each mark is in the key. */
  char *hub = read_plot("hub.svg");
  EXPECT_EQ(3 + 1, count(hub, FIRST_MARK));
  EXPECT_EQ(2 + 1, count(hub, SECOND_MARK));
  free(hub);
  char *memory = read_plot("memory.svg"); /* where 0 could be drawn */
  EXPECT_EQ(2 + 1, count(memory, FIRST_MARK));
  EXPECT_EQ(1 + 1, count(memory, SECOND_MARK));
  free(memory);
}

/* A program that writes the sample where it is told to write JSON, and prints a table. */
static void write_benchmark(const char *path) {
  FILE *script = fopen(path, "w");
  if (script == NULL) abort();
  fprintf(script, "#!/bin/sh\ntest \"$1\" = --json && cp '%s' \"$2\" && echo a table\n", SAMPLE);
  if (fchmod(fileno(script), 0700) != 0 || fclose(script) != 0) abort();
}

CTX_TEST(Plot, MeasuresFirstIfTold) {
  if (!gnuplot_works()) CTX_SKIP("there is no gnuplot");
  char bench[4096];
  char options[16384];
  const char *directory = getenv("TEST_TMPDIR");
  snprintf(bench, sizeof bench, "%s/benchmark", directory);
  write_benchmark(bench);
  snprintf(options, sizeof options, "--bench '%s' --measure --to '%s'", bench, directory);
  const char *error = plot(options);
  EXPECT_NO_COMPLAINT(error == NULL ? "" : error);
  char *tables = read_plot("tables.md");
  EXPECT_STREQ("a table\n", tables);
  free(tables);
  char *svg = read_plot("memory.svg");
  EXPECT_NO_COMPLAINT(complaint(svg));
  free(svg);
}

CTX_TEST(Plot, RefusesWhatItCannotRead) {
  char options[4096];
  const char *directory = getenv("TEST_TMPDIR");
  snprintf(options, sizeof options, "--json '%s/none.json' --to '%s'", directory, directory);
  EXPECT_TRUE(plot(options) != NULL);
  snprintf(options, sizeof options, "--json '%s' --to '%s'", PLOT, directory);
  const char *error = plot(options);
  EXPECT_TRUE(error != NULL && strstr(error, "not JSON") != NULL);
  EXPECT_TRUE(plot("--to") != NULL);
  EXPECT_TRUE(plot("--unknown x") != NULL);
}
