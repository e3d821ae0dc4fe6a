/* Functions that this compiler has made, called through ctx: they check what they were given. Two
 * compilers run this test; clang's callees rely on narrow integers' extension to 32 bits. */
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/oracle/probe.h"

CTX_STACK(stack, 65536);
static ctx_context host;
static ctx_context child;

#define CALLEE __attribute__((noinline)) static

/* All registers hold garbage first: nothing is right by chance. */
static void call(ctx_entry entry, const ctx_value *args, size_t num_args) {
  memset(&host, 0, sizeof host);
  memset(&child, 0xa5, sizeof child);
  memset(stack, 0x5a, sizeof stack);
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, sizeof stack, entry, args, num_args));
  oracle_swap(&host, &child);
  EXPECT_TRUE(ctx_has_returned(&child));
}

/* ---- Fixed arguments ---- */

CALLEE int eight_ints(int a, int b, int c, int d, int e, int f, int g, int h) {
  return a - 2 * b + 3 * c - 4 * d + 5 * e - 6 * f + 7 * g - 8 * h;
}

CTX_TEST(Callee, IntsInRegistersAndSlots) {
  call((ctx_entry)eight_ints, CTX_ARGS(-1, 10, -100, 1000, -10000, 100000, -1000000, 10000000));
  EXPECT_EQ(eight_ints(-1, 10, -100, 1000, -10000, 100000, -1000000, 10000000),
            ctx_retval_i32(&child));
}

CALLEE double ten_doubles(double a, double b, double c, double d, double e, double f, double g,
                          double h, double i, double j) {
  return a - 2 * b + 3 * c - 4 * d + 5 * e - 6 * f + 7 * g - 8 * h + 9 * i - 10 * j;
}

CTX_TEST(Callee, DoublesInRegistersAndSlots) {
  call((ctx_entry)ten_doubles, CTX_ARGS(.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, -9.5));
  EXPECT_F64_EQ(ten_doubles(.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, -9.5),
                ctx_retval_f64(&child));
}

CALLEE float ten_floats(float a, float b, float c, float d, float e, float f, float g, float h,
                        float i, float j) {
  return a - 2 * b + 3 * c - 4 * d + 5 * e - 6 * f + 7 * g - 8 * h + 9 * i - 10 * j;
}

CTX_TEST(Callee, FloatsInRegistersAndSlots) {
  call((ctx_entry)ten_floats, CTX_ARGS(.5f, 1.5f, 2.5f, 3.5f, 4.5f, 5.5f, 6.5f, 7.5f, 8.5f, -9.5f));
  EXPECT_F64_EQ((double)ten_floats(.5f, 1.5f, 2.5f, 3.5f, 4.5f, 5.5f, 6.5f, 7.5f, 8.5f, -9.5f),
                (double)ctx_retval_f32(&child));
}

/* Used as indices and as wider numbers: a compiler extends them, or takes them to be extended. */
CALLEE long narrow(signed char a, unsigned char b, short c, unsigned short d, bool e, char f,
                   signed char g, unsigned char h, short i, unsigned short j, bool k) {
  static const char letters[] = "abcdefgh";
  EXPECT_EQ(-128, (long)a);
  EXPECT_EQ(255, (long)b);
  EXPECT_EQ(SHRT_MIN, (long)c);
  EXPECT_EQ(65535, (long)d);
  EXPECT_EQ('b', letters[e]);
  EXPECT_EQ((long)(char)-1, (long)f); /* plain char has a sign or not */
  EXPECT_EQ(-2, (long)g);
  EXPECT_EQ(254, (long)h);
  EXPECT_EQ(-3, (long)i);
  EXPECT_EQ(65533, (long)j);
  EXPECT_EQ('a', letters[k]);
  return a * 1000L + c + (e ? 1 : 0);
}

CTX_TEST(Callee, NarrowIntegersAreExtended) {
  call((ctx_entry)narrow, CTX_ARGS((signed char)-128, (unsigned char)255, (short)SHRT_MIN,
                                   (unsigned short)65535, true, (char)-1, (signed char)-2,
                                   (unsigned char)254, (short)-3, (unsigned short)65533, false));
  EXPECT_EQ(-128 * 1000L + SHRT_MIN + 1, ctx_retval_i64(&child));
}

CALLEE const char *pointers(const char *text, void *null, int *number, const char *const *list,
                            size_t size, ptrdiff_t difference, const char *seventh, void *eighth) {
  EXPECT_STREQ("text", text);
  EXPECT_TRUE(null == NULL);
  EXPECT_STREQ("element", list[1]);
  EXPECT_EQ(SIZE_MAX, size);
  EXPECT_EQ(PTRDIFF_MIN, difference);
  EXPECT_STREQ("seventh", seventh);
  EXPECT_TRUE(eighth == (void *)number);
  *number = 7;
  return text + 1;
}

CTX_TEST(Callee, Pointers) {
  int number = 0;
  const char *list[] = {"", "element"};
  call((ctx_entry)pointers,
       CTX_ARGS("text", NULL, &number, list, SIZE_MAX, PTRDIFF_MIN, "seventh", (void *)&number));
  EXPECT_EQ(7, number);
  EXPECT_STREQ("ext", (const char *)ctx_retval_ptr(&child));
}

