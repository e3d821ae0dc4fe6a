/* The library places random signatures where the model does, whatever machine this is; a modest
 * number of them. `bazel run -c opt //testing/oracle:placing_<folder>` tries many more. */
#include "testing/oracle/placing.h"
#include "testing/harness/harness.h"
#include "testing/oracle/call.h"

static gen_case from;

static void expect_random(unsigned allow, size_t max_args, uint64_t num_cases) {
  const gen_options options = placing_options(max_args, allow);
  for (uint64_t seed = 0; seed < num_cases; seed++) {
    gen_case_from_seed(&from, &options, seed, (size_t)(seed % (max_args + 1)));
    if ((allow & GEN_ALLOW_REFUSED) == 0) oracle_make_acceptable(&from);
    ctx_test_note("seed %llu", (unsigned long long)seed);
    if (!EXPECT_NO_COMPLAINT(placing_judge(&from))) return;
  }
}

CTX_TEST(Placing, ScalarsUpTo64) { expect_random(GEN_ALLOW_RESULT, 64, 50000); }
CTX_TEST(Placing, AllTypesUpTo20) { expect_random(GEN_ALLOW_ALL, 20, 100000); }
CTX_TEST(Placing, AllTypesUpTo200) { expect_random(GEN_ALLOW_ALL, 200, 2000); }
CTX_TEST(Placing, WhatIsRefused) { expect_random(GEN_ALLOW_ALL | GEN_ALLOW_REFUSED, 6, 100000); }
