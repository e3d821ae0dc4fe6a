/* These macros say which build this is, from the compiler's options. Included by ctx/ctx.h and by
 * assembly: #define only.
 *
 * A program and the library must be of one version, and must be compiled alike, since instrumented
 * code reports each switch to the instrument. So the symbols that the header's forms use have other
 * names in each build and minor version, and a mixed program does not link. CTX_BUILD_SYMBOL_ makes
 * these names, and CTX_BODY_NAME_ those of the shared bodies of the switch. */
#ifndef CTX_INTERNAL_BUILD_H_
#define CTX_INTERNAL_BUILD_H_

#include "ctx/internal/version.h"

#ifdef __has_feature
#define CTX_HAS_FEATURE_(feature) __has_feature(feature)
#else
#define CTX_HAS_FEATURE_(feature) 0
#endif

/* At most one tool watches memory: valgrind runs no program that a sanitizer is built into. */
#if defined(__SANITIZE_ADDRESS__) || CTX_HAS_FEATURE_(address_sanitizer)
#define CTX_ASAN_ 1
#define CTX_BUILD_TOOL_ "_asan"
#elif defined(__SANITIZE_THREAD__) || CTX_HAS_FEATURE_(thread_sanitizer)
#define CTX_TSAN_ 1
#define CTX_BUILD_TOOL_ "_tsan"
#elif CTX_HAS_FEATURE_(memory_sanitizer)
#define CTX_MSAN_ 1
#define CTX_BUILD_TOOL_ "_msan"
#elif defined(CTX_VALGRIND)
#define CTX_VALGRIND_ 1
#define CTX_BUILD_TOOL_ "_valgrind"
#else
#define CTX_BUILD_TOOL_ ""
#endif

#if defined(CTX_ASAN_) || defined(CTX_TSAN_) || defined(CTX_MSAN_) || defined(CTX_VALGRIND_)
#define CTX_SANITIZED_ 1
#endif

#ifdef CTX_CHECKED
#define CTX_BUILD_CHECKED_ "_checked"
#else
#define CTX_BUILD_CHECKED_ ""
#endif

/* In instrumented builds a switch reports to the instrument, before and after. */
#if defined(CTX_CHECKED) || defined(CTX_SANITIZED_)
#define CTX_INSTRUMENTED_ 1
#endif

/* These sanitizers are in every function, and must not be at work in the middle of a switch. So the
 * header's form calls a function of the library's. */
#if defined(CTX_TSAN_) || defined(CTX_MSAN_)
#define CTX_SWAP_IS_EXTERNAL_ 1
#endif

#define CTX_BUILD_VERSION_ \
  "_" CTX_VERSION_TEXT_(CTX_VERSION_MAJOR) "_" CTX_VERSION_TEXT_(CTX_VERSION_MINOR)

/* CTX_BUILD_SYMBOL_(name) follows a declaration in C: the symbol is `name` and the build's own. */
#define CTX_BUILD_SYMBOL_(name) __asm__(#name CTX_BUILD_VERSION_ CTX_BUILD_CHECKED_ CTX_BUILD_TOOL_)

/* CTX_BODY_NAME_(name) is the symbol of a shared body; CTX_BODY_SYMBOL_(name) is its text. */
#define CTX_BODY_NAME_(name) CTX_BODY_NAME_OF_(name, CTX_VERSION_MAJOR, CTX_VERSION_MINOR)
#define CTX_BODY_NAME_OF_(name, major, minor) CTX_BODY_NAME_PASTE_(name, major, minor)
#ifdef CTX_INSTRUMENTED_
#define CTX_BODY_NAME_PASTE_(name, major, minor) name##_##major##_##minor##_watched
#define CTX_BODY_SYMBOL_(name) #name CTX_BUILD_VERSION_ "_watched"
#else
#define CTX_BODY_NAME_PASTE_(name, major, minor) name##_##major##_##minor
#define CTX_BODY_SYMBOL_(name) #name CTX_BUILD_VERSION_
#endif

#endif /* CTX_INTERNAL_BUILD_H_ */
