// CTX_VALUE and CTX_ARGS in C++: the same names, the same kinds.
#include <cfloat>
#include <climits>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "ctx/ctx.h"
#include "ctx/inline.h"
#include "gtest/gtest.h"
#include "testing/api/numbers.h"

namespace {

void ExpectSame(ctx_value expected, ctx_value actual, int line) {
  EXPECT_EQ(0, memcmp(&expected, &actual, sizeof expected)) << "line " << line;
}

#define EXPECT_SAME_VALUE(expected, actual) ExpectSame((expected), (actual), __LINE__)

TEST(ValueInCxx, IntegersOfEveryType) {
  EXPECT_SAME_VALUE(CHAR_MIN < 0 ? ctx_i8(-1) : ctx_u8(UCHAR_MAX),
                    CTX_VALUE(static_cast<char>(-1)));
  EXPECT_SAME_VALUE(ctx_i8(SCHAR_MIN), CTX_VALUE(static_cast<signed char>(SCHAR_MIN)));
  EXPECT_SAME_VALUE(ctx_u8(UCHAR_MAX), CTX_VALUE(static_cast<unsigned char>(UCHAR_MAX)));
  EXPECT_SAME_VALUE(ctx_i16(SHRT_MIN), CTX_VALUE(static_cast<short>(SHRT_MIN)));
  EXPECT_SAME_VALUE(ctx_u16(USHRT_MAX), CTX_VALUE(static_cast<unsigned short>(USHRT_MAX)));
  EXPECT_SAME_VALUE(ctx_i32(INT_MIN), CTX_VALUE(INT_MIN));
  EXPECT_SAME_VALUE(ctx_u32(UINT_MAX), CTX_VALUE(UINT_MAX));
  EXPECT_SAME_VALUE(ctx_i64(LONG_MIN), CTX_VALUE(LONG_MIN));
  EXPECT_SAME_VALUE(ctx_u64(ULONG_MAX), CTX_VALUE(ULONG_MAX));
  EXPECT_SAME_VALUE(ctx_i64(LLONG_MIN), CTX_VALUE(LLONG_MIN));
  EXPECT_SAME_VALUE(ctx_u64(ULLONG_MAX), CTX_VALUE(ULLONG_MAX));
  EXPECT_SAME_VALUE(ctx_bool(true), CTX_VALUE(true));
  EXPECT_SAME_VALUE(ctx_bool(true), CTX_VALUE(2 > 1));  // a bool in C++
  EXPECT_SAME_VALUE(ctx_u64(SIZE_MAX), CTX_VALUE(SIZE_MAX));
  EXPECT_SAME_VALUE(ctx_i64(PTRDIFF_MIN), CTX_VALUE(static_cast<ptrdiff_t>(PTRDIFF_MIN)));
}

TEST(ValueInCxx, WideOnesAsInC) {
  EXPECT_SAME_VALUE(ctx_i128(-1), CTX_VALUE(static_cast<ctx_int128_>(-1)));
  EXPECT_SAME_VALUE(ctx_u128(1), CTX_VALUE(static_cast<ctx_uint128_>(1)));
  EXPECT_SAME_VALUE(ctx_long_double(-1.5L), CTX_VALUE(-1.5L));
  const bool is_f128 = LDBL_MANT_DIG == 113;
  EXPECT_EQ(is_f128 ? CTX_KIND_F128 : CTX_KIND_LONG_DOUBLE, CTX_VALUE(-1.5L).kind);
#if defined(CTX_HAS_F128_) && __LDBL_MANT_DIG__ != 113
  const ctx_f128_ f128 = -1.5;
  EXPECT_SAME_VALUE(ctx_f128(f128), CTX_VALUE(f128));
#endif
  const ctx_v256_ v256 = {1, 2, 3, 4};
  const ctx_v512_ v512 = {1, 2, 3, 4, 5, 6, 7, 8};
  EXPECT_EQ(reinterpret_cast<uintptr_t>(&v256), ctx_v256(v256).bits);
  EXPECT_EQ(CTX_KIND_V256, ctx_v256(v256).kind);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(&v512), ctx_v512(v512).bits);
  EXPECT_EQ(CTX_KIND_V512, ctx_v512(v512).kind);
  const ctx_complex_f32_ complex_f32 = {1.5f, -2.5f};
  EXPECT_SAME_VALUE(ctx_complex_f32(complex_f32), CTX_VALUE(complex_f32));
  EXPECT_EQ(CTX_KIND_COMPLEX_F32, CTX_VALUE(complex_f32).kind);
  const ctx_complex_f64_ complex_f64 = {1.5, -2.5};
  EXPECT_SAME_VALUE(ctx_complex_f64(complex_f64), CTX_VALUE(complex_f64));
  EXPECT_EQ(CTX_KIND_COMPLEX_F64, CTX_VALUE(complex_f64).kind);
  const ctx_complex_long_double_ complex_long_double = {1.5L, -2.5L};
  EXPECT_EQ(reinterpret_cast<uintptr_t>(&complex_long_double),
            ctx_complex_long_double(complex_long_double).bits);
  EXPECT_EQ(is_f128 ? CTX_KIND_AGGREGATE : CTX_KIND_COMPLEX_LONG_DOUBLE,
            ctx_complex_long_double(complex_long_double).kind);
  /* Memory behind a vector is not copied. */
  const struct {
    ctx_v64_ v64;
    uint64_t behind;
  } short_one = {ctx_v64_{3}, UINT64_MAX};
  EXPECT_EQ(0U, ctx_v64(short_one.v64).high);
  const struct {
    ctx_v128_ v128;
    uint64_t behind;
  } long_one = {ctx_v128_{3, 4}, UINT64_MAX};
  EXPECT_EQ(uint32_t{CTX_KIND_V128}, ctx_v128(long_one.v128).kind);
  const ctx_v128_ v128 = {1, 2};
  EXPECT_EQ(2U, ctx_v128(v128).high);
}

