/* Values of the types that are not scalars of eight bytes, by their constructors and by CTX_ARGS,
 * as a user writes them. */
#include <complex.h>
#include <string.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/oracle/guest.h"
#include "testing/oracle/model.h"
#include "testing/oracle/probe.h"
#include "testing/oracle/verdict.h"

static gen_case from;
static model_expectation expected;
static char report[ORACLE_REPORT_SIZE];

static void begin(void) { gen_case_clear(&from); }
static void add(gen_kind kind) { ASSERT_TRUE(gen_case_add(&from, gen_scalar(kind))); }
static void copy(size_t argument, void *to) {
  memcpy(to, from.args[argument].bytes, from.args[argument].type->size);
}

/* The call, whose arguments are those of the case, and its verdict. */
static void expect_library_equal(const ctx_value *args, size_t num_args) {
  ASSERT_TRUE(model_expect(&from, &expected));
  model_expect_state(&expected, oracle_probe);
  size_t stack_needed = ctx_stack_needed(args, num_args);
  ctx_options options = guest_prepare(0, GUEST_STACK_SIZE, stack_needed);
  ASSERT_EQ(CTX_OK, ctx_init_with_options(&guest, guest_stack, GUEST_STACK_SIZE, &options,
                                          oracle_probe, args, num_args));
  oracle_reply_poison();
  oracle_capture_reset(expected.num_words);
  oracle_capture_copies(expected.copies, expected.num_copies);
  guest_run();
  EXPECT_TRUE(ctx_has_returned(&guest));
  oracle_verdict(ORACLE_LIBRARY_EQUAL, &oracle_captured, &expected, &from, report);
  EXPECT_NO_COMPLAINT(report);
}

CTX_TEST(Values, GenericOnesOfWideScalars) {
  begin();
  add(GEN_LONG_DOUBLE);
  add(GEN_COMPLEX_F32);
  add(GEN_COMPLEX_F64);
  add(GEN_I128);
  add(GEN_U128);
  long double a0;
  float complex a1;
  double complex a2;
  ctx_int128_ a3;
  ctx_uint128_ a4;
  copy(0, &a0);
  copy(1, &a1);
  copy(2, &a2);
  copy(3, &a3);
  copy(4, &a4);
  expect_library_equal(CTX_ARGS(a0, a1, a2, a3, a4));
}

CTX_TEST(Values, ComplexLongDouble) {
  begin();
  add(GEN_COMPLEX_LONG_DOUBLE);
  add(GEN_I32);
  long double complex a0;
  int32_t a1;
  copy(0, &a0);
  copy(1, &a1);
  expect_library_equal(CTX_ARGS(ctx_complex_long_double(a0), a1));
}

/* Nine: the last one in memory, at its alignment. */
#define NINE(x) x(0), x(1), x(2), x(3), x(4), x(5), x(6), x(7), x(8)

static void add_nine_and_one(gen_kind kind) {
  begin();
  for (int i = 0; i < 6; i++)
    add(GEN_U64);
  add(GEN_U8);
  for (int i = 0; i < 9; i++)
    add(kind);
}

#define SIX_AND_ONE \
  words[0], words[1], words[2], words[3], words[4], words[5], *(const uint8_t *)&words[6]

static void copy_words(uint64_t words[7]) {
  for (size_t i = 0; i < 7; i++)
    copy(i, &words[i]);
}

CTX_TEST(Values, Vectors128) {
  add_nine_and_one(GEN_V128);
  uint64_t words[7];
  ctx_v128_ vectors[9];
  copy_words(words);
  for (size_t i = 0; i < 9; i++)
    copy(7 + i, &vectors[i]);
#define VECTOR(i) ctx_v128(vectors[i])
  expect_library_equal(CTX_ARGS(SIX_AND_ONE, NINE(VECTOR)));
#undef VECTOR
}

CTX_TEST(Values, Vectors256) {
  if (oracle_vector_bytes() < 32) CTX_SKIP("this processor has no vector registers of 32 bytes");
  add_nine_and_one(GEN_V256);
  uint64_t words[7];
  ctx_v256_ vectors[9];
  copy_words(words);
  for (size_t i = 0; i < 9; i++)
    copy(7 + i, &vectors[i]);
#define VECTOR(i) ctx_v256(vectors[i])
  expect_library_equal(CTX_ARGS(SIX_AND_ONE, NINE(VECTOR)));
#undef VECTOR
}

CTX_TEST(Values, Vectors512) {
  if (oracle_vector_bytes() < 64) CTX_SKIP("this processor has no vector registers of 64 bytes");
  add_nine_and_one(GEN_V512);
  uint64_t words[7];
  ctx_v512_ vectors[9];
  copy_words(words);
  for (size_t i = 0; i < 9; i++)
    copy(7 + i, &vectors[i]);
#define VECTOR(i) ctx_v512(vectors[i])
  expect_library_equal(CTX_ARGS(SIX_AND_ONE, NINE(VECTOR)));
#undef VECTOR
}
