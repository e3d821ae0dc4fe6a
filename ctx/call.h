/* Starting a function with arguments that the compiler has checked. Included by ctx/ctx.h. */
#ifndef CTX_CALL_H_
#define CTX_CALL_H_

#include <stddef.h>
#include <stdint.h>

#include "ctx/arch/arch.h"
#include "ctx/ctx.h"
#include "ctx/internal/for_each.h"
#include "ctx/internal/positions.h"
#include "ctx/value.h"

#ifdef CTX_SUPPORTED_

/* ---- What to use ---- */

/* CTX_CALL(function, a, b, ...) stands for the last three arguments of init: the entry, the array
 * of its arguments, their number. There may be no arguments, and 256 at most. Each is evaluated
 * once. It is for use in functions, not at file scope.
 *
 * In C it is a compile error unless the arguments are exactly what the function takes, in number
 * and types: for a double write 7.0 or (double)x, for a char (char)'c', for a null pointer (char
 * *)NULL. An array, a string too, is a pointer to its first element. The target of a pointer may be
 * less qualified than the parameter's. The function must have a prototype. A ctx_value says nothing
 * of a C type, so it is an error, too: use CTX_ENTRY and CTX_ARGS.
 *
 * In C++ the arguments are converted to the types of the parameters, as by a call. What the
 * function takes by reference must live until it has run: a temporary is a compile error, except
 * for an rvalue reference. `function` may be a lambda that captures nothing. With template
 * arguments it needs parentheses: CTX_CALL((f<int, double>), 1, 2).
 *
 * A function whose result is not kept without a signature is a compile error: a struct or union, a
 * long double, a complex number of more than 8 bytes, more than 16 bytes. Use ctx_init_signature.
 */

/* CTX_CALL_VARIADIC is CTX_CALL for a function with an ellipsis. The arguments before the ellipsis
 * are checked. Those after it are promoted, as by a call: a float arrives as a double, a char as an
 * int. */

/* CTX_START(child, stack, stack_size, function, a, b, ...) prepares `child` to run
 * function(a, b, ...): the form to use first. It is ctx_init_with_options with CTX_CALL and two
 * flags: CTX_FLAG_NO_SIGNAL_MASK, so that it makes no system call, and CTX_FLAG_FP_INHERIT.
 * Errors, ownership and REQUIRES: as ctx_init, except that it has no CTX_ERR_SIGNAL_MASK. */
#define CTX_START(child, stack, stack_size, ...) \
  ctx_start_(child, stack, stack_size, CTX_CALL(__VA_ARGS__))

#ifdef __cplusplus
extern "C" {
#endif

/* C promotes a float after an ellipsis. Narrower integers have been widened already: a ctx_value
 * holds 64 bits. Where there is an ellipsis some calling conventions pass an argument elsewhere,
 * and some compilers disagree, so each is marked. */
static inline const ctx_value *ctx_promote_(ctx_value *args, size_t num_args, size_t num_fixed) {
  for (size_t i = 0; i < num_args && i < num_fixed; i++)
    args[i].is_named = 1;
  for (size_t i = num_fixed; i < num_args; i++) {
    if (args[i].kind == CTX_KIND_F32) {
      float x;
      __builtin_memcpy(&x, &args[i].bits, sizeof x);
      args[i] = ctx_f64((double)x);
    }
    args[i].is_unnamed = 1;
  }
  return args;
}
#ifdef __cplusplus
} /* extern "C" */
#endif

/* ---- The number of arguments ---- */

/* CTX_CALL_NUM_(function, a, b, ..., 17) is the number of arguments: 0 to 16, or 17 for more. */
/* clang-format off */
#define CTX_CALL_NUM_(function, ...) \
    CTX_EACH_257TH_OF_(__VA_ARGS__, \
        CTX_EACH_SIXTEEN_(17), CTX_EACH_SIXTEEN_(17), CTX_EACH_SIXTEEN_(17), \
        CTX_EACH_SIXTEEN_(17), CTX_EACH_SIXTEEN_(17), CTX_EACH_SIXTEEN_(17), \
        CTX_EACH_SIXTEEN_(17), CTX_EACH_SIXTEEN_(17), CTX_EACH_SIXTEEN_(17), \
        CTX_EACH_SIXTEEN_(17), CTX_EACH_SIXTEEN_(17), CTX_EACH_SIXTEEN_(17), \
        CTX_EACH_SIXTEEN_(17), CTX_EACH_SIXTEEN_(17), \
        17, 17, 17, 17, 17, 17, 17, 17, 17, 17, 17, 17, 17, 17, 17, \
        16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0)
/* clang-format on */
#define CTX_CALL_BY_NUM_(num, ...) CTX_CALL_BY_NUM2_(num, __VA_ARGS__)
#define CTX_CALL_BY_NUM2_(num, ...) CTX_BY_NUM_##num##_(__VA_ARGS__)

#ifndef __cplusplus

/* ---- C ---- */

