/* Signatures, where the ABI and its compilers have a part in them. testing/api/signature_test.c has
 * the rest. */
#include <string.h>

#include "testing/api/signature_cases.h"

/* ---- Creating ---- */

static void expect_refused(const ctx_type *const *args, size_t num_args, size_t num_fixed,
                           const char *text) {
  ctx_signature *signature = (ctx_signature *)&text;
  EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE,
            ctx_signature_create(&signature, NULL, args, num_args, num_fixed));
  EXPECT_EQ((void *)&text, signature);
  if (strstr(ctx_type_error(), text) == NULL) EXPECT_STREQ(text, ctx_type_error());
}

CTX_TEST(Signature, WhatCompilersPlaceDifferentlyIsRefused) {
  const ctx_type *args[8] = {&ctx_type_i64, &ctx_type_i64, &ctx_type_i64, &ctx_type_i64,
                             &ctx_type_i64, &ctx_type_i64, &ctx_type_i64, &ctx_type_i128};
  const char *text = "__int128: compilers disagree";
  expect_refused(args + 2, 6, CTX_NOT_VARIADIC, text); /* r9 left */
  expect_refused(args, 8, CTX_NOT_VARIADIC, text);     /* padding */
  ctx_signature *signature;
  EXPECT_EQ(CTX_OK, ctx_signature_create(&signature, NULL, args + 1, 7, CTX_NOT_VARIADIC));
  ctx_signature_destroy(signature);
  const ctx_type *const vector[] = {&ctx_type_v256};
  if (ctx_signature_create(&signature, NULL, vector, 1, CTX_NOT_VARIADIC) == CTX_OK) {
    ctx_signature_destroy(signature);
    expect_refused(vector, 1, 1, "if there is an ellipsis");
  }
}

CTX_TEST(Signature, NeedsTheSumOfItsFrames) {
  const size_t root = 32, results = 128, scalars = 128, vectors = 64 + 8 * 16;
  EXPECT_EQ(root, needed(NULL, NULL, 0));
  EXPECT_EQ(root, needed(&ctx_type_f64, NULL, 0));
  EXPECT_EQ(root, needed(&ctx_type_v128, NULL, 0));
  EXPECT_EQ(root + scalars, needed(&ctx_type_i64, &ctx_type_i8, 1));
  EXPECT_EQ(root + scalars, needed(&ctx_type_i64, &ctx_type_f64, 1));
  EXPECT_EQ(root + scalars + 32, needed(NULL, &big_type, 1)); /* 24 bytes in memory */
  EXPECT_EQ(root + results + vectors, needed(&pair_type, NULL, 0));
  EXPECT_EQ(root + results + vectors + 32, needed(&big_type, NULL, 0));
  EXPECT_EQ(root + results + vectors + 64 + 48, needed(NULL, &line_type, 1)); /* 48: alignment */
  EXPECT_EQ(root + results + vectors + 64 + 48, needed(&line_type, NULL, 0));
}

/* ---- Results ---- */

static struct pair return_pair(void) {
  struct pair pair = {1.5, -2.5};
  return pair;
}
static long double return_long_double(void) { return 3.25L; }

/* More of them than there are x87 registers. */
CTX_TEST(Signature, ResultsInX87RegistersAreKept) {
  ctx_signature *signature = create(&ctx_type_long_double, NULL);
  for (int i = 0; i < 10; i++) {
    long double out = 0;
    run(CTX_ENTRY(return_long_double), signature, NULL, NULL);
    ASSERT_EQ(CTX_OK, ctx_retval_get(child, signature, &out));
    EXPECT_F64_EQ(3.25, (double)out);
  }
  ctx_signature_destroy(signature);
}

static long double _Complex return_complex(void) { return 3.25L; }

/* Of each number in the result, six bytes. */
static void expect_zero_padding(const ctx_type *type, ctx_entry entry, size_t num) {
  unsigned char out[32];
  static const unsigned char zero[6];
  ctx_signature *signature = create(type, NULL);
  ctx_test_arena_fill(0);
  memset(stack, 0x5a, stack_size);
  run(entry, signature, NULL, NULL);
  memset(out, 0xa5, sizeof out);
  ASSERT_EQ(CTX_OK, ctx_retval_get(child, signature, out));
  for (size_t i = 0; i < num; i++)
    EXPECT_MEMEQ(zero, out + 16 * i + 10, sizeof zero);
  ctx_signature_destroy(signature);
}

CTX_TEST(Signature, BytesThatNoX87RegisterHasAreZero) {
  expect_zero_padding(&ctx_type_long_double, CTX_ENTRY(return_long_double), 1);
  expect_zero_padding(&ctx_type_complex_long_double, CTX_ENTRY(return_complex), 2);
}

CTX_TEST(Signature, AResultInX87RegistersThatWasNotKeptIsRefused) {
  long double out;
  ctx_signature *pair = create(&pair_type, NULL);
  ctx_signature *x87 = create(&ctx_type_long_double, NULL);
  ASSERT_EQ(CTX_OK, ctx_init(child, stack, stack_size, CTX_ENTRY(return_pair), CTX_NO_ARGS));
  ctx_swap(&host, child);
  EXPECT_EQ(CTX_ERR_WRONG_SIGNATURE, ctx_retval_get(child, x87, &out));
  run(CTX_ENTRY(return_pair), pair, NULL, NULL);
  EXPECT_EQ(CTX_ERR_WRONG_SIGNATURE, ctx_retval_get(child, x87, &out));
  ctx_signature_destroy(pair);
  ctx_signature_destroy(x87);
}

/* A compiler sees it so: the hidden pointer is the first argument. */
static const void *given;
static void *tell_pointer(struct big *result, long a) {
  given = result;
  *result = (struct big){a, a + 1, a + 2};
  return result;
}

CTX_TEST(Signature, AResultInMemoryIsReturnedByItsAddress) {
  ctx_signature *signature = create(&big_type, &ctx_type_i64);
  const long a = 41;
  const void *const values[] = {&a};
  run(CTX_ENTRY(tell_pointer), signature, values, NULL);
  EXPECT_TRUE((const char *)given > stack && (const char *)given < stack + stack_size);
  EXPECT_EQ(given, ctx_retval_ptr(child));
  _Alignas(16) struct big mine = {0, 0, 0};
  run(CTX_ENTRY(tell_pointer), signature, values, &(ctx_options){.result = &mine});
  EXPECT_EQ(&mine, given);
  EXPECT_EQ(43, mine.c);
  ctx_signature_destroy(signature);
}

/* Eight bytes of sixteen: the others are in no eightbyte. */
struct lone {
  _Alignas(16) long n;
};
CTX_STRUCT(lone_type, struct lone, CTX_MEMBER(struct lone, n, ctx_type_i64));

struct two {
  long a, b;
};
static struct two return_lone_and_more(void) {
  struct two two = {7, -1};
  return two;
}

CTX_TEST(Signature, BytesThatComeInNoRegisterAreZero) {
  unsigned char out[16];
  ctx_signature *signature = create(&lone_type, NULL);
  ctx_test_arena_fill(0);
  run(CTX_ENTRY(return_lone_and_more), signature, NULL, NULL);
  memset(out, 0xa5, sizeof out);
  ASSERT_EQ(CTX_OK, ctx_retval_get(child, signature, out));
  EXPECT_EQ(7, out[0]);
  for (size_t i = 1; i < sizeof out; i++)
    EXPECT_EQ(0, out[i]);
  ctx_signature_destroy(signature);
}
