/* Contexts on the heap. */
#include <stdlib.h>

#include "ctx/ctx.h"
#include "ctx/watch/instrument.h"

ctx_status ctx_create(ctx_context **out_child, void *stack, size_t stack_size, ctx_entry entry,
                      const ctx_value *args, size_t num_args) {
  if (out_child == NULL) return CTX_ERR_NULL_ARGUMENT;
  ctx_context *child = aligned_alloc(_Alignof(ctx_context), sizeof *child);
  if (child == NULL) return CTX_ERR_NO_MEMORY;
  ctx_status status = ctx_init(child, stack, stack_size, entry, args, num_args);
  if (status != CTX_OK) {
    free(child);
    return status;
  }
  ctx_instrument_created(child);
  *out_child = child;
  return CTX_OK;
}

void ctx_destroy(ctx_context *child) {
  ctx_instrument_destroy(child);
  free(child);
}
