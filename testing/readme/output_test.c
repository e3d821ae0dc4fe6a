/* output_test PROGRAM FILE [ARGUMENT...]: runs PROGRAM with the arguments, which must print FILE
 * and exit with status 0. The argument first_line stands for FILE's first line; none has a ' in it.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "testing/readme/text.h"

/* Nothing, unless the program is another processor's (tools/cross/emulator.sh.tpl). */
#define EMULATED "$CTX_TEST_EMULATOR "

int main(int argc, char **argv) {
  if (argc < 3) {
    fprintf(stderr, "usage: %s PROGRAM FILE [ARGUMENT...]\n", argv[0]);
    return 2;
  }
  char *expected = text_read_file(argv[2]);
  char command[1024];
  size_t length = (size_t)snprintf(command, sizeof command, EMULATED "%s", argv[1]);
  for (int i = 3; i < argc && length < sizeof command; i++) {
    const char *argument = strcmp(argv[i], "first_line") == 0 ? expected : argv[i];
    length += (size_t)snprintf(command + length, sizeof command - length, " '%.*s'",
                               (int)strcspn(argument, "\n"), argument);
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
