#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "testing/harness/record.h"

bool ctx_test_death_fork(struct ctx_test_death *death) {
  int ends[2];
  if (pipe(ends) != 0) {
    perror("pipe");
    abort();
  }
  fflush(NULL);
  death->pid = fork();
  if (death->pid < 0) {
    perror("fork");
    abort();
  }
  if (death->pid == 0) {
    const struct rlimit no_core = {0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    dup2(ends[1], STDERR_FILENO);
    close(ends[0]);
    close(ends[1]);
    ctx_test_keep_coverage_of_abort();
    return true;
  }
  close(ends[1]);
  death->stderr_read = ends[0];
  return false;
}

/* Reads all there is, so that the process never waits, and keeps as much as fits. */
static void read_all(int fd, char *text, size_t text_size) {
  size_t length = 0;
  char discarded[512];
  for (;;) {
    bool is_full = length == text_size - 1;
    ssize_t n = is_full ? read(fd, discarded, sizeof discarded)
                        : read(fd, text + length, text_size - 1 - length);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    if (!is_full) length += (size_t)n;
  }
  text[length] = '\0';
}

bool ctx_test_death_expect(const struct ctx_test_death *death, const char *substring, int signal,
                           const char *file, int line, const char *statement) {
  static char text[8192];
  static char complaint[sizeof text + 512];
  read_all(death->stderr_read, text, sizeof text);
  close(death->stderr_read);
  int status;
  while (waitpid(death->pid, &status, 0) < 0 && errno == EINTR)
    continue;

  complaint[0] = '\0';
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
    snprintf(complaint, sizeof complaint, "did not die; stderr: %s", text);
  } else if (signal != CTX_TEST_ANY_SIGNAL &&
             !(WIFSIGNALED(status) && WTERMSIG(status) == signal)) {
    snprintf(complaint, sizeof complaint,
             "died, but not by signal %d (wait status 0x%x); stderr: %s", signal, (unsigned)status,
             text);
  } else if (substring != NULL && substring[0] == '\0') {
    snprintf(complaint, sizeof complaint, "any death would do: the substring is empty");
  } else if (substring != NULL && strstr(text, substring) == NULL) {
    snprintf(complaint, sizeof complaint,
             "died without saying \"%s\" (wait status 0x%x); stderr: %s", substring,
             (unsigned)status, text);
  }
  return ctx_test_expect_no_complaint(complaint, file, line, statement);
}

void ctx_test_default_signal(int signal_number) { signal(signal_number, SIG_DFL); }