#define CTX_CALL(...)                                                                              \
  CTX_CALL_BY_NUM_(CTX_CALL_NUM_(__VA_ARGS__, 17), CTX_CALL_NONE_, CTX_CALL_SOME_, CTX_CALL_MORE_, \
                   __VA_ARGS__)
#define CTX_CALL_VARIADIC(...)                                              \
  CTX_CALL_BY_NUM_(CTX_CALL_NUM_(__VA_ARGS__, 17), CTX_CALL_VARIADIC_NONE_, \
                   CTX_CALL_VARIADIC_SOME_, CTX_CALL_VARIADIC_MORE_, __VA_ARGS__)

/* All checks are made in a statement expression, which begins with the types of the program's own
 * expressions. If these use such a macro themselves, its names hide the same ones: a warning less.
 * A 0 converts to all that a parameter can be, but functions may have warnings for it. */
#define CTX_CALL_BEGIN_                                                         \
  _Pragma("GCC diagnostic push") _Pragma("GCC diagnostic ignored \"-Wshadow\"") \
      _Pragma("GCC diagnostic ignored \"-Wnonnull\"")                           \
          _Pragma("GCC diagnostic ignored \"-Wformat\"")                        \
              _Pragma("GCC diagnostic ignored \"-Wformat-extra-args\"")
#define CTX_CALL_END_ _Pragma("GCC diagnostic pop")
#define CTX_CALL_UNUSED_ __attribute__((__unused__))

/* ctx_is_bad_: the compiler has refused the call, for its number of arguments. In the place of a
 * type that is not one both compilers go on with int. */
#define CTX_CALL_FUNCTION_(function, call)                                   \
  typedef __typeof__(*(function)) ctx_function_ CTX_CALL_UNUSED_;            \
  typedef __typeof__((__typeof__(call) *)0) ctx_result_ptr_;                 \
  enum { ctx_is_bad_ = __builtin_types_compatible_p(ctx_result_ptr_, int) }; \
  typedef __typeof__(*__builtin_choose_expr(ctx_is_bad_, (int *)0,           \
                                            (ctx_result_ptr_)0)) ctx_result_ CTX_CALL_UNUSED_;
#define CTX_CALL_FITS_(...) __builtin_types_compatible_p(ctx_function_, ctx_result_(__VA_ARGS__))
#define CTX_CALL_TAIL_(...) CTX_CALL_TAIL2_(__VA_ARGS__)
#define CTX_CALL_TAIL2_(first, ...) __VA_ARGS__

/* Structs and vectors are told apart by their values: CTX_VALUE has the error. There must not be
 * another one for the call, so that calls something else. */
#define CTX_CALL_IS_ODD_(x) (CTX_CLASS_(x) == 12 || CTX_CLASS_(x) == 13 || CTX_IS_VECTOR_(x))
#define CTX_CALL_COMMA_0_(x) , 0
#define CTX_CALL_WITH_ZEROS_(function, is_odd, ...)                  \
  (__builtin_choose_expr(is_odd, (int (*)(int, ...))0, (function)))( \
      CTX_CALL_TAIL_(0 CTX_FOR_EACH_(CTX_CALL_COMMA_0_, __VA_ARGS__)))

/* The result: one that ctx_retval_* or ctx_retval_gp and ctx_retval_fp can read. */
#define CTX_CALL_RESULT_                                                                     \
  typedef __typeof__(*__builtin_choose_expr(__builtin_types_compatible_p(ctx_result_, void), \
                                            (char *)0,                                       \
                                            (ctx_result_ *)0)) ctx_kept_ CTX_CALL_UNUSED_;   \
  _Static_assert(                                                                            \
      CTX_CALL_KEEPS_(*(ctx_kept_ *)0),                                                      \
      "ctx: the function's result is not kept without a signature (a struct, a union, a "    \
      "long double, or too wide): use ctx_init_signature");
#define CTX_CALL_KEEPS_(x)                                          \
  (CTX_CLASS_(x) != 12 && CTX_CLASS_(x) != 13 && sizeof(x) <= 16 && \
   !(CTX_CLASS_(x) == 9 && sizeof(x) > 8) &&                        \
   !(__LDBL_MANT_DIG__ == 64 && __builtin_types_compatible_p(__typeof__(x), long double)))

/* ---- C: no arguments ---- */

#define CTX_CALL_NONE_(function)                                                       \
  (__extension__({                                                                     \
    CTX_CALL_BEGIN_                                                                    \
    CTX_CALL_FUNCTION_(function, (function)())                                         \
    CTX_CALL_RESULT_                                                                   \
    _Static_assert(ctx_is_bad_ || CTX_CALL_FITS_(void), CTX_CALL_ADVICE_ON_ELLIPSIS_); \
    CTX_CALL_END_                                                                      \
    CTX_ENTRY(function);                                                               \
  })),                                                                                 \
      CTX_NO_ARGS

/* ---- C: 1 to 16 arguments ---- */

