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
  uint64_t bits;     /* up to 8 bytes, signed integers widened by their sign, all others by zeros */
  uint64_t high;     /* the second 8 of 16 bytes; an aggregate's type; otherwise 0 */
  uint32_t kind;     /* a ctx_kind */
  uint16_t is_named; /* 1: it comes before an ellipsis; otherwise 0 */
  uint16_t is_unnamed; /* 1: it comes after one; otherwise 0 */
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
  value.is_named = 0;
  value.is_unnamed = 0;
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

__extension__ typedef float _Complex ctx_complex_f32_;
__extension__ typedef double _Complex ctx_complex_f64_;
__extension__ typedef long double _Complex ctx_complex_long_double_;
static inline ctx_value ctx_complex_f32(ctx_complex_f32_ x) {
  return ctx_value_copy_(CTX_KIND_COMPLEX_F32, &x, sizeof x);
}
static inline ctx_value ctx_complex_f64(ctx_complex_f64_ x) {
  return ctx_value_copy_(CTX_KIND_COMPLEX_F64, &x, sizeof x);
}

#ifdef CTX_HAS_F16_
__extension__ typedef _Float16 ctx_f16_;
static inline ctx_value ctx_f16(ctx_f16_ x) { return ctx_value_copy_(CTX_KIND_F16, &x, sizeof x); }
#endif

#if defined(__SIZEOF_FLOAT128__) || defined(__FLOAT128__)
#define CTX_HAS_F128_
__extension__ typedef __float128 ctx_f128_;
static inline ctx_value ctx_f128(ctx_f128_ x) {
  return ctx_value_copy_(CTX_KIND_F128, &x, sizeof x);
}
#endif

/* ctx_long_double copies no padding: the other bytes stay 0. Compiler options can make the type a
 * double or a __float128, which is then what is passed. */
static inline ctx_value ctx_long_double(long double x) {
#if __LDBL_MANT_DIG__ == 53
  return ctx_f64((double)x);
#elif __LDBL_MANT_DIG__ == 113
  return ctx_value_copy_(CTX_KIND_F128, &x, sizeof x);
#else
  return ctx_value_copy_(CTX_KIND_LONG_DOUBLE, &x, CTX_LONG_DOUBLE_VALUE_SIZE_);
#endif
}

/* ctx_aggregate takes the struct or union that lies at `bytes`. */
static inline ctx_value ctx_aggregate(const ctx_type *type, const void *bytes) {
  ctx_value value = ctx_value_make_(CTX_KIND_AGGREGATE, (uint64_t)(uintptr_t)bytes);
  value.high = (uint64_t)(uintptr_t)type;
  return value;
}

static inline ctx_value ctx_complex_long_double_at_(const ctx_complex_long_double_ *x) {
#if __LDBL_MANT_DIG__ == 53
  return ctx_value_copy_(CTX_KIND_COMPLEX_F64, x, sizeof *x);
#elif __LDBL_MANT_DIG__ == 113
  return ctx_aggregate(&ctx_type_complex_long_double, x);
#else
  return ctx_value_at_(x, CTX_KIND_COMPLEX_LONG_DOUBLE);
#endif
}

/* ctx_v64, ctx_v128, ctx_v256 and ctx_v512 take a vector of that size, such as __m128d. ABI.md
 * lists the few vectors that they cannot describe, such as one of a single double.
 *
 * ctx_v256, ctx_v512 and ctx_complex_long_double refer to x. In C that is a copy, which lives as
 * long as the enclosing block. In C++ it is x itself; one without a name is gone after the full
 * expression. */
