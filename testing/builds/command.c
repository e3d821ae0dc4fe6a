#include "testing/builds/command.h"

#include <stdio.h>
#include <stdlib.h>

#include "testing/builds/sources.h"
#include "testing/compiler/run.h"
#include "testing/compiler/text.h"
#include "testing/harness/harness.h"

bool command_run(char *command, char **out_output) {
  bool succeeded = run_program(command, NULL, out_output);
  free(command);
  return succeeded;
}

void command_expect(char *command) {
  char *output;
  if (!command_run(command, &output)) {
    fprintf(stderr, "%.4000s\n", output);
    FAIL("the complaint is above");
  }
  free(output);
}

void command_library(const char *folder) {
  glob_t found = sources_find();
  char *sources = sources_in_words(&found);
  command_expect(
      text_format("gcc -std=c11 -O2 -fasynchronous-unwind-tables -fPIC -shared -I. %s"
                  " -o %s/library.so",
                  sources, folder));
  free(sources);
  globfree(&found);
}
