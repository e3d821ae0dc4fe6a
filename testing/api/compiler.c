#include "testing/api/compiler.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct ctx_test_compiler all_compilers[] = {
    {"gcc", CTX_TEST_C, false},
    {"g++", CTX_TEST_CXX, false},
    {"clang", CTX_TEST_C, true},
    {"clang++", CTX_TEST_CXX, true},
};

enum { NUM_COMPILERS = sizeof all_compilers / sizeof all_compilers[0], MAX_FLAGS = 32 };

size_t ctx_test_compilers(const struct ctx_test_compiler **out) {
  static struct ctx_test_compiler found[NUM_COMPILERS];
  static size_t num_found;
  static bool searched;
  if (!searched) {
    searched = true;
    for (size_t i = 0; i < NUM_COMPILERS; i++) {
      const char *version;
      if (!ctx_test_compile(&all_compilers[i], "--version", "", &version)) continue;
      printf("compiler: %s, %.*s\n", all_compilers[i].name, (int)strcspn(version, "\n"), version);
      found[num_found++] = all_compilers[i];
    }
    fflush(stdout);
  }
  *out = found;
  return num_found;
}

/* In the child process: never returns. */
static void run_compiler(const struct ctx_test_compiler *compiler, const char *flags) {
  static char words[1024];
  char language[] = "c";
  char language_cxx[] = "c++";
  char dash_x[] = "-x";
  char dash[] = "-";
  char here[] = "-I.";
  char name[16];
  char *arguments[MAX_FLAGS + 8];
  size_t num_arguments = 0;
  snprintf(name, sizeof name, "%s", compiler->name);
  if (snprintf(words, sizeof words, "%s", flags) >= (int)sizeof words) _exit(127);
  arguments[num_arguments++] = name;
  arguments[num_arguments++] = here;
  for (char *word = strtok(words, " "); word != NULL; word = strtok(NULL, " ")) {
    if (num_arguments == MAX_FLAGS) _exit(127);
    arguments[num_arguments++] = word;
  }
  arguments[num_arguments++] = dash_x;
  arguments[num_arguments++] = compiler->language == CTX_TEST_C ? language : language_cxx;
  arguments[num_arguments++] = dash;
  arguments[num_arguments] = NULL;
  /* Messages are compared: no translations. */
  setenv("LC_ALL", "C", 1);
  execvp(name, arguments);
  _exit(127);
}

/* Reads all that comes while writing `source`; keeps what fits. */
static void converse(int to, int from, const char *source, char *output) {
  size_t num_left = strlen(source);
  size_t length = 0;
  struct pollfd files[2] = {{from, POLLIN, 0}, {to, POLLOUT, 0}};
  for (;;) {
    if (files[1].fd >= 0 && num_left == 0) {
      close(to);
      files[1].fd = -1;
    }
    if (poll(files, 2, -1) < 0) break;
    if (files[1].fd >= 0 && files[1].revents != 0) {
      ssize_t num_written = write(to, source, num_left < 4096 ? num_left : 4096);
      /* It may have seen enough, and be gone. */
      if (num_written <= 0) {
        num_left = 0;
      } else {
        source += num_written;
        num_left -= (size_t)num_written;
      }
    }
    if (files[0].revents != 0) {
      static char ignored[4096];
      bool fits = length + sizeof ignored < CTX_TEST_COMPILER_OUTPUT;
      ssize_t num_read = read(from, fits ? output + length : ignored, sizeof ignored);
      if (num_read <= 0) break;
      if (fits) length += (size_t)num_read;
    }
  }
  if (files[1].fd >= 0) close(to);
  output[length] = '\0';
}

bool ctx_test_compile(const struct ctx_test_compiler *compiler, const char *flags,
                      const char *source, const char **output) {
  static char text[CTX_TEST_COMPILER_OUTPUT];
  text[0] = '\0';
  if (output != NULL) *output = text;
  int to[2];
  int from[2];
  if (pipe(to) != 0 || pipe(from) != 0) return false;
  signal(SIGPIPE, SIG_IGN);
  pid_t pid = fork();
  if (pid == 0) {
    dup2(to[0], STDIN_FILENO);
    dup2(from[1], STDOUT_FILENO);
    dup2(from[1], STDERR_FILENO);
    close(to[0]), close(to[1]), close(from[0]), close(from[1]);
    run_compiler(compiler, flags);
  }
  close(to[0]);
  close(from[1]);
  converse(to[1], from[0], source, text);
  close(from[0]);
  int status;
  if (pid < 0 || waitpid(pid, &status, 0) != pid) return false;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
