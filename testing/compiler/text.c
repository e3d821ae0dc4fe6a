#define _GNU_SOURCE /* vasprintf */
#include "testing/compiler/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

char *text_format(const char *format, ...) {
  char *out;
  va_list list;
  va_start(list, format);
  if (vasprintf(&out, format, list) < 0) abort();
  va_end(list);
  return out;
}

char *text_append(char *text, const char *more) {
  char *both = text_format("%s%s", text, more);
  free(text);
  return both;
}
