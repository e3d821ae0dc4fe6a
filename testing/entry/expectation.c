#include "testing/entry/expectation.h"

#include <string.h>

/* Figure 3.1, "Scalar Types". */
static const struct {
  const char *name;
  size_t size;
  bool is_signed;
  bool is_vector;
} ctx_test_kinds[CTX_KIND_F64 + 1] = {
    [CTX_KIND_U8] = {"u8", 1, false, false},
    [CTX_KIND_U16] = {"u16", 2, false, false},
    [CTX_KIND_U32] = {"u32", 4, false, false},
    [CTX_KIND_U64] = {"u64", 8, false, false},
    [CTX_KIND_I8] = {"i8", 1, true, false},
    [CTX_KIND_I16] = {"i16", 2, true, false},
    [CTX_KIND_I32] = {"i32", 4, true, false},
    [CTX_KIND_I64] = {"i64", 8, true, false},
    [CTX_KIND_USIZE] = {"usize", 8, false, false},
    [CTX_KIND_ISIZE] = {"isize", 8, true, false},
    [CTX_KIND_BOOL] = {"bool", 1, false, false},
    [CTX_KIND_PTR] = {"ptr", 8, false, false},
    [CTX_KIND_GUEST_PTR] = {"guest_ptr", 4, false, false},
    [CTX_KIND_F32] = {"f32", 4, false, true},
    [CTX_KIND_F64] = {"f64", 8, false, true},
};

const char *ctx_test_kind_name(ctx_kind kind) { return ctx_test_kinds[kind].name; }
size_t ctx_test_kind_size(ctx_kind kind) { return ctx_test_kinds[kind].size; }
bool ctx_test_kind_is_vector(ctx_kind kind) { return ctx_test_kinds[kind].is_vector; }

ctx_value ctx_test_value(struct ctx_test_arg arg) {
  float f32;
  double f64;
  switch (arg.kind) {
    case CTX_KIND_U8:
      return ctx_u8((uint8_t)arg.bits);
    case CTX_KIND_U16:
      return ctx_u16((uint16_t)arg.bits);
    case CTX_KIND_U32:
      return ctx_u32((uint32_t)arg.bits);
    case CTX_KIND_U64:
      return ctx_u64(arg.bits);
    case CTX_KIND_I8:
      return ctx_i8((int8_t)arg.bits);
    case CTX_KIND_I16:
      return ctx_i16((int16_t)arg.bits);
    case CTX_KIND_I32:
      return ctx_i32((int32_t)arg.bits);
    case CTX_KIND_I64:
      return ctx_i64((int64_t)arg.bits);
    case CTX_KIND_USIZE:
      return ctx_usize((size_t)arg.bits);
    case CTX_KIND_ISIZE:
      return ctx_isize((ptrdiff_t)arg.bits);
    case CTX_KIND_BOOL:
      return ctx_bool((arg.bits & 1) != 0);
    case CTX_KIND_PTR:
      return ctx_ptr((const void *)(uintptr_t)arg.bits);
    case CTX_KIND_GUEST_PTR:
      return ctx_guest_ptr((uint32_t)arg.bits);
    case CTX_KIND_F32:
      memcpy(&f32, &arg.bits, sizeof f32);
      return ctx_f32(f32);
    case CTX_KIND_F64:
      memcpy(&f64, &arg.bits, sizeof f64);
      return ctx_f64(f64);
    case CTX_KIND_NONE:
    default:
      break;
  }
  __builtin_trap();
}

static uint64_t low_bytes(size_t size) {
  return size < 8 ? (UINT64_C(1) << (8 * size)) - 1 : UINT64_MAX;
}

/* Integers extended by their sign; floating-point numbers by zeros. */
static uint64_t widened(struct ctx_test_arg arg) {
  if (arg.kind == CTX_KIND_BOOL) return arg.bits & 1;
  uint64_t mask = low_bytes(ctx_test_kinds[arg.kind].size);
  uint64_t word = arg.bits & mask;
  bool negative = ctx_test_kinds[arg.kind].is_signed && (word & ~(mask >> 1)) != 0;
  return negative ? word | ~mask : word;
}

void ctx_expect(struct ctx_expectation *out, const struct ctx_test_arg *args, size_t num_args) {
  memset(out, 0, sizeof *out);
  out->may_be_variadic = true;
  for (size_t i = 0; i < num_args; ++i) {
    size_t size = ctx_test_kinds[args[i].kind].size;
    struct ctx_expected_word expected = {widened(args[i]), low_bytes(size)};
    /* 3.2.3, "Passing", 1: class MEMORY is for larger things. 2: class INTEGER takes the next of
     * six. 3: class SSE takes the next of eight. Last paragraph: what finds none goes to memory,
     * in an eightbyte of its own, in order from left to right upwards. */
    if (ctx_test_kinds[args[i].kind].is_vector && out->num_vector < CTX_EXPECT_VECTOR) {
      out->vector[out->num_vector++] = expected;
    } else if (!ctx_test_kinds[args[i].kind].is_vector && out->num_general < CTX_EXPECT_GENERAL) {
      /* The text extends bool to eight bits; compilers extend all that is narrower than an int to
       * 32 bits, and clang's callees rely on it. */
      if (size < 4) expected.care = low_bytes(4);
      out->general[out->num_general++] = expected;
    } else {
      out->slots[out->num_slots++] = expected;
    }
  }
}
