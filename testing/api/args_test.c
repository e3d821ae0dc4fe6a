/* CTX_ARGS: an array and its length, in order. */
#include "ctx/ctx.h"
#include "testing/api/numbers.h"
#include "testing/harness/harness.h"

/* Expects 0, 1, 2, ... as ints, `expected` of them. */
static void expect_numbers(size_t expected, const ctx_value *args, size_t num_args) {
  ASSERT_EQ(expected, num_args);
  for (size_t i = 0; i < num_args; i++) {
    EXPECT_EQ(CTX_KIND_I32, args[i].kind);
    EXPECT_EQ(i, args[i].bits);
  }
}

CTX_TEST(Args, AllLengthsAroundTheBlocksOf16) {
  expect_numbers(1, CTX_ARGS(NUMBERS_1));
  expect_numbers(2, CTX_ARGS(NUMBERS_2));
  expect_numbers(15, CTX_ARGS(NUMBERS_15));
  expect_numbers(16, CTX_ARGS(NUMBERS_16));
  expect_numbers(17, CTX_ARGS(NUMBERS_17));
  expect_numbers(32, CTX_ARGS(NUMBERS_32));
  expect_numbers(33, CTX_ARGS(NUMBERS_33));
  expect_numbers(132, CTX_ARGS(NUMBERS_132));
  expect_numbers(255, CTX_ARGS(NUMBERS_255));
  expect_numbers(256, CTX_ARGS(NUMBERS_256));
}

static void expect_no_args(const ctx_value *args, size_t num_args) {
  EXPECT_TRUE(args == NULL);
  EXPECT_EQ(0, num_args);
}

CTX_TEST(Args, NoArgsIsTheEmptyList) { expect_no_args(CTX_NO_ARGS); }

static void expect_mixed(const ctx_value *args, size_t num_args) {
  ASSERT_EQ(5, num_args);
  EXPECT_EQ(CTX_KIND_I32, args[0].kind);
  EXPECT_EQ(CTX_KIND_F32, args[1].kind);
  EXPECT_EQ(CTX_KIND_GUEST_PTR, args[2].kind);
  EXPECT_EQ(CTX_KIND_PTR, args[3].kind);
  EXPECT_EQ(CTX_KIND_U8, args[4].kind);
  EXPECT_EQ(-1, args[0].bits);
  EXPECT_EQ(9, args[2].bits);
}

static int minus(int a, int b) { return a - b; }

/* Commas within parentheses are the expression's own. */
CTX_TEST(Args, ValuesAndPlainExpressionsMix) {
  const ctx_value guest = ctx_guest_ptr(9);
  expect_mixed(CTX_ARGS(minus(0, 1), 1.5f, guest, "text", ctx_u8(4)));
}
