/* Each context has a state, and is somebody's child or nobody's. */
#include "ctx/arch/arch.h"
#include CTX_ARCH_HEADER_(rest.h)
#include "ctx/ctx.h"

ctx_context *ctx_parent(const ctx_context *context) {
  if (context->parent == NULL || ctx_rest_is_no_parent(context->parent)) return NULL;
  return context->parent;
}

ctx_context_state ctx_state(const ctx_context *context) {
  if (context->entry == NULL) return CTX_STATE_HOST;
  if (context->returned == CTX_RETURNED_CANCELLED) return CTX_STATE_CANCELLED;
  if (context->returned == CTX_RETURNED_TERMINATED) return CTX_STATE_TERMINATED;
  if (context->returned == CTX_RETURNED_THREW) return CTX_STATE_THREW;
  if (context->returned != 0) return CTX_STATE_RETURNED;
  return ctx_rest_is_at_start(context) ? CTX_STATE_FRESH : CTX_STATE_STARTED;
}