TEST(ValueInCxx, FloatsKeepTheirBits) {
  const uint32_t f32_bits = 0xffedcba9;
  const uint64_t f64_bits = UINT64_C(0x7ff8123456789abc);
  float f32;
  double f64;
  memcpy(&f32, &f32_bits, sizeof f32);
  memcpy(&f64, &f64_bits, sizeof f64);
  EXPECT_EQ(f32_bits, CTX_VALUE(f32).bits);
  EXPECT_EQ(f64_bits, CTX_VALUE(f64).bits);
  EXPECT_SAME_VALUE(ctx_f32(0.1f), CTX_VALUE(0.1f));
  EXPECT_SAME_VALUE(ctx_f64(-0.0), CTX_VALUE(-0.0));
}

// C++ has types of their own for characters; C has them as integers.
TEST(ValueInCxx, CharactersAreTheirUnderlyingIntegers) {
  EXPECT_SAME_VALUE(CHAR_MIN < 0 ? ctx_i8('a') : ctx_u8('a'), CTX_VALUE('a'));
  EXPECT_SAME_VALUE(WCHAR_MIN < 0 ? ctx_i32(L'a') : ctx_u32(L'a'), CTX_VALUE(L'a'));
  EXPECT_SAME_VALUE(ctx_u16(u'a'), CTX_VALUE(u'a'));
  EXPECT_SAME_VALUE(ctx_u32(U'a'), CTX_VALUE(U'a'));
}

enum Plain { kLeast = -1, kMost = 7 };
enum class Scoped : uint8_t { kValue = 200 };
enum class Truth : bool { kTrue = true };

TEST(ValueInCxx, Enums) {
  EXPECT_SAME_VALUE(ctx_i32(-1), CTX_VALUE(kLeast));
  EXPECT_SAME_VALUE(ctx_u8(200), CTX_VALUE(Scoped::kValue));
  EXPECT_SAME_VALUE(ctx_bool(true), CTX_VALUE(Truth::kTrue));
}

TEST(ValueInCxx, QualifiedObjects) {
  const int constant = -1;
  volatile short changing = -2;
  EXPECT_SAME_VALUE(ctx_i32(-1), CTX_VALUE(constant));
  EXPECT_SAME_VALUE(ctx_i16(-2), CTX_VALUE(changing));
}

#ifdef __BITINT_MAXWIDTH__
#ifdef __clang__
#pragma clang diagnostic ignored "-Wpedantic"
#pragma clang diagnostic ignored "-Wbit-int-extension"
#endif
TEST(ValueInCxx, BitIntsUpTo64BitsKeepValueAndSign) {
  const _BitInt(7) seven = -64;
  const unsigned _BitInt(9) nine = 511;
  const unsigned _BitInt(64) widest = UINT64_MAX;
  EXPECT_SAME_VALUE(ctx_i64(-64), CTX_VALUE(seven));
  EXPECT_EQ(511U, CTX_VALUE(nine).bits);
  EXPECT_SAME_VALUE(ctx_u64(UINT64_MAX), CTX_VALUE(widest));
}
#endif

