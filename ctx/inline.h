/* The switch that is inlined whole, for those whose every cycle counts.
 *
 * Costs code at each place where it is used (about 60 bytes); is the fastest where there are
 * several such places, since each has an indirect jump of its own to predict. Prefer ctx_swap
 * unless you have measured. */
#ifndef CTX_INLINE_H_
#define CTX_INLINE_H_

#include "ctx/ctx.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ctx_swap_inline is ctx_swap, in place. In instrumented builds it is ctx_swap.
 * An asynchronous unwinder (a profiler's) that interrupts its last three instructions sees the
 * calling function and nothing beyond; ctx_swap has no such place. */
static __inline__ __attribute__((__always_inline__)) void ctx_swap_inline(ctx_context *from,
                                                                          ctx_context *to) {
#ifdef CTX_INSTRUMENTED_
  ctx_swap(from, to);
#else
  CTX_SWAP_INLINE_(from, to);
#endif
}

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CTX_INLINE_H_ */
