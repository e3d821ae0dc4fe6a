#include "ctx/arch/arch.h"

#ifdef CTX_ARCH_X86_64_SYSV_

#include "ctx/arch/x86_64_sysv/frame.h"
#include "ctx/arch/x86_64_sysv/layout.h"
#include "ctx/arch/x86_64_sysv/results.h"

const void *ctx_result_kept(const ctx_context *child, const ctx_return_piece *piece) {
  const ctx_result_frame_ *wide = child->returned == CTX_RETURNED_WIDE ? child->results : NULL;
  switch ((ctx_return_register)piece->source) {
    case CTX_RETURN_RAX:
    case CTX_RETURN_RDX:
      return &child->retval_gp[piece->source - CTX_RETURN_RAX];
    case CTX_RETURN_VECTOR0:
      if (piece->size <= sizeof child->retval_fp) return child->retval_fp;
      return wide != NULL && wide->vector_size >= piece->size ? wide->vector0 : NULL;
    case CTX_RETURN_XMM1:
      return wide != NULL ? wide->xmm1 : NULL;
    case CTX_RETURN_ST0:
    case CTX_RETURN_ST1:
      break;
  }
  uint32_t index = piece->source - CTX_RETURN_ST0;
  return wide != NULL && wide->num_x87 > index ? wide->x87[index] : NULL;
}

const void *ctx_result_memory(const ctx_context *child, size_t size) {
  if (child->returned != CTX_RETURNED_WIDE) return NULL;
  return child->results->memory_size == size ? child->results->memory : NULL;
}

void ctx_results_clear(ctx_context *child) {
  child->retval_gp[0] = child->retval_gp[1] = 0;
  child->retval_fp[0] = child->retval_fp[1] = 0;
  if (child->returned != 0) child->returned = CTX_RETURNED_CLEARED;
}

#endif
