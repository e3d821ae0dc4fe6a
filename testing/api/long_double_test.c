/* An option can make long double a double or a __float128: it is passed and described as that. The
 * library is compiled without the option. */
#include <complex.h>

#include "testing/api/arena.h"
#include "testing/harness/harness.h"

#if __LDBL_MANT_DIG__ == 64
#error "compile this with -mlong-double-64 or -mlong-double-128"
#endif

static char *const stack = ctx_test_arena.stack;
static ctx_context *const child = &ctx_test_arena.child;
static ctx_context host;

static int takes(long double a, int b, complex long double c, long double d) {
  EXPECT_TRUE(a == 1.5L);
  EXPECT_EQ(9, b);
  EXPECT_TRUE(creall(c) == 2 && cimagl(c) == -3);
  EXPECT_TRUE(d == 4.25L);
  return 5;
}

CTX_TEST(LongDouble, ArrivesAsTheTypeThatItIs) {
  const complex long double c = 2 - 3 * I;
  ASSERT_EQ(CTX_OK, ctx_init(child, stack, CTX_ARENA_STACK_SIZE, CTX_ENTRY(takes),
                             CTX_ARGS(1.5L, 9, ctx_complex_long_double(c), 4.25L)));
  ctx_swap(&host, child);
  EXPECT_EQ(5, ctx_retval_i32(child));
}

static long double twice(long double x) { return 2 * x; }
static complex long double twice_complex(complex long double x) { return 2 * x; }

static void expect_described(const ctx_type *type, ctx_entry entry, const void *value, void *out) {
  ctx_signature *signature;
  ASSERT_EQ(CTX_OK, ctx_signature_create(&signature, type, &type, 1, CTX_NOT_VARIADIC));
  ASSERT_EQ(CTX_OK,
            ctx_init_signature(child, stack, CTX_ARENA_STACK_SIZE, NULL, entry, signature, &value));
  ctx_swap(&host, child);
  EXPECT_EQ(CTX_OK, ctx_retval_get(child, signature, out));
  ctx_signature_destroy(signature);
}

CTX_TEST(LongDouble, IsDescribedAsTheTypeThatItIs) {
  const long double x = 1.25L;
  long double result = 0;
  expect_described(&ctx_type_long_double, CTX_ENTRY(twice), &x, &result);
  EXPECT_TRUE(result == 2.5L);
  const complex long double c = 1.5L - 2 * I;
  complex long double complex_result = 0;
  expect_described(&ctx_type_complex_long_double, CTX_ENTRY(twice_complex), &c, &complex_result);
  EXPECT_TRUE(creall(complex_result) == 3 && cimagl(complex_result) == -4);
}

/* Such a result is kept without a signature. */
CTX_TEST(LongDouble, ResultIsNotRefused) {
  ASSERT_EQ(CTX_OK, CTX_START(child, stack, CTX_ARENA_STACK_SIZE, twice, 1.5L));
  ctx_swap(&host, child);
  EXPECT_TRUE(ctx_has_returned(child));
}
