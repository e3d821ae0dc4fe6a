/* readme_test README C_FILE OUT_FILE...: the first C block of README must be C_FILE, the first text
 * block after it the first OUT_FILE, and each of the others must be a text block somewhere. That
 * programs print these files is output_test's to say. */
#include <stdlib.h>
#include <string.h>

#include "testing/readme/text.h"

/* Cuts out the first block that starts with the line `opening`, from *text on, and moves *text
 * behind it. */
static char *take_block(char **text, const char *opening) {
  char *block = strstr(*text, opening);
  char *end = block == NULL ? NULL : strstr(block, "\n```\n");
  if (end == NULL) {
    fprintf(stderr, "README has no block %.*s\n", (int)strcspn(opening, "\n"), opening);
    exit(1);
  }
  end[1] = '\0';
  *text = end + 2;
  return block + strlen(opening);
}

static bool has_block(const char *readme, const char *out_file) {
  static const char opening[] = "\n```text\n", closing[] = "```\n";
  char *output = text_read_file(out_file);
  size_t size = strlen(output);
  bool found = false;
  for (const char *at = readme; !found && (at = strstr(at, opening)) != NULL;) {
    at += strlen(opening);
    found = strncmp(at, output, size) == 0 && strncmp(at + size, closing, strlen(closing)) == 0;
  }
  if (!found) fprintf(stderr, "README has no text block that is %s\n", out_file);
  free(output);
  return found;
}

int main(int argc, char **argv) {
  if (argc < 4) {
    fprintf(stderr, "usage: %s README C_FILE OUT_FILE...\n", argv[0]);
    return 2;
  }
  char *readme = text_read_file(argv[1]);
  char *code = text_read_file(argv[2]);
  char *output = text_read_file(argv[3]);

  bool has_all = true;
  for (int i = 4; i < argc; i++)
    has_all &= has_block(readme, argv[i]);
  char *rest = readme;
  char *readme_code = take_block(&rest, "```c\n");
  char *readme_output = take_block(&rest, "```text\n");
  bool same_code = text_equal(argv[2], code, argv[1], readme_code);
  bool same_output = text_equal(argv[3], output, argv[1], readme_output);
  free(readme);
  free(code);
  free(output);
  return has_all && same_code && same_output ? 0 : 1;
}
