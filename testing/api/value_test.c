/* CTX_VALUE picks the constructor that the expression's type calls for. */
#include <limits.h>
#include <stddef.h>
#include <string.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"

/* Padding has no part in the comparison: a ctx_value has none. */
#define EXPECT_SAME_VALUE(expected, actual)                \
  do {                                                     \
    ctx_value expected_ = (expected);                      \
    ctx_value actual_ = (actual);                          \
    EXPECT_MEMEQ(&expected_, &actual_, sizeof(ctx_value)); \
  } while (0)

CTX_TEST(Value, IntegersOfEveryType) {
  EXPECT_SAME_VALUE(CHAR_MIN < 0 ? ctx_i8(-1) : ctx_u8(UCHAR_MAX), CTX_VALUE((char)-1));
  EXPECT_SAME_VALUE(ctx_i8(SCHAR_MIN), CTX_VALUE((signed char)SCHAR_MIN));
  EXPECT_SAME_VALUE(ctx_u8(UCHAR_MAX), CTX_VALUE((unsigned char)UCHAR_MAX));
  EXPECT_SAME_VALUE(ctx_i16(SHRT_MIN), CTX_VALUE((short)SHRT_MIN));
  EXPECT_SAME_VALUE(ctx_u16(USHRT_MAX), CTX_VALUE((unsigned short)USHRT_MAX));
  EXPECT_SAME_VALUE(ctx_i32(INT_MIN), CTX_VALUE(INT_MIN));
  EXPECT_SAME_VALUE(ctx_u32(UINT_MAX), CTX_VALUE(UINT_MAX));
  EXPECT_SAME_VALUE(ctx_i64(LONG_MIN), CTX_VALUE(LONG_MIN));
  EXPECT_SAME_VALUE(ctx_u64(ULONG_MAX), CTX_VALUE(ULONG_MAX));
  EXPECT_SAME_VALUE(ctx_i64(LLONG_MIN), CTX_VALUE(LLONG_MIN));
  EXPECT_SAME_VALUE(ctx_u64(ULLONG_MAX), CTX_VALUE(ULLONG_MAX));
  EXPECT_SAME_VALUE(ctx_bool(true), CTX_VALUE((_Bool)1));
  EXPECT_SAME_VALUE(ctx_bool(false), CTX_VALUE((bool)0));
}

CTX_TEST(Value, TypedefsAreWhatTheyStandFor) {
  EXPECT_SAME_VALUE(ctx_u64(SIZE_MAX), CTX_VALUE((size_t)SIZE_MAX));
  EXPECT_SAME_VALUE(ctx_i64(PTRDIFF_MIN), CTX_VALUE((ptrdiff_t)PTRDIFF_MIN));
#if WCHAR_MIN < 0
  EXPECT_SAME_VALUE(ctx_i32(-1), CTX_VALUE((wchar_t)-1));
#else
  EXPECT_SAME_VALUE(ctx_u32(UINT32_MAX), CTX_VALUE((wchar_t)-1));
#endif
  EXPECT_SAME_VALUE(ctx_i8(-1), CTX_VALUE((int8_t)-1));
  EXPECT_SAME_VALUE(ctx_u16(0xffff), CTX_VALUE((uint16_t)0xffff));
  EXPECT_SAME_VALUE(ctx_i64(INT64_MIN), CTX_VALUE(INT64_MIN));
}

/* The kinds of size_t and ptrdiff_t can be named, though CTX_VALUE cannot tell the types apart. */
CTX_TEST(Value, UsizeAndIsizePassLikeTheirTypes) {
  EXPECT_EQ(SIZE_MAX, ctx_usize(SIZE_MAX).bits);
  EXPECT_EQ(PTRDIFF_MIN, ctx_isize(PTRDIFF_MIN).bits);
}

CTX_TEST(Value, ConstantsAndExpressionsAsCHasThem) {
  EXPECT_SAME_VALUE(ctx_i32('a'), CTX_VALUE('a'));
  EXPECT_SAME_VALUE(ctx_i32(3), CTX_VALUE((short)1 + (signed char)2));
  EXPECT_SAME_VALUE(ctx_i64(1), CTX_VALUE(1L));
  EXPECT_SAME_VALUE(ctx_u32(1), CTX_VALUE(1u));
  EXPECT_SAME_VALUE(ctx_f64(0.1), CTX_VALUE(0.1));
  EXPECT_SAME_VALUE(ctx_f32(0.1f), CTX_VALUE(0.1f));
  EXPECT_SAME_VALUE(ctx_f64(-0.0), CTX_VALUE(-0.0));
  EXPECT_SAME_VALUE(ctx_i32(1), CTX_VALUE(2 > 1)); /* an int in C */
}

enum small { SMALL_LEAST = -1, SMALL = 7 };
enum natural { NATURAL = INT_MAX };

CTX_TEST(Value, Enums) {
  enum small small = SMALL_LEAST;
  enum natural natural = NATURAL;
  EXPECT_SAME_VALUE(ctx_i32(-1), CTX_VALUE(small));
  EXPECT_SAME_VALUE(ctx_u32(INT_MAX), CTX_VALUE(natural)); /* gcc and clang: unsigned */
  EXPECT_SAME_VALUE(ctx_i32(7), CTX_VALUE(SMALL));
}

CTX_TEST(Value, QualifiedObjects) {
  const int constant = -1;
  volatile short changing = -2;
  const volatile double both = 0.5;
  EXPECT_SAME_VALUE(ctx_i32(-1), CTX_VALUE(constant));
  EXPECT_SAME_VALUE(ctx_i16(-2), CTX_VALUE(changing));
  EXPECT_SAME_VALUE(ctx_f64(0.5), CTX_VALUE(both));
}

