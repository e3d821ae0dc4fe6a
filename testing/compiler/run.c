#define _GNU_SOURCE /* environ */
#include "testing/compiler/run.h"

#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- Words, input and environment ---- */

static void *allocate(size_t num, size_t size) {
  void *memory = calloc(num, size);
  if (memory == NULL) abort();
  return memory;
}

/* The words of `text`, which is cut up; null after the last. */
static char **split(char *text) {
  size_t most = strlen(text) / 2 + 2;
  char **words = allocate(most, sizeof *words);
  size_t num = 0;
  char *rest;
  for (char *word = strtok_r(text, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest))
    words[num++] = word;
  return words;
}

/* This process's environment, except for the language. */
static char **environment_in_c(void) {
  static char in_c[] = "LC_ALL=C";
  size_t num = 0;
  while (environ[num] != NULL)
    num++;
  char **out = allocate(num + 2, sizeof *out);
  char **next = out;
  *next++ = in_c;
  for (size_t i = 0; i < num; i++) {
    if (strncmp(environ[i], "LC_ALL=", strlen("LC_ALL=")) != 0) *next++ = environ[i];
  }
  return out;
}

/* A file, not a pipe: nobody waits for anybody. */
static FILE *temporary_file(const char *text) {
  FILE *file = tmpfile();
  if (file == NULL || fputs(text, file) < 0) abort();
  rewind(file);
  return file;
}

/* ---- Running ---- */

/* Returns false if there is no such program. */
static bool start(pid_t *pid, char **words, FILE *input, FILE *output) {
  posix_spawn_file_actions_t files;
  if (posix_spawn_file_actions_init(&files) != 0) abort();
  posix_spawn_file_actions_adddup2(&files, fileno(input), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&files, fileno(output), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&files, fileno(output), STDERR_FILENO);
  char **environment = environment_in_c();
  bool started =
      words[0] != NULL && posix_spawnp(pid, words[0], &files, NULL, words, environment) == 0;
  free(environment);
  posix_spawn_file_actions_destroy(&files);
  return started;
}

static bool has_succeeded(pid_t pid) {
  int status;
  while (waitpid(pid, &status, 0) != pid) {
    if (errno != EINTR) return false;
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static char *read_all(FILE *file) {
  if (fseek(file, 0, SEEK_END) != 0) abort();
  long size = ftell(file);
  if (size < 0) abort();
  rewind(file);
  char *text = allocate((size_t)size + 1, 1);
  if (fread(text, 1, (size_t)size, file) != (size_t)size) abort();
  for (long i = 0; i < size; i++) {
    if (text[i] == '\0') text[i] = '?';
  }
  return text;
}

const char *run_emulator(void) {
  const char *emulator = getenv("CTX_TEST_EMULATOR");
  return emulator != NULL ? emulator : "";
}

bool run_program(const char *command, const char *input, char **out_output) {
  char *copy = strdup(command);
  if (copy == NULL) abort();
  char **words = split(copy);
  FILE *from = temporary_file(input != NULL ? input : "");
  FILE *to = temporary_file("");
  pid_t pid;
  bool succeeded = start(&pid, words, from, to) && has_succeeded(pid);
  if (out_output != NULL) *out_output = read_all(to);
  fclose(from);
  fclose(to);
  free(words);
  free(copy);
  return succeeded;
}
