/* For tests of what the program prints by one ABI. Whoever includes this has defined EXPLAINED_ABI,
 * an abi's address. */
#ifndef CTX_TOOLS_EXPLAIN_EXPECT_TEXT_H_
#define CTX_TOOLS_EXPLAIN_EXPECT_TEXT_H_

#include <string.h>

#include "testing/harness/harness.h"
#include "tools/explain/captured.h"

/* The first line is the declaration. */
static void expect_text(const char *expected) {
  captured c = captured_explain_first_line(EXPLAINED_ABI, expected);
  EXPECT_STREQ("", c.errors);
  EXPECT_STREQ(expected, c.out);
  captured_free(&c);
}

static void expect_part(const char *source, const char *part) {
  ctx_test_note("%s", source);
  captured c = captured_explain(EXPLAINED_ABI, source);
  EXPECT_STREQ("", c.errors);
  EXPECT_TRUE(strstr(c.out, part) != NULL);
  if (strstr(c.out, part) == NULL) EXPECT_STREQ(part, c.out);
  captured_free(&c);
}

#endif /* CTX_TOOLS_EXPLAIN_EXPECT_TEXT_H_ */
