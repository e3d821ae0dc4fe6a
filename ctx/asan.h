/* Tells AddressSanitizer which stack is in use: <sanitizer/common_interface_defs.h> says how.
 * Empty in other builds. For ctx/instrument.c. */
#ifndef CTX_ASAN_H_
#define CTX_ASAN_H_

#include "ctx/asm.h"
#include "ctx/ctx.h"

#if defined(__SANITIZE_ADDRESS__)
#define CTX_ASAN_ 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CTX_ASAN_ 1
#endif
#endif

#ifdef CTX_ASAN_

/* A stack is about to be used afresh: no address in it is poisoned. */
CTX_HIDDEN void ctx_asan_unpoison(void *stack, size_t stack_size);

/* Just before control goes from `from` (null: the thread's own stack is left for good) to `to`. */
CTX_HIDDEN void ctx_asan_leave(ctx_context *from, const ctx_context *to);

/* The same, and what ran will never be resumed. */
CTX_HIDDEN void ctx_asan_leave_for_good(const ctx_context *to);

/* First thing in `arrived`. */
CTX_HIDDEN void ctx_asan_arrive(const ctx_context *arrived);

#else

static inline void ctx_asan_unpoison(void *stack, size_t stack_size) {
  (void)stack, (void)stack_size;
}
static inline void ctx_asan_leave(ctx_context *from, const ctx_context *to) {
  (void)from, (void)to;
}
static inline void ctx_asan_leave_for_good(const ctx_context *to) { (void)to; }
static inline void ctx_asan_arrive(const ctx_context *arrived) { (void)arrived; }

#endif

#endif /* CTX_ASAN_H_ */
