/* Documents have snippets for users to copy. Each is compiled here in a program that shows that it
 * does what the document says: by every compiler, at every level of optimisation, with the library
 * in the plain and the checked build. //testing/readme holds the documents to the
 * snippets. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "testing/builds/sources.h"
#include "testing/compiler/compiler.h"
#include "testing/compiler/folder.h"
#include "testing/compiler/run.h"
#include "testing/compiler/text.h"
#include "testing/harness/harness.h"

static const char *const levels[] = {"-O0", "-O1", "-O2", "-O3", "-Os"};
static const char *const kinds[] = {"", "-DCTX_CHECKED"};

static bool run(char *command) {
  char *output;
  bool succeeded = run_program(command, NULL, &output);
  if (!succeeded) ctx_test_note("%s\n%s", command, output);
  free(output);
  free(command);
  return succeeded;
}

/* Compiles the library once, and each program at each level. */
static void expect_ok(const compiler *cc, const char *kind, const char *programs) {
  char *folder = folder_create();
  ASSERT_TRUE(folder != NULL);
  glob_t sources = sources_find();
  char *words = sources_in_words(&sources);
  EXPECT_TRUE(run(text_format("%s -std=gnu11 -O2 %s -I. -r -nostdlib%s -o %s/library.o", cc->name,
                              kind, words, folder)));
  for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
    EXPECT_TRUE(
        run(text_format("%s -std=gnu11 %s %s -Wall -Wextra -Werror -I. %s %s/library.o "
                        "-lpthread -o %s/program",
                        cc->name, levels[i], kind, programs, folder, folder)));
    EXPECT_TRUE(run(text_format("%s %s/program", run_emulator(), folder)));
  }
  free(words);
  globfree(&sources);
  folder_remove(folder);
}

static void for_each_compiler(bool with_clang, const char *programs) {
  const compiler *all;
  size_t num_compilers = compiler_all(&all);
  size_t num_run = 0;
  for (size_t i = 0; i < num_compilers; i++) {
    if (compiler_is_cxx(&all[i]) || (compiler_is_clang(&all[i]) && !with_clang)) continue;
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++)
      expect_ok(&all[i], kinds[k], programs);
    num_run++;
  }
  EXPECT_NE(0, num_run);
}

CTX_TEST(Snippets, AThreadLocalIsTheCallingThreads) {
  for_each_compiler(true, "testing/snippets/thread_local_program.c");
}

CTX_TEST(Snippets, AGlobalRegisterVariableIsKept) {
  for_each_compiler(false,
                    "testing/snippets/global_register_program.c "
                    "testing/snippets/global_register_other.c");
}
