/* Runs cases without googletest, and prints the same. It is for MemorySanitizer, which takes what
 * the C++ library writes for uninitialised, since that is not instrumented. */
#include <stdio.h>
#include <string.h>

#include "testing/harness/record.h"

/* Suite.Name, or null for all. */
static const char *wanted_case(int argc, char **argv) {
  static const char option[] = "--gtest_filter=";
  for (int i = 1; i < argc; i++)
    if (strncmp(argv[i], option, sizeof option - 1) == 0) return argv[i] + sizeof option - 1;
  return NULL;
}

static bool is_wanted(const struct ctx_test_case *test_case, const char *wanted) {
  size_t suite_length = strlen(test_case->suite);
  return wanted == NULL ||
         (strncmp(wanted, test_case->suite, suite_length) == 0 && wanted[suite_length] == '.' &&
          strcmp(wanted + suite_length + 1, test_case->name) == 0);
}

static void say(const char *verdict, const struct ctx_test_case *test_case) {
  printf("[%10s] %s.%s\n", verdict, test_case->suite, test_case->name);
  fflush(stdout);
}

int main(int argc, char **argv) {
  const char *wanted = wanted_case(argc, argv);
  size_t num_run = 0;
  size_t num_failed = 0;
  for (const struct ctx_test_case *c = ctx_test_cases(); c != NULL; c = c->next) {
    if (!is_wanted(c, wanted)) continue;
    ctx_test_records_clear();
    say("RUN", c);
    c->body();
    num_run++;
    /* Failures have gone to stderr already, one by one. */
    if (ctx_test_num_failures() != 0) {
      num_failed++;
      say("FAILED", c);
    } else if (ctx_test_skip_reason() != NULL) {
      printf("%s\n", ctx_test_skip_reason());
      say("SKIPPED", c);
    } else {
      say("OK", c);
    }
  }
  printf("%zu cases, %zu failed\n", num_run, num_failed);
  return num_run == 0 || num_failed != 0;
}
