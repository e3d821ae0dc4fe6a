/* libffi agrees with the model: see libffi.h. */
#include "testing/oracle/libffi.h"

#include "testing/harness/harness.h"

static gen_case from;

CTX_TEST(Libffi, AgreesOnScalars) {
  const gen_options options = {.max_args = 64, .max_vector = 8, .allow = ORACLE_LIBFFI_ALLOW};
  for (uint64_t seed = 0; seed < 20000; seed++) {
    gen_case_from_seed(&from, &options, seed, (size_t)(seed % 65));
    if (!EXPECT_NO_COMPLAINT(oracle_libffi_call(&from))) return;
  }
}
