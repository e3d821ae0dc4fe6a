/* Every kind of value, at its extreme values, in a register and in a slot. */
#include "testing/entry/call.h"
#include "testing/harness/harness.h"

static const uint64_t integers[] = {
    0,
    1,
    UINT64_MAX, /* -1, or the greatest */
    /* The least and the greatest of each width, signed. */
    UINT64_C(0x80),
    UINT64_C(0x7f),
    UINT64_C(0x8000),
    UINT64_C(0x7fff),
    UINT64_C(0x80000000),
    UINT64_C(0x7fffffff),
    UINT64_C(0x8000000000000000),
    UINT64_C(0x7fffffffffffffff),
    /* Bits above the kind's width, which the constructor's parameter does not take. */
    UINT64_C(0xffffffffffffff00),
    UINT64_C(0x0123456789abcdef),
    UINT64_C(0xfedcba9876543210),
};

static const uint64_t f32s[] = {
    0x00000000, /* 0 */
    0x80000000, /* -0 */
    0x3f800000, /* 1 */
    0x00000001, /* the least denormal */
    0x807fffff, /* the greatest denormal, negated */
    0x7f7fffff, /* the greatest */
    0xff800000, /* -infinity */
    0x7fc12345, /* a quiet NaN with a payload */
    0xffedcba9, /* and a negative one */
};

static const uint64_t f64s[] = {
    UINT64_C(0x0000000000000000), UINT64_C(0x8000000000000000), UINT64_C(0x3ff0000000000000),
    UINT64_C(0x0000000000000001), UINT64_C(0x800fffffffffffff), UINT64_C(0x7fefffffffffffff),
    UINT64_C(0xfff0000000000000), UINT64_C(0x7ff8123456789abc), UINT64_C(0xfffcba9876543210),
};

/* As many arguments of the kind as fill registers and three slots, the value at each place in turn
 * among others that hold graffiti. */
static void expect_at_each_place(ctx_kind kind, uint64_t bits) {
  struct ctx_test_arg args[CTX_EXPECT_VECTOR + 3];
  size_t num_args =
      (ctx_test_kind_is_vector(kind) ? (size_t)CTX_EXPECT_VECTOR : (size_t)CTX_EXPECT_GENERAL) + 3;
  for (size_t place = 0; place < num_args; ++place) {
    for (size_t i = 0; i < num_args; ++i) {
      args[i].kind = kind;
      args[i].bits = i == place ? bits : ctx_test_graffiti(i);
    }
    EXPECT_NO_COMPLAINT(ctx_call_probe_all_ways(args, num_args));
  }
}

static void expect_kind(ctx_kind kind) {
  const uint64_t *values = integers;
  size_t num_values = sizeof integers / sizeof integers[0];
  if (kind == CTX_KIND_F32) {
    values = f32s;
    num_values = sizeof f32s / sizeof f32s[0];
  } else if (kind == CTX_KIND_F64) {
    values = f64s;
    num_values = sizeof f64s / sizeof f64s[0];
  }
  for (size_t i = 0; i < num_values; ++i)
    expect_at_each_place(kind, values[i]);
}

CTX_TEST(Placement, EveryKindAtItsExtremesInEveryPlace) {
  for (int kind = CTX_KIND_NONE + 1; kind <= CTX_KIND_F64; ++kind)
    expect_kind((ctx_kind)kind);
}

CTX_TEST(Placement, NoArgumentsAtAll) { EXPECT_NO_COMPLAINT(ctx_call_probe_all_ways(NULL, 0)); }

/* The two classes are counted apart: one that is full leaves the other's registers to later ones.
 */
CTX_TEST(Placement, RegistersAreTakenAfterOthersHaveGoneToMemory) {
  struct ctx_test_arg args[10];
  for (size_t i = 0; i < 10; ++i) {
    args[i].kind = i == 8 ? CTX_KIND_F64 : CTX_KIND_I32;
    args[i].bits = ctx_test_graffiti(i);
  }
  EXPECT_NO_COMPLAINT(ctx_call_probe_all_ways(args, 10));
}
