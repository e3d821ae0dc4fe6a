/* Prints the source that a compiler is given:
 *     bazel run //testing/callsites:write -- SET FIRST COUNT
 * A failing test names the set and the number. */
#include <stdlib.h>

#include "testing/callsites/writer.h"

int main(int argc, char **argv) {
  const selection *set = argc == 4 ? selection_find(argv[1]) : NULL;
  if (set == NULL) {
    fputs("usage: write SET FIRST COUNT\nsets:", stderr);
    for (size_t i = 0; i < SELECTION_NUM_SETS; i++)
      fprintf(stderr, " %s", selection_sets[i].name);
    fputs("\n", stderr);
    return 2;
  }
  writer_write(stdout, set, strtoul(argv[2], NULL, 10), strtoul(argv[3], NULL, 10));
  return 0;
}
