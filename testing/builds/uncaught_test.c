/* Programs that are not in C++, and exceptions that nobody catches. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "testing/builds/command.h"
#include "testing/builds/sources.h"
#include "testing/compiler/folder.h"
#include "testing/compiler/run.h"
#include "testing/compiler/text.h"
#include "testing/harness/harness.h"

/* The program writes this, which ends a line, and aborts. An emulator may add what it thinks of the
 * signal. */
static void expect_aborts(char *command, const char *expected) {
  char *in_this_process = text_format("exec %s", command);
  CTX_EXPECT_KILLED(execl("/bin/sh", "sh", "-c", in_this_process, (char *)NULL), SIGABRT);
  free(in_this_process);
  char *output;
  EXPECT_FALSE(command_run(command, &output));
  if (ctx_test_is_emulated() && strlen(output) > strlen(expected)) {
    output[strlen(expected)] = '\0';
  }
  EXPECT_STREQ(expected, output);
  free(output);
}

/* Compiles the program with the library. */
static void build(const char *flags, const char *program, const char *folder) {
  glob_t found = sources_find();
  char *sources = sources_in_words(&found);
  command_expect(text_format("gcc -std=gnu11 -O2 %s -I. testing/builds/%s %s -ldl -o %s/program",
                             flags, program, sources, folder));
  free(sources);
  globfree(&found);
}

CTX_TEST(Uncaught, IsSaidWithoutCxx) {
  char *folder = folder_create();
  build("-fexceptions", "uncaught.c", folder);
  expect_aborts(text_format("%s %s/program", run_emulator(), folder),
                "ctx: nobody has caught an exception that left an entry\n");
  folder_remove(folder);
}

CTX_TEST(Uncaught, IsTheLoadedLibrarysWhereThatHasTheUnwinder) {
  char *folder = folder_create();
  build("", "loads.c", folder);
  command_expect(text_format("g++ -shared -fPIC testing/builds/throws.cc -o %s/throws.so", folder));
  expect_aborts(text_format("%s %s/program %s/throws.so", run_emulator(), folder, folder),
                "runs it\nterminate called after throwing an instance of 'int'\n");
  folder_remove(folder);
}
