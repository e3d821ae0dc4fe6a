/* Compilers differ from each other, or from themselves, as ABI.md says of gcc 12, clang 14 and
 * clang 19: functions that they compile show it. */
#include "testing/callsites/divergence.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "testing/compiler/compiler.h"
#include "testing/harness/harness.h"

/* The compiled functions call this; the one whose turn it is has its text here. */
typedef void seer(const void *bytes, size_t size);
static char seen[256];

static void see(const void *bytes, size_t size) {
  size_t at = strlen(seen);
  for (size_t i = 0; i < size; i += 8) {
    char place[16];
    divergence_name_place(((const uint8_t *)bytes)[i], place);
    const char *separator = at == 0 ? "" : i == 0 ? ", " : " ";
    at += (size_t)snprintf(seen + at, sizeof seen - at, "%s%s", separator, place);
  }
}

static void write_rows(FILE *out, const void *data) {
  const divergence_compiler *by = data;
  fputs(
      "#include <stdarg.h>\n#include <stddef.h>\n"
      "void (*see)(const void *, size_t);\n"
      "#define SEE(x) see(&x, sizeof x);\n",
      out);
  fputs(divergence_source, out);
  for (size_t i = 0; i < divergence_num_rows; i++) {
    const divergence_row *row = &divergence_rows[i];
    if (row->places[*by] == NULL) continue;
    fprintf(out, "#define T T%zu\n%s\nvoid f%zu(%s) { %s }\n#undef T\n", i, row->types, i,
            row->parameters, row->body);
  }
}

/* One of two, if the levels differ. */
static const char *at_level(const char *expected, const compiler *by) {
  const char *other = strstr(expected, " | ");
  return other != NULL && strcmp(by->options, "-O0") != 0 ? other + strlen(" | ") : expected;
}

/* A star is any place. */
static bool matches(const char *expected, const char *found) {
  for (; *expected != '\0' && strncmp(expected, " | ", 3) != 0; expected++) {
    if (*expected == '*') {
      found += strcspn(found, " ,");
    } else if (*expected != *found++) {
      return false;
    }
  }
  return *found == '\0';
}

static void judge_row(void *library, size_t number, const char *expected) {
  char name[32];
  snprintf(name, sizeof name, "f%zu", number);
  ctx_entry function = (ctx_entry)(uintptr_t)dlsym(library, name);
  ASSERT_TRUE(function != NULL);
  seen[0] = '\0';
  ASSERT_EQ(CTX_OK, divergence_call(function));
  if (matches(expected, seen)) return;
  const divergence_row *row = &divergence_rows[number];
  char text[1024];
  snprintf(text, sizeof text, "%s\nvoid f(%s) { %s }\nexpected %s\nfound    %s", row->types,
           row->parameters, row->body, expected, seen);
  FAIL(text);
}

static void judge_rows(divergence_compiler which, const compiler *by) {
  void *library = compiler_load(by, divergence_flags, write_rows, &which);
  ASSERT_TRUE(library != NULL);
  seer **seer_of_library = dlsym(library, "see");
  *seer_of_library = see;
  for (size_t i = 0; i < divergence_num_rows; i++) {
    const char *expected = divergence_rows[i].places[which];
    if (expected != NULL) judge_row(library, i, at_level(expected, by));
  }
  divergence_judge_calls(library, which);
  dlclose(library);
}

#define JUDGE_COMPILER(which, name)                                            \
  do {                                                                         \
    static const compiler at_levels[] = {{name, "-O0"}, {name, "-O2"}};        \
    if (!compiler_is_there(&at_levels[0])) CTX_SKIP(name " is not installed"); \
    const char *lacks = divergence_lacks();                                    \
    if (lacks != NULL) CTX_SKIP(lacks);                                        \
    judge_rows(which, &at_levels[0]);                                          \
    judge_rows(which, &at_levels[1]);                                          \
  } while (0)

CTX_TEST(Divergence, Gcc12IsAsDocumented) { JUDGE_COMPILER(DIVERGENCE_GCC_12, "gcc-12"); }
CTX_TEST(Divergence, Clang14IsAsDocumented) { JUDGE_COMPILER(DIVERGENCE_CLANG_14, "clang-14"); }
CTX_TEST(Divergence, Clang19IsAsDocumented) { JUDGE_COMPILER(DIVERGENCE_CLANG_19, "clang-19"); }
