/* Tests in C: cases, expectations, deaths.
 *
 * Expectations work on any stack, on any thread and in signal handlers: one that fails writes a
 * line to stderr at once, and records itself in static storage; bridge.cc gives the records to
 * googletest on the host, once the case's body is over. A failing one needs about 1 KiB of stack.
 *
 * Do not include this beside gtest.h: the names of the expectations are the same. */
#ifndef CTX_TESTING_HARNESS_HARNESS_H_
#define CTX_TESTING_HARNESS_HARNESS_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include "testing/harness/record.h"

/* CTX_TEST(Suite, RuleThatHolds) { ... } is one case. The body is a function of type void (void).
 */
#define CTX_TEST(suite, name)                                                             \
  static void ctx_test_body_##suite##_##name(void);                                       \
  static struct ctx_test_case ctx_test_case_##suite##_##name = {                          \
      #suite, #name, __FILE__, __LINE__, ctx_test_body_##suite##_##name, 0};              \
  __attribute__((__constructor__)) static void ctx_test_register_##suite##_##name(void) { \
    ctx_test_register(&ctx_test_case_##suite##_##name);                                   \
  }                                                                                       \
  static void ctx_test_body_##suite##_##name(void)

/* Expectations are true if they hold. ASSERT_ is EXPECT_ that returns from the current (void)
 * function when it does not. Arguments are evaluated once. */
