#define _GNU_SOURCE
#include "testing/signals/confine.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static bool refuse_signal_masks(void) {
  struct sock_filter instructions[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_rt_sigprocmask, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = {sizeof instructions / sizeof instructions[0], instructions};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

int confine_run(void (*body)(void)) {
  enum { NOT_CONFINED = 99 };
  pid_t pid = fork();
  if (pid == 0) {
    if (!refuse_signal_masks()) _exit(NOT_CONFINED);
    body();
    ctx_test_exit(ctx_test_num_failures() == 0 ? 0 : 1);
  }
  int status = -1;
  if (pid < 0 || waitpid(pid, &status, 0) != pid) return -1;
  bool is_confined = !WIFEXITED(status) || WEXITSTATUS(status) != NOT_CONFINED;
  return is_confined ? status : CONFINE_IMPOSSIBLE;
}
