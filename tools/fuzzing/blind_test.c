/* blind_test PROGRAM: the target of blind_target.c, run by blind_main.c. */
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *program;
static char directory[256];
static int num_failed;

static void check(int holds, const char *what) {
  if (holds) return;
  fprintf(stderr, "does not hold: %s\n", what);
  num_failed++;
}
#define CHECK(condition) check((condition), #condition)

enum { FOUND = 77 };

/* Runs the program about `target`; $D in its arguments is the directory. Returns its exit status,
 * or, if a signal has ended it, that and 128, as shells have it. */
static int run(const char *target, const char *arguments) {
  char command[2048];
  snprintf(command, sizeof command,
           "D=%s BLIND_TARGET=%s && export D BLIND_TARGET && $CTX_TEST_EMULATOR %s "
           "-artifact_prefix=$D/found/ %s 2> $D/err",
           directory, target, program, arguments);
  int status = system(command);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Whether the program has said so. */
static bool has_said(const char *text) {
  char path[1024];
  static char said[65536];
  snprintf(path, sizeof path, "%s/err", directory);
  FILE *file = fopen(path, "r");
  size_t length = file != NULL ? fread(said, 1, sizeof said - 1, file) : 0;
  if (file != NULL) fclose(file);
  said[length] = '\0';
  return strstr(said, text) != NULL;
}

/* Returns the name of the one file that was found, which begins like that; "" if there is not
 * one. */
static const char *take_found(const char *prefix, char *out_name, size_t name_size) {
  char path[1024];
  int num = 0;
  snprintf(path, sizeof path, "%s/found", directory);
  DIR *found = opendir(path);
  out_name[0] = '\0';
  for (struct dirent *entry; found != NULL && (entry = readdir(found)) != NULL;) {
    if (entry->d_name[0] == '.') continue;
    num++;
    if (strncmp(entry->d_name, prefix, strlen(prefix)) == 0)
      snprintf(out_name, name_size, "%s", entry->d_name);
  }
  if (found != NULL) closedir(found);
  return num == 1 ? out_name : "";
}

static void empty(const char *name) {
  char command[1024];
  snprintf(command, sizeof command, "rm -rf %s/%s && mkdir %s/%s", directory, name, directory,
           name);
  CHECK(system(command) == 0);
}

static void write_file(const char *name, const char *text) {
  char path[1024];
  snprintf(path, sizeof path, "%s/%s", directory, name);
  FILE *file = fopen(path, "w");
  CHECK(file != NULL && fputs(text, file) >= 0 && fclose(file) == 0);
}

static void a_crash_is_found_and_replayed(void) {
  char name[256];
  CHECK(run("aborts", "-seed=1 -max_len=16") == FOUND);
  CHECK(has_said("stat::number_of_executed_units: "));
  CHECK(has_said("Signal 6: "));
  CHECK(*take_found("crash-", name, sizeof name) != '\0');
  CHECK(run("aborts", "$D/found/crash-*") == 128 + 6);
  CHECK(run("is_fine", "$D/found/crash-*") == 0);
  CHECK(has_said("Replayed the empty input and 1 others.\n"));
  empty("found");
}

static void a_seed_leads_to_the_same_input(void) {
  char first[256];
  char second[256];
  CHECK(run("aborts", "-seed=2 -max_len=16") == FOUND);
  take_found("crash-", first, sizeof first);
  empty("found");
  CHECK(run("aborts", "-max_len=16 -seed=2") == FOUND);
  take_found("crash-", second, sizeof second);
  CHECK(strcmp(first, second) == 0);
  empty("found");
}

static void any_end_is_found(void) {
  char name[256];
  CHECK(run("is_killed", "-seed=1 -max_len=16") == FOUND);
  CHECK(has_said("Signal 9: "));
  CHECK(*take_found("crash-", name, sizeof name) != '\0');
  empty("found");
  CHECK(run("exits", "-seed=1 -max_len=16") == FOUND);
  CHECK(has_said("It has exited, with 0.\n"));
  CHECK(*take_found("crash-", name, sizeof name) != '\0');
  empty("found");
  CHECK(run("hangs", "-seed=1 -max_len=16 -timeout=1") == FOUND);
  CHECK(*take_found("timeout-", name, sizeof name) != '\0');
  empty("found");
}

static void runs_and_time_are_limits(void) {
  char name[256];
  CHECK(run("is_fine", "-runs=1000") == 0);
  CHECK(has_said("Done 1000 runs"));
  CHECK(run("is_fine", "-max_total_time=1") == 0);
  CHECK(run("is_too_long", "-runs=1000 -max_len=7") == 0);
  CHECK(*take_found("", name, sizeof name) == '\0');
  CHECK(run("is_too_long", "-runs=1000 -max_len=8") == FOUND);
  empty("found");
}

static void a_corpus_is_run_and_changed(void) {
  write_file("corpus/word", "a long word that nobody guesses");
  CHECK(run("has_a_word", "-seed=1 -runs=0 $D/corpus") == 0);
  CHECK(has_said("Replayed the empty input and 1 others.\n"));
  CHECK(run("has_a_word", "-seed=1 -runs=3000 -max_len=64") == 0);
  CHECK(run("has_a_word", "-seed=1 -runs=3000 -max_len=64 $D/corpus") == FOUND);
  empty("found");
  write_file("corpus/more", "a long word that nobody guesses, and more");
  CHECK(run("has_a_word", "-runs=0 $D/corpus") == 128 + 6);
  CHECK(run("has_a_word", "$D/corpus") == FOUND);
  CHECK(has_said("stat::number_of_executed_units: "));
  empty("found");
}

/* The pipe has an end only then. */
static void nothing_goes_on_when_it_is_killed(void) {
  char command[1024];
  snprintf(command, sizeof command,
           "timeout --foreground -s KILL 1 $CTX_TEST_EMULATOR %s 2>&1 | cat", program);
  CHECK(system(command) == 0);
}

static void what_is_missing_is_an_error(void) {
  CHECK(run("is_fine", "$D/none") == 1);
  CHECK(has_said("none: No such file or directory\n"));
}

int main(int argc, char **argv) {
  const char *parent = getenv("TEST_TMPDIR"); /* Bazel's */
  snprintf(directory, sizeof directory, "%s/blind_XXXXXX", parent != NULL ? parent : ".");
  if (argc != 2 || mkdtemp(directory) == NULL) {
    fprintf(stderr, "usage: %s PROGRAM, where files can be written\n", argv[0]);
    return 2;
  }
  program = argv[1];
  empty("found");
  empty("corpus");
  a_crash_is_found_and_replayed();
  a_seed_leads_to_the_same_input();
  any_end_is_found();
  runs_and_time_are_limits();
  a_corpus_is_run_and_changed();
  nothing_goes_on_when_it_is_killed();
  what_is_missing_is_an_error();
  char command[1024];
  snprintf(command, sizeof command, "rm -rf %s", directory);
  CHECK(system(command) == 0);
  return num_failed == 0 ? 0 : 1;
}
