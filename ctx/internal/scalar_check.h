/* Compares the type of a member with the scalar that its description names. Included by
 * ctx/type.h. */
#ifndef CTX_INTERNAL_SCALAR_CHECK_H_
#define CTX_INTERNAL_SCALAR_CHECK_H_

/* gcc warns of parameters that shadow the descriptions of scalars. They do so on purpose. */
#pragma GCC system_header

#ifdef __cplusplus
extern "C" {
#endif

/* Whether there is _Float16. */
#if defined(__FLT16_MANT_DIG__) &&                                                          \
    !(defined(__cplusplus) && defined(CTX_ARCH_F16_SINCE_GXX_13_) && !defined(__clang__) && \
      __GNUC__ < 13)
#define CTX_HAS_F16_ 1
#endif

/* Each scalar has a number: its class and its size. Scalars that are passed alike share one, so
 * that `long` is as good as `long long`. */
#define CTX_SCALAR_NONE_ 0x100 /* aggregates, void */
#define CTX_SCALAR_SIGNED_(size) (0x200 + (size))
#define CTX_SCALAR_UNSIGNED_(size) (0x300 + (size))
#define CTX_SCALAR_CHAR_ 0x401 /* of either sign */
#define CTX_SCALAR_BOOL_ 0x501
#define CTX_SCALAR_POINTER_ 0x508
#define CTX_SCALAR_FLOAT_(size) (0x600 + (size))
#define CTX_SCALAR_LONG_DOUBLE_ 0x710
#define CTX_SCALAR_COMPLEX_(size) (0x800 + (size))
#define CTX_SCALAR_VECTOR_(size) (0x900 + (size))

#define CTX_SCALAR_FITS_(number, said)                    \
  ((number) == (said) || ((number) == CTX_SCALAR_CHAR_ && \
                          ((said) == CTX_SCALAR_SIGNED_(1) || (said) == CTX_SCALAR_UNSIGNED_(1))))

/* A type for each number that a description can name: its size is the number. A description of the
 * user's own has a size, too, that of ctx_type, which is none of these numbers. */
#define CTX_DEFINE_NUMBER_(name, number)   \
  typedef struct ctx_number_of_##name##_ { \
    char bytes[number];                    \
  } ctx_number_of_##name##_
CTX_DEFINE_NUMBER_(void, CTX_SCALAR_NONE_);
CTX_DEFINE_NUMBER_(i8, CTX_SCALAR_SIGNED_(1));
CTX_DEFINE_NUMBER_(i16, CTX_SCALAR_SIGNED_(2));
CTX_DEFINE_NUMBER_(i32, CTX_SCALAR_SIGNED_(4));
CTX_DEFINE_NUMBER_(i64, CTX_SCALAR_SIGNED_(8));
CTX_DEFINE_NUMBER_(i128, CTX_SCALAR_SIGNED_(16));
CTX_DEFINE_NUMBER_(u8, CTX_SCALAR_UNSIGNED_(1));
CTX_DEFINE_NUMBER_(u16, CTX_SCALAR_UNSIGNED_(2));
CTX_DEFINE_NUMBER_(u32, CTX_SCALAR_UNSIGNED_(4));
CTX_DEFINE_NUMBER_(u64, CTX_SCALAR_UNSIGNED_(8));
CTX_DEFINE_NUMBER_(u128, CTX_SCALAR_UNSIGNED_(16));
CTX_DEFINE_NUMBER_(isize, CTX_SCALAR_SIGNED_(sizeof(void *)));
CTX_DEFINE_NUMBER_(usize, CTX_SCALAR_UNSIGNED_(sizeof(void *)));
CTX_DEFINE_NUMBER_(bool, CTX_SCALAR_BOOL_);
CTX_DEFINE_NUMBER_(ptr, CTX_SCALAR_POINTER_);
CTX_DEFINE_NUMBER_(f16, CTX_SCALAR_FLOAT_(2));
CTX_DEFINE_NUMBER_(f32, CTX_SCALAR_FLOAT_(4));
CTX_DEFINE_NUMBER_(f64, CTX_SCALAR_FLOAT_(8));
CTX_DEFINE_NUMBER_(f128, CTX_SCALAR_FLOAT_(16));
CTX_DEFINE_NUMBER_(long_double, CTX_SCALAR_LONG_DOUBLE_);
CTX_DEFINE_NUMBER_(complex_f32, CTX_SCALAR_COMPLEX_(8));
CTX_DEFINE_NUMBER_(complex_f64, CTX_SCALAR_COMPLEX_(16));
CTX_DEFINE_NUMBER_(complex_long_double, CTX_SCALAR_COMPLEX_(32));
CTX_DEFINE_NUMBER_(v64, CTX_SCALAR_VECTOR_(8));
CTX_DEFINE_NUMBER_(v128, CTX_SCALAR_VECTOR_(16));
CTX_DEFINE_NUMBER_(v256, CTX_SCALAR_VECTOR_(32));
CTX_DEFINE_NUMBER_(v512, CTX_SCALAR_VECTOR_(64));

