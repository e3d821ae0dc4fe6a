/* Prefetches, for schedulers of very many contexts. Thousands of contexts do not fit into a
 * processor's nearest caches, and a switch to one that lies farther away waits for memory. A
 * scheduler that knows which contexts come next can have them fetched meanwhile:
 *
 *     ctx_prefetch(queue[i + 8]);
 *     ctx_prefetch_stack(queue[i + 4]);
 *     ctx_swap(&scheduler, queue[i]);
 *
 * In //testing/bench ("prefetched") a switch among a hundred thousand contexts then takes about six
 * tenths of the time, and one among a hundred a little longer. Measure what it gains you. */
#ifndef CTX_PREFETCH_H_
#define CTX_PREFETCH_H_

#include "ctx/arch/arch.h"
#include "ctx/ctx.h"

#ifdef CTX_SUPPORTED_

#include CTX_ARCH_HEADER_(context.h)

#ifdef __cplusplus
extern "C" {
#endif

/* ctx_prefetch starts to fetch the part of `to` that a switch to it touches. Call it about eight
 * switches before. It never faults, whatever `to` points to. Any thread; any state of the
 * context. */
static __inline__ __attribute__((__always_inline__)) void ctx_prefetch(const ctx_context *to) {
  __builtin_prefetch(to, 1);
}

/* ctx_prefetch_stack starts to fetch the memory where the stack of `to` was left. It is for
 * contexts that use their stacks as soon as they are resumed. It reads `to`, so call it some
 * switches after ctx_prefetch, and some before the switch. It never faults by itself.
 * REQUIRES: [prefetch-to] `to` is a context, fresh or suspended, that nothing resumes at the same
 * time. */
static __inline__ __attribute__((__always_inline__)) void ctx_prefetch_stack(
    const ctx_context *to) {
  __builtin_prefetch(ctx_context_stack_top_(to), 1);
}

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CTX_SUPPORTED_ */

#endif /* CTX_PREFETCH_H_ */
