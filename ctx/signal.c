/* Signal masks, and leaving signal handlers by ctx_set. */
#define _GNU_SOURCE
#include <signal.h>
#include <string.h>

#include "ctx/fresh_x86_64_sysv.h"
#include "ctx/signal_mask.h"

bool ctx_signal_mask_read(uint64_t *out_bits) {
  sigset_t mask;
  if (pthread_sigmask(SIG_SETMASK, NULL, &mask) != 0) return false;
  *out_bits = ctx_signal_mask_pack(&mask);
  return true;
}

bool ctx_signal_mask_set(uint64_t bits) {
  sigset_t mask;
  sigemptyset(&mask);
  memcpy(&mask, &bits, sizeof bits);
  return pthread_sigmask(SIG_SETMASK, &mask, NULL) == 0;
}

void ctx_set_signal_mask(ctx_context *context, const void *mask) {
  context->signal_mask = mask != NULL ? ctx_signal_mask_pack(mask) : 0;
}

ctx_status ctx_set_from_signal(const ctx_context *to) {
  if (to == NULL) return CTX_ERR_NULL_ARGUMENT;
  if (!ctx_signal_mask_set(to->signal_mask)) return CTX_ERR_SIGNAL_MASK;
  ctx_set(to);
}