typedef __SIZE_TYPE__ ctx_size_;
#ifdef __SIZEOF_INT128__ /* where ctx runs; elsewhere ctx/ctx.h is an error */
__extension__ typedef __int128 ctx_signed_128_;
__extension__ typedef unsigned __int128 ctx_unsigned_128_;
#endif

/* In the scope of these parameters the names of the scalars are not descriptions, but numbers:
 * sizeof(ctx_type_f32) is one. So any expression for a description will do. */
#define CTX_SCALAR_NAMES_                                                     \
  ctx_number_of_void_ ctx_type_void, ctx_number_of_u8_ ctx_type_u8,           \
      ctx_number_of_u16_ ctx_type_u16, ctx_number_of_u32_ ctx_type_u32,       \
      ctx_number_of_u64_ ctx_type_u64, ctx_number_of_i8_ ctx_type_i8,         \
      ctx_number_of_i16_ ctx_type_i16, ctx_number_of_i32_ ctx_type_i32,       \
      ctx_number_of_i64_ ctx_type_i64, ctx_number_of_usize_ ctx_type_usize,   \
      ctx_number_of_isize_ ctx_type_isize, ctx_number_of_bool_ ctx_type_bool, \
      ctx_number_of_ptr_ ctx_type_ptr, ctx_number_of_u32_ ctx_type_guest_ptr, \
      ctx_number_of_f16_ ctx_type_f16, ctx_number_of_f32_ ctx_type_f32,       \
      ctx_number_of_f64_ ctx_type_f64, ctx_number_of_f128_ ctx_type_f128,     \
      ctx_number_of_i128_ ctx_type_i128, ctx_number_of_u128_ ctx_type_u128,   \
      ctx_number_of_long_double_ ctx_type_long_double,                        \
      ctx_number_of_complex_f32_ ctx_type_complex_f32,                        \
      ctx_number_of_complex_f64_ ctx_type_complex_f64,                        \
      ctx_number_of_complex_long_double_ ctx_type_complex_long_double,        \
      ctx_number_of_v64_ ctx_type_v64, ctx_number_of_v128_ ctx_type_v128,     \
      ctx_number_of_v256_ ctx_type_v256, ctx_number_of_v512_ ctx_type_v512

#ifdef __cplusplus
} /* extern "C" */
#endif

/* CTX_CHECK_SCALAR_(aggregate, member, said) is 0, as a constant, if the member can be described by
 * `said`: one of the user's own, or the scalar that it is. Otherwise it is an error.
 * CTX_CHECK_SCALARS_ is the same for the innermost elements of an array. An enumeration counts as
 * its integer type. A char can be described by either sign. */
#ifndef __cplusplus

/* clang-format off */
#define CTX_MEMBER_OF_(aggregate, member) ((aggregate *)0)->member

/* By what __builtin_classify_type returns. To that an array is a pointer, as it is wherever it is
 * looked at. */
#define CTX_IS_POINTER_(x) (__builtin_classify_type(x) == 5)
#define CTX_IS_REAL_(x) (__builtin_classify_type(x) == 8)
#define CTX_IS_COMPLEX_(x) (__builtin_classify_type(x) == 9)
#define CTX_IS_AGGREGATE_(x) (__builtin_classify_type(x) == 12 || __builtin_classify_type(x) == 13)
#define CTX_IS_ARRAY_(x) \
  (CTX_IS_POINTER_(x) && !__builtin_types_compatible_p(__typeof__(x), __typeof__((void)0, (x))))

#define CTX_SCALAR_OF_(x) \
  _Generic((x), \
           _Bool: CTX_SCALAR_BOOL_, \
           char: CTX_SCALAR_CHAR_, \
           signed char: CTX_SCALAR_SIGNED_(1), \
           short: CTX_SCALAR_SIGNED_(sizeof(short)), \
           int: CTX_SCALAR_SIGNED_(sizeof(int)), \
           long: CTX_SCALAR_SIGNED_(sizeof(long)), \
           long long: CTX_SCALAR_SIGNED_(sizeof(long long)), \
           ctx_signed_128_: CTX_SCALAR_SIGNED_(16), \
           unsigned char: CTX_SCALAR_UNSIGNED_(1), \
           unsigned short: CTX_SCALAR_UNSIGNED_(sizeof(short)), \
           unsigned: CTX_SCALAR_UNSIGNED_(sizeof(int)), \
           unsigned long: CTX_SCALAR_UNSIGNED_(sizeof(long)), \
           unsigned long long: CTX_SCALAR_UNSIGNED_(sizeof(long long)), \
           ctx_unsigned_128_: CTX_SCALAR_UNSIGNED_(16), \
           long double: CTX_SCALAR_LONG_DOUBLE_, \
           default: CTX_SCALAR_OF_OTHER_(x))
