/* Random signatures, a modest number of them. `bazel run -c opt //testing/oracle:run` tries many
 * more. */
#include "testing/harness/harness.h"
#include "testing/oracle/call.h"

static gen_case from;

static void expect_random(unsigned allow, size_t max_args, uint64_t num_cases) {
  gen_options options = oracle_options(max_args);
  options.allow = allow;
  for (uint64_t seed = 0; seed < num_cases; seed++) {
    gen_case_from_seed(&from, &options, seed, (size_t)(seed % (max_args + 1)));
    if ((allow & GEN_ALLOW_REFUSED) == 0) oracle_make_acceptable(&from);
    ctx_test_note("seed %llu", (unsigned long long)seed);
    if (!EXPECT_NO_COMPLAINT(oracle_call(&from))) return;
  }
}

CTX_TEST(Random, ScalarsUpTo64) { expect_random(GEN_ALLOW_RESULT, 64, 20000); }
CTX_TEST(Random, ScalarsUpTo1000) { expect_random(GEN_ALLOW_RESULT, 1000, 500); }
CTX_TEST(Random, AllTypesUpTo20) { expect_random(GEN_ALLOW_ALL, 20, 20000); }
CTX_TEST(Random, AllTypesUpTo1000) { expect_random(GEN_ALLOW_ALL, 1000, 500); }
CTX_TEST(Random, WhatIsRefused) { expect_random(GEN_ALLOW_ALL | GEN_ALLOW_REFUSED, 4, 20000); }
