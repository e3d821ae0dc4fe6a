#include "testing/harness/bridge.h"

#include "gtest/gtest.h"
#include "testing/harness/record.h"

namespace ctx_test {

void RunBody(void (*body)()) {
  ctx_test_records_clear();
  body();

  const size_t num_failures = ctx_test_num_failures();
  size_t num_reported = 0;
  ctx_test_failure failure;
  while (num_reported < num_failures && ctx_test_failure_get(num_reported, &failure)) {
    ADD_FAILURE_AT(failure.file, failure.line) << failure.text;
    num_reported++;
  }
  if (num_reported < num_failures) {
    ADD_FAILURE() << "and " << num_failures - num_reported << " more";
  }
  if (const char *reason = ctx_test_skip_reason()) GTEST_SKIP() << reason;
}

namespace {

class Case : public ::testing::Test {
 public:
  explicit Case(void (*body)()) : body_(body) {}
  void TestBody() override { RunBody(body_); }

 private:
  void (*body_)();
};

}  // namespace
}  // namespace ctx_test

int main(int argc, char **argv) {
  ::testing::InitGoogleTest(&argc, argv);
  for (const ctx_test_case *c = ctx_test_cases(); c != nullptr; c = c->next) {
    void (*body)() = c->body;
    ::testing::RegisterTest(c->suite, c->name, nullptr, nullptr, c->file, c->line,
                            [body]() -> ::testing::Test * { return new ctx_test::Case(body); });
  }
  return RUN_ALL_TESTS();
}
