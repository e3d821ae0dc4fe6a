// Expectations that fail are reported to googletest, once, with their own file and line.
#include <string>

#include "gtest/gtest-spi.h"
#include "gtest/gtest.h"
#include "testing/harness/bridge.h"
#include "testing/harness/harness_cases.h"

namespace {

using ::testing::ScopedFakeTestPartResultReporter;
using ::testing::TestPartResult;
using ::testing::TestPartResultArray;

TestPartResultArray *RunAndIntercept(void (*body)(), TestPartResultArray *results) {
  ScopedFakeTestPartResultReporter reporter(
      ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD, results);
  ctx_test::RunBody(body);
  return results;
}

struct Row {
  const char *name;
  void (*body)();
  const char *says;
};

class FailingExpectation : public ::testing::TestWithParam<Row> {};

TEST_P(FailingExpectation, IsReportedOnceAtItsFileAndLine) {
  TestPartResultArray results;
  RunAndIntercept(GetParam().body, &results);
  ASSERT_EQ(1, results.size());
  const TestPartResult &result = results.GetTestPartResult(0);
  EXPECT_EQ(TestPartResult::kNonFatalFailure, result.type());
  EXPECT_STREQ(failing_file, result.file_name());
  EXPECT_EQ(failing_line, result.line_number());
  EXPECT_NE(std::string::npos, std::string(result.message()).find(GetParam().says))
      << result.message();
}

const Row kRows[] = {
    {"Bool", body_failing_bool, "expected true: 1 > 2"},
    {"Eq", body_failing_eq, "expected: 6 * 7 = 42 (0x2a)\n    actual: 43 = 43 (0x2b)"},
    {"EqAfterWidening", body_failing_eq_after_widening, "= 4294967295 (0xffffffff)"},
    {"Ne", body_failing_ne, "both are 1"},
    {"F64", body_failing_f64, "0x8000000000000000"},
    {"Streq", body_failing_streq, "right"},
    {"Memeq", body_failing_memeq, "from byte 2 of 3 on"},
    {"Note", body_failing_with_note, "with: row 7"},
    {"Complaint", body_failing_complaint, "it hurts"},
    {"NoDeath", body_that_does_not_die, "did not die"},
    {"DeathWithAnotherText", body_that_dies_otherwise, "died without saying \"goodbye\""},
    {"AnyDeath", body_that_any_death_would_do_for, "the substring is empty"},
    {"DeathByAnotherSignal", body_that_dies_by_another_signal, "died, but not by signal"},
    {"Assert", body_asserting, "expected true: false"},
    {"InSignalHandler", body_failing_in_signal_handler, "signal_number"},
    {"OnAChildsStack", body_failing_on_a_childs_stack, "actual: 2"},
};

std::string RowName(const ::testing::TestParamInfo<Row> &row) { return row.param.name; }
INSTANTIATE_TEST_SUITE_P(Harness, FailingExpectation, ::testing::ValuesIn(kRows), RowName);

TEST(Harness, PassingBodyReportsNothing) {
  TestPartResultArray results;
  EXPECT_EQ(0, RunAndIntercept(body_passing, &results)->size());
}

TEST(Harness, ExpectationGoesOnAfterAFailure) {
  TestPartResultArray results;
  EXPECT_EQ(2, RunAndIntercept(body_failing_twice, &results)->size());
}

TEST(Harness, FailuresOfOneBodyAreNotThoseOfTheNext) {
  TestPartResultArray results;
  RunAndIntercept(body_failing_with_note, &results);
  EXPECT_EQ(1, RunAndIntercept(body_passing, &results)->size());
}

TEST(Harness, EachThreadsFailureIsReported) {
  TestPartResultArray results;
  EXPECT_EQ(4, RunAndIntercept(body_failing_on_threads, &results)->size());
}

TEST(Harness, FailuresBeyondTheStorageAreCounted) {
  TestPartResultArray results;
  RunAndIntercept(body_failing_too_often, &results);
  const TestPartResult &last = results.GetTestPartResult(results.size() - 1);
  /* Found, not equal: later versions of googletest end it with a new line. */
  EXPECT_EQ(0, std::string(last.message())
                   .find("Failed\nand " + std::to_string(1000 - (results.size() - 1)) + " more"));
}

TEST(Harness, SkipIsReportedWithItsReason) {
  TestPartResultArray results;
  RunAndIntercept(body_skipping, &results);
  ASSERT_EQ(1, results.size());
  EXPECT_TRUE(results.GetTestPartResult(0).skipped());
  EXPECT_NE(std::string::npos,
            std::string(results.GetTestPartResult(0).message()).find("there is a reason"));
}

}  // namespace
