/* All objects of the library are marked as compilers mark theirs, so that a program of marked
 * objects stays so: those of other architectures' assembly, too. */
#include <stdlib.h>
#include <string.h>

#include "testing/arch/arch.h"
#include "testing/builds/command.h"
#include "testing/builds/sources.h"
#include "testing/compiler/folder.h"
#include "testing/compiler/run.h"
#include "testing/compiler/text.h"
#include "testing/harness/harness.h"
#include CTX_TEST_ARCH(compiling.h)

/* Returns whether it succeeds, and prints its output if not. */
/* Links the object files that the compiler makes of these sources to one, and looks at its mark. */
static void expect_marked(bool expected, const char *words) {
  char *folder = folder_create();
  char *output;
  ASSERT_TRUE(command_run(text_format("gcc -w -std=c11 -I. %s -nostdlib -r%s -o %s/all.o",
                                      CTX_TEST_MARKING_FLAGS, words, folder),
                          &output));
  free(output);
  ASSERT_TRUE(command_run(text_format("readelf -n %s/all.o", folder), &output));
  EXPECT_EQ(expected, strstr(output, CTX_TEST_MARK) != NULL);
  free(output);
  folder_remove(folder);
}

CTX_TEST(Marked, IsAllOfTheLibrary) {
  if (*CTX_TEST_MARK == '\0') CTX_SKIP("compilers have no mark here");
  glob_t found = sources_find();
  char *words = sources_in_words(&found);
  expect_marked(true, words);
  free(words);
  globfree(&found);
}

/* So that the case can fail. */
CTX_TEST(Marked, IsNotWithAnObjectThatIsNot) {
  if (*CTX_TEST_MARK == '\0') CTX_SKIP("compilers have no mark here");
  expect_marked(false, " testing/builds/unmarked.S ctx/type/check.c");
}
