/* The table in docs/pitfalls.md: which cleanups run when a context is cancelled, of a function that
 * is suspended in each form of the switch, by each compiler. And a program without an unwinder. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "testing/builds/command.h"
#include "testing/builds/sources.h"
#include "testing/compiler/compiler.h"
#include "testing/compiler/folder.h"
#include "testing/compiler/run.h"
#include "testing/compiler/text.h"
#include "testing/harness/harness.h"

/* In the order of cancelled.c: a function with the switch alone, and one that also calls others. */
enum { NUM_FORMS = 6, NUM_FUNCTIONS = 2 * NUM_FORMS };
static bool is_external(size_t function) { return function / 2 % 3 == 2; }
static bool also_calls(size_t function) { return function % 2 != 0; }

#define ALL "l4321 cancelled\n"
#define NONE " cancelled\n"
#define CALLERS_ONLY "4321 cancelled\n"
#define DIES NULL

typedef struct row {
  const char *flags;
  const char *only; /* one family of compilers; null: each */
  bool in_cxx, in_c;
  /* In a header's form, alone and beside calls; by the external functions. */
  const char *header_alone, *header, *external;
} row;

static const row rows[] = {
    {"", NULL, true, false, CALLERS_ONLY, DIES, ALL},
    {"-fexceptions", NULL, false, true, CALLERS_ONLY, CALLERS_ONLY, ALL},
    {"-fexceptions -fnon-call-exceptions", "g", true, true, ALL, ALL, ALL},
    {"", NULL, false, true, NONE, NONE, NONE},
};
enum { NUM_ROWS = sizeof rows / sizeof rows[0] };

/* Where compilers make no tables unless they are told to. */
#define TABLES "-fasynchronous-unwind-tables"

static void check_function(const row *expected, const char *folder, size_t function) {
  const char *text = is_external(function)  ? expected->external
                     : also_calls(function) ? expected->header
                                            : expected->header_alone;
  char *output;
  bool succeeded =
      command_run(text_format("%s %s/program %zu", run_emulator(), folder, function), &output);
  ctx_test_note("%s: function %zu", expected->flags, function);
  EXPECT_EQ(text != DIES, succeeded);
  if (text != DIES) EXPECT_STREQ(text, output);
  free(output);
}

static void check_row(const row *expected, const compiler *by, const char *level,
                      const char *folder) {
  bool is_cxx = compiler_is_cxx(by);
  if (!(is_cxx ? expected->in_cxx : expected->in_c)) return;
  if (expected->only != NULL && compiler_is_clang(by)) return;
  command_expect(text_format("%s %s %s -x %s " TABLES
                             " -I. -c testing/builds/cancelled.c -o %s/program.o",
                             by->name, level, expected->flags, is_cxx ? "c++" : "c", folder));
  command_expect(
      text_format("%s %s/program.o %s/library.so -Wl,--no-as-needed -lgcc_s -Wl,-rpath,%s"
                  " -o %s/program",
                  by->name, folder, folder, folder, folder));
  for (size_t function = 0; function < NUM_FUNCTIONS; function++)
    check_function(expected, folder, function);
}

static void check_all_rows(const compiler *by, const char *folder) {
  for (size_t r = 0; r < NUM_ROWS; r++) {
    printf("%s %s\n", by->name, rows[r].flags);
    check_row(&rows[r], by, "-O0", folder);
    check_row(&rows[r], by, "-O2", folder);
  }
}

CTX_TEST(Cancelled, CleanupsRunAsTheTableSays) {
  char *folder = folder_create();
  command_library(folder);
  const compiler *all;
  size_t num_compilers = compiler_all(&all);
  for (size_t i = 0; i < num_compilers; i++)
    check_all_rows(&all[i], folder);
  static const compiler more[] = {{"clang-19", ""}, {"clang++-19", ""}};
  for (size_t i = 0; i < sizeof more / sizeof more[0]; i++) {
    if (compiler_is_there(&more[i])) check_all_rows(&more[i], folder);
  }
  folder_remove(folder);
}

/* Under AddressSanitizer the header's forms are calls, so all cleanups run. Without -fexceptions
 * none does, and what they would have freed is lost. */
static void check_leaks(const char *by, bool runs_cleanups, const char *sources,
                        const char *folder) {
  const char *flags = runs_cleanups ? "-fexceptions" : TABLES;
  command_expect(
      text_format("%s -std=gnu11 -O1 %s -fsanitize=address -I."
                  " testing/builds/cancelled.c %s -Wl,--no-as-needed -lgcc_s"
                  " -o %s/program",
                  by, flags, sources, folder));
  for (size_t function = 0; function < NUM_FUNCTIONS; function++) {
    char *output;
    bool succeeded = command_run(text_format("%s/program %zu", folder, function), &output);
    ctx_test_note("%s %s: function %zu", by, flags, function);
    EXPECT_EQ(runs_cleanups, succeeded);
    const char *expected = runs_cleanups ? ALL : "LeakSanitizer: detected memory leaks";
    EXPECT_TRUE(strstr(output, expected) != NULL);
    free(output);
  }
}

CTX_TEST(Cancelled, LosesNoMemoryWhereAllCleanupsRun) {
  if (ctx_test_is_emulated()) CTX_SKIP("LeakSanitizer does not run under qemu-user");
  char *folder = folder_create();
  glob_t found = sources_find();
  char *sources = sources_in_words(&found);
  static const char *const compilers[] = {"gcc", "clang"};
  for (size_t i = 0; i < sizeof compilers / sizeof compilers[0]; i++) {
    if (!compiler_is_there(&(compiler){compilers[i], ""})) continue;
    check_leaks(compilers[i], true, sources, folder);
    check_leaks(compilers[i], false, sources, folder);
  }
  free(sources);
  globfree(&found);
  folder_remove(folder);
}

CTX_TEST(Cancelled, AProgramWithoutAnUnwinderSaysSo) {
  char *folder = folder_create();
  glob_t found = sources_find();
  char *sources = sources_in_words(&found);
  command_expect(text_format("gcc -std=gnu11 -O2 -I. testing/builds/cancelled.c %s -o %s/program",
                             sources, folder));
  char *output;
  EXPECT_TRUE(command_run(text_format("%s %s/program 4", run_emulator(), folder), &output));
  EXPECT_STREQ(" CTX_ERR_NO_UNWINDER, CTX_ERR_NO_UNWINDER\n", output);
  free(output);
  free(sources);
  globfree(&found);
  folder_remove(folder);
}

/* A frame without a table is seen before anything has run. */
CTX_TEST(Cancelled, AContextThatCannotBeUnwoundStaysAsItWas) {
  char *folder = folder_create();
  command_library(folder);
  command_expect(
      text_format("gcc -std=gnu11 -O2 -fno-asynchronous-unwind-tables -fno-unwind-tables"
                  " -fno-exceptions -I. -c testing/builds/cancelled.c -o %s/program.o",
                  folder));
  command_expect(
      text_format("gcc %s/program.o %s/library.so -Wl,--no-as-needed -lgcc_s -Wl,-rpath,%s"
                  " -o %s/program",
                  folder, folder, folder, folder));
  char *output;
  EXPECT_TRUE(command_run(text_format("%s %s/program 4", run_emulator(), folder), &output));
  EXPECT_STREQ(" CTX_ERR_NOT_UNWINDABLE, lgoes on 4goes on 3goes on 2goes on 1returned\n", output);
  free(output);
  folder_remove(folder);
}