#define CTX_CALL_SOME_(n, function, ...)                                                      \
  (__extension__({                                                                            \
    CTX_CALL_BEGIN_                                                                           \
    CTX_CALL_TYPES_(n, function, __VA_ARGS__)                                                 \
    CTX_CALL_RESULT_                                                                          \
    enum {                                                                                    \
      ctx_fits_ = ctx_odd_ || ctx_is_bad_ || ctx_fewer_ || CTX_CALL_FITS_(CTX_UP_TO_##n##_)   \
    };                                                                                        \
    _Static_assert(ctx_odd_ || ctx_is_bad_ || ctx_fixed_ == 0, CTX_CALL_ADVICE_ON_ELLIPSIS_); \
    CTX_CALL_REFUSE_(n, !ctx_fits_ && !ctx_bare_ && ctx_fixed_ == 0)                          \
    CTX_CALL_END_                                                                             \
    CTX_ENTRY(function);                                                                      \
  })),                                                                                        \
      CTX_ARGS(__VA_ARGS__)
#define CTX_CALL_TYPES_(n, function, ...)                                                         \
  CTX_NUMBERED_##n##_(CTX_CALL_TYPE_, __VA_ARGS__) enum {                                         \
    ctx_odd_ = 0 CTX_POSITIONS_##n##_(CTX_CALL_ODD_, CTX_CALL_ODD_LAST_, )                        \
  };                                                                                              \
  CTX_CALL_FUNCTION_(function, CTX_CALL_WITH_ZEROS_(function, ctx_odd_, __VA_ARGS__))             \
  CTX_POSITIONS_##n##_(CTX_CALL_LOOSE_, CTX_CALL_LOOSE_LAST_, ) enum {                            \
    ctx_values_ = 0 CTX_POSITIONS_##n##_(CTX_CALL_VALUES_, CTX_CALL_VALUES_LAST_, ),              \
    ctx_bare_ = !ctx_odd_ && !ctx_is_bad_ && CTX_CALL_FITS_(void) && CTX_CALL_FITS_(int),         \
    ctx_fewer_ = CTX_CALL_FITS_(void) CTX_POSITIONS_##n##_(CTX_CALL_FEWER_, CTX_CALL_NO_MORE_, ), \
    ctx_fixed_ = 0 CTX_POSITIONS_##n##_(CTX_CALL_FIXED_, CTX_CALL_FIXED_LAST_, )                  \
  };                                                                                              \
  CTX_POSITIONS_##n##_(CTX_CALL_REFUSE_VALUE_, CTX_CALL_REFUSE_VALUE_LAST_, ) _Static_assert(     \
      !ctx_bare_, "ctx: the function has no prototype: declare it with its parameters");
#define CTX_CALL_ADVICE_ON_ELLIPSIS_ "ctx: the function has an ellipsis: use CTX_CALL_VARIADIC"

#define CTX_CALL_TYPE_(i, x) typedef __typeof__((void)0, (x)) ctx_type_##i##_ CTX_CALL_UNUSED_;
#define CTX_CALL_ARG_(i) (*(ctx_type_##i##_ *)0)

/* ctx_<i>_ is the type of an argument. If it is a pointer, ctx_<i>_ is any of those to which the
 * pointer converts by more qualifiers of its target: a transparent union is compatible with each of
 * its members, as a parameter. */
