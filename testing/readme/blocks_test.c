/* blocks_test DOCUMENT FILE...: each FILE is a block of the Markdown DOCUMENT, whole and to the
 * letter: a block of C or of C++ if its name ends in .c or .cc, otherwise of text. output_test says
 * whether programs print such files. */
#include <stdlib.h>
#include <string.h>

#include "testing/readme/text.h"

static bool ends_with(const char *text, const char *end) {
  size_t size = strlen(text), end_size = strlen(end);
  return size >= end_size && strcmp(text + size - end_size, end) == 0;
}

static bool has_block(const char *document, const char *file) {
  const char *opening = ends_with(file, ".c")    ? "\n```c\n"
                        : ends_with(file, ".cc") ? "\n```cpp\n"
                                                 : "\n```text\n";
  char *block = text_read_file(file);
  size_t size = strlen(block);
  bool found = false;
  for (const char *at = document; !found && (at = strstr(at, opening)) != NULL;) {
    at += strlen(opening);
    found = strncmp(at, block, size) == 0 && strncmp(at + size, "```\n", 4) == 0;
  }
  free(block);
  return found;
}

int main(int argc, char **argv) {
  if (argc < 3) {
    fprintf(stderr, "usage: %s DOCUMENT FILE...\n", argv[0]);
    return 2;
  }
  char *document = text_read_file(argv[1]);
  bool has_all = true;
  for (int i = 2; i < argc; i++) {
    if (has_block(document, argv[i])) continue;
    fprintf(stderr, "%s has no block that is %s\n", argv[1], argv[i]);
    has_all = false;
  }
  free(document);
  return has_all ? 0 : 1;
}
