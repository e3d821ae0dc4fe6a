/* output_test PROGRAM FILE [first_line]: runs PROGRAM, which must print FILE and exit with status
 * 0. With first_line, its argument is FILE's first line, which has no ' in it. */
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "testing/readme/text.h"

/* Nothing, unless the program is another processor's (tools/cross/emulator.sh.tpl). */
#define EMULATED "$CTX_TEST_EMULATOR "

int main(int argc, char **argv) {
  bool has_argument = argc == 4 && strcmp(argv[3], "first_line") == 0;
  if (argc != 3 && !has_argument) {
    fprintf(stderr, "usage: %s PROGRAM FILE [first_line]\n", argv[0]);
    return 2;
  }
  char *expected = text_read_file(argv[2]);
  char command[1024];
  if (has_argument) {
    snprintf(command, sizeof command, EMULATED "%s '%.*s'", argv[1], (int)strcspn(expected, "\n"),
             expected);
  } else {
    snprintf(command, sizeof command, EMULATED "%s", argv[1]);
  }
  FILE *program = popen(command, "r");
  if (program == NULL) {
    perror(argv[1]);
    return 1;
  }
  char *actual = text_read(program);
  int status = pclose(program);

  bool ok = text_equal(argv[2], expected, argv[1], actual);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    fprintf(stderr, "%s: wait status %#x\n", argv[1], (unsigned)status);
    ok = false;
  }
  free(expected);
  free(actual);
  return ok ? 0 : 1;
}