typedef long long ctx_v64_ __attribute__((__vector_size__(8)));
typedef long long ctx_v128_ __attribute__((__vector_size__(16)));
typedef long long ctx_v256_ __attribute__((__vector_size__(32)));
typedef long long ctx_v512_ __attribute__((__vector_size__(64)));
#ifndef __cplusplus
static inline ctx_value ctx_value_v64_(ctx_v64_ x) {
  return ctx_value_copy_(CTX_KIND_V64, &x, sizeof x);
}
static inline ctx_value ctx_value_v128_(ctx_v128_ x) {
  return ctx_value_copy_(CTX_KIND_V128, &x, sizeof x);
}
#define ctx_v64(x) ctx_value_v64_(CTX_AS_VECTOR_(x, ctx_v64_, "ctx_v64", 8))
#define ctx_v128(x) ctx_value_v128_(CTX_AS_VECTOR_(x, ctx_v128_, "ctx_v128", 16))
#define ctx_v256(x) \
  ctx_value_at_((const ctx_v256_[]){CTX_AS_VECTOR_(x, ctx_v256_, "ctx_v256", 32)}, CTX_KIND_V256)
#define ctx_v512(x) \
  ctx_value_at_((const ctx_v512_[]){CTX_AS_VECTOR_(x, ctx_v512_, "ctx_v512", 64)}, CTX_KIND_V512)
#define ctx_complex_long_double(x) \
  ctx_complex_long_double_at_((const ctx_complex_long_double_[]){(x)})

/* Where x does not fit, something that does stands in its place, so that there is one error. */
#define CTX_AS_VECTOR_(x, type, name, size)                                         \
  __extension__((type) __builtin_choose_expr(                                       \
      CTX_IS_VECTOR_OF_(x, size), (x),                                              \
      (type){(long long)CTX_REFUSE_UNLESS_(CTX_IS_VECTOR_OF_(x, size),              \
                                           "ctx: " name " takes a vector of " #size \
                                           " bytes and nothing else")}))
#define CTX_IS_VECTOR_OF_(x, size) (CTX_IS_VECTOR_(x) && sizeof(CTX_LATE_OR_0_(x)) == size)
/* CTX_REFUSE_UNLESS_ is an error with a text, or a number. The condition is in a typedef, since
 * what clang says of an assertion begins with all that is in it. */
#define CTX_REFUSE_UNLESS_(condition, text)                                            \
  sizeof(__extension__({                                                               \
    typedef char ctx_is_right_[1 + ((condition) ? 1 : 0)] __attribute__((__unused__)); \
    _Static_assert(sizeof(ctx_is_right_) == 2, text);                                  \
    0;                                                                                 \
  }))
#define CTX_CLASS_(x) __builtin_classify_type(x)
/* Later compilers number _BitInt 18 and vectors 19. Earlier ones have -1 for both. */
#define CTX_CLASS_IS_LATE_(x) ((0x180001 >> (CTX_CLASS_(x) + 1)) & 1)
#define CTX_LATE_OR_0_(x) __builtin_choose_expr(CTX_CLASS_IS_LATE_(x), (x), 0)
/* The result of a comparison of vectors is a vector, too. */
#define CTX_IS_VECTOR_(x) \
  (CTX_CLASS_IS_LATE_(x) && !__builtin_types_compatible_p(__typeof__(CTX_LATE_OR_0_(x) < 0), int))
