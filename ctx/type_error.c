#include "ctx/type_error.h"

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

/* As much as there is room for. */
static void ctx_type_error_append(const char *text) {
  size_t length = strlen(ctx_type_error_text);
  size_t room = sizeof ctx_type_error_text - 1 - length;
  size_t size = strlen(text) < room ? strlen(text) : room;
  memcpy(ctx_type_error_text + length, text, size);
  ctx_type_error_text[length + size] = '\0';
}

ctx_status ctx_type_fail_in(ctx_status status, const char *format, ...) {
  char inner[sizeof ctx_type_error_text];
  memcpy(inner, ctx_type_error_text, sizeof inner);
  va_list args;
  va_start(args, format);
  vsnprintf(ctx_type_error_text, sizeof ctx_type_error_text, format, args);
  va_end(args);
  ctx_type_error_append(": ");
  ctx_type_error_append(inner);
  return status;
}
