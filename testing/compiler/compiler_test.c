/* Programs get the input that is meant for them, and all of their output is read. */
#include "testing/compiler/compiler.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "testing/compiler/folder.h"
#include "testing/compiler/part.h"
#include "testing/compiler/run.h"
#include "testing/compiler/text.h"
#include "testing/harness/harness.h"

/* ---- Programs ---- */

CTX_TEST(Run, AProgramReadsItsInputAndIsHeard) {
  char *output;
  EXPECT_TRUE(run_program("cat", "one\ntwo\n", &output));
  EXPECT_STREQ("one\ntwo\n", output);
  free(output);
}

CTX_TEST(Run, AProgramIsGivenItsWords) {
  char *output;
  EXPECT_TRUE(run_program("printf [%s] one  -two", NULL, &output));
  EXPECT_STREQ("[one][-two]", output);
  free(output);
}

CTX_TEST(Run, NoInputIsItsEnd) {
  char *output;
  EXPECT_TRUE(run_program("cat", NULL, &output));
  EXPECT_STREQ("", output);
  free(output);
}

CTX_TEST(Run, AZeroByteIsSeen) {
  char *output;
  EXPECT_TRUE(run_program("printf a\\0b", NULL, &output));
  EXPECT_STREQ("a?b", output);
  free(output);
}

CTX_TEST(Run, ErrorsAreHeardToo) {
  char *output;
  EXPECT_FALSE(run_program("cat /there/is/no/such/file", NULL, &output));
  EXPECT_TRUE(strstr(output, "No such file") != NULL);
  free(output);
}

CTX_TEST(Run, OutputMayBeIgnored) {
  EXPECT_TRUE(run_program("true", NULL, NULL));
  EXPECT_FALSE(run_program("false", NULL, NULL));
}

CTX_TEST(Run, AProgramThatIsNotThereFails) {
  char *output;
  EXPECT_FALSE(run_program("there-is-no-such-program", NULL, &output));
  EXPECT_STREQ("", output);
  free(output);
  EXPECT_FALSE(run_program("", NULL, NULL));
}

CTX_TEST(Run, AProgramThatASignalEndsFails) {
  EXPECT_FALSE(run_program("sh", "kill -KILL $$", NULL));
}

/* The texts are longer than a pipe holds, both ways. */
CTX_TEST(Run, LongTextsAreWhole) {
  enum { LENGTH = 1 << 20 };
  char *input = malloc(LENGTH + 1);
  memset(input, 'x', LENGTH);
  input[LENGTH] = '\0';
  char *output;
  EXPECT_TRUE(run_program("cat", input, &output));
  EXPECT_STREQ(input, output);
  free(output);
  /* It may stop reading. */
  EXPECT_TRUE(run_program("true", input, NULL));
  free(input);
}

CTX_TEST(Run, MessagesAreNotTranslated) {
  char *output;
  EXPECT_TRUE(run_program("env", NULL, &output));
  const char *language = strstr(output, "LC_ALL=");
  ASSERT_TRUE(language != NULL);
  EXPECT_EQ(0, strncmp(language, "LC_ALL=C\n", strlen("LC_ALL=C\n")));
  EXPECT_TRUE(strstr(language + 1, "\nLC_ALL=") == NULL);
  free(output);
}

/* ---- A part of the work ---- */

CTX_TEST(Part, IsReadAsWritten) {
  part read = {0, 0};
  EXPECT_TRUE(part_parse("3/10", &read));
  EXPECT_EQ(3, read.number);
  EXPECT_EQ(10, read.of);
}

CTX_TEST(Part, WhatIsNotOneIsRefused) {
  static const char *const texts[] = {"", "3", "0/2", "3/2", "1/0", "1/21", "1/2x", "-1/2", "a/b"};
  part read = {7, 9};
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
    ctx_test_note("%s", texts[i]);
    EXPECT_FALSE(part_parse(texts[i], &read));
  }
  EXPECT_EQ(7, read.number);
  EXPECT_EQ(9, read.of);
}

/* ---- Texts ---- */

CTX_TEST(Text, GrowsAtItsEnd) {
  char *text = text_append(text_append(text_format("%d", 1), "-"), "two");
  EXPECT_STREQ("1-two", text);
  free(text);
}

/* ---- Folders ---- */

CTX_TEST(Folder, IsEmptyAndIsRemovedWithAllThatIsInIt) {
  char *folder = folder_create();
  ASSERT_TRUE(folder != NULL);
  EXPECT_EQ(0, access(folder, W_OK));
  char *path = strdup(folder);
  char *inner = text_format("%s/inner", folder);
  char *file = text_format("%s/file", inner);
  EXPECT_EQ(0, mkdir(inner, 0700));
  FILE *written = fopen(file, "w");
  ASSERT_TRUE(written != NULL);
  EXPECT_EQ(0, fclose(written));
  folder_remove(folder);
  EXPECT_NE(0, access(path, F_OK));
  free(file);
  free(inner);
  free(path);
}

CTX_TEST(Folder, IsAnotherEachTime) {
  char *first = folder_create();
  char *second = folder_create();
  EXPECT_NE(0, strcmp(first, second));
  folder_remove(first);
  folder_remove(second);
}

/* ---- Compilers ---- */

CTX_TEST(Compiler, IsFoundByItsName) {
  EXPECT_FALSE(compiler_is_there(&(compiler){"there-is-no-such-compiler", ""}));
  const compiler *all;
  size_t num = compiler_all(&all);
  EXPECT_NE(0, num);
  for (size_t i = 0; i < num; i++)
    EXPECT_TRUE(compiler_is_there(&all[i]));
  const compiler *again;
  EXPECT_EQ(num, compiler_all(&again));
  EXPECT_EQ((uintptr_t)all, (uintptr_t)again);
}

