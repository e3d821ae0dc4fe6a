/* explain 'DECLARATION': where ctx puts the arguments and the result of a C function. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "tools/explain/explain.h"

static const char usage[] =
    "usage: explain [--abi=NAME] [--svg FILE] 'DECLARATIONS'\n"
    "\n"
    "Shows where each argument and the result of a C function go when ctx calls it: classes,\n"
    "registers, stack offsets, and a picture of what the function finds at entry.\n"
    "\n"
    "  explain 'double f(int, struct {float x, y;}, __int128, ...)'\n"
    "  explain 'typedef struct {long a; double b;} s; s f(s, s *)'\n"
    "  explain 'int printf(const char *, ..., double, int)'\n"
    "\n"
    "Types after the ellipsis are those of the arguments of one call. Of several functions the "
    "last\n"
    "is shown.\n"
    "\n"
    "  --abi=NAME   the calling convention, if not that of this machine; one of these:\n"
    "               %s\n"
    "  --svg FILE   draw the picture into FILE as well\n"
    "  --help       show this\n"
    "\n"
    "Exit status: 0, 1 for a bad declaration or one that ctx refuses, 2 for bad usage or a FILE\n"
    "that cannot be written.\n";

typedef struct options {
  const abi *abi;
  const char *svg_path;
  const char *source;
  bool wants_help;
} options;

/* Writes the usage. */
static void print_usage(FILE *out) {
  arena memory = {0};
  fprintf(out, usage, abi_names(&memory));
  arena_free(&memory);
}

/* Returns false, with a message, if there is no such ABI. */
static bool choose_abi(const char *name, options *out) {
  out->abi = abi_named(name);
  if (out->abi != NULL) return true;
  arena memory = {0};
  fprintf(stderr, "explain: there is no ABI '%s'; there are %s\n", name, abi_names(&memory));
  arena_free(&memory);
  return false;
}

/* Returns false, with a message, if they make no sense. */
static bool read_options(int argc, char **argv, options *out) {
  static const char abi_option[] = "--abi=";
  size_t abi_length = strlen(abi_option);
  out->abi = abi_of_host();
  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], "--help") == 0) {
      out->wants_help = true;
    } else if (strcmp(argv[i], "--svg") == 0 && i + 1 < argc) {
      out->svg_path = argv[++i];
    } else if (strncmp(argv[i], abi_option, abi_length) == 0) {
      if (!choose_abi(argv[i] + abi_length, out)) return false;
    } else if (argv[i][0] == '-' || out->source != NULL) {
      print_usage(stderr);
      return false;
    } else {
      out->source = argv[i];
    }
  }
  if (out->wants_help || out->source != NULL) return true;
  print_usage(stderr);
  return false;
}

/* Returns false, with a message, if the file cannot be written. */
static bool draw(explanation *e, const char *path) {
  /* `bazel run` runs the program elsewhere, and says where its user is. */
  const char *directory = getenv("BUILD_WORKING_DIRECTORY");
  if (directory != NULL && path[0] != '/') path = arena_print(&e->memory, "%s/%s", directory, path);
  FILE *file = fopen(path, "w");
  bool ok = file != NULL;
  if (ok) {
    explanation_draw(e, file);
    ok = ferror(file) == 0;
    ok = fclose(file) == 0 && ok;
  }
  if (!ok) fprintf(stderr, "explain: %s: %s\n", path, strerror(errno));
  return ok;
}

int main(int argc, char **argv) {
  enum { STATUS_OK = 0, STATUS_BAD_DECLARATION = 1, STATUS_BAD_USAGE = 2 };
  options o = {0};
  if (!read_options(argc, argv, &o)) return STATUS_BAD_USAGE;
  if (o.wants_help) {
    print_usage(stdout);
    return STATUS_OK;
  }
  explanation e;
  int status = explain(o.abi, o.source, &e, stderr) ? STATUS_OK : STATUS_BAD_DECLARATION;
  if (status == STATUS_OK) explanation_print(&e, stdout);
  /* The drawing comes last: after a bad declaration the file is as it was. */
  if (status == STATUS_OK && o.svg_path != NULL && !draw(&e, o.svg_path)) status = STATUS_BAD_USAGE;
  explanation_free(&e);
  return status;
}
