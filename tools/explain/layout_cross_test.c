/* Types are laid out for each ABI as compilers for it lay them out: they compile assertions on what
 * the parser says. clang compiles for all processors, gcc for those for which it is installed. What
 * is in headers is left out: those of another processor may not be there. */
#include "tools/explain/layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "testing/harness/harness.h"
#include "tools/explain/bit_offset.h"
#include "tools/explain/declaration.h"

typedef struct written_type {
  const char *name; /* struct x */
  const char *body;
  const char *members; /* a blank after each; a colon before a bit-field's name */
  bool is_for_x86_64;
} written_type;

#define LAYOUT(...)
#define LAYOUT_BY_HEADERS(...)
#define LAYOUT_ON_X86_64(...)
#define EARLIER(...) static const char earlier[] = #__VA_ARGS__;
#include "tools/explain/layout_rows.inc"
#undef LAYOUT
#undef LAYOUT_ON_X86_64
#undef EARLIER

#define M(name) #name " "
#define B(name) ":" #name " "
#define ROW(is_for_x86_64, rule, keyword, members, ...) \
  {#keyword " " #rule, #__VA_ARGS__, "" members, is_for_x86_64},
#define LAYOUT(...) ROW(false, __VA_ARGS__)
#define LAYOUT_ON_X86_64(...) ROW(true, __VA_ARGS__)
#define EARLIER(...)
static const written_type all[] = {
#include "tools/explain/layout_rows.inc"
};

/* The optimiser sees the one bit that a bit-field of value 1 has, and drops the call, which would
 * be an error. */
static void assert_bit_field(FILE *out, const char *type_name, const char *name, size_t offset) {
  static int number;
  fprintf(out,
          "void test_%d(void) {\n"
          "  %s value;\n"
          "  __builtin_memset(&value, 0, sizeof value);\n"
          "  value.%s = 1;\n"
          "  if (((unsigned char *)&value)[%zu] != 1 << %zu) wrong();\n"
          "}\n",
          number++, type_name, name, offset / 8, offset % 8);
}

/* The member is the first one in a list. */
static void assert_member(FILE *out, const type *t, const char *type_name, const char *list) {
  char name[64];
  bool is_bit_field = *list == ':';
  if (is_bit_field) list++;
  snprintf(name, sizeof name, "%.*s", (int)strcspn(list, " "), list);
  size_t offset = bit_offset_of(t, name);
  if (is_bit_field) {
    assert_bit_field(out, type_name, name, offset);
  } else {
    fprintf(out, "_Static_assert(__builtin_offsetof(%s, %s) * 8 == %zu, \"offset\");\n", type_name,
            name, offset);
  }
}

static void assert_type(const abi *a, const written_type *w, FILE *out) {
  arena memory = {0};
  fault f;
  const char *definition = arena_print(&memory, "%s %s;\n", w->name, w->body);
  const char *source =
      arena_print(&memory, "%s %s void f(%s *, %s);", earlier, definition, w->name, w->name);
  ctx_test_note("%s: %s", a->name, definition);
  declaration d = declaration_parse(a, source, &memory, &f);
  EXPECT_NO_COMPLAINT(f.message != NULL ? f.message : "");
  if (f.message == NULL) {
    const type *t = d.function->parameters->next->type;
    fprintf(out, "%s", definition);
    fprintf(out, "_Static_assert(sizeof(%s) == %zu, \"size\");\n", w->name, t->size);
    fprintf(out, "_Static_assert(_Alignof(%s) == %zu, \"alignment\");\n", w->name, t->align);
    for (const char *m = w->members; *m != '\0'; m = strchr(m, ' ') + 1)
      assert_member(out, t, w->name, m);
  }
  arena_free(&memory);
}

/* Returns the exit status of a command; `write` writes what it reads. */
static int run(const char *command, const abi *a, void (*write)(const abi *, FILE *)) {
  FILE *compiler = popen(command, "w");
  if (compiler == NULL) return -1;
  write(a, compiler);
  return pclose(compiler);
}

static void write_beginning(const abi *a, FILE *out) {
  if (a->has_x87) fputs("#include <xmmintrin.h>\n", out);
  fprintf(out, "%s\nvoid wrong(void) __attribute__((__error__(\"a bit-field\")));\n", earlier);
}

static void write_all(const abi *a, FILE *out) {
  write_beginning(a, out);
  for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
    if (!all[i].is_for_x86_64 || a->has_x87) assert_type(a, &all[i], out);
  }
}

static void write_wrong_size(const abi *a, FILE *out) {
  write_beginning(a, out);
  fputs("_Static_assert(sizeof(struct nine) == 10, \"size\");\n", out);
}

static void write_wrong_bit_field(const abi *a, FILE *out) {
  write_beginning(a, out);
  fputs("struct bits {int a : 3; int b : 7;};\n", out);
  assert_bit_field(out, "struct bits", "b", 4);
}

/* Whether the shell finds the compiler, whose name is the command's first word. */
static bool is_installed(const char *command) {
  char probe[256];
  snprintf(probe, sizeof probe, "command -v %.*s >/dev/null", (int)strcspn(command, " "), command);
  return system(probe) == 0;
}

static void check_compiler(const abi *a, const char *prefix, const char *suffix) {
  char compiler[128], command[512], silent[600];
  snprintf(compiler, sizeof compiler, "%s%s%s", prefix, a->name, suffix);
  if (!is_installed(compiler)) {
    fprintf(stderr, "not installed: %s\n", compiler);
    return;
  }
  snprintf(
      command, sizeof command,
      "%s -std=gnu11 -O2 -ffreestanding -Werror -Wno-psabi -Wno-attributes -S -x c -o /dev/null -",
      compiler);
  snprintf(silent, sizeof silent, "%s 2>/dev/null", command);
  ctx_test_note("%s", compiler);
  EXPECT_EQ(0, run(command, a, write_all));
  EXPECT_NE(0, run(silent, a, write_wrong_size));
  EXPECT_NE(0, run(silent, a, write_wrong_bit_field));
}

CTX_TEST(LayoutCross, ClangAgreesForEachAbi) {
  if (!is_installed("clang")) CTX_SKIP("there is no clang");
  for (const abi *const *a = abi_all(); *a != NULL; a++)
    check_compiler(*a, "clang --target=", "-linux-gnu");
}

CTX_TEST(LayoutCross, GccAgreesWhereItIsInstalled) {
  for (const abi *const *a = abi_all(); *a != NULL; a++)
    check_compiler(*a, "", "-linux-gnu-gcc");
}