CTX_TEST(Compiler, IsWhatItsNameSays) {
  static const struct {
    compiler of;
    bool is_cxx, is_clang;
  } rows[] = {
      {{"gcc", ""}, false, false},   {{"gcc-12", ""}, false, false},
      {{"g++", ""}, true, false},    {{"g++-12", ""}, true, false},
      {{"clang", ""}, false, true},  {{"clang-19", ""}, false, true},
      {{"clang++", ""}, true, true}, {{"clang++-14", ""}, true, true},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    ctx_test_note("%s", rows[i].of.name);
    EXPECT_EQ(rows[i].is_cxx, compiler_is_cxx(&rows[i].of));
    EXPECT_EQ(rows[i].is_clang, compiler_is_clang(&rows[i].of));
  }
}

CTX_TEST(Compiler, AcceptsItsLanguageOnly) {
  static const char cxx_only[] = "class c {};\n";
  const compiler *all;
  size_t num = compiler_all(&all);
  for (size_t i = 0; i < num; i++) {
    ctx_test_note("%s", all[i].name);
    char *output;
    bool accepts = compiler_run(&all[i], "-fsyntax-only", cxx_only, &output);
    EXPECT_EQ(compiler_is_cxx(&all[i]), accepts);
    EXPECT_EQ(accepts, strstr(output, "error: ") == NULL);
    free(output);
    EXPECT_TRUE(compiler_takes(&all[i], "", "int f(void) { return 0; }\n"));
    EXPECT_FALSE(compiler_takes(&all[i], "-Werror -Wall", "static int f(void) { return 0; }\n"));
  }
}

CTX_TEST(Compiler, GetsItsOptionsAndTheFlags) {
  static const char source[] = "int options = OPTION, flags = FLAG;\n";
  const compiler *all;
  size_t num = compiler_all(&all);
  for (size_t i = 0; i < num; i++) {
    const compiler with_option = {all[i].name, "-DOPTION=1"};
    EXPECT_TRUE(compiler_takes(&with_option, "-DFLAG=2", source));
    EXPECT_FALSE(compiler_takes(&with_option, "", source));
    EXPECT_FALSE(compiler_takes(&all[i], "-DFLAG=2", source));
  }
}

CTX_TEST(Compiler, MakesProgramsThatRunOrSaysThatItCannot) {
  const compiler *all;
  size_t num = compiler_all(&all);
  char *folder = folder_create();
  char *path = text_format("%s/nothing", folder);
  for (size_t i = 0; i < num; i++) {
    ctx_test_note("%s", all[i].name);
    EXPECT_TRUE(compiler_makes_programs(&all[i], "-O2", path, NULL));
    /* Not known, not linked, and not run to a good end. */
    EXPECT_FALSE(compiler_makes_programs(&all[i], "-fno-such-option", path, NULL));
    EXPECT_FALSE(compiler_makes_programs(&all[i], "-lno-such-library", path, NULL));
    char *output;
    EXPECT_FALSE(compiler_makes_programs(&all[i], "-Dreturn=return/**/1-", path, &output));
    EXPECT_STREQ("", output);
    free(output);
  }
  free(path);
  folder_remove(folder);
}

/* ---- Loading ---- */

static void write_text(FILE *out, const void *data) { fputs(data, out); }

/* The first compiler of C. */
static compiler compiler_of_c(const char *options) {
  const compiler *all;
  size_t num = compiler_all(&all);
  for (size_t i = 0; i < num; i++) {
    if (!compiler_is_cxx(&all[i])) return (compiler){all[i].name, options};
  }
  return (compiler){"cc", options};
}

CTX_TEST(Load, WhatIsCompiledRuns) {
  const compiler by = compiler_of_c("-DRESULT=42");
  void *library = compiler_load(&by, "-DADDED=1", write_text,
                                "int f(void);\nint f(void) { return RESULT + ADDED; }\n");
  ASSERT_TRUE(library != NULL);
  int (*function)(void) = (int (*)(void))(uintptr_t)dlsym(library, "f");
  ASSERT_TRUE(function != NULL);
  EXPECT_EQ(43, function());
  EXPECT_EQ(0, dlclose(library));
}

CTX_TEST(Load, NothingIsLoadedOfAnError) {
  const compiler by = compiler_of_c("");
  EXPECT_TRUE(compiler_load(&by, "", write_text, "this is not C\n") == NULL);
  EXPECT_TRUE(compiler_load(&by, "", write_text, "int x;\n#error\n") == NULL);
}

/* ---- The processor ---- */

CTX_TEST(Cpu, HasTheFeaturesOfItsFlags) {
  EXPECT_FALSE(compiler_cpu_has("there_is_no_such_feature"));
  EXPECT_FALSE(compiler_cpu_has(""));
  char *output;
  if (!run_program("grep -m 1 ^flags /proc/cpuinfo", NULL, &output)) {
    free(output);
    CTX_SKIP("this system's /proc/cpuinfo has no flags");
  }
  char *words = strchr(output, ':') + 1;
  char *first = strtok(words, " \n");
  ASSERT_TRUE(first != NULL);
  EXPECT_TRUE(compiler_cpu_has(first));
  for (char *word = first; word != NULL; word = strtok(NULL, " \n"))
    first = word;
  EXPECT_TRUE(compiler_cpu_has(first));
  free(output);
}
