/* One typed argument, and lists of them. Included by ctx/ctx.h.
 *
 * The constructor of a kind makes a value of it. CTX_VALUE makes one from any C expression of a
 * supported type. A value is plain data: copy it, keep it, use it any number of times, on any
 * thread. */
#ifndef CTX_VALUE_H_
#define CTX_VALUE_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ctx/internal/for_each.h"
#include "ctx/kind.h"
#include "ctx/type.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ctx_value is one typed argument. Its fields are private.
 *
 * It holds up to 16 bytes itself. Wider values, and aggregates, stay where they are: their bytes,
 * and an aggregate's type, must live until init, which copies the bytes, has returned. */
typedef struct ctx_value {
  uint64_t bits; /* up to 8 bytes, signed integers widened by their sign, all others by zeros */
  uint64_t high; /* the second 8 of 16 bytes; an aggregate's type; otherwise 0 */
  uint32_t kind; /* a ctx_kind */
  uint32_t zero;
} ctx_value;

/* CTX_VALUE_ADDRESS_ONLY_ says that a pointer's target is not read. Without it gcc would warn if
 * the target is not initialised yet. */
#if defined(__GNUC__) && __GNUC__ >= 11
#define CTX_VALUE_ADDRESS_ONLY_ __attribute__((__access__(__none__, 1)))
#else
#define CTX_VALUE_ADDRESS_ONLY_
#endif

static inline ctx_value ctx_value_make_(ctx_kind kind, uint64_t bits) {
  ctx_value value;
  value.bits = bits;
  value.high = 0;
  value.kind = (uint32_t)kind;
  value.zero = 0;
  return value;
}

/* The constructors, one for each kind. */
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

/* ctx_guest_ptr takes an address in a 32-bit linear memory (WebAssembly's), zero-extended. */
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

/* ---- Wide values ---- */

/* The compiler decides which of these types there are. __extension__ is for -Wpedantic. */

static inline ctx_value ctx_value_copy_(ctx_kind kind, const void *bytes, size_t size) {
  ctx_value value = ctx_value_make_(kind, 0);
  __builtin_memcpy(&value, bytes, size); /* at most 16 */
  return value;
}
CTX_VALUE_ADDRESS_ONLY_ static inline ctx_value ctx_value_at_(const void *bytes, ctx_kind kind) {
  return ctx_value_make_(kind, (uint64_t)(uintptr_t)bytes);
}

#ifdef __SIZEOF_INT128__
__extension__ typedef __int128 ctx_int128_;
__extension__ typedef unsigned __int128 ctx_uint128_;
static inline ctx_value ctx_i128(ctx_int128_ x) {
  return ctx_value_copy_(CTX_KIND_I128, &x, sizeof x);
}
static inline ctx_value ctx_u128(ctx_uint128_ x) {
  return ctx_value_copy_(CTX_KIND_U128, &x, sizeof x);
}
#endif

/* ctx_long_double copies no padding: the other bytes stay 0. */
static inline ctx_value ctx_long_double(long double x) {
  return ctx_value_copy_(CTX_KIND_LONG_DOUBLE, &x, CTX_LONG_DOUBLE_VALUE_SIZE_);
}

__extension__ typedef float _Complex ctx_complex_f32_;
__extension__ typedef double _Complex ctx_complex_f64_;
__extension__ typedef long double _Complex ctx_complex_long_double_;
static inline ctx_value ctx_complex_f32(ctx_complex_f32_ x) {
  return ctx_value_copy_(CTX_KIND_COMPLEX_F32, &x, sizeof x);
}
static inline ctx_value ctx_complex_f64(ctx_complex_f64_ x) {
  return ctx_value_copy_(CTX_KIND_COMPLEX_F64, &x, sizeof x);
}

#ifdef __FLT16_MANT_DIG__
__extension__ typedef _Float16 ctx_f16_;
static inline ctx_value ctx_f16(ctx_f16_ x) { return ctx_value_copy_(CTX_KIND_F16, &x, sizeof x); }
#endif

#if defined(__SIZEOF_FLOAT128__) || defined(__FLOAT128__)
__extension__ typedef __float128 ctx_f128_;
static inline ctx_value ctx_f128(ctx_f128_ x) {
  return ctx_value_copy_(CTX_KIND_F128, &x, sizeof x);
}
#endif

