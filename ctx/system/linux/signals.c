#ifdef __linux__

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ctx/internal/build.h"
#include "ctx/internal/uninstrumented.h"
#include "ctx/system/signal_mask.h"
#include "ctx/system/system.h"

bool ctx_system_signal_mask_read(uint64_t *out_bits) {
  sigset_t mask;
  if (pthread_sigmask(SIG_SETMASK, NULL, &mask) != 0) return false;
  *out_bits = ctx_signal_mask_pack_(&mask);
  return true;
}

#ifdef CTX_INSTRUMENTED_

bool ctx_system_signal_mask_can_be_set(void) {
  const uint64_t none = 0;
  return syscall(SYS_rt_sigprocmask, SIG_BLOCK, &none, NULL, sizeof none) == 0;
}

#endif

#ifdef CTX_ASAN_

CTX_UNINSTRUMENTED uint64_t ctx_system_signals_hold(void) {
  const uint64_t faults = UINT64_C(1) << (SIGSEGV - 1) | UINT64_C(1) << (SIGBUS - 1) |
                          UINT64_C(1) << (SIGILL - 1) | UINT64_C(1) << (SIGFPE - 1) |
                          UINT64_C(1) << (SIGTRAP - 1);
  const uint64_t held = ~faults;
  uint64_t before = 0;
  syscall(SYS_rt_sigprocmask, SIG_BLOCK, &held, &before, sizeof held);
  return before;
}

CTX_UNINSTRUMENTED void ctx_system_signals_release(uint64_t held) {
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &held, NULL, sizeof held);
}

#endif

#endif /* __linux__ */
