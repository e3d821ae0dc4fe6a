/* Wide values and aggregates as arguments of ctx_init: what a C caller would pass arrives. */
#include <complex.h>
#include <string.h>

#include "testing/api/arena.h"
#include "testing/arch/arch.h"
#include "testing/harness/harness.h"
#include CTX_TEST_ARCH(figures.h)

typedef double v2 __attribute__((vector_size(16)));
__extension__ typedef __int128 int128;

struct mixed {
  char c;
  float f;
  double d;
};
CTX_STRUCT(mixed_type, struct mixed, CTX_MEMBER(struct mixed, c, ctx_type_i8),
           CTX_MEMBER(struct mixed, f, ctx_type_f32), CTX_MEMBER(struct mixed, d, ctx_type_f64));

struct big {
  long double wide;
  short numbers[9];
};
CTX_STRUCT(big_type, struct big, CTX_MEMBER(struct big, wide, ctx_type_long_double),
           CTX_MEMBER_ARRAY(struct big, numbers, ctx_type_i16));

static char *const stack = ctx_test_arena.stack;
static ctx_context host;

static void expect_run(ctx_status status) {
  ASSERT_EQ(CTX_OK, status);
  ctx_swap(&host, &ctx_test_arena.child);
  EXPECT_TRUE(ctx_has_returned(&ctx_test_arena.child));
}
#define RUN(entry, ...) \
  expect_run(           \
      ctx_init(&ctx_test_arena.child, stack, CTX_ARENA_STACK_SIZE, CTX_ENTRY(entry), __VA_ARGS__))

static void takes_wide(int128 i, unsigned a, long double l, complex float cf, complex double cd,
                       complex long double cl, v2 v, signed char b) {
  EXPECT_TRUE(i == ((int128)-3 * ((int128)1 << 70)));
  EXPECT_EQ(7, a);
  EXPECT_TRUE(l == 1.25L);
  EXPECT_TRUE(cf == 1 + 2 * I);
  EXPECT_TRUE(cd == 3 + 4 * I);
  EXPECT_TRUE(cl == 5 + 6 * I);
  EXPECT_F64_EQ(8, v[0]);
  EXPECT_F64_EQ(9, v[1]);
  EXPECT_EQ(-10, b);
}

CTX_TEST(WideValue, ArrivesAsFromACCaller) {
  v2 v = {8, 9};
  complex long double cl = 5 + 6 * I;
  RUN(takes_wide, CTX_ARGS((int128)-3 * ((int128)1 << 70), 7u, 1.25L, (complex float)(1 + 2 * I),
                           (complex double)(3 + 4 * I), ctx_complex_long_double(cl), ctx_v128(v),
                           (signed char)-10));
}

static void takes_structs(struct mixed m, struct big b, int n) {
  EXPECT_EQ('c', m.c);
  EXPECT_F64_EQ(1.5, (double)m.f);
  EXPECT_F64_EQ(2.5, m.d);
  EXPECT_TRUE(b.wide == -4.5L);
  EXPECT_EQ(-8, b.numbers[8]);
  EXPECT_EQ(42, n);
}

CTX_TEST(WideValue, AggregatesArriveAsFromACCaller) {
  struct mixed m = {'c', 1.5f, 2.5};
  struct big b = {.wide = -4.5L, .numbers = {[8] = -8}};
  RUN(takes_structs, CTX_ARGS(ctx_aggregate(&mixed_type, &m), ctx_aggregate(&big_type, &b), 42));
}

/* The float alone would put the second eightbyte in a vector register; its last byte does not. */
struct late {
  float f;
  unsigned : 24;
  unsigned bits : 8;
};
struct with_late {
  double d;
  struct late late;
};
CTX_STRUCT(late_type, struct late, CTX_MEMBER(struct late, f, ctx_type_f32),
           CTX_BITFIELD(bits, ctx_type_u32, 56, 8));
CTX_STRUCT(with_late_type, struct with_late, CTX_MEMBER(struct with_late, d, ctx_type_f64),
           CTX_MEMBER(struct with_late, late, late_type));

static void takes_late(struct with_late x) {
  EXPECT_F64_EQ(0.5, x.d);
  EXPECT_F64_EQ(2.5, (double)x.late.f);
  EXPECT_EQ(0xa7, x.late.bits);
}

