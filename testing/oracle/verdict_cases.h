/* A capture that is right, and copies of it that are wrong in one place each: for the tests of an
 * architecture's verdict, each of which includes this once. */
#ifndef CTX_TESTING_ORACLE_VERDICT_CASES_H_
#define CTX_TESTING_ORACLE_VERDICT_CASES_H_

#include <string.h>

#include "testing/harness/harness.h"
#include "testing/oracle/verdict.h"

/* The capture of a call that is right, and all that it is judged by. The entry's frame pointer is
 * frame_record's address. */
static gen_case from;
static model_expectation expected;
static oracle_capture right;
static oracle_capture wrong;
static const uint64_t frame_record[2] __attribute__((aligned(16))) = {0, 0};
static const uint64_t not_the_last_record[2] __attribute__((aligned(16))) = {0, 1};
static char report[ORACLE_REPORT_SIZE];

#define ENTRY UINT64_C(0x7f0123456780)

/* The architecture's: makes all of them, but for `wrong`. */
static void begin(void);

static void add(gen_kind kind) { gen_case_add(&from, gen_scalar(kind)); }

static bool holds(oracle_relation relation, const oracle_capture *capture) {
  return oracle_verdict(relation, capture, &expected, &from, report);
}

static bool reports(const char *text) { return strstr(report, text) != NULL; }

/* Expects whether each relation refuses the capture once the field has this content. A refusal is
 * reported. */
#define EXPECT_VERDICTS(refused_by_abi, refused_by_library, field, content) \
  do {                                                                      \
    memcpy(&wrong, &right, sizeof wrong);                                   \
    wrong.field = (content);                                                \
    EXPECT_EQ((refused_by_abi), !holds(ORACLE_ABI_EQUAL, &wrong));          \
    EXPECT_EQ((refused_by_abi), *report != '\0');                           \
    EXPECT_EQ((refused_by_library), !holds(ORACLE_LIBRARY_EQUAL, &wrong));  \
    EXPECT_EQ((refused_by_library), *report != '\0');                       \
  } while (0)

#define EXPECT_FLIPPED(refused_by_abi, refused_by_library, field, bit) \
  EXPECT_VERDICTS(refused_by_abi, refused_by_library, field, right.field ^ (UINT64_C(1) << (bit)))

CTX_TEST(Verdict, AcceptsWhatIsExpected) {
  begin();
  EXPECT_TRUE(holds(ORACLE_ABI_EQUAL, &right));
  EXPECT_STREQ("", report);
  EXPECT_TRUE(holds(ORACLE_LIBRARY_EQUAL, &right));
  EXPECT_STREQ("", report);
}

CTX_TEST(Report, EndsAfterTheFirstDifferences) {
  begin();
  memset(&wrong, 0xff, sizeof wrong);
  EXPECT_FALSE(holds(ORACLE_ABI_EQUAL, &wrong));
  size_t num_lines = 0;
  for (const char *at = report; (at = strchr(at, '\n')) != NULL; at++)
    num_lines++;
  EXPECT_EQ(8, num_lines);
}

#endif /* CTX_TESTING_ORACLE_VERDICT_CASES_H_ */
