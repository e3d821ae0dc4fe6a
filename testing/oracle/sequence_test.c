/* All sequences of scalars by class, up to a length. run.c has those that grow too fast for a test
 * of a second: `bazel run -c opt //testing/oracle:run -- --enumerate=18`. */
#include <stdio.h>

#include "testing/harness/harness.h"
#include "testing/oracle/call.h"

static gen_case from;

/* More than registers of both classes. An emulator or a sanitizer takes a minute for that, and gets
 * more than the registers of each class. */
enum { MAX_ARGS = 18, MAX_ARGS_SLOW = 12 };

static size_t max_args_of_two_classes(void) {
  bool is_slow = ctx_test_is_emulated() || CTX_TEST_ASAN || CTX_TEST_TSAN || CTX_TEST_MSAN;
  if (!is_slow) return MAX_ARGS;
  printf("excluded: %d sequences of more than %d arguments: they would take too long here\n",
         (1 << (MAX_ARGS + 1)) - (1 << (MAX_ARGS_SLOW + 1)), MAX_ARGS_SLOW);
  return MAX_ARGS_SLOW;
}

static void expect_all(const gen_kind *kinds, size_t num_kinds, size_t max_args) {
  uint64_t num_cases = 1;
  for (size_t num_args = 0; num_args <= max_args; num_args++, num_cases *= num_kinds) {
    for (uint64_t i = 0; i < num_cases; i++) {
      gen_case_from_sequence(&from, kinds, num_kinds, num_args, i);
      from.way = oracle_way_of(i);
      if (!EXPECT_NO_COMPLAINT(oracle_call(&from))) return;
    }
  }
}

/* 524,287 sequences. */
CTX_TEST(Sequence, AllOfIntegersAndFloatsUpTo18) {
  static const gen_kind kinds[] = {GEN_U64, GEN_F64};
  expect_all(kinds, 2, max_args_of_two_classes());
}

/* The same sequences, of narrow kinds: integers and floats are of the kinds in turn, each sequence
 * beginning with another. */
static const gen_kind narrow_integers[] = {GEN_I8,  GEN_U8,  GEN_I16,  GEN_U16,
                                           GEN_I32, GEN_U32, GEN_BOOL, GEN_GUEST_PTR};
enum { NUM_NARROW = sizeof narrow_integers / sizeof narrow_integers[0] };

static void make_narrow(size_t num_args, uint64_t sequence, size_t rotation) {
  gen_case_clear(&from);
  for (size_t i = 0; i < num_args; i++) {
    bool is_integer = (sequence >> i & 1) == 0;
    gen_kind integer = narrow_integers[(i + rotation) % NUM_NARROW];
    gen_kind floating = (i + rotation) % 2 == 0 ? GEN_F32 : GEN_F64;
    gen_case_add(&from, gen_scalar(is_integer ? integer : floating));
  }
}

CTX_TEST(Sequence, AllOfNarrowIntegersAndFloatsUpTo18) {
  static bool seen[MAX_ARGS][GEN_NUM_KINDS];
  size_t most = max_args_of_two_classes();
  for (size_t num_args = 0; num_args <= most; num_args++) {
    for (uint64_t i = 0; i < UINT64_C(1) << num_args; i++) {
      make_narrow(num_args, i, (size_t)(i * UINT64_C(0xbf58476d1ce4e5b9) >> 50) % NUM_NARROW);
      from.way = oracle_way_of(i);
      if (!EXPECT_NO_COMPLAINT(oracle_call(&from))) return;
      for (size_t j = 0; j < num_args; j++)
        seen[j][from.args[j].type->kind] = true;
    }
  }
  for (size_t i = 0; i < most; i++) {
    for (size_t j = 0; j < NUM_NARROW; j++)
      EXPECT_TRUE(seen[i][narrow_integers[j]]);
    EXPECT_TRUE(seen[i][GEN_F32] && seen[i][GEN_F64]);
  }
}

/* Each narrow kind beside both classes: the contents of a narrow one's place depend only on which
 * register or slot that is; and 9 arguments are more than registers of either class. 29,524
 * sequences for each kind. */
CTX_TEST(Sequence, AllOfIntegersFloatsAndOneNarrowKindUpTo9) {
  static const gen_kind narrow[] = {GEN_I8,  GEN_U8,  GEN_I16,  GEN_U16,
                                    GEN_I32, GEN_U32, GEN_BOOL, GEN_F32};
  for (size_t i = 0; i < sizeof narrow / sizeof narrow[0]; i++) {
    const gen_kind kinds[] = {GEN_I64, GEN_F64, narrow[i]};
    expect_all(kinds, 3, 9);
  }
}
