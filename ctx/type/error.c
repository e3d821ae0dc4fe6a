#include "ctx/type/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static _Thread_local char ctx_type_error_text[512];

const char *ctx_type_error(void) { return ctx_type_error_text; }

ctx_status ctx_type_fail(ctx_status status, const char *format, ...) {
  va_list args;
  va_start(args, format);
  vsnprintf(ctx_type_error_text, sizeof ctx_type_error_text, format, args);
  va_end(args);
  return status;
}

ctx_status ctx_type_fail_in(ctx_status status, const char *format, ...) {
  char where[128];
  va_list args;
  va_start(args, format);
  vsnprintf(where, sizeof where, format, args);
  va_end(args);
  /* If both do not fit, the fault matters more than where it is. */
  size_t length = strlen(where), rest = strlen(ctx_type_error_text);
  if (length + 2 + rest >= sizeof ctx_type_error_text) return status;
  memmove(ctx_type_error_text + length + 2, ctx_type_error_text, rest);
  ctx_type_error_text[length + 2 + rest] = '\0';
  memcpy(ctx_type_error_text, where, length);
  memcpy(ctx_type_error_text + length, ": ", 2);
  return status;
}