#define CTX_SCALAR_OF_OTHER_(x) \
  (CTX_IS_AGGREGATE_(x) || CTX_IS_ARRAY_(x) ? CTX_SCALAR_NONE_ \
   : CTX_IS_POINTER_(x) ? CTX_SCALAR_POINTER_ \
   : CTX_IS_REAL_(x) ? CTX_SCALAR_FLOAT_(sizeof(x)) \
   : CTX_IS_COMPLEX_(x) ? CTX_SCALAR_COMPLEX_(sizeof(x)) : CTX_SCALAR_VECTOR_(sizeof(x)))

/* An array of -1 elements is an error that names the array. */
#define CTX_CHECK_SCALAR_IS_(x, said) \
  char the_member_is_not_of_the_type_that_its_description_names_[ \
      sizeof(said) == sizeof(ctx_type) || CTX_SCALAR_FITS_(CTX_SCALAR_OF_(x), sizeof(said)) \
          ? 1 : -1]

#define CTX_CHECK_SCALAR_(aggregate, member, said) \
  (0 * sizeof(void (*)(CTX_SCALAR_NAMES_, \
                       CTX_CHECK_SCALAR_IS_(CTX_MEMBER_OF_(aggregate, member), said))))

/* The type of an array's element; of what is not an array, its own. Each parameter points to an
 * element of what the one before points to. */
#define CTX_ELEMENT_(x) __typeof__(*__builtin_choose_expr(CTX_IS_ARRAY_(x), x, &(x)))
#define CTX_CHECK_SCALARS_(aggregate, member, said) \
  (0 * sizeof(void (*)(CTX_SCALAR_NAMES_, \
                       CTX_ELEMENT_(CTX_MEMBER_OF_(aggregate, member)) *ctx_e1_, \
                       CTX_ELEMENT_(*ctx_e1_) *ctx_e2_, CTX_ELEMENT_(*ctx_e2_) *ctx_e3_, \
                       CTX_ELEMENT_(*ctx_e3_) *ctx_e4_, CTX_ELEMENT_(*ctx_e4_) *ctx_e5_, \
                       CTX_ELEMENT_(*ctx_e5_) *ctx_e6_, CTX_ELEMENT_(*ctx_e6_) *ctx_e7_, \
                       CTX_ELEMENT_(*ctx_e7_) *ctx_e8_, CTX_CHECK_SCALAR_IS_(*ctx_e8_, said))))
/* clang-format on */

#else

