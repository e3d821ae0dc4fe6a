/* All sequences of scalars by class, up to a length; what grows too fast for a test that takes a
 * second is in run.c: `bazel run -c opt //testing/oracle:run -- --enumerate=18`. */
#include "testing/harness/harness.h"
#include "testing/oracle/call.h"

static gen_case from;

static void expect_all(const gen_kind *kinds, size_t num_kinds, size_t max_args) {
  uint64_t num_cases = 1;
  for (size_t num_args = 0; num_args <= max_args; ++num_args, num_cases *= num_kinds) {
    for (uint64_t i = 0; i < num_cases; ++i) {
      gen_case_from_sequence(&from, kinds, num_kinds, num_args, i);
      from.way = (unsigned)(i % 8); /* not ORACLE_OWN_MASK: a system call is what takes longest */
      if (!EXPECT_NO_COMPLAINT(oracle_call(&from))) return;
    }
  }
}

/* 524,287 sequences. */
CTX_TEST(Sequence, AllOfIntegersAndFloatsUpTo18) {
  static const gen_kind kinds[] = {GEN_U64, GEN_F64};
  expect_all(kinds, 2, 18);
}

/* Each narrow kind beside both classes: what is in a narrow one's place depends on nothing but
 * which register or slot that is; and 9 arguments are more than registers of either class. 29,524
 * sequences for each kind. */
CTX_TEST(Sequence, AllOfIntegersFloatsAndOneNarrowKindUpTo9) {
  static const gen_kind narrow[] = {GEN_I8,  GEN_U8,  GEN_I16,  GEN_U16,
                                    GEN_I32, GEN_U32, GEN_BOOL, GEN_F32};
  for (size_t i = 0; i < sizeof narrow / sizeof narrow[0]; ++i) {
    const gen_kind kinds[] = {GEN_I64, GEN_F64, narrow[i]};
    expect_all(kinds, 3, 9);
  }
}