#define CTX_CALL_LOOSE_(i, n, ...)                                                               \
  typedef __typeof__(__builtin_choose_expr(CTX_CLASS_(CTX_CALL_ARG_(i)) == 5, CTX_CALL_ARG_(i),  \
                                           (char *)0)) ctx_ptr_##i##_;                           \
  typedef __typeof__(*(ctx_ptr_##i##_)0) ctx_target_##i##_;                                      \
  typedef __typeof__(*__builtin_choose_expr(CTX_CALL_IS_FUNCTION_(ctx_target_##i##_), (char *)0, \
                                            (ctx_ptr_##i##_)0)) ctx_object_##i##_;               \
  typedef union {                                                                                \
    ctx_ptr_##i##_ as_it_is_;                                                                    \
    const ctx_object_##i##_ *c_;                                                                 \
    volatile ctx_object_##i##_ *v_;                                                              \
    const volatile ctx_object_##i##_ *cv_;                                                       \
  } ctx_loose_##i##_ __attribute__((__transparent_union__));                                     \
  typedef __typeof__(*__builtin_choose_expr(CTX_CLASS_(CTX_CALL_ARG_(i)) == 5,                   \
                                            (ctx_loose_##i##_ *)0,                               \
                                            (ctx_type_##i##_ *)0)) ctx_##i##_ CTX_CALL_UNUSED_;
#define CTX_CALL_LOOSE_LAST_(n, ...) CTX_CALL_LOOSE_(n, n, )
/* A parameter that is declared as a function is a pointer to it. */
#define CTX_CALL_IS_FUNCTION_(type) __builtin_types_compatible_p(void(type), void(type *))

#define CTX_CALL_FEWER_(i, n, ...) || CTX_CALL_FITS_(CTX_UP_TO_##i##_)
#define CTX_CALL_NO_MORE_(n, ...)

/* ctx_odd_: some argument has no type that could be compared. ctx_bare_: there is no prototype.
 * ctx_fewer_: the function takes fewer arguments, which gcc and clang have said. ctx_values_: which
 * arguments are ctx_values, a bit each. */
#define CTX_CALL_ODD_(i, n, ...) || CTX_CALL_IS_ODD_(CTX_CALL_ARG_(i))
#define CTX_CALL_ODD_LAST_(n, ...) CTX_CALL_ODD_(n, n, )
#define CTX_CALL_VALUES_(i, n, ...) | __builtin_types_compatible_p(ctx_type_##i##_, ctx_value) << i
#define CTX_CALL_VALUES_LAST_(n, ...) CTX_CALL_VALUES_(n, n, )

#define CTX_CALL_REFUSE_VALUE_(i, n, ...)                \
  _Static_assert((ctx_values_ & -ctx_values_) != 1 << i, \
                 "ctx: argument " #i " is a ctx_value" CTX_CALL_ADVICE_ON_VALUES_);
#define CTX_CALL_ADVICE_ON_VALUES_ \
  ", which has no C type to compare: use CTX_ENTRY(function) and CTX_ARGS(...)"
#define CTX_CALL_REFUSE_VALUE_LAST_(n, ...) CTX_CALL_REFUSE_VALUE_(n, n, )

/* ctx_fixed_ is the number of arguments before an ellipsis. */
#define CTX_CALL_FIXED_(i, n, ...) +i *CTX_CALL_FITS_(CTX_UP_TO_##i##_, ...)
#define CTX_CALL_FIXED_LAST_(n, ...) CTX_CALL_FIXED_(n, n, )

/* ---- C: which argument is wrong ---- */

/* With another type in the place of the i-th, the list fits: so that is the only wrong one, and the
 * type is the parameter's. For each type, ctx_at_<name>_ is this i, or 0. */
#define CTX_CALL_REFUSE_(n, is_wrong)                                                           \
  CTX_CALL_CANDIDATES_(CTX_CALL_FIND_, n, is_wrong)                                             \
  CTX_CALL_CANDIDATES_(CTX_CALL_NAME_, n, )                                                     \
  enum { ctx_is_unknown_ = (is_wrong) && (CTX_CALL_CANDIDATES_(CTX_CALL_FOUND_, n, ) 0) == 0 }; \
  _Static_assert(!ctx_is_unknown_, CTX_CALL_WHICH_##n##_ CTX_CALL_ADVICE_);
#define CTX_CALL_FOUND_(n, name, type, write, ...) ctx_at_##name##_ |
#define CTX_CALL_FIND_(n, name, type, write, is_wrong)                               \
  enum {                                                                             \
    ctx_at_##name##_ =                                                               \
        (is_wrong) * (0 CTX_POSITIONS_##n##_(CTX_CALL_AT_, CTX_CALL_AT_LAST_, type)) \
  };
#define CTX_CALL_AT_(i, n, type) \
  +i *CTX_CALL_FITS_(CTX_BEFORE_##i##_ type, CTX_CALL_APPLY_(CTX_BEHIND_##i##_, CTX_UP_TO_##n##_))
#define CTX_CALL_AT_LAST_(n, type) +n *CTX_CALL_FITS_(CTX_BEFORE_##n##_ type)
#define CTX_CALL_APPLY_(macro, ...) macro(__VA_ARGS__)
#define CTX_CALL_NAME_(n, name, type, write, ...) \
  CTX_POSITIONS_##n##_(CTX_CALL_SAY_, CTX_CALL_SAY_LAST_, ctx_at_##name##_, #type, write)
#define CTX_CALL_SAY_(i, n, at, type, write)                                                     \
  _Static_assert(at != i, "ctx: argument " #i " has another type than the function takes, " type \
                          ": write " write);
#define CTX_CALL_SAY_LAST_(n, at, type, write) CTX_CALL_SAY_(n, n, at, type, write)

/* clang-format off */
#define CTX_CALL_CANDIDATES_(X, n, ...) \
    X(n, i32, int, "(int)x", __VA_ARGS__) \
    X(n, u32, unsigned int, "(unsigned)x, or 7u for 7; for an enum, a cast to it", __VA_ARGS__) \
    X(n, i64, long, "(long)x, or 7L for 7", __VA_ARGS__) \
    X(n, u64, unsigned long, "(unsigned long)x or (size_t)x, or 7ul for 7", __VA_ARGS__) \
    X(n, ll, long long, "(long long)x, or 7LL for 7", __VA_ARGS__) \
    X(n, ull, unsigned long long, "(unsigned long long)x, or 7ull for 7", __VA_ARGS__) \
    X(n, f64, double, "(double)x, or 7.0 for 7", __VA_ARGS__) \
    X(n, f32, float, "(float)x, or 7.0f for 7", __VA_ARGS__) \
    X(n, bool, _Bool, "(bool)x", __VA_ARGS__) \
    X(n, char, char, "(char)x", __VA_ARGS__) \
    X(n, i8, signed char, "(signed char)x or (int8_t)x", __VA_ARGS__) \
    X(n, u8, unsigned char, "(unsigned char)x or (uint8_t)x", __VA_ARGS__) \
    X(n, i16, short, "(short)x", __VA_ARGS__) \
    X(n, u16, unsigned short, "(unsigned short)x", __VA_ARGS__) \
    X(n, ptr, void *, "(void *)x", __VA_ARGS__) \
    X(n, const_ptr, const void *, "(const void *)x", __VA_ARGS__) \
    X(n, text, char *, "(char *)x", __VA_ARGS__) \
    X(n, const_text, const char *, "(const char *)x", __VA_ARGS__) \
    X(n, long_double, long double, "(long double)x, or 7.0L for 7", __VA_ARGS__)
#define CTX_CALL_WHICH_1_ "ctx: argument 1 does not have the type that the function takes"
#define CTX_CALL_WHICH_MORE_ "ctx: the arguments do not have the types that the function takes"
#define CTX_CALL_WHICH_2_ CTX_CALL_WHICH_MORE_
#define CTX_CALL_WHICH_3_ CTX_CALL_WHICH_MORE_
#define CTX_CALL_WHICH_4_ CTX_CALL_WHICH_MORE_
#define CTX_CALL_WHICH_5_ CTX_CALL_WHICH_MORE_
#define CTX_CALL_WHICH_6_ CTX_CALL_WHICH_MORE_
#define CTX_CALL_WHICH_7_ CTX_CALL_WHICH_MORE_
#define CTX_CALL_WHICH_8_ CTX_CALL_WHICH_MORE_
#define CTX_CALL_WHICH_9_ CTX_CALL_WHICH_MORE_
#define CTX_CALL_WHICH_10_ CTX_CALL_WHICH_MORE_
#define CTX_CALL_WHICH_11_ CTX_CALL_WHICH_MORE_
#define CTX_CALL_WHICH_12_ CTX_CALL_WHICH_MORE_
#define CTX_CALL_WHICH_13_ CTX_CALL_WHICH_MORE_
#define CTX_CALL_WHICH_14_ CTX_CALL_WHICH_MORE_
#define CTX_CALL_WHICH_15_ CTX_CALL_WHICH_MORE_
#define CTX_CALL_WHICH_16_ CTX_CALL_WHICH_MORE_
#define CTX_CALL_ADVICE_ \
    ": cast each to its parameter's type; a pointer, too, null ones as in (struct node *)NULL"
/* clang-format on */

/* ---- C: more arguments ---- */

#define CTX_CALL_MORE_(function, ...)                                                           \
  (__extension__({                                                                              \
    CTX_CALL_BEGIN_                                                                             \
    CTX_CALL_REFUSE_VALUES_AMONG_(__VA_ARGS__)                                                  \
    typedef char ctx_odd_or_not_[1 + (0 CTX_FOR_EACH_(CTX_CALL_OR_ODD_, __VA_ARGS__))];         \
    enum { ctx_odd_ = sizeof(ctx_odd_or_not_) - 1 };                                            \
    CTX_CALL_FUNCTION_(function, CTX_CALL_WITH_ZEROS_(function, ctx_odd_, __VA_ARGS__))         \
    CTX_CALL_RESULT_                                                                            \
    _Static_assert(                                                                             \
        ctx_odd_ || ctx_is_bad_ ||                                                              \
            CTX_CALL_FITS_(CTX_CALL_TAIL_(0 CTX_FOR_EACH_(CTX_CALL_COMMA_TYPE_, __VA_ARGS__))), \
        CTX_CALL_WHICH_MORE_ CTX_CALL_ADVICE_);                                                 \
    CTX_CALL_END_                                                                               \
    CTX_ENTRY(function);                                                                        \
  })),                                                                                          \
      CTX_ARGS(__VA_ARGS__)
#define CTX_CALL_OR_ODD_(x) || CTX_CALL_IS_ODD_(x)
#define CTX_CALL_COMMA_TYPE_(x) , __typeof__((void)0, (x))
#define CTX_CALL_REFUSE_VALUES_AMONG_(...)                            \
  _Static_assert(!(0 CTX_FOR_EACH_(CTX_CALL_OR_VALUE_, __VA_ARGS__)), \
                 "ctx: an argument is a ctx_value" CTX_CALL_ADVICE_ON_VALUES_);
#define CTX_CALL_OR_VALUE_(x) || __builtin_types_compatible_p(__typeof__((void)0, (x)), ctx_value)

/* ---- C: an ellipsis ---- */

/* The type of the first k arguments and an ellipsis fits for one k at most. */
#define CTX_CALL_VARIADIC_SOME_(n, function, ...) \
  CTX_CALL_PROMOTED_(CTX_CALL_FIXED_OF_(n, function, __VA_ARGS__), function, __VA_ARGS__)
#define CTX_CALL_VARIADIC_MORE_(function, ...) \
  CTX_CALL_PROMOTED_(CTX_CALL_FIXED_OF_MORE_(function, __VA_ARGS__, 0), function, __VA_ARGS__)
#define CTX_CALL_FIXED_OF_MORE_(function, ...) \
  CTX_CALL_FIXED_OF_MORE2_(function, CTX_FIRST_16_(__VA_ARGS__))
#define CTX_CALL_FIXED_OF_MORE2_(...) CTX_CALL_FIXED_OF_(16, __VA_ARGS__)
#define CTX_CALL_PROMOTED_(fixed, function, ...)                                    \
  CTX_ENTRY(function),                                                              \
      ctx_promote_((ctx_value[]){CTX_FOR_EACH_(CTX_VALUE_AND_COMMA_, __VA_ARGS__)}, \
                   CTX_COUNT_(__VA_ARGS__), fixed),                                 \
      CTX_COUNT_(__VA_ARGS__)
#define CTX_CALL_FIXED_OF_(n, function, ...)                                                       \
  (__extension__({                                                                                 \
    CTX_CALL_BEGIN_                                                                                \
    CTX_CALL_TYPES_(n, function, __VA_ARGS__)                                                      \
    CTX_CALL_RESULT_                                                                               \
    _Static_assert(ctx_odd_ || ctx_bare_ || ctx_is_bad_ || ctx_fixed_ != 0,                        \
                   "ctx: the arguments before the ellipsis do not have the types that "            \
                   "the function takes" CTX_CALL_ADVICE_ "; if it has no ellipsis, use CTX_CALL"); \
    CTX_CALL_END_(size_t) ctx_fixed_;                                                              \
  }))
/* Since C23 an ellipsis may be all that there is. */
#define CTX_CALL_VARIADIC_NONE_(function)                                                   \
  (__extension__({                                                                          \
    CTX_CALL_BEGIN_                                                                         \
    CTX_CALL_FUNCTION_(function, (function)())                                              \
    CTX_CALL_RESULT_                                                                        \
    _Static_assert(ctx_is_bad_ || !CTX_CALL_FITS_(void), "ctx: no ellipsis: use CTX_CALL"); \
    CTX_CALL_END_                                                                           \
    CTX_ENTRY(function);                                                                    \
  })),                                                                                      \
      CTX_NO_ARGS

#else /* __cplusplus */

/* ---- C++ ---- */

/* The type of `function` is taken in an operand that is not evaluated, and not in decltype, where
 * C++17 has no lambdas. Each argument is converted to its parameter at the place of the macro, as
 * by a call: put_ has the parameter's type. */
#define CTX_CALL(...)                                                                              \
  CTX_CALL_BY_NUM_(CTX_CALL_NUM_(__VA_ARGS__, 17), CTX_CALL_NONE_, CTX_CALL_SOME_, CTX_CALL_MORE_, \
                   __VA_ARGS__)
#define CTX_CALL_VARIADIC(...)                                              \
  CTX_CALL_BY_NUM_(CTX_CALL_NUM_(__VA_ARGS__, 17), CTX_CALL_VARIADIC_NONE_, \
                   CTX_CALL_VARIADIC_SOME_, CTX_CALL_VARIADIC_MORE_, __VA_ARGS__)
#define CTX_CALL_NONE_(function) CTX_CALL_PUT_(0, false, function, )
#define CTX_CALL_SOME_(n, function, ...) CTX_CALL_MORE_(function, __VA_ARGS__)
#define CTX_CALL_MORE_(function, ...)                     \
  CTX_CALL_PUT_(CTX_COUNT_(__VA_ARGS__), false, function, \
                CTX_FOR_EACH_(CTX_CALL_PUT_ONE_, __VA_ARGS__))
#define CTX_CALL_VARIADIC_NONE_(function) CTX_CALL_PUT_(0, true, function, )
#define CTX_CALL_VARIADIC_SOME_(n, function, ...) CTX_CALL_VARIADIC_MORE_(function, __VA_ARGS__)
#define CTX_CALL_VARIADIC_MORE_(function, ...)           \
  CTX_CALL_PUT_(CTX_COUNT_(__VA_ARGS__), true, function, \
                CTX_FOR_EACH_(CTX_CALL_PUT_ONE_, __VA_ARGS__))
#define CTX_CALL_PUT_ONE_(x) .put_(x)
#define CTX_CALL_PUT_(num, is_variadic, function, puts)                           \
  ctx_entry_of_(function),                                                        \
      (ctx_call_begin_<is_variadic>(true ? nullptr : ctx_call_type_of_(function), \
                                    ctx_call_values_<num>().data()) puts.end_()), \
      (static_cast<size_t>(num))

template <bool condition>
struct ctx_only_if_ {};
template <>
struct ctx_only_if_<true> {
  typedef void type;
};

/* The function pointer that a lambda converts to. A macro may have it twice, each a type of its
 * own: the place that is evaluated has the error. */
struct ctx_no_function_ {};
template <bool is_evaluated, typename F, typename Pointer = decltype(+ctx_some_<const F &>())>
inline Pointer ctx_function_of_(const F &lambda, int) {
  return +lambda;
}
template <bool is_evaluated, typename F>
inline ctx_no_function_ *ctx_function_of_(const F &, ...) {
  static_assert(!is_evaluated || !ctx_always_<F>::value,
                "ctx: only a lambda that captures nothing is a function");
  return nullptr;
}

/* CTX_ENTRY: of a function, an address, a lambda. */
template <typename T>
inline ctx_entry ctx_entry_of_(T *function) {
  return reinterpret_cast<ctx_entry>(reinterpret_cast<uintptr_t>(function));
}
inline ctx_entry ctx_entry_of_(uintptr_t address) { return reinterpret_cast<ctx_entry>(address); }
inline ctx_entry ctx_entry_of_(decltype(nullptr)) { return nullptr; }
template <typename F, typename = typename ctx_only_if_<__is_class(F)>::type>
inline ctx_entry ctx_entry_of_(const F &lambda) {
  return ctx_entry_of_(ctx_function_of_<true>(lambda, 0));
}

/* ctx_call_type_ stands for the type of a function. */
template <typename R, bool is_variadic, typename... P>
struct ctx_call_type_ {};
template <typename R, typename... P>
inline ctx_call_type_<R, false, P...> *ctx_call_type_of_(R (*)(P...)) {
  return nullptr;
}
template <typename R, typename... P>
inline ctx_call_type_<R, true, P...> *ctx_call_type_of_(R (*)(P..., ...)) {
  return nullptr;
}
inline ctx_no_function_ *ctx_call_type_of_(ctx_no_function_ *) { return nullptr; }
template <typename F, typename = typename ctx_only_if_<__is_class(F)>::type>
inline auto ctx_call_type_of_(const F &lambda) {
  return ctx_call_type_of_(ctx_function_of_<false>(lambda, 0));
}

/* Which results are kept without a signature. */
template <typename R, bool is_class = __is_class(R) || __is_union(R)>
struct ctx_call_keeps_ {
  static const bool value = sizeof(R) <= 16;
};
template <typename R>
struct ctx_call_keeps_<R, true> {
  static const bool value = false;
};
template <>
struct ctx_call_keeps_<void, false> {
  static const bool value = true;
};
template <typename R>
struct ctx_call_keeps_<R &, false> {
  static const bool value = true;
};
template <typename R>
struct ctx_call_keeps_<R &&, false> {
  static const bool value = true;
};
template <>
struct ctx_call_keeps_<long double, false> {
  static const bool value = __LDBL_MANT_DIG__ != 64;
};
template <>
struct ctx_call_keeps_<ctx_complex_f64_, false> {
  static const bool value = false;
};
template <>
struct ctx_call_keeps_<ctx_complex_long_double_, false> {
  static const bool value = false;
};

/* An error of the i-th argument. */
#define CTX_CALL_SAY_ALL_(text)                              \
  CTX_POSITIONS_16_(CTX_CALL_SAY_, CTX_CALL_SAY_LAST_, text) \
  static_assert(i <= 16, "ctx: an argument above the 16th " text)
#define CTX_CALL_SAY_(number, n, text) \
  static_assert(i != number, "ctx: argument " #number " " text);
#define CTX_CALL_SAY_LAST_(n, text) CTX_CALL_SAY_(n, n, text)
template <size_t i>
struct ctx_argument_ {
  static void does_not_convert() {
    CTX_CALL_SAY_ALL_("does not convert to the type that the function takes: cast it");
  }
  static void is_temporary() {
    CTX_CALL_SAY_ALL_(
        "is a temporary or is converted to one, and the function takes a reference: it would be "
        "gone when the context runs: pass a variable of the parameter's type");
  }
  static void is_class() {
    CTX_CALL_SAY_ALL_(
        "is a class, struct or union that the function takes by value: use ctx_init_signature, or "
        "CTX_ENTRY(function) and CTX_ARGS(..., ctx_aggregate(...))");
  }
};

template <size_t i, bool is_variadic, typename... P>
struct ctx_call_step_;

/* An overload for what does not convert to P. Objects do not pass through an ellipsis. */
#define CTX_CALL_OTHERWISE_(P)                                                                    \
  next put_(...) {                                                                                \
    ctx_argument_<i>::does_not_convert();                                                         \
    return next{{at + 1}};                                                                        \
  }                                                                                               \
  template <typename U,                                                                           \
            typename = typename ctx_only_if_<__is_class(U) && !ctx_converts_<U, P>::value>::type> \
  next put_(const U &) {                                                                          \
    ctx_argument_<i>::does_not_convert();                                                         \
    return next{{at + 1}};                                                                        \
  }
template <typename From, typename To>
struct ctx_converts_ {
  static char test(To);
  static long test(...);
  static const bool value = sizeof(test(ctx_some_<From &>())) == sizeof(char);
};

template <bool is_variadic>
inline void ctx_call_put_value_(ctx_value *at, const ctx_value &value) {
  *at = value;
  if (is_variadic) at->is_named = 1;
}

/* The conversion to the i-th parameter, P, with the others in Rest. */
template <bool is_class, size_t i, bool is_variadic, typename P, typename... Rest>
struct ctx_call_put_ {
  typedef ctx_call_step_<i + 1, is_variadic, Rest...> next;
  ctx_value *at;
  next put_(P x) {
    ctx_call_put_value_<is_variadic>(at, ctx_value_from_(x));
    return next{{at + 1}};
  }
  CTX_CALL_OTHERWISE_(P)
};
template <size_t i, bool is_variadic, typename T, typename... Rest>
struct ctx_call_put_<false, i, is_variadic, T &, Rest...> {
  typedef ctx_call_step_<i + 1, is_variadic, Rest...> next;
  ctx_value *at;
  next put_(T &x) {
    ctx_call_put_value_<is_variadic>(at, ctx_value_from_(__builtin_addressof(x)));
    return next{{at + 1}};
  }
  next put_(T &&) {
    ctx_argument_<i>::is_temporary();
    return next{{at + 1}};
  }
  CTX_CALL_OTHERWISE_(T &)
};
template <size_t i, bool is_variadic, typename T, typename... Rest>
struct ctx_call_put_<false, i, is_variadic, T &&, Rest...> {
  typedef ctx_call_step_<i + 1, is_variadic, Rest...> next;
  ctx_value *at;
  next put_(T &&x) {
    ctx_call_put_value_<is_variadic>(at, ctx_value_from_(__builtin_addressof(x)));
    return next{{at + 1}};
  }
  CTX_CALL_OTHERWISE_(T &&)
};
template <size_t i, bool is_variadic, typename P, typename... Rest>
struct ctx_call_put_<true, i, is_variadic, P, Rest...> {
  typedef ctx_call_step_<i + 1, is_variadic, Rest...> next;
  ctx_value *at;
  template <typename T>
  next put_(const T &) {
    ctx_argument_<i>::is_class();
    return next{{at + 1}};
  }
};

template <size_t i, bool is_variadic, typename P, typename... Rest>
struct ctx_call_step_<i, is_variadic, P, Rest...>
    : ctx_call_put_<__is_class(P) || __is_union(P), i, is_variadic, P, Rest...> {
  const ctx_value *end_() {
    static_assert(i == 0, "ctx: too few arguments: the function takes more");
    return nullptr;
  }
};
struct ctx_call_at_ {
  ctx_value *at;
};
template <size_t i>
struct ctx_call_step_<i, false> : ctx_call_at_ {
  template <typename T>
  ctx_call_step_ put_(const T &) {
    static_assert(i == 0, "ctx: too many arguments: the function takes fewer");
    return *this;
  }
  const ctx_value *end_() { return at - (i - 1); }
};
/* Behind the ellipsis. */
template <size_t i>
struct ctx_call_step_<i, true> : ctx_call_at_ {
  template <typename T>
  ctx_call_step_<i + 1, true> put_(const T &x) {
    *at = ctx_value_from_(x);
    ctx_promote_(at, 1, 0);
    return ctx_call_step_<i + 1, true>{{at + 1}};
  }
  const ctx_value *end_() { return at - (i - 1); }
};

template <bool wants_ellipsis, typename R, bool is_variadic, typename... P>
inline ctx_call_step_<1, is_variadic, P...> ctx_call_begin_(ctx_call_type_<R, is_variadic, P...> *,
                                                            ctx_value *values) {
  static_assert(wants_ellipsis || !is_variadic,
                "ctx: the function has an ellipsis: use CTX_CALL_VARIADIC");
  static_assert(!wants_ellipsis || is_variadic, "ctx: the function has no ellipsis: use CTX_CALL");
  static_assert(ctx_call_keeps_<R>::value,
                "ctx: the function's result is not kept without a signature (a struct, a union, a "
                "long double, or too wide): use ctx_init_signature");
  return {{values}};
}
struct ctx_call_nothing_ {
  template <typename T>
  ctx_call_nothing_ put_(const T &) {
    return *this;
  }
  const ctx_value *end_() { return nullptr; }
};
template <bool wants_ellipsis>
inline ctx_call_nothing_ ctx_call_begin_(ctx_no_function_ *, ctx_value *) {
  return {};
}

template <size_t num>
struct ctx_call_values_ {
  ctx_value values[num + 1]; /* there are no empty arrays */
  ctx_value *data() { return values; }
};

#endif /* __cplusplus */

#endif /* CTX_SUPPORTED_ */

#endif /* CTX_CALL_H_ */
