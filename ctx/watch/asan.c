/* AddressSanitizer has to know which stack is in use, and which fake stack goes with it.
 *
 * It takes the memory within the bounds of the stack for frames. With detect_stack_use_after_return
 * locals live in frames of a fake stack instead. That is memory of its own, which is made when a
 * stack first needs it. While a stack is not in use, its `tool` is its fake stack. */
#include "ctx/internal/build.h"
#include "ctx/internal/uninstrumented.h"
#include "ctx/internal/watched.h"
#include "ctx/watch/sanitizer.h"

#ifdef CTX_ASAN_

#include "ctx/system/system.h"

/* These are declared as in the sanitizer's own headers, which not every compiler's package has. */
void __sanitizer_start_switch_fiber(void **fake_stack_save, const void *bottom, size_t size);
void __sanitizer_finish_switch_fiber(void *fake_stack_save, const void **bottom_old,
                                     size_t *size_old);
void __asan_unpoison_memory_region(const volatile void *address, size_t size);

void ctx_sanitizer_fresh_memory(void *memory, size_t size) {
  __asan_unpoison_memory_region(memory, size);
}

void ctx_sanitizer_values(const ctx_value *values, size_t num_values) {
  (void)values, (void)num_values;
}

void ctx_sanitizer_fresh_context(ctx_context *child) {
  ctx_watched_stack_set_tool(&child->instrument.stack, NULL);
}

void ctx_sanitizer_leave(ctx_context *from, const ctx_context *to) { (void)from, (void)to; }

/* The sanitizer stops the program where a switch starts within another. So no handler may run, and
 * go elsewhere, between the two calls: afterwards nothing would show how far they got. Signals of
 * faults are not held up, since they would kill. A stack that overflows in here is past help. */
CTX_UNINSTRUMENTED void ctx_sanitizer_arrive(struct ctx_watched_stack_ *left,
                                             struct ctx_watched_stack_ *to) {
  bool has_ended = left->fate >= CTX_FATE_ENDED;
  void *fake_stack = NULL;
  const void *low;
  size_t size;
  uint64_t mask = ctx_system_signals_hold();
  /* The sanitizer frees the fake stack if it gets no place to keep it. */
  __sanitizer_start_switch_fiber(has_ended ? NULL : &fake_stack, to->low, to->size);
  __sanitizer_finish_switch_fiber(to->tool, &low, &size);
  ctx_watched_stack_set_tool(left, fake_stack);
  ctx_watched_stack_set_tool(to, NULL);
  /* Only the sanitizer knows the bounds of a thread's own stack. */
  left->low = (void *)(uintptr_t)low;
  left->size = size;
  ctx_system_signals_release(mask);
}

/* The sanitizer frees a fake stack when its stack is left for good. So this pretends, without going
 * there, to be on that stack, and to leave it for good. */
CTX_UNINSTRUMENTED void ctx_sanitizer_forget(struct ctx_watched_stack_ *stack) {
  if (!ctx_watched_stack_is_sealed(stack) || stack->tool == NULL) return;
  void *own_fake_stack;
  const void *own_low;
  size_t own_size;
  uint64_t mask = ctx_system_signals_hold();
  __sanitizer_start_switch_fiber(&own_fake_stack, stack->low, stack->size);
  __sanitizer_finish_switch_fiber(stack->tool, &own_low, &own_size);
  __sanitizer_start_switch_fiber(NULL, own_low, own_size);
  __sanitizer_finish_switch_fiber(own_fake_stack, NULL, NULL);
  ctx_watched_stack_set_tool(stack, NULL);
  ctx_system_signals_release(mask);
}

/* Cleanups run where the frames were that called the functions which are unwound. These do not
 * unpoison what they have poisoned. */
void ctx_sanitizer_unwind(const struct ctx_watched_stack_ *stack) {
  __asan_unpoison_memory_region(stack->low, stack->size);
}

void ctx_sanitizer_enter(void) {}
void ctx_sanitizer_return(ctx_context *child) { (void)child; }

#endif /* CTX_ASAN_ */
