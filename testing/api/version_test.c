/* The version is said in several places. */
#include <stdio.h>
#include <string.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"

CTX_TEST(Version, OfTheLibraryIsThatOfTheHeaders) {
  char numbers[32];
  snprintf(numbers, sizeof numbers, "%d.%d.%d", CTX_VERSION_MAJOR, CTX_VERSION_MINOR,
           CTX_VERSION_PATCH);
  EXPECT_STREQ(numbers, CTX_VERSION);
  EXPECT_STREQ(CTX_VERSION, ctx_version());
}

static void expect_line(const char *path, const char *line) {
  FILE *file = fopen(path, "r");
  ASSERT_TRUE(file != NULL);
  static char text[65536];
  text[fread(text, 1, sizeof text - 1, file)] = 0;
  fclose(file);
  ctx_test_note("%s", path);
  EXPECT_TRUE(strstr(text, line) != NULL);
}

CTX_TEST(Version, IsThatOfTheModuleAndOfItsUsers) {
  expect_line("MODULE.bazel", "    version = \"" CTX_VERSION "\",\n");
  expect_line("README.md", "bazel_dep(name = \"ctx\", version = \"" CTX_VERSION "\")\n");
  expect_line("CHANGELOG.md", "\n## [" CTX_VERSION "]");
}
