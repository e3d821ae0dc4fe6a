/* Signatures, where the ABI has a part in them. testing/api/signature_test.c has the rest. */
#include "testing/api/signature_cases.h"

struct three {
  double x, y, z;
};
CTX_STRUCT(three_type, struct three, CTX_MEMBER(struct three, x, ctx_type_f64),
           CTX_MEMBER(struct three, y, ctx_type_f64), CTX_MEMBER(struct three, z, ctx_type_f64));

CTX_TEST(Signature, NeedsTheSumOfItsFrames) {
  const size_t root = 32, results = 4 * 16 + 16, registers = 8 * 8 + 16 + 8 * 16;
  EXPECT_EQ(root, needed(NULL, NULL, 0));
  EXPECT_EQ(root, needed(&ctx_type_f64, NULL, 0));
  EXPECT_EQ(root, needed(&ctx_type_i128, NULL, 0));
  EXPECT_EQ(root + registers, needed(&ctx_type_i64, &ctx_type_i8, 1));
  EXPECT_EQ(root + registers + 16, needed(&ctx_type_i64, &ctx_type_f64, 9));
  EXPECT_EQ(root + registers + 32, needed(NULL, &big_type, 1)); /* a copy of 24 bytes */
  EXPECT_EQ(root + results + registers, needed(&three_type, NULL, 0));
  EXPECT_EQ(root + results + registers + 32, needed(&big_type, NULL, 0));
  EXPECT_EQ(root + registers + 64 + 48, needed(NULL, &line_type, 1)); /* 48: alignment */
  EXPECT_EQ(root + results + registers + 64 + 48, needed(&line_type, NULL, 0));
}

/* ---- Results ---- */

static struct three return_three(double x) {
  struct three three = {x, x + 1, x + 2};
  return three;
}

CTX_TEST(Signature, ResultsInFourRegistersAreKept) {
  const double x = 1.5;
  const void *const values[] = {&x};
  ctx_signature *signature = create(&three_type, &ctx_type_f64);
  run(CTX_ENTRY(return_three), signature, values, NULL);
  struct three out = {0, 0, 0};
  ASSERT_EQ(CTX_OK, ctx_retval_get(child, signature, &out));
  EXPECT_F64_EQ(1.5, out.x);
  EXPECT_F64_EQ(2.5, out.y);
  EXPECT_F64_EQ(3.5, out.z);
  ctx_signature_destroy(signature);
}

CTX_TEST(Signature, AResultInRegistersThatWereNotKeptIsRefused) {
  struct three out;
  const double x = 1.5;
  const void *const values[] = {&x};
  ctx_signature *three = create(&three_type, NULL);
  ctx_signature *one = create(&ctx_type_f64, &ctx_type_f64);
  run(CTX_ENTRY(return_three), one, values, NULL);
  EXPECT_EQ(CTX_ERR_WRONG_SIGNATURE, ctx_retval_get(child, three, &out));
  ctx_signature_destroy(three);
  ctx_signature_destroy(one);
}
