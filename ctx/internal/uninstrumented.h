/* A function that no sanitizer is at work in. */
#ifndef CTX_INTERNAL_UNINSTRUMENTED_H_
#define CTX_INTERNAL_UNINSTRUMENTED_H_

#include "ctx/internal/build.h"

/* CTX_UNINSTRUMENTED is for functions that run while a sanitizer takes the stack for another than
 * it is. TSan would count the calls at such a function's beginning and end on two different stacks.
 * ASan would take the function's frame from the wrong fake stack. (clang's no_sanitize("thread")
 * leaves TSan's calls in.) */
#if !defined(CTX_SANITIZED_)
#define CTX_UNINSTRUMENTED
#elif !defined(__clang__)
#define CTX_UNINSTRUMENTED __attribute__((__no_sanitize_address__, __no_sanitize_thread__))
#elif __has_attribute(disable_sanitizer_instrumentation)
#define CTX_UNINSTRUMENTED \
  __attribute__((disable_sanitizer_instrumentation, no_sanitize("address", "memory", "thread")))
#elif defined(CTX_TSAN_)
#error "ctx: ThreadSanitizer needs gcc, or clang 14 or later"
#else
#define CTX_UNINSTRUMENTED __attribute__((no_sanitize("address", "memory")))
#endif

#endif /* CTX_INTERNAL_UNINSTRUMENTED_H_ */
