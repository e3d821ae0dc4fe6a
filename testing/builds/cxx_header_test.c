/* Compilers take ctx/ctx.hpp without a warning: each version of C++ from 17 on, and the first one
 * without optimisation, exceptions and RTTI, too; and a program of it runs. */
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

static void check(const compiler *by, const char *with, const char *folder) {
  ctx_test_note("%s %s %s", by->name, by->options, with);
  command_expect(text_format("%s %s %s " WARNINGS " -I. testing/builds/cxx_header.cc"
                             " %s/library.so -Wl,-rpath,%s -o %s/program",
                             by->name, by->options, with, folder, folder, folder));
  char *output;
  EXPECT_TRUE(command_run(text_format("%s %s/program", run_emulator(), folder), &output));
  EXPECT_STREQ("5 10\n", output);
  free(output);
}

CTX_TEST(CxxHeader, IsTakenByEachCompilerInEachVersion) {
  static const compiler compilers[] = {{"g++", ""},
                                       {"clang++", ""},
                                       {"clang++-19", ""},
                                       {"clang++", "-stdlib=libc++"},
                                       {"clang++-19", "-stdlib=libc++"}};
  char *folder = folder_create();
  command_library(folder);
  for (size_t i = 0; i < sizeof compilers / sizeof compilers[0]; i++) {
    if (!compiler_is_there(&compilers[i]) ||
        !compiler_takes(&compilers[i], "", "#include <cstddef>\n")) {
      printf("left out: %s %s is not there\n", compilers[i].name, compilers[i].options);
      continue;
    }
    for (size_t o = 0; o < sizeof options / sizeof options[0]; o++)
      check(&compilers[i], options[o], folder);
  }
  folder_remove(folder);
}
