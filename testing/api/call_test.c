/* CTX_CALL, CTX_CALL_VARIADIC and CTX_START: what they are given arrives. */
#include <stdarg.h>
#include <string.h>

#include "testing/api/arena.h"
#include "testing/api/counts.h"
#include "testing/api/numbers.h"
#include "testing/harness/harness.h"

static char *const stack = ctx_test_arena.stack;
static ctx_context *const child = &ctx_test_arena.child;

static void run(ctx_status status) {
  static ctx_context host;
  ASSERT_EQ(CTX_OK, status);
  ctx_swap(&host, child);
  EXPECT_TRUE(ctx_has_returned(child));
}
#define INIT(...) run(ctx_init(child, stack, CTX_ARENA_STACK_SIZE, __VA_ARGS__))
#define START(...) run(CTX_START(child, stack, CTX_ARENA_STACK_SIZE, __VA_ARGS__))

static int num_calls;
static void count(void) { num_calls++; }

CTX_TEST(Call, NoArguments) {
  num_calls = 0;
  INIT(CTX_CALL(count));
  START(count);
  void (*pointer)(void) = count;
  START(pointer);
  START((&count));
  EXPECT_EQ(4, num_calls);
}

static int32_t next(int32_t x) { return x + 1; }

CTX_TEST(Call, OneArgument) {
  START(next, 41);
  EXPECT_EQ(42, ctx_retval_i32(child));
}

static double area(int width, double height) { return width * height; }

CTX_TEST(Call, ResultIsRead) {
  START(area, 6, 7.5);
  EXPECT_F64_EQ(45, ctx_retval_f64(child));
}

#define DEFINE_TAKE(n) \
  static double take_##n(COUNT_PARAMETERS_##n) { return COUNT_SUM_##n; }
