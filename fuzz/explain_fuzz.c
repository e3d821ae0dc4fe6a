/* Any bytes are a declaration, or have a fault that is named with its place, whichever the ABI is.
 * Neither takes long, reads where it must not, or leaks. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/explain/captured.h"

static void require(bool holds, const char *rule) {
  if (holds) return;
  fprintf(stderr, "%s\n", rule);
  abort();
}

static void explain_by(const abi *a, const char *source) {
  captured c = captured_explain(a, source);
  if (c.ok) {
    require(*c.errors == '\0', "what is explained has no fault");
    require(strstr(c.out, "return address") != NULL, "the picture has a return address");
    require(strstr(c.svg, "</svg>\n") != NULL, "the drawing has an end");
  } else {
    require(strstr(c.errors, " error: ") != NULL && strchr(c.errors, '^') != NULL,
            "a fault has a message and a caret");
    require(*c.out == '\0' && *c.svg == '\0', "nothing is shown of a fault");
  }
  captured_free(&c);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char *source = malloc(size + 1);
  require(source != NULL, "there is memory");
  if (size > 0) memcpy(source, data, size);
  source[size] = '\0';
  for (const abi *const *a = abi_all(); *a != NULL; a++)
    explain_by(*a, source);
  free(source);
  return 0;
}
