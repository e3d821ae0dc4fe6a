/* The signal masks of contexts, and the ways from a signal handler to a context. */
#include "ctx/ctx.h"
#include "ctx/system/signal_mask.h"
#include "ctx/system/system.h"
#include "ctx/watch/instrument.h"

void ctx_declare_signal_mask(ctx_context *context, const void *mask) {
  context->signal_mask = mask != NULL ? ctx_signal_mask_pack_(mask) : 0;
}

ctx_status ctx_set_from_signal(const ctx_context *to) {
  if (to == NULL) return CTX_ERR_NULL_ARGUMENT;
  if (to->signal_mask == CTX_SIGNAL_MASK_NONE_) return CTX_ERR_SIGNAL_MASK;
  if (!ctx_instrument_set_from_signal(to)) return CTX_ERR_SIGNAL_MASK;
  ctx_system_set_from_signal(to);
  return CTX_ERR_SIGNAL_MASK;
}

void ctx_redirect_signal(void *ucontext, const ctx_context *to) {
  if (ucontext == NULL || to == NULL) return;
  ctx_instrument_redirect(to);
  ctx_system_redirect(ucontext, to);
}
