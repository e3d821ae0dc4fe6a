#ifdef __linux__

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <signal.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "ctx/internal/build.h"
#include "ctx/system/system.h"

uint32_t ctx_system_thread_number(void) { return (uint32_t)syscall(SYS_gettid); }

void ctx_system_thread_signal(uint32_t number, int signal) {
  int kept_errno = errno;
  syscall(SYS_tgkill, getpid(), number, signal);
  errno = kept_errno;
}

#ifdef CTX_CHECKED

bool ctx_system_thread_lives(uint32_t number) {
  int kept_errno = errno;
  bool lives = syscall(SYS_tgkill, getpid(), number, 0) == 0 || errno != ESRCH;
  errno = kept_errno;
  return lives;
}

bool ctx_system_thread_ends(uint32_t number) {
  int kept_errno = errno;
  bool lives = ctx_system_thread_lives(number);
  for (int i = 0; lives && i < 100; i++) {
    const struct timespec millisecond = {.tv_nsec = 1000000};
    nanosleep(&millisecond, NULL);
    lives = ctx_system_thread_lives(number);
  }
  errno = kept_errno;
  return !lives;
}

/* The kernel writes the signal mask there, or refuses. */
bool ctx_system_can_write(void *memory) {
  int kept_errno = errno;
  bool is_written = syscall(SYS_rt_sigprocmask, SIG_BLOCK, NULL, memory, sizeof(uint64_t)) == 0;
  errno = kept_errno;
  return is_written;
}

#endif

#endif /* __linux__ */