#else
} /* extern "C" */
#define CTX_DEFINE_VECTOR_(name, num_bytes, result)                                          \
  template <typename T>                                                                      \
  inline ctx_value name(const T &x) {                                                        \
    static_assert(ctx_is_vector_<T>(0) && sizeof(T) == (num_bytes),                          \
                  "ctx: " #name " takes a vector of " #num_bytes " bytes and nothing else"); \
    return result;                                                                           \
  }
template <typename T>
struct ctx_is_scalar_or_array_ {
  static const bool value = __is_class(T) || __is_union(T);
};
template <typename T>
struct ctx_is_scalar_or_array_<T *> {
  static const bool value = true;
};
template <typename T, size_t num>
struct ctx_is_scalar_or_array_<T[num]> {
  static const bool value = true;
};
template <typename T>
T ctx_some_(); /* not defined */
/* Of all other types only vectors have elements. */
template <typename T, typename Element = decltype(ctx_some_<const T &>()[0])>
constexpr bool ctx_is_vector_(int) {
  return !ctx_is_scalar_or_array_<T>::value;
}
template <typename T>
constexpr bool ctx_is_vector_(...) {
  return false;
}
CTX_DEFINE_VECTOR_(ctx_v64, 8, ctx_value_copy_(CTX_KIND_V64, &x, 8))
CTX_DEFINE_VECTOR_(ctx_v128, 16, ctx_value_copy_(CTX_KIND_V128, &x, 16))
CTX_DEFINE_VECTOR_(ctx_v256, 32, ctx_value_at_(&x, CTX_KIND_V256))
CTX_DEFINE_VECTOR_(ctx_v512, 64, ctx_value_at_(&x, CTX_KIND_V512))
inline ctx_value ctx_complex_long_double(const ctx_complex_long_double_ &x) {
  return ctx_complex_long_double_at_(&x);
}
extern "C" {
#endif

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
CTX_VALUE_ADDRESS_ONLY_ static inline ctx_value ctx_value_pointer_(const volatile void *x) {
  return ctx_value_make_(CTX_KIND_PTR, (uint64_t)(uintptr_t)x);
}

#ifdef __cplusplus
} /* extern "C" */
#endif

/* CTX_VALUE(x) makes a ctx_value of an expression of any integer type (except a bit-field), bool,
 * char, float, double, long double, _Float16, __float128, float or double _Complex, enum or
 * pointer. A ctx_value stays as it is. Another type (a struct, a vector) is a compile error that
 * says which constructor to use. x is evaluated once. */
#define CTX_VALUE_ADVICE_                                                                         \
  "ctx: CTX_VALUE takes numbers, enums and pointers. For a struct or union write "                \
  "ctx_aggregate(&its_type, &x), for a vector ctx_v64(x) to ctx_v512(x), for a long double "      \
  "_Complex ctx_complex_long_double(x), for a _BitInt of more than 64 bits ctx_aggregate with a " \
  "struct of uint64_t, for other numbers a cast"
#ifndef __cplusplus

/* Each line has a type and its function: */
/* clang-format off */
#ifdef __SIZEOF_INT128__
#define CTX_VALUE_INT128_(X)                        \
    ctx_int128_:        X(ctx_i128),                \
    ctx_uint128_:       X(ctx_u128),
#else
#define CTX_VALUE_INT128_(X)
#endif
#ifdef CTX_HAS_F16_
#define CTX_VALUE_F16_(X)                           \
    ctx_f16_:           X(ctx_f16),
#else
#define CTX_VALUE_F16_(X)
#endif
#ifdef CTX_HAS_F128_
#define CTX_VALUE_F128_(X)                          \
    ctx_f128_:          X(ctx_f128),
#else
#define CTX_VALUE_F128_(X)
#endif

#define CTX_VALUE_TYPES_(X)                         \
    CTX_VALUE_INT128_(X)                            \
    CTX_VALUE_F16_(X)                               \
    CTX_VALUE_F128_(X)                              \
    _Bool:              X(ctx_bool),                \
    char:               X(ctx_value_char_),         \
    signed char:        X(ctx_i8),                  \
    unsigned char:      X(ctx_u8),                  \
    short:              X(ctx_i16),                 \
    unsigned short:     X(ctx_u16),                 \
    int:                X(ctx_i32),                 \
    unsigned int:       X(ctx_u32),                 \
    long:               X(ctx_i64),                 \
    unsigned long:      X(ctx_u64),                 \
    long long:          X(ctx_value_long_long_),    \
    unsigned long long: X(ctx_value_unsigned_long_long_), \
    float:              X(ctx_f32),                 \
    double:             X(ctx_f64),                 \
    long double:        X(ctx_long_double),         \
    ctx_complex_f32_:   X(ctx_complex_f32),         \
    ctx_complex_f64_:   X(ctx_complex_f64),         \
    ctx_value:          X(ctx_value_same_),

#define CTX_VALUE(x) (__extension__ _Generic((x),   \
    CTX_VALUE_TYPES_(CTX_VALUE_USE_)                \
    default: CTX_VALUE_OF_OTHER_(x))(CTX_VALUE_OPERAND_(x)))
