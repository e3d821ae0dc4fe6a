/* main_test EXPLAIN: the program's streams and its exit status. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

static char *path_of(const char *name) {
  static char path[2][512];
  static int next;
  char *out = path[next++ % 2];
  snprintf(out, sizeof path[0], "%s/%s", directory, name);
  return out;
}

/* The text of a file; "" if there is none. The caller's until the next call. */
static const char *read_file(const char *name) {
  static char text[65536];
  FILE *file = fopen(path_of(name), "r");
  size_t length = file != NULL ? fread(text, 1, sizeof text - 1, file) : 0;
  if (file != NULL) fclose(file);
  text[length] = '\0';
  return text;
}

/* Runs the program with these arguments, in shell's words; its streams go to files. The variable is
 * empty, unless the program is another processor's. */
static int run(const char *arguments) {
  char command[2048];
  snprintf(command, sizeof command, "$CTX_TEST_EMULATOR %s %s > %s 2> %s", program, arguments,
           path_of("out"), path_of("err"));
  int status = system(command);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void good_declarations_are_explained(void) {
  CHECK(run("'int f(int x)'") == 0);
  CHECK(strstr(read_file("out"), "int f(int x)\n\n") == read_file("out"));
  CHECK(strcmp(read_file("err"), "") == 0);
}

static void bad_declarations_are_faults(void) {
  CHECK(run("'int f(foo x)'") == 1);
  CHECK(strcmp(read_file("out"), "") == 0);
  CHECK(strcmp(read_file("err"),
               "1:7: error: unknown type name 'foo'\n  int f(foo x)\n"
               "        ^~~\n") == 0);
}

static void the_abi_is_chosen(void) {
  CHECK(run("--abi=x86_64 'int f(int x)'") == 0);
  CHECK(strstr(read_file("out"), "rdi") != NULL);
  CHECK(run("'int f(int x)' --abi=aarch64") == 0);
  CHECK(strstr(read_file("out"), "x0") != NULL);
  CHECK(strstr(read_file("out"), "rdi") == NULL);
  CHECK(run("--abi=riscv64 'int f(int x)'") == 0);
  CHECK(strstr(read_file("out"), "a0") != NULL);
  CHECK(strstr(read_file("out"), "x0") == NULL);
}

/* That of the machine that this is compiled for, as the program is. */
static void the_abi_is_the_machines_otherwise(void) {
#ifdef __x86_64__
  CHECK(run("'int f(int x)'") == 0);
  CHECK(strstr(read_file("out"), "INTEGER  rdi\n") != NULL);
#elif defined(__aarch64__)
  CHECK(run("'int f(int x)'") == 0);
  CHECK(strstr(read_file("out"), "INTEGER  x0\n") != NULL);
#elif defined(__riscv)
  CHECK(run("'int f(int x)'") == 0);
  CHECK(strstr(read_file("out"), "INTEGER  a0\n") != NULL);
#else
#error "this machine's first register is missing here"
#endif
}

static void a_wrong_abi_is_told_with_all_names(void) {
  static const char *const arguments[] = {"--abi=arm 'int f(void)'", "--abi= 'int f(void)'",
                                          "--abi=x86_64x 'int f(void)'"};
  for (size_t i = 0; i < sizeof arguments / sizeof arguments[0]; i++) {
    check(run(arguments[i]) == 2, arguments[i]);
    CHECK(strcmp(read_file("out"), "") == 0);
    CHECK(strncmp(read_file("err"), "explain: there is no ABI '", 26) == 0);
    CHECK(strstr(read_file("err"), "x86_64 (") != NULL);
    CHECK(strstr(read_file("err"), "aarch64 (") != NULL);
    CHECK(strstr(read_file("err"), "riscv64 (") != NULL);
  }
  CHECK(run("--abi=arm 'int f(void)'") == 2);
  CHECK(strstr(read_file("err"), "there is no ABI 'arm'; there are ") != NULL);
}

static void bad_usage_is_another_status(void) {
  static const char *const arguments[] = {"",
                                          "'int f(void)' 'int g(void)'",
                                          "--svg",
                                          "--what 'int f(void)'",
                                          "--svg x.svg",
                                          "--abi 'int f(void)'",
                                          "--abi=aarch64"};
  for (size_t i = 0; i < sizeof arguments / sizeof arguments[0]; i++) {
    check(run(arguments[i]) == 2, arguments[i]);
    CHECK(strcmp(read_file("out"), "") == 0);
    CHECK(strncmp(read_file("err"), "usage: ", 7) == 0);
  }
}

static void help_is_no_error(void) {
  CHECK(run("--help") == 0);
  CHECK(strncmp(read_file("out"), "usage: ", 7) == 0);
  CHECK(strstr(read_file("out"),
               "x86_64 (x86-64 System V psABI), aarch64 (AAPCS64), "
               "riscv64 (RISC-V ELF psABI, lp64d)") != NULL);
}

static void drawings_go_to_their_file(void) {
  char arguments[1024];
  snprintf(arguments, sizeof arguments, "--svg %s 'int f(int x)'", path_of("x.svg"));
  CHECK(run(arguments) == 0);
  CHECK(strncmp(read_file("x.svg"), "<svg ", 5) == 0);
  CHECK(strncmp(read_file("out"), "int f(int x)\n", 13) == 0);
  /* A bad declaration leaves an earlier drawing as it is. */
  snprintf(arguments, sizeof arguments, "--svg %s 'int f('", path_of("x.svg"));
  CHECK(run(arguments) == 1);
  CHECK(strncmp(read_file("x.svg"), "<svg ", 5) == 0);
}

static void drawings_are_relative_to_the_user_of_bazel_run(void) {
  setenv("BUILD_WORKING_DIRECTORY", directory, 1);
  CHECK(run("--svg y.svg 'int f(int x)'") == 0);
  CHECK(strncmp(read_file("y.svg"), "<svg ", 5) == 0);
  unsetenv("BUILD_WORKING_DIRECTORY");
}

static void files_that_cannot_be_written_are_told(void) {
  char arguments[1024];
  snprintf(arguments, sizeof arguments, "--svg %s 'int f(int x)'", path_of("none/x.svg"));
  CHECK(run(arguments) == 2);
  CHECK(strstr(read_file("err"), "none/x.svg: No such file or directory\n") != NULL);
}

int main(int argc, char **argv) {
  const char *parent = getenv("TEST_TMPDIR"); /* Bazel's */
  snprintf(directory, sizeof directory, "%s/explain_XXXXXX", parent != NULL ? parent : ".");
  if (argc != 2 || mkdtemp(directory) == NULL) {
    fprintf(stderr, "usage: %s EXPLAIN, where files can be written\n", argv[0]);
    return 2;
  }
  program = argv[1];
  unsetenv("BUILD_WORKING_DIRECTORY");
  good_declarations_are_explained();
  bad_declarations_are_faults();
  the_abi_is_chosen();
  the_abi_is_the_machines_otherwise();
  a_wrong_abi_is_told_with_all_names();
  bad_usage_is_another_status();
  help_is_no_error();
  drawings_go_to_their_file();
  drawings_are_relative_to_the_user_of_bazel_run();
  files_that_cannot_be_written_are_told();
  remove(path_of("out"));
  remove(path_of("err"));
  remove(path_of("x.svg"));
  remove(path_of("y.svg"));
  rmdir(directory);
  return num_failed == 0 ? 0 : 1;
}