/* ctx_v64, ctx_v128, ctx_v256 and ctx_v512 take a vector of that size, such as __m128d. ABI.md
 * lists the few vectors that they cannot describe, such as one of a single double.
 *
 * ctx_v256, ctx_v512 and ctx_complex_long_double refer to x. In C that is a copy, which lives as
 * long as the enclosing block. In C++ it is x itself; one without a name is gone after the full
 * expression. */
typedef long long ctx_v64_ __attribute__((__vector_size__(8)));
typedef long long ctx_v128_ __attribute__((__vector_size__(16)));
static inline ctx_value ctx_value_v64_(ctx_v64_ x, size_t element_size) {
  (void)element_size;
  return ctx_value_copy_(CTX_KIND_V64, &x, sizeof x);
}
static inline ctx_value ctx_value_v128_(ctx_v128_ x, size_t element_size) {
  (void)element_size;
  return ctx_value_copy_(CTX_KIND_V128, &x, sizeof x);
}
/* The cast alone would take a scalar of the vector's size, too. A scalar has no elements. */
#define ctx_v64(x) ctx_value_v64_((ctx_v64_)(x), sizeof((x)[0]))
#define ctx_v128(x) ctx_value_v128_((ctx_v128_)(x), sizeof((x)[0]))
typedef long long ctx_v256_ __attribute__((__vector_size__(32)));
typedef long long ctx_v512_ __attribute__((__vector_size__(64)));
#ifndef __cplusplus
#define ctx_v256(x) ctx_value_at_((const ctx_v256_[]){(ctx_v256_)(x)}, CTX_KIND_V256)
#define ctx_v512(x) ctx_value_at_((const ctx_v512_[]){(ctx_v512_)(x)}, CTX_KIND_V512)
#define ctx_complex_long_double(x) \
  ctx_value_at_((const ctx_complex_long_double_[]){(x)}, CTX_KIND_COMPLEX_LONG_DOUBLE)
#else
} /* extern "C" */
template <typename T>
inline ctx_value ctx_v256(const T &x) {
  static_assert(sizeof((ctx_v256_)x) == sizeof(T), "ctx_v256: takes a vector of 32 bytes");
  return ctx_value_at_(&x, CTX_KIND_V256);
}
template <typename T>
inline ctx_value ctx_v512(const T &x) {
  static_assert(sizeof((ctx_v512_)x) == sizeof(T), "ctx_v512: takes a vector of 64 bytes");
  return ctx_value_at_(&x, CTX_KIND_V512);
}
inline ctx_value ctx_complex_long_double(const ctx_complex_long_double_ &x) {
  return ctx_value_at_(&x, CTX_KIND_COMPLEX_LONG_DOUBLE);
}
extern "C" {
#endif

/* ctx_aggregate takes the struct or union that lies at `bytes`. */
static inline ctx_value ctx_aggregate(const ctx_type *type, const void *bytes) {
  ctx_value value = ctx_value_make_(CTX_KIND_AGGREGATE, (uint64_t)(uintptr_t)bytes);
  value.high = (uint64_t)(uintptr_t)type;
  return value;
}

/* CTX_VALUE chooses from these, too. */
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
/* CTX_VALUE calls this for every other type. Unless that is a pointer, the compiler's error shows
 * this name, which says what to do. */
CTX_VALUE_ADDRESS_ONLY_ static inline ctx_value ctx_value_of_pointer_or_use_its_constructor_(
    const volatile void *x) {
  return ctx_value_make_(CTX_KIND_PTR, (uint64_t)(uintptr_t)x);
}

#ifdef __cplusplus
} /* extern "C" */
#endif

/* CTX_VALUE(x) makes a ctx_value of an expression of any integer type (except a bit-field), bool,
 * char, float, double, long double, float or double _Complex, enum or object pointer. A ctx_value
 * stays as it is. Another type (a struct, a vector) is a compile error: use its constructor. x is
 * evaluated once. */
#ifndef __cplusplus

/* Each line has a type and its function: */
/* clang-format off */
#ifdef __SIZEOF_INT128__
#define CTX_VALUE_INT128_                           \
    ctx_int128_:        ctx_i128,                   \
    ctx_uint128_:       ctx_u128,
