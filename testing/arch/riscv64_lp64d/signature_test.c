/* Signatures, where the ABI has a part in them. testing/api/signature_test.c has the rest. */
#include "testing/api/signature_cases.h"

CTX_TEST(Signature, NeedsTheSumOfItsFrames) {
  const size_t root = 32, result = 16, registers = 8 * 8 + 8 * 8 + 16;
  EXPECT_EQ(root, needed(NULL, NULL, 0));
  EXPECT_EQ(root, needed(&ctx_type_f64, NULL, 0));
  EXPECT_EQ(root, needed(&ctx_type_i128, NULL, 0));
  EXPECT_EQ(root, needed(&pair_type, NULL, 0));
  EXPECT_EQ(root + registers, needed(&ctx_type_i64, &ctx_type_i8, 1));
  EXPECT_EQ(root + registers, needed(NULL, &ctx_type_f64, 16));
  EXPECT_EQ(root + registers + 16, needed(&ctx_type_i64, &ctx_type_f64, 17));
  EXPECT_EQ(root + registers + 32, needed(NULL, &big_type, 1)); /* a copy of 24 bytes */
  EXPECT_EQ(root + result + registers + 32, needed(&big_type, NULL, 0));
  EXPECT_EQ(root + registers + 64 + 48, needed(NULL, &line_type, 1)); /* 48: alignment */
  EXPECT_EQ(root + result + registers + 64 + 48, needed(&line_type, NULL, 0));
}

/* ---- Results ---- */

static struct pair return_pair(double x) {
  struct pair pair = {x, x + 1};
  return pair;
}

/* Even of a context that was made without a signature of the kind. */
CTX_TEST(Signature, ResultsInTwoRegistersAreKept) {
  const double x = 1.5;
  const void *const values[] = {&x};
  ctx_signature *two = create(&pair_type, &ctx_type_f64);
  ctx_signature *one = create(&ctx_type_f64, &ctx_type_f64);
  const ctx_signature *const both[] = {two, one};
  for (size_t i = 0; i < 2; i++) {
    run(CTX_ENTRY(return_pair), both[i], values, NULL);
    struct pair out = {0, 0};
    ASSERT_EQ(CTX_OK, ctx_retval_get(child, two, &out));
    EXPECT_F64_EQ(1.5, out.x);
    EXPECT_F64_EQ(2.5, out.y);
  }
  ctx_signature_destroy(two);
  ctx_signature_destroy(one);
}

static void return_nothing(void) {}

CTX_TEST(Signature, AResultInMemoryThatWasNotKeptIsRefused) {
  struct big out;
  ctx_signature *big = create(&big_type, NULL);
  ctx_signature *none = create(NULL, NULL);
  run(CTX_ENTRY(return_nothing), none, NULL, NULL);
  EXPECT_EQ(CTX_ERR_WRONG_SIGNATURE, ctx_retval_get(child, big, &out));
  ctx_signature_destroy(big);
  ctx_signature_destroy(none);
}