/* Takes both classes in turn, past the end of both. */
CALLEE void mixed(int a, double b, long c, float d, unsigned char e, double f, const char *g,
                  float h, short i, double j, long long k, float l, unsigned m, double n,
                  signed char o, float p, bool q, double r, float s, double t) {
  EXPECT_EQ(INT_MIN, a);
  EXPECT_F64_EQ(-0.0, b);
  EXPECT_EQ(LONG_MAX, c);
  EXPECT_F64_EQ(1.25, (double)d);
  EXPECT_EQ(200, e);
  EXPECT_F64_EQ(1e300, f);
  EXPECT_STREQ("seven", g);
  EXPECT_F64_EQ(-2.5, (double)h);
  EXPECT_EQ(-9, i);
  EXPECT_F64_EQ(1e-300, j);
  EXPECT_EQ(LLONG_MIN, k);
  EXPECT_F64_EQ(12.0, (double)l);
  EXPECT_EQ(UINT_MAX, m);
  EXPECT_F64_EQ(14.0, n);
  EXPECT_EQ(-15, o);
  EXPECT_F64_EQ(16.0, (double)p);
  EXPECT_TRUE(q);
  EXPECT_F64_EQ(18.0, r);
  EXPECT_F64_EQ(19.0, (double)s);
  EXPECT_F64_EQ(-20.0, t);
}

CTX_TEST(Callee, MixedInRegistersAndSlots) {
  call((ctx_entry)mixed, CTX_ARGS(INT_MIN, -0.0, LONG_MAX, 1.25f, (unsigned char)200, 1e300,
                                  "seven", -2.5f, (short)-9, 1e-300, LLONG_MIN, 12.f, UINT_MAX, 14.,
                                  (signed char)-15, 16.f, true, 18., 19.f, -20.));
}

/* A callee that wants its stack aligned: a store of 16 bytes may fault where it is not. */
CALLEE uint64_t aligned_local(int a, int b, int c, int d, int e, int f, uint64_t seventh) {
  volatile ctx_bytes16 local = {{(uint8_t)(a + b + c + d + e + f)}};
  EXPECT_EQ(0, (uintptr_t)&local % 16);
  return seventh + local.bytes[0];
}

CTX_TEST(Callee, LocalsAreAligned) {
  call((ctx_entry)aligned_local, CTX_ARGS(1, 2, 3, 4, 5, 6, UINT64_MAX));
  EXPECT_EQ(20, ctx_retval_u64(&child));
}

/* ---- Variadic ---- */

/* A prologue may choose by what its caller says which vector registers it saves. */
CALLEE double sum(const char *kinds, ...) {
  va_list args;
  va_start(args, kinds);
  double total = 0;
  double factor = 1;
  for (; *kinds != '\0'; kinds++) {
    switch (*kinds) {
      case 'i':
        total += factor * va_arg(args, int);
        break;
      case 'l':
        total += factor * (double)va_arg(args, long);
        break;
      default:
        total += factor * va_arg(args, double);
        break;
    }
    factor += 1;
  }
  va_end(args);
  return total;
}

CTX_TEST(Variadic, IntsOnly) {
  call(CTX_CALL_VARIADIC(sum, "iiiiiii", -1, 2, -3, 4, -5, 6, -7));
  EXPECT_F64_EQ(-1. + 4 - 9 + 16 - 25 + 36 - 49, ctx_retval_f64(&child));
}

CTX_TEST(Variadic, OneDouble) {
  call(CTX_CALL_VARIADIC(sum, "d", -1.5));
  EXPECT_F64_EQ(-1.5, ctx_retval_f64(&child));
}

CTX_TEST(Variadic, DoublesAndIntegersPastTheRegisters) {
  call(CTX_CALL_VARIADIC(sum, "dildildildildildildddddd", 1.5, -1, -1L, 2.5, -2, -2L, 3.5, -3, -3L,
                         4.5, -4, -4L, 5.5, -5, -5L, 6.5, -6, -6L, 7.5, 8.5, 9.5, 10.5, 11.5,
                         12.5));
  EXPECT_F64_EQ(sum("dildildildildildildddddd", 1.5, -1, -1L, 2.5, -2, -2L, 3.5, -3, -3L, 4.5, -4,
                    -4L, 5.5, -5, -5L, 6.5, -6, -6L, 7.5, 8.5, 9.5, 10.5, 11.5, 12.5),
                ctx_retval_f64(&child));
}

CTX_TEST(Variadic, NarrowIntegersArePromotedAlready) {
  call(CTX_CALL_VARIADIC(sum, "iii", (signed char)-1, (short)-2, (unsigned char)255));
  EXPECT_F64_EQ(-1. - 4 + 765, ctx_retval_f64(&child));
}

CTX_TEST(Variadic, Snprintf) {
  char text[128] = "";
  call(CTX_CALL_VARIADIC(snprintf, (char *)text, sizeof text,
                         "%d %s %.2f %c %ld %g %g %g %g %g %g %g %g %u", -1, "two", 3.25, 'c',
                         LONG_MIN, .5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, UINT_MAX));
  EXPECT_STREQ("-1 two 3.25 c -9223372036854775808 0.5 1.5 2.5 3.5 4.5 5.5 6.5 7.5 4294967295",
               (const char *)text);
  EXPECT_EQ(strlen(text), ctx_retval_i32(&child));
}

/* ---- WebAssembly ---- */

/* Compiled guest code adds a guest pointer to the memory's address as 64 bits, with no extension of
 * its own. */
CALLEE uint8_t guest_load(const uint8_t *memory, uint64_t guest_pointer) {
  return memory[guest_pointer - UINT64_C(0xfffffff0)];
}

CTX_TEST(Guest, PointersAreZeroExtended) {
  static const uint8_t memory[16] = {[5] = 55};
  call((ctx_entry)guest_load, CTX_ARGS((const void *)memory, ctx_guest_ptr(0xfffffff5)));
  EXPECT_EQ(55, ctx_retval_u8(&child));
}
