/* The switch, and the making of a context, inlined whole: for programs in which every cycle counts.
 *
 * The switch costs about 100 bytes at each place where it is used. It is the fastest where there
 * are several such places, since each has an indirect jump of its own to predict. Prefer ctx_swap
 * unless you have measured. */
#ifndef CTX_INLINE_H_
#define CTX_INLINE_H_

#include "ctx/arch/arch.h"
#include "ctx/ctx.h"
#include "ctx/internal/build.h"

#ifdef CTX_SUPPORTED_

#include CTX_ARCH_HEADER_(switch.h)
#include "ctx/context/fresh.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ctx_swap_inline is ctx_swap, in place; ctx_swap_resumer_inline is ctx_swap_resumer. In
 * instrumented builds they call those.
 * An asynchronous unwinder (a profiler's) that interrupts their last three instructions sees the
 * calling function and nothing beyond; ctx_swap has no such place.
 * REQUIRES: as ctx_swap. */
static __inline__ __attribute__((__always_inline__)) ctx_context *ctx_swap_resumer_inline(
    ctx_context *from, ctx_context *to) {
#ifdef CTX_INSTRUMENTED_
  return ctx_swap_resumer(from, to);
#else
  ctx_context *resumer;
  CTX_SWAP_INLINE_(from, to, resumer);
  return resumer;
#endif
}

/* This does not call the function above, so that a backtrace shows one frame. */
static __inline__ __attribute__((__always_inline__)) void ctx_swap_inline(ctx_context *from,
                                                                          ctx_context *to) {
#ifdef CTX_INSTRUMENTED_
  ctx_swap(from, to);
#else
  ctx_context *resumer;
  CTX_SWAP_INLINE_(from, to, resumer);
  (void)resumer;
#endif
}

/* ctx_yield_inline is ctx_yield, in place. Its last three instructions are as those above. */
static __inline__ __attribute__((__always_inline__)) ctx_context *ctx_yield_inline(
    ctx_context *self) {
#ifdef CTX_INSTRUMENTED_
  return ctx_yield(self);
#else
  ctx_context *resumer;
  CTX_YIELD_INLINE_(self, resumer);
  return resumer;
#endif
}

/* ctx_init_inline is ctx_init_with_options. It is done in place if there are no arguments, and the
 * options let it make no system call. */
CTX_NODISCARD_ static __inline__ __attribute__((__always_inline__)) ctx_status ctx_init_inline(
    ctx_context *child, void *stack, size_t stack_size, const ctx_options *options, ctx_entry entry,
    const ctx_value *args, size_t num_args) {
#ifndef CTX_INSTRUMENTED_
  if (ctx_fresh_applies_(options, num_args)) {
    return ctx_fresh_init_(child, stack, stack_size, options, entry, ctx_init_with_options);
  }
#endif
  return ctx_init_with_options(child, stack, stack_size, options, entry, args, num_args);
}

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CTX_SUPPORTED_ */

#endif /* CTX_INLINE_H_ */