void Called(int) {}

TEST(ValueInCxx, PointersToFunctions) {
  EXPECT_EQ(reinterpret_cast<uintptr_t>(Called), CTX_VALUE(Called).bits);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(Called), CTX_VALUE(&Called).bits);
}

struct Incomplete;

TEST(ValueInCxx, PointersToObjects) {
  static int object[2];
  static volatile int changing;
  const int *constant = object;
  EXPECT_SAME_VALUE(ctx_ptr(object), CTX_VALUE(&object[0]));
  EXPECT_SAME_VALUE(ctx_ptr(object), CTX_VALUE(object));
  EXPECT_SAME_VALUE(ctx_ptr(object), CTX_VALUE(constant));
  EXPECT_SAME_VALUE(ctx_ptr(object), CTX_VALUE(static_cast<void *>(object)));
  EXPECT_SAME_VALUE(ctx_ptr(object), CTX_VALUE(static_cast<const void *>(object)));
  EXPECT_SAME_VALUE(ctx_ptr(object), CTX_VALUE(reinterpret_cast<Incomplete *>(object)));
  EXPECT_SAME_VALUE(ctx_ptr(nullptr), CTX_VALUE(nullptr));
  EXPECT_EQ(reinterpret_cast<uintptr_t>(&changing), CTX_VALUE(&changing).bits);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(&changing),
            CTX_VALUE(static_cast<volatile void *>(&changing)).bits);
  EXPECT_EQ(static_cast<uint32_t>(CTX_KIND_PTR), CTX_VALUE("text").kind);
  EXPECT_EQ('t', *reinterpret_cast<const char *>(static_cast<uintptr_t>(CTX_VALUE("text").bits)));
}

TEST(ValueInCxx, AValueStaysAsItIsAndIsEvaluatedOnce) {
  const ctx_value value = ctx_guest_ptr(0xfffffff0);
  EXPECT_SAME_VALUE(value, CTX_VALUE(value));
  int calls = 0;
  EXPECT_SAME_VALUE(ctx_i32(1), CTX_VALUE(++calls));
  EXPECT_EQ(1, calls);
}

void ExpectNumbers(size_t expected, const ctx_value *args, size_t num_args) {
  ASSERT_EQ(expected, num_args);
  for (size_t i = 0; i < num_args; i++)
    EXPECT_SAME_VALUE(ctx_i32(static_cast<int>(i)), args[i]);
}

TEST(ArgsInCxx, AllLengthsAroundTheBlocksOf16) {
  ExpectNumbers(1, CTX_ARGS(NUMBERS_1));
  ExpectNumbers(15, CTX_ARGS(NUMBERS_15));
  ExpectNumbers(16, CTX_ARGS(NUMBERS_16));
  ExpectNumbers(17, CTX_ARGS(NUMBERS_17));
  ExpectNumbers(132, CTX_ARGS(NUMBERS_132));
  ExpectNumbers(256, CTX_ARGS(NUMBERS_256));
}

TEST(ArgsInCxx, NoArgsIsTheEmptyList) { ExpectNumbers(0, CTX_NO_ARGS); }

int64_t Sum(const char *text, int8_t narrow, double number, const int *list) {
  return static_cast<int64_t>(strlen(text)) + narrow + static_cast<int64_t>(number) + list[1];
}

TEST(ContextInCxx, CallsAndSwitchesInAllForms) {
  alignas(16) static char stack[16384];
  void (*volatile external_swap)(ctx_context *, ctx_context *) = ctx_swap;
  for (int form = 0; form < 3; form++) {
    const int list[2] = {1, 20000};
    ctx_context host{};
    ctx_context child{};
    ASSERT_EQ(CTX_OK, ctx_init(&child, stack, sizeof stack, reinterpret_cast<ctx_entry>(Sum),
                               CTX_ARGS("four", ctx_i8(-128), 1000.5, list)));
    if (form == 0) ctx_swap(&host, &child);
    if (form == 1) ctx_swap_inline(&host, &child);
    if (form == 2) external_swap(&host, &child);
    EXPECT_TRUE(ctx_has_returned(&child));
    EXPECT_EQ(4 - 128 + 1000 + 20000, ctx_retval_i64(&child));
  }
}

}  // namespace

int main(int argc, char **argv) {
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
