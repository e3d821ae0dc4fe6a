#include "ctx/asan.h"

#ifdef CTX_ASAN_

/* As in the sanitizer's own headers, which not every compiler's package has. */
void __sanitizer_start_switch_fiber(void **fake_stack_save, const void *bottom, size_t size);
void __sanitizer_finish_switch_fiber(void *fake_stack_save, const void **bottom_old,
                                     size_t *size_old);
void __asan_unpoison_memory_region(const volatile void *address, size_t size);

/* Whom this thread left last: on arrival the sanitizer tells the bounds of the stack that was left,
 * which for a host nobody else knows. */
static _Thread_local ctx_context *ctx_asan_left;

void ctx_asan_unpoison(void *stack, size_t stack_size) {
  __asan_unpoison_memory_region(stack, stack_size);
}

void ctx_asan_leave(ctx_context *from, const ctx_context *to) {
  /* With nowhere to keep it, the fake stack of whoever is left is lost; null would free it. */
  void *lost;
  ctx_asan_left = from;
  __sanitizer_start_switch_fiber(from != NULL ? &from->instrument.fake_stack : &lost,
                                 to->instrument.stack_low, to->instrument.stack_size);
}

void ctx_asan_leave_for_good(const ctx_context *to) {
  ctx_asan_left = NULL;
  __sanitizer_start_switch_fiber(NULL, to->instrument.stack_low, to->instrument.stack_size);
}

/* Not inlined, so that it takes the address of its thread-local after the switch: the thread may be
 * another than before. */
__attribute__((noinline)) void ctx_asan_arrive(ctx_context *arrived) {
  const void *left_low;
  size_t left_size;
  __sanitizer_finish_switch_fiber(arrived != NULL ? arrived->instrument.fake_stack : NULL,
                                  &left_low, &left_size);
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
