/* One typed argument, and lists of them. Included by ctx/ctx.h.
 *
 * A value is made by the constructor of its kind, or by CTX_VALUE from any C expression of a
 * supported type. It is plain data: copy it, keep it, use it any number of times, on any thread. */
#ifndef CTX_VALUE_H_
#define CTX_VALUE_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ctx/map.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ctx_kind says what a value is. 0 is none, so that zeroed memory is no value by mistake. */
typedef enum ctx_kind {
  CTX_KIND_NONE = 0,
  CTX_KIND_U8,
  CTX_KIND_U16,
  CTX_KIND_U32,
  CTX_KIND_U64,
  CTX_KIND_I8,
  CTX_KIND_I16,
  CTX_KIND_I32,
  CTX_KIND_I64,
  CTX_KIND_USIZE,
  CTX_KIND_ISIZE,
  CTX_KIND_BOOL,
  CTX_KIND_PTR,
  CTX_KIND_GUEST_PTR,
  CTX_KIND_F32,
  CTX_KIND_F64,
  CTX_NUM_KINDS
} ctx_kind;

/* ctx_value is one typed argument. Its fields are private. */
typedef struct ctx_value {
  uint64_t bits; /* the value widened to 64 bits: integers by their sign, floats by zeros */
  uint32_t kind; /* a ctx_kind */
  uint32_t zero;
} ctx_value;

/* A pointer's target is not looked at; gcc would else warn that it is not initialised yet. */
#if defined(__GNUC__) && __GNUC__ >= 11
#define CTX_VALUE_ADDRESS_ONLY_ __attribute__((__access__(__none__, 1)))
#else
#define CTX_VALUE_ADDRESS_ONLY_
#endif

static inline ctx_value ctx_value_make_(ctx_kind kind, uint64_t bits) {
  ctx_value value;
  value.bits = bits;
  value.kind = (uint32_t)kind;
  value.zero = 0;
  return value;
}

/* The constructors, one per kind. */
static inline ctx_value ctx_u8(uint8_t x) { return ctx_value_make_(CTX_KIND_U8, x); }
static inline ctx_value ctx_u16(uint16_t x) { return ctx_value_make_(CTX_KIND_U16, x); }
static inline ctx_value ctx_u32(uint32_t x) { return ctx_value_make_(CTX_KIND_U32, x); }
static inline ctx_value ctx_u64(uint64_t x) { return ctx_value_make_(CTX_KIND_U64, x); }
static inline ctx_value ctx_i8(int8_t x) {
  return ctx_value_make_(CTX_KIND_I8, (uint64_t)(int64_t)x);
}
static inline ctx_value ctx_i16(int16_t x) {
  return ctx_value_make_(CTX_KIND_I16, (uint64_t)(int64_t)x);
}
static inline ctx_value ctx_i32(int32_t x) {
  return ctx_value_make_(CTX_KIND_I32, (uint64_t)(int64_t)x);
}
static inline ctx_value ctx_i64(int64_t x) { return ctx_value_make_(CTX_KIND_I64, (uint64_t)x); }
static inline ctx_value ctx_usize(size_t x) { return ctx_value_make_(CTX_KIND_USIZE, x); }
static inline ctx_value ctx_isize(ptrdiff_t x) {
  return ctx_value_make_(CTX_KIND_ISIZE, (uint64_t)x);
}
static inline ctx_value ctx_bool(bool x) { return ctx_value_make_(CTX_KIND_BOOL, x ? 1u : 0u); }
CTX_VALUE_ADDRESS_ONLY_ static inline ctx_value ctx_ptr(const void *x) {
  return ctx_value_make_(CTX_KIND_PTR, (uint64_t)(uintptr_t)x);
}

/* ctx_guest_ptr is an address in a 32-bit linear memory (WebAssembly's): zero-extended. */
static inline ctx_value ctx_guest_ptr(uint32_t x) { return ctx_value_make_(CTX_KIND_GUEST_PTR, x); }

static inline ctx_value ctx_f32(float x) {
  uint32_t bits;
  __builtin_memcpy(&bits, &x, sizeof bits);
  return ctx_value_make_(CTX_KIND_F32, bits);
}
static inline ctx_value ctx_f64(double x) {
  uint64_t bits;
  __builtin_memcpy(&bits, &x, sizeof bits);
  return ctx_value_make_(CTX_KIND_F64, bits);
}

/* What CTX_VALUE chooses from beside the constructors. */
static inline ctx_value ctx_value_same_(ctx_value x) { return x; }
static inline ctx_value ctx_value_char_(char x) {
#ifdef __CHAR_UNSIGNED__
  return ctx_u8((uint8_t)x);
#else
  return ctx_i8((int8_t)x);
#endif
}
static inline ctx_value ctx_value_long_long_(long long x) { return ctx_i64((int64_t)x); }
static inline ctx_value ctx_value_unsigned_long_long_(unsigned long long x) {
  return ctx_u64((uint64_t)x);
}
CTX_VALUE_ADDRESS_ONLY_ static inline ctx_value ctx_value_pointer_(const volatile void *x) {
  return ctx_value_make_(CTX_KIND_PTR, (uint64_t)(uintptr_t)x);
}

#ifdef __cplusplus
} /* extern "C" */
#endif

/* CTX_VALUE(x) makes a ctx_value of an expression of any integer type (but not of a bit-field),
 * bool, char, float, double, enum or object pointer; a ctx_value stays as it is. Another type (a
 * struct, a long double, a 128-bit integer) is a compile error. x is evaluated once. */
#ifndef __cplusplus

