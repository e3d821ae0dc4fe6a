/* The parts of a result that have been kept: in the context, or in memory that its result frame
 * points to. */
#ifndef CTX_ARCH_RISCV64_LP64D_RESULTS_H_
#define CTX_ARCH_RISCV64_LP64D_RESULTS_H_

#include "ctx/arch/riscv64_lp64d/frame.h"
#include "ctx/arch/riscv64_lp64d/layout.h"
#include "ctx/arch/riscv64_lp64d/place.h"
#include "ctx/ctx.h"
#include "ctx/internal/attributes.h"

/* ctx_result_kept returns where a piece of a result was kept; null if it was not. REQUIRES: the
 * entry has returned. Inlined: a call for each piece would take longer than to copy it. */
static inline const void *ctx_result_kept(const ctx_context *child, const ctx_return_piece *piece) {
  switch ((ctx_return_register)piece->source) {
    case CTX_RETURN_A0:
    case CTX_RETURN_A1:
      return &child->retval_gp[piece->source - CTX_RETURN_A0];
    case CTX_RETURN_FA0:
      return child->retval_fp;
    case CTX_RETURN_FA1:
      break;
  }
  return &child->retval_fa1;
}

/* ctx_result_memory returns where a result of `size` bytes in memory lies; null if the context has
 * no such result. REQUIRES: as above. */
static inline const void *ctx_result_memory(const ctx_context *child, size_t size) {
  if (child->returned != CTX_RETURNED_WIDE) return NULL;
  return child->results->memory_size == size ? child->results->memory : NULL;
}

/* ctx_results_clear makes everything 0 that the context itself has kept. After it no other part of
 * a result counts as kept. It touches no byte of the stack, which may be another's by now. */
CTX_HIDDEN void ctx_results_clear(ctx_context *child);

static inline bool ctx_results_are_cleared(const ctx_context *child) {
  return child->returned == CTX_RETURNED_CLEARED;
}

/* ctx_results_frame returns the memory on the child's stack in which assembly has kept results, and
 * its size; null if there is none. Here it keeps all in the context. */
static inline void *ctx_results_frame(const ctx_context *child, size_t *out_size) {
  (void)child;
  *out_size = 0;
  return NULL;
}

#endif /* CTX_ARCH_RISCV64_LP64D_RESULTS_H_ */
