/* The parts of a result that have been kept: in the context, or in its result frame. */
#ifndef CTX_ARCH_X86_64_SYSV_RESULTS_H_
#define CTX_ARCH_X86_64_SYSV_RESULTS_H_

#include "ctx/arch/x86_64_sysv/layout.h"
#include "ctx/arch/x86_64_sysv/place.h"
#include "ctx/ctx.h"
#include "ctx/internal/attributes.h"

/* ctx_result_kept returns where a piece of a result was kept; null if it was not. REQUIRES: the
 * entry has returned. */
CTX_HIDDEN const void *ctx_result_kept(const ctx_context *child, const ctx_return_piece *piece);

/* ctx_result_memory returns where a result of `size` bytes in memory lies; null if the context has
 * no such result. REQUIRES: as above. */
CTX_HIDDEN const void *ctx_result_memory(const ctx_context *child, size_t size);

/* ctx_results_clear makes everything 0 that the context itself has kept. After it no other part of
 * a result counts as kept. It touches no byte of the stack, which may be another's by now. */
CTX_HIDDEN void ctx_results_clear(ctx_context *child);

static inline bool ctx_results_are_cleared(const ctx_context *child) {
  return child->returned == CTX_RETURNED_CLEARED;
}

/* ctx_results_frame returns the memory on the child's stack in which assembly has kept results, and
 * its size; null if there is none. REQUIRES: the entry has returned. */
static inline void *ctx_results_frame(const ctx_context *child, size_t *out_size) {
  *out_size = CTX_SIZE_RESULT_FRAME;
  return child->returned == CTX_RETURNED_WIDE ? child->results : NULL;
}

#endif /* CTX_ARCH_X86_64_SYSV_RESULTS_H_ */
