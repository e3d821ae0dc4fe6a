/* Types and cases as C, for people. */
#include <stdarg.h>
#include <stdio.h>

#include "testing/generator/case.h"

typedef struct text {
  char *at;
  size_t size; /* what is left, with the terminating null */
  size_t length;
} text;

__attribute__((format(printf, 2, 3))) static void print(text *out, const char *format, ...) {
  va_list args;
  va_start(args, format);
  int length = vsnprintf(out->at, out->size, format, args);
  va_end(args);
  if (length < 0) return;
  size_t step = (size_t)length < out->size ? (size_t)length : out->size;
  out->at += step;
  out->size -= step;
  out->length += (size_t)length;
}

static void print_type(text *out, const gen_type *type);

static void print_member(text *out, const gen_member *member, size_t number) {
  print_type(out, member->type);
  if (member->form != GEN_UNNAMED_BIT_FIELD) print(out, " %c", (char)('a' + number % 26));
  if (member->form == GEN_ARRAY) print(out, "[%u]", (unsigned)member->count);
  if (member->form == GEN_FLEXIBLE) print(out, "[]");
  if (member->form == GEN_BIT_FIELD || member->form == GEN_UNNAMED_BIT_FIELD) {
    print(out, " : %u", (unsigned)member->bits);
  }
  if (member->align != 0) print(out, " __attribute__((aligned(%u)))", (unsigned)member->align);
  if (member->packed) print(out, " __attribute__((packed))");
  print(out, "; ");
}

static void print_type(text *out, const gen_type *type) {
  if (!gen_is_aggregate(type)) {
    print(out, "%s", gen_scalar_c_name(type->kind));
    return;
  }
  print(out, "%s ", type->kind == GEN_STRUCT ? "struct" : "union");
  if (type->packed) print(out, "__attribute__((packed)) ");
  if (type->aligned != 0) print(out, "__attribute__((aligned(%u))) ", (unsigned)type->aligned);
  print(out, "{ ");
  for (size_t i = 0; i < type->num_members; i++)
    print_member(out, &type->members[i], i);
  print(out, "}");
}

static text begin(char *buffer, size_t size) {
  if (size != 0) *buffer = '\0';
  return (text){buffer, size, 0};
}

size_t gen_type_describe(const gen_type *type, char *out, size_t size) {
  text to = begin(out, size);
  print_type(&to, type);
  return to.length;
}

size_t gen_case_describe(const gen_case *from, char *out, size_t size) {
  text to = begin(out, size);
  print_type(&to, from->result.type);
  print(&to, " f(");
  for (size_t i = 0; i < from->num_args; i++) {
    if (i != 0) print(&to, ", ");
    if (i == from->num_fixed) print(&to, "..., ");
    print_type(&to, from->args[i].type);
  }
  if (from->num_args == 0 && from->num_fixed == GEN_NOT_VARIADIC) print(&to, "void");
  if (from->num_args == from->num_fixed) print(&to, "%s...", from->num_args == 0 ? "" : ", ");
  print(&to, ")");
  return to.length;
}
