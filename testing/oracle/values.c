#include "testing/oracle/values.h"

#include <string.h>

#include "testing/oracle/types.h"

/* X(kind, name in ctx, C type) */
#define FOR_EACH_VALUE_KIND(X)   \
  X(GEN_U8, u8, uint8_t)         \
  X(GEN_U16, u16, uint16_t)      \
  X(GEN_U32, u32, uint32_t)      \
  X(GEN_U64, u64, uint64_t)      \
  X(GEN_I8, i8, int8_t)          \
  X(GEN_I16, i16, int16_t)       \
  X(GEN_I32, i32, int32_t)       \
  X(GEN_I64, i64, int64_t)       \
  X(GEN_USIZE, usize, size_t)    \
  X(GEN_ISIZE, isize, ptrdiff_t) \
  X(GEN_BOOL, bool, bool)        \
  X(GEN_F32, f32, float)         \
  X(GEN_F64, f64, double)

bool oracle_is_scalar(const gen_type *type) {
  return type->kind >= GEN_U8 && type->kind <= GEN_F64;
}

/* X(kind, name in ctx, C type) for those that the list above lacks. */
#ifdef __FLT16_MANT_DIG__
#define FOR_F16(X) X(GEN_F16, f16, ctx_f16_)
#else
#define FOR_F16(X)
#endif
#ifdef CTX_HAS_F128_
#define FOR_F128(X) X(GEN_F128, f128, ctx_f128_)
#else
#define FOR_F128(X)
#endif
#define FOR_EACH_WIDE_KIND(X)                       \
  FOR_F16(X)                                        \
  X(GEN_I128, i128, ctx_int128_)                    \
  X(GEN_U128, u128, ctx_uint128_)                   \
  FOR_F128(X)                                       \
  X(GEN_LONG_DOUBLE, long_double, long double)      \
  X(GEN_COMPLEX_F32, complex_f32, ctx_complex_f32_) \
  X(GEN_COMPLEX_F64, complex_f64, ctx_complex_f64_) \
  X(GEN_V64, v64, ctx_v64_)                         \
  X(GEN_V128, v128, ctx_v128_)

bool oracle_has_ctx_value(const gen_type *type) {
  if (oracle_is_scalar(type) || gen_is_aggregate(type)) return true;
  switch (type->kind) {
#define CASE(kind, name, type) \
  case kind:                   \
    return true;
    FOR_EACH_WIDE_KIND(CASE)
#undef CASE
    default:
      return false;
  }
}

ctx_value oracle_ctx_value(const gen_value *value) {
  switch (value->type->kind) {
#define CASE(kind, name, type)          \
  case kind: {                          \
    type x;                             \
    memcpy(&x, value->bytes, sizeof x); \
    return ctx_##name(x);               \
  }
    FOR_EACH_VALUE_KIND(CASE)
    FOR_EACH_WIDE_KIND(CASE)
#undef CASE
    case GEN_STRUCT:
    case GEN_UNION:
      return ctx_aggregate(oracle_type(value->type), value->bytes);
    case GEN_PTR: {
      const void *x;
      memcpy(&x, value->bytes, sizeof x);
      return ctx_ptr(x);
    }
    case GEN_GUEST_PTR: {
      uint32_t x;
      memcpy(&x, value->bytes, sizeof x);
      return ctx_guest_ptr(x);
    }
    default:
      __builtin_trap();
  }
}

void oracle_read_retval(const ctx_context *child, gen_kind kind, void *out) {
  switch (kind) {
#define CASE(kind, name, type)         \
  case kind: {                         \
    type x = ctx_retval_##name(child); \
    memcpy(out, &x, sizeof x);         \
    return;                            \
  }
    FOR_EACH_VALUE_KIND(CASE)
#undef CASE
    case GEN_PTR: {
      void *x = ctx_retval_ptr(child);
      memcpy(out, &x, sizeof x);
      return;
    }
    case GEN_GUEST_PTR: {
      uint32_t x = ctx_retval_u32(child);
      memcpy(out, &x, sizeof x);
      return;
    }
    default:
      __builtin_trap();
  }
}