/* clang-format on */
#define CTX_VALUE_USE_(function) function
#define CTX_VALUE_IS_ONE_(function) 1

/* Where x is not a value, something stands in its place, so that the assertion is the only error.
 */
#define CTX_VALUE_OPERAND_(x)                  \
  __builtin_choose_expr(CTX_IS_VALUE_(x), (x), \
                        (void *)CTX_REFUSE_UNLESS_(CTX_IS_VALUE_(x), CTX_VALUE_ADVICE_))
/* clang-format off */
#define CTX_IS_VALUE_(x)                            \
  _Generic((x),                                     \
    CTX_VALUE_TYPES_(CTX_VALUE_IS_ONE_)             \
    default: CTX_CLASS_(x) == 5 || CTX_OF_BITINT64_(x, 1, 1, 0))

/* The types that are not listed are pointers and _BitInt. One of up to 64 bits is passed as the
 * integer that contains it; what it adds up to with a long long shows whether it has a sign. */
#ifdef __BITINT_MAXWIDTH__
#define CTX_VALUE_OF_OTHER_(x) \
  CTX_OF_BITINT64_(x, ctx_value_long_long_, ctx_value_unsigned_long_long_, ctx_value_pointer_)
#define CTX_OF_BITINT64_(x, with_sign, without, other)                             \
  _Generic(__builtin_choose_expr(CTX_CLASS_IS_LATE_(x), (x), 0.0f) + 0LL,          \
    long long:          with_sign,                                                 \
    unsigned long long: without,                                                   \
    default:            other)
#else
#define CTX_VALUE_OF_OTHER_(x) ctx_value_pointer_
#define CTX_OF_BITINT64_(x, with_sign, without, other) other
#endif
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
#ifdef __WCHAR_UNSIGNED__
inline ctx_value ctx_value_from_(wchar_t x) { return ctx_u32(static_cast<uint32_t>(x)); }
#else
inline ctx_value ctx_value_from_(wchar_t x) { return ctx_i32(static_cast<int32_t>(x)); }
#endif
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

#ifdef CTX_HAS_F16_
inline ctx_value ctx_value_from_(ctx_f16_ x) { return ctx_f16(x); }
#endif
#if defined(CTX_HAS_F128_) && __LDBL_MANT_DIG__ != 113 /* both would have one mangled name */
inline ctx_value ctx_value_from_(ctx_f128_ x) { return ctx_f128(x); }
#endif

template <typename T>
struct ctx_always_ {
  static const bool value = true;
};
/* These take whatever matches nothing above, so that nothing is silently converted. */
template <bool is_enum, bool is_bitint>
struct ctx_value_other_ {
  template <typename T>
  static ctx_value make(const T &) {
    static_assert(!ctx_always_<T>::value, CTX_VALUE_ADVICE_);
    return ctx_value_make_(CTX_KIND_NONE, 0);
  }
};
template <>
struct ctx_value_other_<true, false> {
  template <typename T>
  static ctx_value make(T x) {
    return ctx_value_from_(static_cast<__underlying_type(T)>(x));
  }
};
/* _BitInt up to 64 bits is passed as the integer that contains it. */
template <>
struct ctx_value_other_<false, true> {
  template <typename T>
  static ctx_value make(T x) {
    return static_cast<T>(-1) < static_cast<T>(1) ? ctx_i64(static_cast<int64_t>(x))
                                                  : ctx_u64(static_cast<uint64_t>(x));
  }
};
#ifdef __BITINT_MAXWIDTH__
template <typename T>
struct ctx_is_bitint64_ {
  static const bool value = __is_integral(T) && sizeof(T) <= 8;
};
#else
template <typename T>
struct ctx_is_bitint64_ {
  static const bool value = false;
};
#endif
template <typename T>
inline ctx_value ctx_value_from_(const T &x) {
  return ctx_value_other_<__is_enum(T), ctx_is_bitint64_<T>::value>::make(x);
}
template <typename T>
inline ctx_value ctx_value_from_(T *x) {
  return ctx_value_make_(CTX_KIND_PTR, reinterpret_cast<uintptr_t>(x));
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
