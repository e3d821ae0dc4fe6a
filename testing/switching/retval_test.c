/* The result of an entry, read as every type. */
#include <string.h>

#include "ctx/ctx.h"
#include "testing/arch/arch.h"
#include "testing/harness/harness.h"
#include CTX_TEST_ARCH(figures.h)

enum { STACK_SIZE = 32768 };
CTX_STACK(stack, STACK_SIZE);

static void run(ctx_context *child, ctx_entry entry) {
  ctx_context host = {0};
  EXPECT_EQ(CTX_OK, ctx_init(child, stack, STACK_SIZE, entry, CTX_NO_ARGS));
  ctx_swap(&host, child);
}

/* Bits above a narrow result are whatever the callee left: set, where the result has none, and
 * clear, where it is negative, so that an accessor that trusts them fails. */
#define GARBAGE(bits) (UINT64_C(0xa5a5a5a5a5a5a5a5) & ~UINT64_C(bits))

#define EACH_INTEGER(X)                                          \
  X(u8, uint8_t, 0xfe, GARBAGE(0xff) | 0xfe)                     \
  X(u16, uint16_t, 0xfedc, GARBAGE(0xffff) | 0xfedc)             \
  X(u32, uint32_t, 0xfedcba98, GARBAGE(0xffffffff) | 0xfedcba98) \
  X(u64, uint64_t, 0xfedcba9876543210, 0xfedcba9876543210)       \
  X(i8, int8_t, -2, 0xfe)                                        \
  X(i16, int16_t, -2, 0xfffe)                                    \
  X(i32, int32_t, -2, 0xfffffffe)                                \
  X(i64, int64_t, -2, 0xfffffffffffffffe)                        \
  X(usize, size_t, 0xfedcba9876543210, 0xfedcba9876543210)       \
  X(isize, ptrdiff_t, -3, 0xfffffffffffffffd)                    \
  X(bool, bool, true, GARBAGE(0xff) | 1)

#define DEFINE_ENTRY(name, type, value, bits) \
  static uint64_t return_##name(void) { return (uint64_t)(bits); }
EACH_INTEGER(DEFINE_ENTRY)

