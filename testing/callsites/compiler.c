#define _GNU_SOURCE /* asprintf, mkdtemp */
#include "testing/callsites/compiler.h"

#include <dlfcn.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static char *format(const char *text, ...) __attribute__((__format__(__printf__, 1, 2)));
static char *format(const char *text, ...) {
  char *out;
  va_list list;
  va_start(list, text);
  if (vasprintf(&out, text, list) < 0) abort();
  va_end(list);
  return out;
}

/* Runs and frees a shell command. */
static bool run(char *command) {
  fflush(NULL);
  int status = system(command);
  free(command);
  return status != -1 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool compiler_is_there(const compiler *of) {
  return run(format("%s --version 2>/dev/null | head -n 1 | grep .", of->name));
}

bool compiler_takes(const compiler *of, const char *flags, const char *text) {
  return run(format("echo '%s' | %s %s -x c - -S -o /dev/null 2>/dev/null", text, of->name, flags));
}

bool compiler_cpu_has(const char *feature) {
  return run(format("grep -m 1 ^flags /proc/cpuinfo | grep -qw %s", feature));
}

/* gcc would make one of two callees that differ in types only. */
static bool compile(const compiler *of, const char *flags, const char *source,
                    const char *library) {
  static const char no_merging[] = "-fno-ipa-icf";
  bool merges = compiler_takes(of, "-Werror -fno-ipa-icf", "");
  return run(
      format("%s %s %s %s -std=gnu11 -w -Wno-psabi -Wno-packed-bitfield-compat "
             "-fno-strict-aliasing -fPIC -shared -I. %s -o %s",
             of->name, of->level, merges ? no_merging : "", flags, source, library));
}

static bool write_file(const char *path, compiler_writer *write, const void *data) {
  FILE *file = fopen(path, "w");
  if (file == NULL) return false;
  write(file, data);
  return fclose(file) == 0;
}

void *compiler_load(const compiler *of, const char *flags, compiler_writer *write,
                    const void *data) {
  const char *parent = getenv("TEST_TMPDIR");
  char *directory = format("%s/ctx_callsites_XXXXXX", parent != NULL ? parent : P_tmpdir);
  void *handle = NULL;
  if (mkdtemp(directory) != NULL) {
    char *source = format("%s/source.c", directory);
    char *library = format("%s/source.so", directory);
    if (write_file(source, write, data) && compile(of, flags, source, library)) {
      handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
      if (handle == NULL) fprintf(stderr, "%s\n", dlerror());
    }
    unlink(source);
    unlink(library);
    rmdir(directory);
    free(source);
    free(library);
  }
  free(directory);
  return handle;
}
