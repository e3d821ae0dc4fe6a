/* Compilers take ctx/ctx.hpp without a warning: each version of C++ from 17 on, and the first one
 * without optimisation, exceptions and RTTI, too; and a program of it runs. Where libc++ is, the
 * examples in C++ run with it, too; Bazel builds them with libstdc++. CTX_LIBCXX_FLAGS says where
 * it is, if that is not where clang looks. */
#include <stdio.h>
#include <stdlib.h>

#include "testing/builds/command.h"
#include "testing/compiler/compiler.h"
#include "testing/compiler/folder.h"
#include "testing/compiler/run.h"
#include "testing/compiler/text.h"
#include "testing/harness/harness.h"

#define WARNINGS "-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror"

static const char *const options[] = {
    "-O2 -std=c++17", "-O2 -std=c++20",           "-O2 -std=c++2b",
    "-O0 -std=c++17", "-O2 -std=c++17 -fno-rtti", "-O2 -std=c++17 -fno-exceptions -fno-rtti",
};

static const char *const examples[] = {"cleanup", "generators", "scheduler"};

static void check(const compiler *by, const char *with, const char *folder, const char *source,
                  const char *expected) {
  ctx_test_note("%s %s %s %s", by->name, by->options, with, source);
  command_expect(text_format("%s %s %s " WARNINGS " -I. %s %s/library.so -Wl,-rpath,%s"
                             " -o %s/program",
                             by->name, by->options, with, source, folder, folder, folder));
  char *output;
  EXPECT_TRUE(command_run(text_format("%s %s/program", run_emulator(), folder), &output));
  EXPECT_STREQ(expected, output);
  free(output);
}

static void check_header(const compiler *by, const char *folder) {
  for (size_t o = 0; o < sizeof options / sizeof options[0]; o++)
    check(by, options[o], folder, "testing/builds/cxx_header.cc", "5 10\n");
}

static void check_examples(const compiler *by, const char *folder) {
  for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
    char *source = text_format("examples/%s.cc", examples[i]);
    char *expected;
    ASSERT_TRUE(command_run(text_format("cat examples/%s.out", examples[i]), &expected));
    check(by, options[0], folder, source, expected);
    free(expected);
    free(source);
  }
}

static bool is_there(const compiler *by) {
  if (compiler_is_there(by) && compiler_takes(by, "", "#include <cstddef>\n")) return true;
  printf("left out: %s %s is not there\n", by->name, by->options);
  return false;
}

CTX_TEST(CxxHeader, IsTakenByEachCompilerInEachVersion) {
  static const compiler compilers[] = {{"g++", ""}, {"clang++", ""}, {"clang++-19", ""}};
  char *folder = folder_create();
  command_library(folder);
  for (size_t i = 0; i < sizeof compilers / sizeof compilers[0]; i++) {
    if (is_there(&compilers[i])) check_header(&compilers[i], folder);
  }
  folder_remove(folder);
}

CTX_TEST(CxxHeader, IsTakenWithLibcxx) {
  static const char *const names[] = {"clang++", "clang++-19"};
  const char *where = getenv("CTX_LIBCXX_FLAGS");
  char *flags = text_format("-stdlib=libc++ %s", where != NULL ? where : "");
  char *folder = folder_create();
  size_t num_checked = 0;
  command_library(folder);
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    const compiler by = {names[i], flags};
    if (!is_there(&by)) continue;
    check_header(&by, folder);
    check_examples(&by, folder);
    num_checked++;
  }
  folder_remove(folder);
  free(flags);
  if (where != NULL) EXPECT_NE(0, num_checked);
  if (num_checked == 0) CTX_SKIP("there is no libc++");
}
