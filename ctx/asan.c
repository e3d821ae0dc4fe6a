#include "ctx/asan.h"

#ifdef CTX_ASAN_

/* As in the sanitizer's own headers, which not every compiler's package has. */
void __sanitizer_start_switch_fiber(void **fake_stack_save, const void *bottom, size_t size);
void __sanitizer_finish_switch_fiber(void *fake_stack_save, const void **bottom_old,
                                     size_t *size_old);
void __asan_unpoison_memory_region(const volatile void *address, size_t size);

/* Whom this thread is leaving, if anybody: on arrival the sanitizer tells the bounds of the stack
 * that was left, which for a host nobody else knows. */
static _Thread_local ctx_context *ctx_asan_left;
/* Whether a switch has begun: a signal's handler may redirect in the middle of one. */
static _Thread_local bool ctx_asan_switching;

void ctx_asan_unpoison(void *stack, size_t stack_size) {
  __asan_unpoison_memory_region(stack, stack_size);
}

static void ctx_asan_start(void **fake_stack, ctx_context *left, const ctx_context *to) {
  if (ctx_asan_switching) __sanitizer_finish_switch_fiber(NULL, NULL, NULL);
  ctx_asan_left = left;
  __sanitizer_start_switch_fiber(fake_stack, to->instrument.stack_low, to->instrument.stack_size);
  ctx_asan_switching = true;
}

void ctx_asan_leave(ctx_context *from, const ctx_context *to) {
  /* With nowhere to keep it, the fake stack of whoever is left is lost; null would free it. */
  void *lost;
  /* In the middle of a switch the fake stack is put away already. */
  bool keep = from != NULL && !ctx_asan_switching;
  ctx_asan_start(keep ? &from->instrument.fake_stack : &lost, keep ? from : NULL, to);
}

void ctx_asan_leave_for_good(const ctx_context *to) { ctx_asan_start(NULL, NULL, to); }

void ctx_asan_arrive(const ctx_context *arrived) {
  const void *left_low;
  size_t left_size;
  __sanitizer_finish_switch_fiber(arrived->instrument.fake_stack, &left_low, &left_size);
  ctx_asan_switching = false;
  ctx_context *left = ctx_asan_left;
  if (left != NULL) {
    left->instrument.stack_low = (void *)(uintptr_t)left_low;
    left->instrument.stack_size = left_size;
  }
}

#else

/* ISO C wants a translation unit to hold something. */
typedef int ctx_asan_is_empty;

#endif /* CTX_ASAN_ */