#ifdef __BITINT_MAXWIDTH__
#pragma GCC diagnostic ignored "-Wpedantic"
#ifdef __clang__
#pragma clang diagnostic ignored "-Wbit-int-extension"
#endif
/* They are passed as the integer that contains them. */
CTX_TEST(Value, BitIntsUpTo64BitsKeepValueAndSign) {
  const _BitInt(7) seven = -64;
  const unsigned _BitInt(9) nine = 511;
  const _BitInt(33) wide = -1;
  const unsigned _BitInt(64) widest = UINT64_MAX;
  EXPECT_EQ(-64, CTX_VALUE(seven).bits);
  EXPECT_EQ(511, CTX_VALUE(nine).bits);
  EXPECT_EQ(-1, CTX_VALUE(wide).bits);
  EXPECT_SAME_VALUE(ctx_u64(UINT64_MAX), CTX_VALUE(widest));
  EXPECT_SAME_VALUE(ctx_i64(INT64_MIN), CTX_VALUE((_BitInt(64))INT64_MIN));
}
#endif

struct incomplete;

CTX_TEST(Value, PointersToObjects) {
  static int object[2];
  static volatile int changing;
  int *plain = object;
  const int *constant = object;
  struct incomplete *incomplete = (struct incomplete *)(void *)object;
  EXPECT_SAME_VALUE(ctx_ptr(object), CTX_VALUE(plain));
  EXPECT_SAME_VALUE(ctx_ptr(object), CTX_VALUE(constant));
  EXPECT_SAME_VALUE(ctx_ptr(object), CTX_VALUE(object));
  EXPECT_SAME_VALUE(ctx_ptr(object + 1), CTX_VALUE(&object[1]));
  EXPECT_SAME_VALUE(ctx_ptr(object), CTX_VALUE((void *)object));
  EXPECT_SAME_VALUE(ctx_ptr(object), CTX_VALUE((const void *)object));
  EXPECT_SAME_VALUE(ctx_ptr(object), CTX_VALUE(incomplete));
  EXPECT_SAME_VALUE(ctx_ptr(&plain), CTX_VALUE(&plain));
  EXPECT_EQ(&changing, CTX_VALUE(&changing).bits);
  EXPECT_EQ(CTX_KIND_PTR, CTX_VALUE(&changing).kind);
  EXPECT_SAME_VALUE(ctx_ptr(NULL), CTX_VALUE(NULL));
  const char *text = "text";
  EXPECT_SAME_VALUE(ctx_ptr(text), CTX_VALUE(text));
  EXPECT_EQ(CTX_KIND_PTR, CTX_VALUE("text").kind);
  EXPECT_EQ('t', *(const char *)(uintptr_t)CTX_VALUE("text").bits);
}

CTX_TEST(Value, AValueStaysAsItIs) {
  const ctx_value value = ctx_guest_ptr(0xfffffff0);
  EXPECT_SAME_VALUE(value, CTX_VALUE(value));
  EXPECT_SAME_VALUE(value, CTX_VALUE(CTX_VALUE(value)));
  EXPECT_SAME_VALUE(ctx_u16(65535), CTX_VALUE(ctx_u16(65535)));
}

CTX_TEST(Value, TheExpressionIsEvaluatedOnce) {
  int calls = 0;
  EXPECT_SAME_VALUE(ctx_i32(1), CTX_VALUE(++calls));
  EXPECT_EQ(1, calls);
  int other_calls = 0;
  EXPECT_NE(0, ctx_stack_needed(CTX_ARGS(calls++, (other_calls += 10, 2.0))));
  EXPECT_EQ(2, calls);
  EXPECT_EQ(10, other_calls);
}

/* Bytes, not numbers: a signalling NaN stays one, a payload is kept. */
CTX_TEST(Value, FloatsKeepTheirBits) {
  uint32_t f32_bits = 0xffadcba9;
  uint64_t f64_bits = UINT64_C(0x7ff4123456789abc);
  float f32;
  double f64;
  memcpy(&f32, &f32_bits, sizeof f32);
  memcpy(&f64, &f64_bits, sizeof f64);
  EXPECT_EQ(f32_bits, ctx_f32(f32).bits);
  EXPECT_EQ(f64_bits, ctx_f64(f64).bits);
  EXPECT_EQ(f32_bits, CTX_VALUE(f32).bits);
  EXPECT_EQ(f64_bits, CTX_VALUE(f64).bits);
}

CTX_TEST(Value, NoTwoKindsAreTheSame) {
  const ctx_value values[] = {
      ctx_u8(1),      ctx_u16(1),   ctx_u32(1),  ctx_u64(1),       ctx_i8(1),
      ctx_i16(1),     ctx_i32(1),   ctx_i64(1),  ctx_usize(1),     ctx_isize(1),
      ctx_bool(true), ctx_f32(1.f), ctx_f64(1.), ctx_guest_ptr(1), ctx_ptr((const void *)1)};
  const size_t num_values = sizeof values / sizeof values[0];
  EXPECT_EQ(CTX_KIND_F64, num_values); /* the last of the scalars */
  for (size_t i = 0; i < num_values; i++) {
    EXPECT_NE(CTX_KIND_NONE, values[i].kind);
    for (size_t j = 0; j < i; j++)
      EXPECT_NE(values[i].kind, values[j].kind);
  }
}
