/* Stands in for libFuzzer, by any compiler and on any processor: nothing leads it to new code. Its
 * inputs are random, or those of corpora with a few changes.
 *     -runs=N               so many inputs at most, those of the corpora included
 *     -max_total_time=N     seconds
 *     -timeout=N            seconds that one input may take
 *     -max_len=N            bytes of a new input
 *     -seed=N
 *     -artifact_prefix=TEXT before the name of the file with the input that has failed
 * Other options mean nothing to it. Directories are corpora. If there is a file, or -runs=0, it
 * only runs all that is there, and the empty input, in the process that was started.
 *
 * New inputs are run by a child process, which may come to any end: its parent has the input. It
 * ends with 77 then, as libFuzzer does. */
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tools/fuzzing/inputs.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The child writes it, except `is_over`. */
typedef struct progress {
  volatile unsigned long num_runs;
  volatile bool is_over;
  volatile bool is_done;
  size_t size;
  uint8_t data[INPUT_MAX_SIZE];
} progress;

typedef struct options {
  unsigned long runs;
  unsigned long max_total_time;
  unsigned long timeout;
  unsigned long max_len;
  unsigned long seed;
  const char *artifact_prefix;
} options;

enum { FOUND = 77 };

/* Runs it in memory exactly as large, so that a sanitizer sees a read past its end. */
static void run(const uint8_t *data, size_t size) {
  uint8_t *copy = malloc(size != 0 ? size : 1);
  if (copy == NULL) abort();
  if (size != 0) memcpy(copy, data, size);
  LLVMFuzzerTestOneInput(copy, size);
  free(copy);
}

static void replay(const inputs *corpus) {
  run(NULL, 0);
  for (size_t i = 0; i < corpus->num; i++)
    run(corpus->all[i]->data, corpus->all[i]->size);
  fprintf(stderr, "Replayed the empty input and %zu others.\n", corpus->num);
}

static void run_new(const options *o, const inputs *corpus, progress *p) {
  uint64_t state = o->seed;
  while (p->num_runs < o->runs && !p->is_over) {
    if (p->num_runs < corpus->num) {
      const input *next = corpus->all[p->num_runs];
      p->size = next->size;
      memcpy(p->data, next->data, next->size);
    } else {
      p->size = inputs_draw(corpus, &state, p->data, o->max_len);
    }
    run(p->data, p->size);
    p->num_runs++;
  }
  p->is_done = true;
}

/* Returns false if one input takes too long. */
static bool await_end(const options *o, progress *p, pid_t child, int *status) {
  const struct timespec moment = {.tv_nsec = 10 * 1000 * 1000};
  time_t begin = time(NULL);
  time_t run_begin = begin;
  for (unsigned long run_of = 0; waitpid(child, status, WNOHANG) == 0; nanosleep(&moment, NULL)) {
    time_t now = time(NULL);
    if (p->num_runs != run_of) run_begin = now;
    run_of = p->num_runs;
    p->is_over = (unsigned long)(now - begin) >= o->max_total_time;
    if ((unsigned long)(now - run_begin) > o->timeout) return false;
  }
  return true;
}

/* The name comes from the contents, by FNV-1a. */
static void write_artifact(const options *o, const char *what, const progress *p) {
  uint64_t hash = UINT64_C(0xcbf29ce484222325);
  for (size_t i = 0; i < p->size; i++)
    hash = (hash ^ p->data[i]) * UINT64_C(0x100000001b3);
  char path[4096];
  snprintf(path, sizeof path, "%s%s-%016llx", o->artifact_prefix, what, (unsigned long long)hash);
  FILE *file = fopen(path, "wb");
  bool is_written = file != NULL && fwrite(p->data, 1, p->size, file) == p->size;
  if (file == NULL || fclose(file) != 0 || !is_written) perror(path);
  fprintf(stderr, "Test unit written to %s\n", path);
}

static int fuzz(const options *o, const inputs *corpus) {
  progress *p = mmap(NULL, sizeof *p, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  fflush(NULL);
  pid_t child = p != MAP_FAILED ? fork() : -1;
  if (child < 0) {
    perror("blind");
    return 1;
  }
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* if somebody ends the parent */
    run_new(o, corpus, p);
    exit(0);
  }
  int status = 0;
  bool has_ended = await_end(o, p, child, &status);
  fprintf(stderr, "stat::number_of_executed_units: %lu\n", p->num_runs);
  if (!has_ended) {
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    fprintf(stderr, "It takes more than %lu seconds.\n", o->timeout);
  } else if (p->is_done && status == 0) {
    fprintf(stderr, "Done %lu runs, blindly.\n", p->num_runs);
    return 0;
  } else if (WIFSIGNALED(status)) {
    fprintf(stderr, "Signal %d: %s\n", WTERMSIG(status), strsignal(WTERMSIG(status)));
  } else {
    fprintf(stderr, "It has exited, with %d.\n", WEXITSTATUS(status));
  }
  write_artifact(o, has_ended ? "crash" : "timeout", p);
  return FOUND;
}

/* Returns what follows the option's name; null if this is another argument. */
static const char *value_of(const char *argument, const char *name) {
  size_t length = strlen(name);
  return strncmp(argument, name, length) == 0 ? argument + length : NULL;
}

static void parse_number(const char *argument, const char *name, unsigned long *out) {
  const char *value = value_of(argument, name);
  if (value != NULL) *out = strtoul(value, NULL, 10);
}

static void parse_option(const char *argument, options *o) {
  parse_number(argument, "-runs=", &o->runs);
  parse_number(argument, "-max_total_time=", &o->max_total_time);
  parse_number(argument, "-timeout=", &o->timeout);
  parse_number(argument, "-max_len=", &o->max_len);
  parse_number(argument, "-seed=", &o->seed);
  const char *prefix = value_of(argument, "-artifact_prefix=");
  if (prefix != NULL) o->artifact_prefix = prefix;
}

static bool is_directory(const char *path) {
  struct stat status;
  return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

int main(int argc, char **argv) {
  options o = {
      .runs = ULONG_MAX,
      .max_total_time = ULONG_MAX,
      .timeout = 1200,
      .max_len = 4096,
      .seed = (unsigned long)time(NULL),
      .artifact_prefix = "",
  };
  static inputs corpus; /* not a leak at the end */
  bool are_read = true;
  bool has_file = false;
  for (int i = 1; i < argc; i++) {
    if (argv[i][0] == '-') {
      parse_option(argv[i], &o);
    } else {
      are_read &= inputs_add(&corpus, argv[i]);
      has_file |= !is_directory(argv[i]);
    }
  }
  if (o.max_len > INPUT_MAX_SIZE) o.max_len = INPUT_MAX_SIZE;
  if (!are_read) return 1;
  if (!has_file && o.runs != 0) return fuzz(&o, &corpus);
  replay(&corpus);
  return 0;
}