CTX_TEST(WideValue, ABitFieldCountsWhereItIs) {
  struct with_late x = {0.5, {2.5f, 0xa7}};
  RUN(takes_late, CTX_ARGS(ctx_aggregate(&with_late_type, &x)));
}

CTX_TEST(WideValue, BadOnesAreRefusedAndNothingIsWritten) {
  struct mixed m = {0};
  ctx_value value[] = {ctx_aggregate(NULL, &m),
                       ctx_aggregate(&mixed_type, NULL),
                       ctx_aggregate(&ctx_type_i32, &m),
                       ctx_i32(1),
                       ctx_i32(1),
                       ctx_i32(1)};
  value[3].kind = CTX_KIND_VOID;
  value[4].kind = CTX_KIND_STRUCT;
  value[5].kind = CTX_KIND_UNION;
  ctx_type bad = mixed_type;
  bad.size = 8;
  const ctx_value bad_type = ctx_aggregate(&bad, &m);
  ctx_test_arena_fill(0);
  for (size_t i = 0; i < 6; i++) {
    EXPECT_EQ(
        i < 2 ? CTX_ERR_NULL_ARGUMENT : CTX_ERR_BAD_VALUE,
        ctx_init(&ctx_test_arena.child, stack, CTX_ARENA_STACK_SIZE, ctx_test_noop, &value[i], 1));
    EXPECT_EQ(0, ctx_stack_needed(&value[i], 1));
  }
  EXPECT_EQ(CTX_ERR_BAD_TYPE, ctx_init(&ctx_test_arena.child, stack, CTX_ARENA_STACK_SIZE,
                                       ctx_test_noop, &bad_type, 1));
  EXPECT_TRUE(strstr(ctx_type_error(), "argument 1: struct mixed: member 'd'") != NULL);
  const char *const texts[] = {"argument 1: its type is null", "argument 1: its bytes are null"};
  for (size_t i = 0; i < 2; i++) {
    EXPECT_EQ(0, ctx_stack_needed(&value[i], 1));
    EXPECT_STREQ(texts[i], ctx_type_error());
  }
  EXPECT_TRUE(ctx_test_arena_is_untouched());
}

__extension__ struct empty {};
CTX_EMPTY_STRUCT(empty_type, struct empty);

/* They take nothing of a stack. A wrong count must still not be followed to its end. */
CTX_TEST(WideValue, SoManyThatTheyCouldNotFitAreNotLookedAt) {
  enum { SIZE = 64, MOST = CTX_TEST_ARGUMENTS + SIZE / 8 };
  ctx_value args[MOST];
  for (size_t i = 0; i < MOST; i++)
    args[i] = ctx_aggregate(&empty_type, NULL);
  char *low = stack + CTX_ARENA_STACK_SIZE - SIZE;
  EXPECT_EQ(CTX_OK, ctx_init(&ctx_test_arena.child, low, SIZE, ctx_test_noop, args, MOST));
  EXPECT_EQ(CTX_ERR_STACK_SMALL,
            ctx_init(&ctx_test_arena.child, low, SIZE, ctx_test_noop, args, MOST + 1));
  /* Nor does it look at more than could be in memory at all. */
  EXPECT_EQ(0, ctx_stack_needed(args, ((size_t)1 << 27) + 1));
  EXPECT_STREQ("134217729 arguments are too many", ctx_type_error());
}

CTX_TEST(WideValue, StackNeededIsExact) {
  struct big b = {0};
  const ctx_value args[] = {ctx_aggregate(&big_type, &b), ctx_long_double(1), ctx_i128(2)};
  for (size_t num_args = 1; num_args <= 3; num_args++) {
    size_t needed = ctx_stack_needed(args, num_args);
    ASSERT_NE(0, needed);
    char *end = stack + CTX_ARENA_STACK_SIZE;
    ctx_test_arena_fill(0);
    EXPECT_EQ(CTX_ERR_STACK_SMALL, ctx_init(&ctx_test_arena.child, end - needed + 16, needed - 16,
                                            ctx_test_noop, args, num_args));
    EXPECT_TRUE(ctx_test_arena_is_untouched());
    EXPECT_EQ(CTX_OK,
              ctx_init(&ctx_test_arena.child, end - needed, needed, ctx_test_noop, args, num_args));
    EXPECT_TRUE(ctx_test_arena_range_is_untouched(ctx_test_arena.guard1, end - needed));
    EXPECT_FALSE(ctx_test_arena_range_is_untouched(end - needed, end - needed + 64));
  }
}
