#include "testing/compiler/compiler.h"

#include <stdlib.h>
#include <string.h>

#include "testing/compiler/run.h"
#include "testing/compiler/text.h"

/* ---- Finding ---- */

bool compiler_is_there(const compiler *of) {
  char *command = text_format("%s --version", of->name);
  char *version;
  bool is_there = run_program(command, NULL, &version);
  if (is_there) printf("compiler: %s, %.*s\n", of->name, (int)strcspn(version, "\n"), version);
  fflush(stdout);
  free(version);
  free(command);
  return is_there;
}

size_t compiler_all(const compiler **out) {
  static const compiler usual[] = {{"gcc", ""}, {"g++", ""}, {"clang", ""}, {"clang++", ""}};
  enum { NUM_USUAL = sizeof usual / sizeof usual[0] };
  static compiler found[NUM_USUAL];
  static size_t num_found;
  static bool has_searched;
  for (size_t i = 0; i < NUM_USUAL && !has_searched; i++) {
    if (compiler_is_there(&usual[i])) found[num_found++] = usual[i];
  }
  has_searched = true;
  *out = found;
  return num_found;
}

bool compiler_is_cxx(const compiler *of) { return strstr(of->name, "++") != NULL; }

bool compiler_is_clang(const compiler *of) { return strncmp(of->name, "clang", 5) == 0; }

/* ---- Running ---- */

bool compiler_run(const compiler *of, const char *flags, const char *source, char **out_output) {
  const char *language = compiler_is_cxx(of) ? "c++" : "c";
  char *command = text_format("%s %s -I. %s -x %s -", of->name, of->options, flags, language);
  bool accepts = run_program(command, source, out_output);
  free(command);
  return accepts;
}

bool compiler_takes(const compiler *of, const char *flags, const char *source) {
  char *to_nowhere = text_format("%s -S -o /dev/null", flags);
  bool takes = compiler_run(of, to_nowhere, source, NULL);
  free(to_nowhere);
  return takes;
}

bool compiler_makes_programs(const compiler *of, const char *flags, const char *path,
                             char **out_output) {
  char *to_path = text_format("%s -Werror -o %s", flags, path);
  bool works = compiler_run(of, to_path, "int main(void) { return 0; }\n", out_output);
  free(to_path);
  if (!works) return false;
  if (out_output != NULL) free(*out_output);
  char *command = text_format("%s %s", run_emulator(), path);
  works = run_program(command, NULL, out_output);
  free(command);
  return works;
}