COUNTS(DEFINE_TAKE)
#define EXPECT_TAKEN(n)                 \
  START(take_##n, COUNT_ARGUMENTS_##n); \
  EXPECT_F64_EQ(COUNT_EXPECTED(n), ctx_retval_f64(child));

CTX_TEST(Call, EachNumberOfArguments) { COUNTS(EXPECT_TAKEN) }

enum color { RED, GREEN };
struct node {
  int value;
};

static int32_t mixed(const char *text, struct node *node, char c, float f, size_t n,
                     enum color color, const volatile short *list, bool flag) {
  EXPECT_STREQ("text", text);
  EXPECT_EQ(3, node->value);
  EXPECT_EQ('c', c);
  EXPECT_F64_EQ(1.5, (double)f);
  EXPECT_EQ(SIZE_MAX, n);
  EXPECT_EQ(GREEN, color);
  EXPECT_EQ(-2, list[1]);
  EXPECT_TRUE(flag);
  return -7;
}

CTX_TEST(Call, ArgumentsOfAllSortsArrive) {
  struct node node = {3};
  short list[] = {1, -2};
  START(mixed, "text", &node, (char)'c', 1.5f, (size_t)SIZE_MAX, (enum color)GREEN, list,
        (bool)true);
  EXPECT_EQ(-7, ctx_retval_i32(child));
}

static long sixteen(long a, long b, long c, long d, long e, long f, long g, long h, long i, long j,
                    long k, long l, long m, long n, long o, double p) {
  return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * i + 10 * j + 11 * k +
         12 * l + 13 * m + 14 * n + 15 * o + (long)(16 * p);
}
static long eighteen(long a, long b, long c, long d, long e, long f, long g, long h, long i, long j,
                     long k, long l, long m, long n, long o, double p, short q, float r) {
  return sixteen(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p) + 17 * q + (long)(18 * r);
}

CTX_TEST(Call, MoreArgumentsThanCanBeNamed) {
  START(sixteen, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1.0);
  EXPECT_EQ(16 * 17 / 2, ctx_retval_i64(child));
  START(eighteen, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1.0, (short)1, 1.0f);
  EXPECT_EQ(18 * 19 / 2, ctx_retval_i64(child));
}

CTX_TEST(Call, ArgumentsAndFunctionAreEvaluatedOnce) {
  int calls = 0;
  int choices = 0;
  double (*const functions[])(int, double) = {area, area};
  START(functions[choices++], ++calls, 2.0);
  EXPECT_EQ(1, calls);
  EXPECT_EQ(1, choices);
  EXPECT_F64_EQ(2, ctx_retval_f64(child));
}

CTX_TEST(Call, UseInAnArgumentOfAnother) {
  START(area, 1 + (int)ctx_init(child, stack, CTX_ARENA_STACK_SIZE, CTX_CALL(area, 2, 2.0)), 3.0);
  EXPECT_F64_EQ(3, ctx_retval_f64(child));
}

/* The first parameter after the float shows that the float itself was not promoted. */
static double variadic(float factor, const char *kinds, ...) {
  va_list list;
  va_start(list, kinds);
  double sum = 0;
  for (; *kinds != '\0'; kinds++) {
    sum *= 10;
    if (*kinds == 'd') sum += va_arg(list, double);
    if (*kinds == 'i') sum += va_arg(list, int);
    if (*kinds == 's') sum += (double)strlen(va_arg(list, const char *));
  }
  va_end(list);
  return sum * (double)factor;
}

CTX_TEST(Call, ArgumentsAfterAnEllipsisArePromoted) {
  INIT(CTX_CALL_VARIADIC(variadic, 2.0f, ""));
  EXPECT_F64_EQ(0, ctx_retval_f64(child));
  INIT(CTX_CALL_VARIADIC(variadic, 2.0f, "didsi", 1.0f, (char)2, 3.0, "four", (short)-5));
  EXPECT_F64_EQ(2 * (12345 - 10), ctx_retval_f64(child));
  INIT(CTX_CALL_VARIADIC(variadic, 0.5f, "dddddddddddddddddd", 0.f, 0.f, 0.f, 0.f, 0.f, 0.f, 0.f,
                         0.f, 0.f, 0.f, 0.f, 0.f, 0.f, 0.f, 0.f, 1.0f, 2.0, 4.0f));
  EXPECT_F64_EQ(62, ctx_retval_f64(child));
}

/* As the compiler promotes what is behind an ellipsis, and nothing behind that. */
CTX_TEST(Call, FloatsBehindTheEllipsisArePromoted) {
  ctx_value values[] = {ctx_f32(1), ctx_f32(2), ctx_f32(3)};
  EXPECT_TRUE(ctx_promote_(values, 2, 1) == values);
  EXPECT_EQ(CTX_KIND_F32, values[0].kind);
  EXPECT_EQ(CTX_KIND_F64, values[1].kind);
  EXPECT_EQ(CTX_KIND_F32, values[2].kind);
  EXPECT_TRUE(!values[0].is_unnamed && values[1].is_unnamed && !values[2].is_unnamed);
  EXPECT_TRUE(values[0].is_named && !values[1].is_named && !values[2].is_named);
}

/* Says which are `p`lain arguments, those before the ellipsis, `n`, and those after it, `u`. */
static const char *naming_of(ctx_entry entry, const ctx_value *args, size_t num_args) {
  static char text[32];
  (void)entry;
  for (size_t i = 0; i < num_args; i++)
    text[i] = "pnu?"[args[i].is_named + 2 * args[i].is_unnamed];
  text[num_args] = '\0';
  return text;
}
static const char *no_ellipsis(int a, double b) { return a != 0 && b != 0 ? "" : NULL; }

CTX_TEST(Call, MarksEachArgumentWhereThereIsAnEllipsis) {
  EXPECT_STREQ("nnuu", naming_of(CTX_CALL_VARIADIC(variadic, 2.0f, "", 3.0f, 4)));
  EXPECT_STREQ("nn", naming_of(CTX_CALL_VARIADIC(variadic, 2.0f, "")));
  EXPECT_STREQ("nnuuuuuuuuuuuuuuuuu",
               naming_of(CTX_CALL_VARIADIC(variadic, 2.0f, "", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
                                           12, 13, 14, 15, 16, 17)));
  EXPECT_STREQ("pp", naming_of(CTX_CALL(no_ellipsis, 1, 2.0)));
  EXPECT_STREQ("pp", naming_of(CTX_ENTRY(no_ellipsis), CTX_ARGS(1, 2.0)));
}

/* Frames of many arguments are large, with a sanitizer's memory for them above all. */
CTX_STACK(long_stack, 65536);
#define LONG_INIT(...) run(ctx_init(child, long_stack, sizeof long_stack, __VA_ARGS__))

/* The count of a call's arguments is taken from lists of sixteen: calls reach into each of them. */
static int add_all(int num, ...) {
  va_list args;
  int sum = 0;
  va_start(args, num);
  for (int i = 0; i < num; i++)
    sum += va_arg(args, int);
  va_end(args);
  return sum;
}

/* clang-format off */
#define ONES_1 1
#define ONES_2 ONES_1, 1
#define ONES_3 ONES_2, 1
#define ONES_4 ONES_3, 1
#define ONES_5 ONES_4, 1
#define ONES_6 ONES_5, 1
#define ONES_7 ONES_6, 1
#define ONES_8 ONES_7, 1
#define ONES_9 ONES_8, 1
#define ONES_10 ONES_9, 1
#define ONES_11 ONES_10, 1
#define ONES_12 ONES_11, 1
#define ONES_13 ONES_12, 1
#define ONES_14 ONES_13, 1
#define SIXTEENS_1 NUMBERS_16
#define SIXTEENS_2 SIXTEENS_1, NUMBERS_16
#define SIXTEENS_3 SIXTEENS_2, NUMBERS_16
#define SIXTEENS_4 SIXTEENS_3, NUMBERS_16
#define SIXTEENS_5 SIXTEENS_4, NUMBERS_16
#define SIXTEENS_6 SIXTEENS_5, NUMBERS_16
#define SIXTEENS_7 SIXTEENS_6, NUMBERS_16
#define SIXTEENS_8 SIXTEENS_7, NUMBERS_16
#define SIXTEENS_9 SIXTEENS_8, NUMBERS_16
#define SIXTEENS_10 SIXTEENS_9, NUMBERS_16
#define SIXTEENS_11 SIXTEENS_10, NUMBERS_16
#define SIXTEENS_12 SIXTEENS_11, NUMBERS_16
#define SIXTEENS_13 SIXTEENS_12, NUMBERS_16
#define SIXTEENS_14 SIXTEENS_13, NUMBERS_16
#define SIXTEENS_15 SIXTEENS_14, NUMBERS_16
#define EACH_ONES(X) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14)
#define EACH_SIXTEENS(X) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) \
    X(14) X(15)
/* clang-format on */
#define EXPECT_ONES_ADDED(n)                                             \
  LONG_INIT(CTX_CALL_VARIADIC(add_all, 16 + (n), NUMBERS_16, ONES_##n)); \
  EXPECT_EQ(120 + (n), ctx_retval_i32(child));
#define EXPECT_SIXTEENS_ADDED(n)                                 \
  LONG_INIT(CTX_CALL_VARIADIC(add_all, 16 * (n), SIXTEENS_##n)); \
  EXPECT_EQ(120 * (n), ctx_retval_i32(child));

/* As many as there can be. */
static int take_256(EACH_OF_SIXTEEN(SIXTEEN_PARAMETERS, COMMA)) {
  return EACH_OF_SIXTEEN(SIXTEEN_ADDED, PLUS);
}

CTX_TEST(Call, ArgumentsOfEachLongListAreCounted) {
  EACH_ONES(EXPECT_ONES_ADDED)
  EACH_SIXTEENS(EXPECT_SIXTEENS_ADDED)
  LONG_INIT(CTX_CALL_VARIADIC(add_all, 255, NUMBERS_255));
  EXPECT_EQ(254 * 255 / 2, ctx_retval_i32(child));
  LONG_INIT(CTX_CALL(take_256, NUMBERS_256));
  EXPECT_EQ(255 * 256 / 2, ctx_retval_i32(child));
}

CTX_TEST(Call, StartIsInitWithErrorsOfItsOwn) {
  EXPECT_EQ(CTX_ERR_NULL_ARGUMENT, CTX_START(NULL, stack, CTX_ARENA_STACK_SIZE, count));
  EXPECT_EQ(CTX_ERR_STACK_SMALL, CTX_START(child, stack, 16, area, 6, 7.0));
}

static void *has_mask(ctx_context *context) { return context; }

/* A context that keeps no signal mask cannot be resumed out of a handler. */
CTX_TEST(Call, StartKeepsNoSignalMask) {
  ASSERT_EQ(CTX_OK, CTX_START(child, stack, CTX_ARENA_STACK_SIZE, has_mask, child));
  EXPECT_EQ(CTX_ERR_SIGNAL_MASK, ctx_set_from_signal(child));
}
