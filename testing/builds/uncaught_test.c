/* Where there is no C++, ctx itself says that nobody has caught an exception, and aborts. */
#include <stdlib.h>
#include <string.h>

#include "testing/builds/command.h"
#include "testing/builds/sources.h"
#include "testing/compiler/folder.h"
#include "testing/compiler/run.h"
#include "testing/compiler/text.h"
#include "testing/harness/harness.h"

CTX_TEST(Uncaught, IsSaidWithoutCxx) {
  char *folder = folder_create();
  glob_t found = sources_find();
  char *sources = sources_in_words(&found);
  command_expect(
      text_format("gcc -std=gnu11 -O2 -fexceptions -I. testing/builds/uncaught.c %s -o %s/program",
                  sources, folder));
  char *output;
  EXPECT_FALSE(command_run(text_format("%s %s/program", run_emulator(), folder), &output));
  /* An emulator adds what it thinks of the signal. */
  char *end = strchr(output, '\n');
  ASSERT_TRUE(end != NULL);
  if (ctx_test_is_emulated()) end[1] = '\0';
  EXPECT_STREQ("ctx: nobody has caught an exception that left an entry\n", output);
  free(output);
  free(sources);
  globfree(&found);
  folder_remove(folder);
}