extern "C++" {

/* A type without const and volatile. */
template <typename T>
struct ctx_bare_ {
  typedef T type;
};
template <typename T>
struct ctx_bare_<const T> : ctx_bare_<T> {};
template <typename T>
struct ctx_bare_<volatile T> : ctx_bare_<T> {};
template <typename T>
struct ctx_bare_<const volatile T> : ctx_bare_<T> {};

/* The type of an array's innermost elements, without them, too. */
template <typename T>
struct ctx_element_ : ctx_bare_<T> {};
template <typename T, ctx_size_ count>
struct ctx_element_<T[count]> : ctx_element_<T> {};

/* Of what is not listed below: aggregates, enumerations, vectors. */
template <typename T, bool is_enumeration = __is_enum(T)>
struct ctx_scalar_of_ {
  static constexpr ctx_size_ number =
      __is_class(T) || __is_union(T) ? CTX_SCALAR_NONE_ : CTX_SCALAR_VECTOR_(sizeof(T));
};
template <typename T>
struct ctx_scalar_of_<T, true> : ctx_scalar_of_<__underlying_type(T)> {};
template <typename T, ctx_size_ count>
struct ctx_scalar_of_<T[count], false> {
  static constexpr ctx_size_ number = CTX_SCALAR_NONE_;
};
template <typename T>
struct ctx_scalar_of_<T *, false> {
  static constexpr ctx_size_ number = CTX_SCALAR_POINTER_;
};

#define CTX_DEFINE_SCALAR_OF_(type, its_number)       \
  template <>                                         \
  struct ctx_scalar_of_<type, false> {                \
    static constexpr ctx_size_ number = (its_number); \
  }
#define CTX_DEFINE_INTEGER_OF_(type)                                                \
  CTX_DEFINE_SCALAR_OF_(type, type(-1) < type(1) ? CTX_SCALAR_SIGNED_(sizeof(type)) \
                                                 : CTX_SCALAR_UNSIGNED_(sizeof(type)))
CTX_DEFINE_SCALAR_OF_(decltype(nullptr), CTX_SCALAR_POINTER_);
CTX_DEFINE_SCALAR_OF_(bool, CTX_SCALAR_BOOL_);
CTX_DEFINE_SCALAR_OF_(char, CTX_SCALAR_CHAR_);
CTX_DEFINE_SCALAR_OF_(signed char, CTX_SCALAR_SIGNED_(1));
CTX_DEFINE_SCALAR_OF_(unsigned char, CTX_SCALAR_UNSIGNED_(1));
#ifdef __cpp_char8_t
CTX_DEFINE_INTEGER_OF_(char8_t);
#endif
CTX_DEFINE_INTEGER_OF_(char16_t);
CTX_DEFINE_INTEGER_OF_(char32_t);
CTX_DEFINE_INTEGER_OF_(wchar_t);
CTX_DEFINE_INTEGER_OF_(short);
CTX_DEFINE_INTEGER_OF_(int);
CTX_DEFINE_INTEGER_OF_(long);
CTX_DEFINE_SCALAR_OF_(long long, CTX_SCALAR_SIGNED_(8));
CTX_DEFINE_SCALAR_OF_(unsigned short, CTX_SCALAR_UNSIGNED_(2));
CTX_DEFINE_SCALAR_OF_(unsigned, CTX_SCALAR_UNSIGNED_(4));
CTX_DEFINE_SCALAR_OF_(unsigned long, CTX_SCALAR_UNSIGNED_(sizeof(long)));
CTX_DEFINE_SCALAR_OF_(unsigned long long, CTX_SCALAR_UNSIGNED_(8));
#ifdef __SIZEOF_INT128__
CTX_DEFINE_SCALAR_OF_(ctx_signed_128_, CTX_SCALAR_SIGNED_(16));
CTX_DEFINE_SCALAR_OF_(ctx_unsigned_128_, CTX_SCALAR_UNSIGNED_(16));
#endif
#ifdef CTX_HAS_F16_
CTX_DEFINE_SCALAR_OF_(_Float16, CTX_SCALAR_FLOAT_(2));
#endif
CTX_DEFINE_SCALAR_OF_(float, CTX_SCALAR_FLOAT_(4));
CTX_DEFINE_SCALAR_OF_(double, CTX_SCALAR_FLOAT_(8));
CTX_DEFINE_SCALAR_OF_(long double, CTX_SCALAR_LONG_DOUBLE_);
#if defined(__SIZEOF_FLOAT128__) || defined(__FLOAT128__)
CTX_DEFINE_SCALAR_OF_(__float128, CTX_SCALAR_FLOAT_(16));
#endif
CTX_DEFINE_SCALAR_OF_(float _Complex, CTX_SCALAR_COMPLEX_(8));
CTX_DEFINE_SCALAR_OF_(double _Complex, CTX_SCALAR_COMPLEX_(16));
CTX_DEFINE_SCALAR_OF_(long double _Complex, CTX_SCALAR_COMPLEX_(32));

template <ctx_size_ number, ctx_size_ said, bool is_own>
struct ctx_scalar_check_ {
  static constexpr bool fits = is_own || CTX_SCALAR_FITS_(number, said);
  static_assert(fits, "ctx: the member is not of the type that its description names");
  typedef char type;
};

} /* extern "C++" */

#define CTX_CHECK_SCALAR_OF_(member_type, said)                                                  \
  (0 *                                                                                           \
   sizeof(void (*)(CTX_SCALAR_NAMES_,                                                            \
                   typename ctx_scalar_check_<ctx_scalar_of_<member_type>::number, sizeof(said), \
                                              sizeof(said) == sizeof(ctx_type)>::type)))
#define CTX_TYPE_OF_MEMBER_(aggregate, member) decltype(static_cast<aggregate *>(nullptr)->member)
#define CTX_CHECK_SCALAR_(aggregate, member, said) \
  CTX_CHECK_SCALAR_OF_(typename ctx_bare_<CTX_TYPE_OF_MEMBER_(aggregate, member)>::type, said)
#define CTX_CHECK_SCALARS_(aggregate, member, said) \
  CTX_CHECK_SCALAR_OF_(typename ctx_element_<CTX_TYPE_OF_MEMBER_(aggregate, member)>::type, said)

#endif

#endif /* CTX_INTERNAL_SCALAR_CHECK_H_ */
