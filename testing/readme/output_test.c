/* output_test PROGRAM FILE [ARGUMENT]: runs PROGRAM, which must print FILE and exit with status 0.
 * An argument has no ' in it. */
#include <stdlib.h>
#include <sys/wait.h>

#include "testing/readme/text.h"

int main(int argc, char **argv) {
  if (argc != 3 && argc != 4) {
    fprintf(stderr, "usage: %s PROGRAM FILE [ARGUMENT]\n", argv[0]);
    return 2;
  }
  char command[1024];
  if (argc == 4) {
    snprintf(command, sizeof command, "%s '%s'", argv[1], argv[3]);
  } else {
    snprintf(command, sizeof command, "%s", argv[1]);
  }
  char *expected = text_read_file(argv[2]);
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
