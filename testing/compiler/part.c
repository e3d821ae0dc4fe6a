#include "testing/compiler/part.h"

#include <stdio.h>
#include <stdlib.h>

bool part_wanted(part *out) {
  const char *text = getenv("CTX_COMPILERS_PART");
  *out = (part){1, 1};
  return text == NULL || part_parse(text, out);
}

bool part_parse(const char *text, part *out) {
  part read = {0, 0};
  char more;
  if (sscanf(text, "%zu/%zu%c", &read.number, &read.of, &more) != 2) return false;
  if (read.number < 1 || read.number > read.of || read.of > PART_MAX) return false;
  *out = read;
  return true;
}
