/* Signal masks, and leaving signal handlers by ctx_set. */
#define _GNU_SOURCE
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ctx/fresh_x86_64_sysv.h"
#include "ctx/sanitizer.h"
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

#ifdef CTX_ASAN_

CTX_UNINSTRUMENTED uint64_t ctx_signal_mask_hold(void) {
  const uint64_t faults = UINT64_C(1) << (SIGSEGV - 1) | UINT64_C(1) << (SIGBUS - 1) |
                          UINT64_C(1) << (SIGILL - 1) | UINT64_C(1) << (SIGFPE - 1) |
                          UINT64_C(1) << (SIGTRAP - 1);
  const uint64_t held = ~faults;
  uint64_t before = 0;
  syscall(SYS_rt_sigprocmask, SIG_BLOCK, &held, &before, sizeof held);
  return before;
}

CTX_UNINSTRUMENTED void ctx_signal_mask_release(uint64_t held) {
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &held, NULL, sizeof held);
}

#endif

void ctx_set_signal_mask(ctx_context *context, const void *mask) {
  context->signal_mask = mask != NULL ? ctx_signal_mask_pack(mask) : 0;
}

ctx_status ctx_set_from_signal(const ctx_context *to) {
  if (to == NULL) return CTX_ERR_NULL_ARGUMENT;
  if (!ctx_signal_mask_set(to->signal_mask)) return CTX_ERR_SIGNAL_MASK;
  ctx_set(to);
}
