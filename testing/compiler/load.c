#include <dlfcn.h>
#include <stdlib.h>

#include "testing/compiler/compiler.h"
#include "testing/compiler/folder.h"
#include "testing/compiler/run.h"
#include "testing/compiler/text.h"

static bool write_file(const char *path, compiler_writer *write, const void *data) {
  FILE *file = fopen(path, "w");
  if (file == NULL) return false;
  write(file, data);
  return fclose(file) == 0;
}

/* Without a flag gcc would make one of two functions that differ in types only. */
static bool compile(const compiler *of, const char *flags, const char *source,
                    const char *library) {
  static const char no_merging[] = "-fno-ipa-icf";
  bool merges = compiler_takes(of, "-Werror -fno-ipa-icf", "");
  char *command = text_format(
      "%s %s %s %s -std=gnu11 -w -Wno-psabi -Wno-packed-bitfield-compat -fno-strict-aliasing -fPIC "
      "-shared -I. %s -o %s",
      of->name, of->options, merges ? no_merging : "", flags, source, library);
  char *output;
  bool compiles = run_program(command, NULL, &output);
  fputs(output, stderr);
  free(output);
  free(command);
  return compiles;
}

static void *load(const char *library) {
  void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
  if (handle == NULL) fprintf(stderr, "%s\n", dlerror());
  return handle;
}

void *compiler_load(const compiler *of, const char *flags, compiler_writer *write,
                    const void *data) {
  char *folder = folder_create();
  if (folder == NULL) return NULL;
  char *source = text_format("%s/source.c", folder);
  char *library = text_format("%s/source.so", folder);
  bool is_made = write_file(source, write, data) && compile(of, flags, source, library);
  void *handle = is_made ? load(library) : NULL;
  free(library);
  free(source);
  folder_remove(folder);
  return handle;
}
