#include "testing/hostile/complaint.h"

#include <stdarg.h>
#include <stdio.h>

const char *complain(const char *format, ...) {
  static char text[512];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  return text;
}
