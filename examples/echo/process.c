#define _GNU_SOURCE
#include "examples/echo/process.h"

#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static void die(const char *what) {
  perror(what);
  exit(1);
}

/* A program of another processor is started by what runs this one: tools/cross. */
static void execute(char *const *argv) {
  enum { MAX_ARGUMENTS = 15 };
  char *emulated[MAX_ARGUMENTS + 2] = {getenv("CTX_TEST_EMULATOR")};
  for (size_t i = 0; i < MAX_ARGUMENTS && argv[i] != NULL; i++)
    emulated[i + 1] = argv[i];
  char *const *words = emulated[0] != NULL ? emulated : argv;
  execv(words[0], words);
}

process process_start(char *const *argv) {
  process self;
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) die("pipe2");
  self.id = fork();
  if (self.id < 0) die("fork");
  if (self.id == 0) {
    /* No process outlives the one that started it, however that ends. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (dup2(ends[1], STDOUT_FILENO) >= 0) execute(argv);
    perror(argv[0]);
    _exit(1);
  }
  close(ends[1]);
  self.out = fdopen(ends[0], "r");
  if (self.out == NULL) die("fdopen");
  return self;
}

bool process_finish(process *self, struct rusage *use) {
  int status;
  while (getc(self->out) != EOF) {
  }
  fclose(self->out);
  if (wait4(self->id, &status, 0, use) != self->id) die("wait4");
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

process process_start_server(const char *program, int *port) {
  char *argv[] = {(char *)(uintptr_t)program, NULL};
  process self = process_start(argv);
  if (fscanf(self.out, "listening on 127.0.0.1:%d", port) != 1) {
    fprintf(stderr, "%s: does not listen\n", program);
    exit(1);
  }
  return self;
}

bool process_stop_server(process *self, struct rusage *use) {
  kill(self->id, SIGTERM);
  return process_finish(self, use);
}