#else
#define CTX_VALUE_INT128_
#endif

#define CTX_VALUE(x) (_Generic((x),                 \
    CTX_VALUE_INT128_                               \
    _Bool:              ctx_bool,                   \
    char:               ctx_value_char_,            \
    signed char:        ctx_i8,                     \
    unsigned char:      ctx_u8,                     \
    short:              ctx_i16,                    \
    unsigned short:     ctx_u16,                    \
    int:                ctx_i32,                    \
    unsigned int:       ctx_u32,                    \
    long:               ctx_i64,                    \
    unsigned long:      ctx_u64,                    \
    long long:          ctx_value_long_long_,       \
    unsigned long long: ctx_value_unsigned_long_long_, \
    float:              ctx_f32,                    \
    double:             ctx_f64,                    \
    long double:        ctx_long_double,            \
    ctx_complex_f32_:   ctx_complex_f32,            \
    ctx_complex_f64_:   ctx_complex_f64,            \
    ctx_value:          ctx_value_same_,            \
    default:            ctx_value_of_pointer_or_use_its_constructor_)(x))
/* clang-format on */

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
inline ctx_value ctx_value_from_(long double x) { return ctx_long_double(x); }
inline ctx_value ctx_value_from_(ctx_complex_f32_ x) { return ctx_complex_f32(x); }
inline ctx_value ctx_value_from_(ctx_complex_f64_ x) { return ctx_complex_f64(x); }
#ifdef __SIZEOF_INT128__
inline ctx_value ctx_value_from_(ctx_int128_ x) { return ctx_i128(x); }
inline ctx_value ctx_value_from_(ctx_uint128_ x) { return ctx_u128(x); }
#endif
inline ctx_value ctx_value_from_(ctx_value x) { return x; }
inline ctx_value ctx_value_from_(decltype(nullptr)) { return ctx_ptr(nullptr); }

template <bool is_enum, typename T>
struct ctx_value_use_the_constructor_of_this_type_; /* not defined */
template <typename T>
struct ctx_value_use_the_constructor_of_this_type_<true, T> {
  static ctx_value make(T x) { return ctx_value_from_(static_cast<__underlying_type(T)>(x)); }
};
/* This one takes whatever matches nothing above, so that nothing is silently converted. */
template <typename T>
inline ctx_value ctx_value_from_(T x) {
  return ctx_value_use_the_constructor_of_this_type_<__is_enum(T), T>::make(x);
}
template <typename T>
inline ctx_value ctx_value_from_(T *x) {
  return ctx_value_of_pointer_or_use_its_constructor_(x);
}

#define CTX_VALUE(x) (ctx_value_from_(x))

#endif /* __cplusplus */

/* CTX_ARGS(a, b, ...) stands for two arguments: an array of the values, each made by CTX_VALUE, and
 * their number. It takes 1 to 256 of them. The array lives as long as the enclosing block (C) or
 * the full expression (C++); init copies what it needs. CTX_NO_ARGS is the empty list. */
#ifndef __cplusplus
#define CTX_ARGS(...) \
  ((const ctx_value[]){CTX_FOR_EACH_(CTX_VALUE_AND_COMMA_, __VA_ARGS__)}), CTX_COUNT_(__VA_ARGS__)
#define CTX_NO_ARGS ((const ctx_value *)0), ((size_t)0)
#else
template <size_t num>
struct ctx_value_array_ {
  ctx_value values[num];
  const ctx_value *data() const { return values; }
};
#define CTX_ARGS(...)                                                                            \
  (ctx_value_array_<CTX_COUNT_(__VA_ARGS__)>{{CTX_FOR_EACH_(CTX_VALUE_AND_COMMA_, __VA_ARGS__)}} \
       .data()),                                                                                 \
      CTX_COUNT_(__VA_ARGS__)
#define CTX_NO_ARGS (static_cast<const ctx_value *>(nullptr)), (static_cast<size_t>(0))
#endif

#define CTX_VALUE_AND_COMMA_(x) CTX_VALUE(x),
#define CTX_COUNT_(...) (sizeof(char[0 CTX_FOR_EACH_(CTX_PLUS_ONE_, __VA_ARGS__)]))
#define CTX_PLUS_ONE_(x) +1

#endif /* CTX_VALUE_H_ */