#define EXPECT_TRUE(condition) \
  ctx_test_expect_bool(true, (condition) ? true : false, CTX_TEST_HERE_, #condition)
#define EXPECT_FALSE(condition) \
  ctx_test_expect_bool(false, (condition) ? true : false, CTX_TEST_HERE_, #condition)

/* Compares integers of any type, as 64 bits after widening, and pointers. */
#define EXPECT_EQ(expected, actual)                                                      \
  ctx_test_expect_eq(CTX_TEST_WIDEN_(expected), CTX_TEST_WIDEN_(actual), CTX_TEST_HERE_, \
                     #expected, #actual)
#define EXPECT_NE(left, right) \
  ctx_test_expect_ne(CTX_TEST_WIDEN_(left), CTX_TEST_WIDEN_(right), CTX_TEST_HERE_, #left, #right)

/* Holds for the same bits: -0.0 is not 0.0, and a NaN is itself. */
#define EXPECT_F64_EQ(expected, actual) \
  ctx_test_expect_f64_eq((expected), (actual), CTX_TEST_HERE_, #expected, #actual)

#define EXPECT_STREQ(expected, actual) \
  ctx_test_expect_streq((expected), (actual), CTX_TEST_HERE_, #expected, #actual)
#define EXPECT_MEMEQ(expected, actual, size) \
  ctx_test_expect_memeq((expected), (actual), (size), CTX_TEST_HERE_, #expected, #actual)

/* Takes one verdict with a text of its own: fails if `text` is not empty. */
#define EXPECT_NO_COMPLAINT(text) ctx_test_expect_no_complaint((text), CTX_TEST_HERE_, #text)

/* The text of an argument is taken before macros in it are expanded, so these repeat the calls. */
#define ASSERT_TRUE(condition) \
  CTX_TEST_OR_RETURN_(         \
      ctx_test_expect_bool(true, (condition) ? true : false, CTX_TEST_HERE_, #condition))
#define ASSERT_FALSE(condition) \
  CTX_TEST_OR_RETURN_(          \
      ctx_test_expect_bool(false, (condition) ? true : false, CTX_TEST_HERE_, #condition))
#define ASSERT_EQ(expected, actual)                                                          \
  CTX_TEST_OR_RETURN_(ctx_test_expect_eq(CTX_TEST_WIDEN_(expected), CTX_TEST_WIDEN_(actual), \
                                         CTX_TEST_HERE_, #expected, #actual))
#define ASSERT_NE(left, right)                                                          \
  CTX_TEST_OR_RETURN_(ctx_test_expect_ne(CTX_TEST_WIDEN_(left), CTX_TEST_WIDEN_(right), \
                                         CTX_TEST_HERE_, #left, #right))
#define ASSERT_F64_EQ(expected, actual) \
  CTX_TEST_OR_RETURN_(                  \
      ctx_test_expect_f64_eq((expected), (actual), CTX_TEST_HERE_, #expected, #actual))
#define ASSERT_STREQ(expected, actual) \
  CTX_TEST_OR_RETURN_(                 \
      ctx_test_expect_streq((expected), (actual), CTX_TEST_HERE_, #expected, #actual))
#define ASSERT_MEMEQ(expected, actual, size) \
  CTX_TEST_OR_RETURN_(                       \
      ctx_test_expect_memeq((expected), (actual), (size), CTX_TEST_HERE_, #expected, #actual))

/* Fails, always. */
#define FAIL(text) ctx_test_expect_no_complaint((text), CTX_TEST_HERE_, "")

/* CTX_SKIP("why") leaves the case, which is reported as skipped. Only in its body. */
#define CTX_SKIP(reason)     \
  do {                       \
    ctx_test_skip((reason)); \
    return;                  \
  } while (0)

/* Runs the statement in a forked process, which must die by a signal or exit with a status other
 * than 0, and have written the (not empty) substring to stderr. */
#define CTX_EXPECT_DEATH(statement, substring)                                                \
  do {                                                                                        \
    struct ctx_test_death ctx_test_death_;                                                    \
    if (ctx_test_death_fork(&ctx_test_death_)) {                                              \
      statement;                                                                              \
      _exit(0);                                                                               \
    }                                                                                         \
    ctx_test_death_expect(&ctx_test_death_, (substring), CTX_TEST_ANY_SIGNAL, CTX_TEST_HERE_, \
                          #statement);                                                        \
  } while (0)

/* The same for a death without a text, by this signal. */
#define CTX_EXPECT_KILLED(statement, signal)                                             \
  do {                                                                                   \
    struct ctx_test_death ctx_test_death_;                                               \
    if (ctx_test_death_fork(&ctx_test_death_)) {                                         \
      ctx_test_default_signal((signal));                                                 \
      statement;                                                                         \
      _exit(0);                                                                          \
    }                                                                                    \
    ctx_test_death_expect(&ctx_test_death_, NULL, (signal), CTX_TEST_HERE_, #statement); \
  } while (0)

/* Says which sanitizer this is built with: 1 or 0 each. */
#if defined(__SANITIZE_ADDRESS__)
#define CTX_TEST_ASAN 1
#elif defined(__SANITIZE_THREAD__)
#define CTX_TEST_TSAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CTX_TEST_ASAN 1
#elif __has_feature(thread_sanitizer)
#define CTX_TEST_TSAN 1
#elif __has_feature(memory_sanitizer)
#define CTX_TEST_MSAN 1
#endif
#endif
#ifndef CTX_TEST_ASAN
#define CTX_TEST_ASAN 0
#endif
#ifndef CTX_TEST_TSAN
#define CTX_TEST_TSAN 0
#endif
#ifndef CTX_TEST_MSAN
#define CTX_TEST_MSAN 0
#endif

/* Declares a static stack of that many bytes, a multiple of 16. */
#define CTX_STACK(name, size)                                \
  static char name[(size)] __attribute__((__aligned__(16))); \
  CTX_TEST_STATIC_ASSERT_((size) % 16 == 0, "the end of a stack must be a multiple of 16")

#ifdef __cplusplus
#define CTX_TEST_STATIC_ASSERT_ static_assert
#define CTX_TEST_WIDEN_(x) ((uint64_t)(x))
#else
#define CTX_TEST_STATIC_ASSERT_ _Static_assert
/* A floating-point number would be cut: that is an error, at compile time. */
struct ctx_test_use_expect_f64_eq;
/* clang-format off */
#define CTX_TEST_WIDEN_(x)                                    \
  ((uint64_t)_Generic((x),                                    \
       float: *(struct ctx_test_use_expect_f64_eq *)0,        \
       double: *(struct ctx_test_use_expect_f64_eq *)0,       \
       long double: *(struct ctx_test_use_expect_f64_eq *)0,  \
       default: (x)))
/* clang-format on */
#endif

#define CTX_TEST_HERE_ __FILE__, __LINE__
#define CTX_TEST_OR_RETURN_(expectation) \
  do {                                   \
    if (!(expectation)) return;          \
  } while (0)

#endif /* CTX_TESTING_HARNESS_HARNESS_H_ */