#ifdef __SIZEOF_INT128__
/* Without an entry of its own a 128-bit integer would be converted to a pointer. */
__extension__ typedef __int128 ctx_int128_;
__extension__ typedef unsigned __int128 ctx_uint128_;
struct ctx_value_unsupported_;
#define CTX_VALUE_UNSUPPORTED_ ((struct ctx_value_unsupported_ *)0)
#define CTX_VALUE_INT128_ \
  ctx_int128_:            \
  CTX_VALUE_UNSUPPORTED_, ctx_uint128_ : CTX_VALUE_UNSUPPORTED_,
#else
#define CTX_VALUE_INT128_
#endif

#define CTX_VALUE(x)                                   \
  (_Generic((x), CTX_VALUE_INT128_ _Bool               \
            : ctx_bool, char                           \
            : ctx_value_char_, signed char             \
            : ctx_i8, unsigned char                    \
            : ctx_u8, short                            \
            : ctx_i16, unsigned short                  \
            : ctx_u16, int                             \
            : ctx_i32, unsigned int                    \
            : ctx_u32, long                            \
            : ctx_i64, unsigned long                   \
            : ctx_u64, long long                       \
            : ctx_value_long_long_, unsigned long long \
            : ctx_value_unsigned_long_long_, float     \
            : ctx_f32, double                          \
            : ctx_f64, ctx_value                       \
            : ctx_value_same_, default                 \
            : ctx_value_pointer_)(x))

#else /* __cplusplus */

inline ctx_value ctx_value_from_(bool x) { return ctx_bool(x); }
inline ctx_value ctx_value_from_(char x) { return ctx_value_char_(x); }
inline ctx_value ctx_value_from_(signed char x) { return ctx_i8(x); }
inline ctx_value ctx_value_from_(unsigned char x) { return ctx_u8(x); }
inline ctx_value ctx_value_from_(short x) { return ctx_i16(x); }
inline ctx_value ctx_value_from_(unsigned short x) { return ctx_u16(x); }
inline ctx_value ctx_value_from_(int x) { return ctx_i32(x); }
inline ctx_value ctx_value_from_(unsigned int x) { return ctx_u32(x); }
inline ctx_value ctx_value_from_(long x) { return ctx_i64(x); }
inline ctx_value ctx_value_from_(unsigned long x) { return ctx_u64(x); }
inline ctx_value ctx_value_from_(long long x) { return ctx_value_long_long_(x); }
inline ctx_value ctx_value_from_(unsigned long long x) { return ctx_value_unsigned_long_long_(x); }
inline ctx_value ctx_value_from_(wchar_t x) { return ctx_i32(static_cast<int32_t>(x)); }
inline ctx_value ctx_value_from_(char16_t x) { return ctx_u16(x); }
inline ctx_value ctx_value_from_(char32_t x) { return ctx_u32(x); }
#ifdef __cpp_char8_t
inline ctx_value ctx_value_from_(char8_t x) { return ctx_u8(x); }
#endif
inline ctx_value ctx_value_from_(float x) { return ctx_f32(x); }
inline ctx_value ctx_value_from_(double x) { return ctx_f64(x); }
inline ctx_value ctx_value_from_(ctx_value x) { return x; }
inline ctx_value ctx_value_from_(decltype(nullptr)) { return ctx_ptr(nullptr); }
inline ctx_value ctx_value_from_(const volatile void *x) { return ctx_value_pointer_(x); }

template <bool is_enum, typename T>
struct ctx_value_other_; /* not defined: this type cannot be an argument */
template <typename T>
struct ctx_value_other_<true, T> {
  static ctx_value make(T x) { return ctx_value_from_(static_cast<__underlying_type(T)>(x)); }
};
/* Takes what matches nothing above, so that long double is not silently converted to double. */
template <typename T>
inline ctx_value ctx_value_from_(T x) {
  return ctx_value_other_<__is_enum(T), T>::make(x);
}
template <typename T>
inline ctx_value ctx_value_from_(T *x) {
  return ctx_value_pointer_(x);
}

#define CTX_VALUE(x) (ctx_value_from_(x))

#endif /* __cplusplus */

/* CTX_ARGS(a, b, ...) stands for two arguments: an array of the values, each made by CTX_VALUE, and
 * their number. 1 to 256 of them. The array lives as long as the enclosing block (C) or the full
 * expression (C++); init copies what it needs.
 * CTX_NO_ARGS is the empty list. */
#ifndef __cplusplus
#define CTX_ARGS(...) \
  ((const ctx_value[]){CTX_MAP_(CTX_VALUE_AND_COMMA_, __VA_ARGS__)}), CTX_COUNT_(__VA_ARGS__)
#define CTX_NO_ARGS ((const ctx_value *)0), ((size_t)0)
#else
template <size_t num>
struct ctx_value_array_ {
  ctx_value values[num];
  const ctx_value *data() const { return values; }
};
#define CTX_ARGS(...)                                                                       \
  (ctx_value_array_<CTX_COUNT_(__VA_ARGS__)>{{CTX_MAP_(CTX_VALUE_AND_COMMA_, __VA_ARGS__)}} \
       .data()),                                                                            \
      CTX_COUNT_(__VA_ARGS__)
#define CTX_NO_ARGS (static_cast<const ctx_value *>(nullptr)), (static_cast<size_t>(0))
#endif

#define CTX_VALUE_AND_COMMA_(x) CTX_VALUE(x),
#define CTX_COUNT_(...) (sizeof(char[0 CTX_MAP_(CTX_PLUS_ONE_, __VA_ARGS__)]))
#define CTX_PLUS_ONE_(x) +1

#endif /* CTX_VALUE_H_ */
