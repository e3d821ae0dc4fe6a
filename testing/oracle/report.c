#include <stdarg.h>
#include <stdio.h>

#include "testing/oracle/judgement.h"

enum { MAX_LINES = 8 };

__attribute__((__format__(__printf__, 2, 0))) static void vprint(judgement *j, const char *format,
                                                                 va_list args) {
  if (j->num_lines >= MAX_LINES) return;
  int length = vsnprintf(j->at, j->left, format, args);
  size_t step = length < 0 ? 0 : (size_t)length < j->left ? (size_t)length : j->left - 1;
  j->at += step;
  j->left -= step;
}

void report_print(judgement *j, const char *format, ...) {
  va_list args;
  va_start(args, format);
  vprint(j, format, args);
  va_end(args);
}

void report_end_line(judgement *j) {
  report_print(j, "\n");
  j->num_lines += 1;
}

void report_line(judgement *j, const char *format, ...) {
  va_list args;
  va_start(args, format);
  vprint(j, format, args);
  va_end(args);
  report_end_line(j);
}

static void print_bytes(judgement *j, uint64_t word, uint64_t care) {
  for (size_t i = 0; i < 8; i++, word >>= 8, care >>= 8) {
    if ((care & 0xff) == 0) {
      report_print(j, " --");
    } else {
      report_print(j, " %02x", (unsigned)(word & 0xff));
    }
  }
}

/* "argument 3 (int8_t), from its byte 8" */
static void print_owner(judgement *j, model_owner owner) {
  if (owner.argument == MODEL_NOBODY) {
    report_print(j, "no argument");
    return;
  }
  if (owner.argument == MODEL_HIDDEN_POINTER) {
    report_print(j, "the result's address");
    return;
  }
  char type[256];
  gen_type_describe(j->from->args[owner.argument].type, type, sizeof type);
  report_print(j, "argument %u (%s), from its byte %u", owner.argument, type, 8u * owner.eightbyte);
}

void report_word(judgement *j, const char *where, model_owner owner, uint64_t expected,
                 uint64_t found, uint64_t care) {
  report_print(j, "%s: ", where);
  print_owner(j, owner);
  report_print(j, ": expected");
  print_bytes(j, expected, care);
  report_print(j, ", found");
  print_bytes(j, found, UINT64_MAX);
  report_end_line(j);
}

uint64_t judgement_care(const judgement *j, uint64_t care) {
  return j->relation == ORACLE_LIBRARY_EQUAL ? UINT64_MAX : care;
}

bool judgement_differs(uint64_t expected, uint64_t found, uint64_t care) {
  return ((expected ^ found) & care) != 0;
}