CTX_TEST(Retval, IntegersAreTheLowBytesOfTheirRegister) {
  ctx_context child;
#define CHECK_INTEGER(name, type, value, bits)         \
  run(&child, (ctx_entry)return_##name);               \
  EXPECT_EQ((type)(value), ctx_retval_##name(&child)); \
  EXPECT_EQ((type)(value), ctx_retval_as_##name(ctx_untyped_retval(&child)));
  EACH_INTEGER(CHECK_INTEGER)
}

static uint64_t return_false_with_garbage(void) { return GARBAGE(0xff); }

CTX_TEST(Retval, BoolIsOneByte) {
  ctx_context child;
  run(&child, (ctx_entry)return_false_with_garbage);
  EXPECT_FALSE(ctx_retval_bool(&child));
  EXPECT_FALSE(ctx_retval_as_bool(ctx_untyped_retval(&child)));
}

static void *return_ptr(void) { return stack + 5; }
static float return_f32(void) { return -1.5f; }
static double return_f64(void) { return 0x1.fffffffffffffp-1; }

CTX_TEST(Retval, PointersAndFloats) {
  ctx_context child;
  run(&child, (ctx_entry)return_ptr);
  EXPECT_EQ(stack + 5, ctx_retval_ptr(&child));
  EXPECT_EQ(stack + 5, ctx_retval_as_ptr(ctx_untyped_retval(&child)));
  run(&child, (ctx_entry)return_f32);
  EXPECT_F64_EQ(-1.5, (double)ctx_retval_f32(&child));
  EXPECT_F64_EQ(-1.5, (double)ctx_retval_as_f32(ctx_untyped_retval(&child)));
  run(&child, (ctx_entry)return_f64);
  EXPECT_F64_EQ(0x1.fffffffffffffp-1, ctx_retval_f64(&child));
  EXPECT_F64_EQ(0x1.fffffffffffffp-1, ctx_retval_as_f64(ctx_untyped_retval(&child)));
}

/* Two general registers, and a whole floating-point one. */
typedef struct two_words {
  uint64_t words[2];
} two_words;
static two_words return_two_words(void) {
  return (two_words){{0x0123456789abcdef, 0xfedcba9876543210}};
}
static const float four_floats[] = {1.0f, -2.0f, 3.0f, -4.0f};
static ctx_test_fp_register return_fp_register(void) {
  ctx_test_fp_register result;
  memcpy(&result, four_floats, sizeof result);
  return result;
}

CTX_TEST(Retval, GeneralRegistersAreInTheirOrder) {
  ctx_context child;
  run(&child, (ctx_entry)return_two_words);
  EXPECT_EQ(0x0123456789abcdef, ctx_retval_gp(&child, 0));
  EXPECT_EQ(0xfedcba9876543210, ctx_retval_gp(&child, 1));
  EXPECT_EQ(0x0123456789abcdef, ctx_untyped_retval(&child).gp);
}

CTX_TEST(Retval, FloatingPointRegisterIsKeptWhole) {
  ctx_bytes16 expected = {{0}};
  memcpy(&expected, four_floats, sizeof(ctx_test_fp_register));
  ctx_context child;
  run(&child, (ctx_entry)return_fp_register);
  ctx_bytes16 fp = ctx_retval_fp(&child);
  EXPECT_MEMEQ(&expected, fp.bytes, sizeof fp.bytes);
  ctx_retval untyped = ctx_untyped_retval(&child);
  EXPECT_MEMEQ(&expected, untyped.fp.bytes, sizeof untyped.fp.bytes);
}

CTX_TEST(Retval, GeneralRegisterOutOfRangeIsRefused) {
  ctx_context child;
  run(&child, (ctx_entry)return_two_words);
#ifdef CTX_CHECKED
  CTX_EXPECT_DEATH((void)ctx_retval_gp(&child, 2), "ctx_retval_gp: context");
#else
  EXPECT_EQ(0, ctx_retval_gp(&child, 2));
  run(&child, (ctx_entry)return_fp_register); /* what lies behind is not 0 either */
  EXPECT_EQ(0, ctx_retval_gp(&child, 2));
#endif
}

static void expect_all_zero(const ctx_context *child) {
  static const ctx_bytes16 zero;
  EXPECT_EQ(0, ctx_retval_gp(child, 0));
  EXPECT_EQ(0, ctx_retval_gp(child, 1));
  ctx_bytes16 fp = ctx_retval_fp(child);
  EXPECT_MEMEQ(&zero, &fp, sizeof zero);
  ctx_retval untyped = ctx_untyped_retval(child);
  EXPECT_EQ(0, untyped.gp);
  EXPECT_MEMEQ(&zero, &untyped.fp, sizeof zero);
#define CHECK_ZERO(name, type, value, bits) EXPECT_EQ(0, ctx_retval_##name(child));
  EACH_INTEGER(CHECK_ZERO)
  EXPECT_EQ(0, ctx_retval_ptr(child));
  EXPECT_F64_EQ(0.0, (double)ctx_retval_f32(child));
  EXPECT_F64_EQ(0.0, ctx_retval_f64(child));
}

typedef struct world {
  ctx_context host;
  ctx_context child;
} world;

static ctx_test_fp_register suspend_then_return_fp_register(world *w) {
  ctx_swap(&w->child, &w->host);
  return return_fp_register();
}

CTX_TEST(Retval, AllAreZeroBeforeTheReturn) {
  world w = {0};
  memset(&w.child, 0xa5, sizeof w.child);
  ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, STACK_SIZE,
                             (ctx_entry)suspend_then_return_fp_register, CTX_ARGS(&w)));
  EXPECT_FALSE(ctx_has_returned(&w.child));
  expect_all_zero(&w.child);
  ctx_swap(&w.host, &w.child);
  EXPECT_FALSE(ctx_has_returned(&w.child));
  expect_all_zero(&w.child);
  ctx_swap(&w.host, &w.child);
  EXPECT_TRUE(ctx_has_returned(&w.child));
  EXPECT_F64_EQ(1.0, (double)ctx_retval_f32(&w.child));
}

CTX_TEST(Retval, ClearForgetsTheValuesNotTheReturn) {
  ctx_context child;
  run(&child, (ctx_entry)return_two_words);
  ctx_clear_retvals(&child);
  expect_all_zero(&child);
  EXPECT_TRUE(ctx_has_returned(&child));
  run(&child, (ctx_entry)return_fp_register);
  ctx_clear_retvals(&child);
  expect_all_zero(&child);
  EXPECT_TRUE(ctx_has_returned(&child));
}

CTX_TEST(Retval, ReturnedFlagIsFalseInAHost) {
  ctx_context host = {0};
  EXPECT_FALSE(ctx_has_returned(&host));
  expect_all_zero(&host);
}

CTX_TEST(Retval, ToClearWhatHasNotReturnedIsNoReturn) {
  ctx_context child = {.retval_gp = {1, 2}, .retval_fp = {3, 4}};
  ctx_clear_retvals(&child);
  EXPECT_FALSE(ctx_has_returned(&child));
  EXPECT_EQ(0, child.retval_gp[0] | child.retval_gp[1]);
  EXPECT_EQ(0, child.retval_fp[0] | child.retval_fp[1]);
}
