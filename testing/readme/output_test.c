/* output_test PROGRAM FILE: runs PROGRAM, which must print FILE and exit with status 0. */
#include <stdlib.h>
#include <sys/wait.h>

#include "testing/readme/text.h"

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: %s PROGRAM FILE\n", argv[0]);
    return 2;
  }
  char *expected = text_read_file(argv[2]);
  FILE *program = popen(argv[1], "r");
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
