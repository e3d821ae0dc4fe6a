/* Each compiler of this machine sees the public headers: they compile without a warning, in each
 * language and version; export only ctx's names; and are refused with one clear error where ctx
 * does not run. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "testing/arch/arch.h"
#include "testing/compiler/compiler.h"
#include "testing/harness/harness.h"
#include CTX_TEST_ARCH(compiling.h)

#define FOR_EACH_COMPILER(by)                              \
  const compiler *compilers_;                              \
  const size_t num_compilers_ = compiler_all(&compilers_); \
  for (const compiler *by = compilers_; by < compilers_ + num_compilers_; by++)

CTX_TEST(Headers, ThisMachineHasACompiler) {
  const compiler *compilers;
  EXPECT_NE(0, compiler_all(&compilers));
}

static void expect_accepted(const compiler *by, const char *flags, const char *source) {
  char *output;
  if (!compiler_run(by, flags, source, &output)) {
    fprintf(stderr, "%s %s:\n%.4000s\n", by->name, flags, output);
    FAIL("the compiler's complaint is above");
  }
  free(output);
}

/* ---- No warnings ---- */

/* Everything that expands in the user's own code, and what users do with it. */
#define SOURCE_OF_USES                                                                          \
  "static ctx_context host, child;\n"                                                           \
  "static char stack[4096];\n"                                                                  \
  "void entry(int *out, double x);\n"                                                           \
  "void variadic(const char *format, ...);\n"                                                   \
  "ctx_status start(void);\n"                                                                   \
  "ctx_status start(void) {\n"                                                                  \
  "  int out;\n"                                                                                \
  "  char buffer[16];\n"                                                                        \
  "  const volatile short narrow = 1;\n"                                                        \
  "  ctx_status status = ctx_init(&child, stack, sizeof stack, (ctx_entry)entry,\n"             \
  "                               CTX_ARGS(&out, 1.5));\n"                                      \
  "  if (status == CTX_OK)\n"                                                                   \
  "    status = ctx_init(&child, stack, sizeof stack, (ctx_entry)variadic,\n"                   \
  "                      CTX_ARGS(\"text\", buffer, sizeof buffer, 'c', 1, 2u, 3l, 4ul, 5ll,\n" \
  "                               6ull, 7.f, 8., narrow, ctx_guest_ptr(9), &host, (bool)1,\n"   \
  "                               (signed char)1, (unsigned char)1, (unsigned short)1));\n"     \
  "  if (status == CTX_OK)\n"                                                                   \
  "    status = ctx_init(&child, stack, sizeof stack, CTX_ENTRY(start), CTX_NO_ARGS);\n"        \
  "  if (status == CTX_OK) status = CTX_START(&child, stack, sizeof stack, start);\n"           \
  "  if (status == CTX_OK)\n"                                                                   \
  "    status = CTX_START(&child, stack, sizeof stack, entry, &out, 1.5);\n"                    \
  "  if (status == CTX_OK)\n"                                                                   \
  "    status = ctx_init(&child, stack, sizeof stack,\n"                                        \
  "                      CTX_CALL_VARIADIC(variadic, \"text\", 1, buffer, 2.f, 'c'));\n"        \
  "  ctx_swap(&host, &child);\n"                                                                \
  "  if (ctx_retval_bool(&child)) ctx_set(&child);\n"                                           \
  "  return status;\n"                                                                          \
  "}\n"

/* Descriptions of types, and values that are not scalars. */
#define SOURCE_OF_TYPES                                                                   \
  "struct point { float x, y; char name[2][3]; unsigned bits : 3; };\n"                   \
  "union either { struct point p; double d; };\n"                                         \
  "typedef float vector __attribute__((vector_size(32)));\n"                              \
  "CTX_STRUCT(point_type, struct point, CTX_MEMBER(struct point, x, ctx_type_f32),\n"     \
  "           CTX_MEMBER(struct point, y, ctx_type_f32),\n"                               \
  "           CTX_MEMBER_ARRAY(struct point, name, ctx_type_i8),\n"                       \
  "           CTX_BITFIELD(bits, ctx_type_u32, 112, 3));\n"                               \
  "CTX_UNION(either_type, union either, CTX_MEMBER(union either, p, point_type),\n"       \
  "          CTX_MEMBER(union either, d, ctx_type_f64));\n"                               \
  "ctx_status start_wide(const struct point *p, const vector *v);\n"                      \
  "ctx_status start_wide(const struct point *p, const vector *v) {\n"                     \
  "  CTX_STRUCT(unused_type, struct point, CTX_MEMBER(struct point, x, ctx_type_f32));\n" \
  "  const ctx_type *const args[] = {&point_type, &ctx_type_long_double};\n"              \
  "  const long double wide = 1;\n"                                                       \
  "  const void *const values[] = {p, &wide};\n"                                          \
  "  ctx_signature *signature;\n"                                                         \
  "  ctx_status status = ctx_signature_create(&signature, &either_type, args, 2,\n"       \
  "                                           CTX_NOT_VARIADIC);\n"                       \
  "  if (status == CTX_OK)\n"                                                             \
  "    status = ctx_init_signature(&child, stack, sizeof stack, (ctx_options *)0,\n"      \
  "                                (ctx_entry)start, signature, values);\n"               \
  "  if (status != CTX_OK) return status;\n"                                              \
  "  return ctx_init(&child, stack, sizeof stack, (ctx_entry)start,\n"                    \
  "                  CTX_ARGS(ctx_aggregate(&point_type, p), wide, ctx_v256(*v),\n"       \
  "                           ctx_i128(-1), ctx_u128(1), ctx_complex_f32(1.f),\n"         \
  "                           ctx_complex_f64(1.), ctx_complex_long_double(1.l)));\n"     \
  "}\n"

static const char source_of_ctx_h[] = "#include \"ctx/ctx.h\"\n" SOURCE_OF_USES SOURCE_OF_TYPES;
static const char source_of_inline_h[] =
    "#include \"ctx/inline.h\"\n"
    "#include \"ctx/prefetch.h\"\n"
    "#include \"ctx/terminator.h\"\n"
    "#include \"ctx/ctx.h\"\n" SOURCE_OF_USES
    "void inlined(void);\n"
    "void inlined(void) { ctx_prefetch(&child); ctx_swap_inline(&host, &child);\n"
    "  ctx_swap(&host, ctx_swap_resumer_inline(&host, ctx_swap_resumer(&host, &child))); }\n"
    "ctx_terminate_result terminated(ctx_terminator *terminator);\n"
    "ctx_terminate_result terminated(ctx_terminator *terminator) {\n"
    "  return ctx_terminate(ctx_terminator_arm(terminator, &child, &host, 1)); }\n";

/* All warnings, except for two that later clangs have for what users write: the cast to ctx_entry,
 * for which there is CTX_ENTRY, and the address of a variable that the entry is to set. */
#define WARNINGS                                                                         \
  " -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wcast-function-type -Wundef -Werror" \
  " -Wno-unknown-warning-option -Wno-cast-function-type-strict"                          \
  " -Wno-uninitialized-const-pointer"

static const char *const c_flags[] = {
    "-std=c11 -O0 -S -o /dev/null" WARNINGS,
    "-std=c11 -O2 -g -S -o /dev/null" WARNINGS " -Wstrict-prototypes -Wmissing-prototypes",
    "-std=c17 -O0 -S -o /dev/null" WARNINGS,
    "-std=c2x -O0 -S -o /dev/null" WARNINGS,
    "-std=gnu17 -O2 " CTX_TEST_PROCESSOR_FLAGS " -S -o /dev/null" WARNINGS,
};

static const char *const cxx_flags[] = {
    "-std=c++17 -O0 -S -o /dev/null" WARNINGS,
    "-std=c++17 -O2 -g -S -o /dev/null" WARNINGS " -Wmissing-declarations",
    "-std=c++20 -O0 -S -o /dev/null" WARNINGS,
    "-std=gnu++20 -O2 " CTX_TEST_PROCESSOR_FLAGS " -S -o /dev/null" WARNINGS,
};

CTX_TEST(Headers, CompileWithoutAWarning) {
  FOR_EACH_COMPILER(by) {
    bool is_c = !compiler_is_cxx(by);
    const char *const *flags = is_c ? c_flags : cxx_flags;
    size_t num_flags =
        is_c ? sizeof c_flags / sizeof c_flags[0] : sizeof cxx_flags / sizeof cxx_flags[0];
    for (size_t i = 0; i < num_flags; i++) {
      expect_accepted(by, flags[i], source_of_ctx_h);
      expect_accepted(by, flags[i], source_of_inline_h);
    }
  }
}

/* ---- Types that are not arguments ---- */

#define USE_OF_VALUE(declaration, expression) \
  "#include \"ctx/ctx.h\"\n" declaration      \
  ";\nctx_value use(void);\nctx_value use(void) { return CTX_VALUE(" expression "); }\n"

static void expect_refused(const char *source) {
  FOR_EACH_COMPILER(by) {
    bool accepted = compiler_run(by, "-fsyntax-only", source, NULL);
    if (accepted) fprintf(stderr, "%s accepts:\n%s\n", by->name, source);
    EXPECT_FALSE(accepted);
  }
}

/* Only the type makes the difference to the cases below. */
CTX_TEST(Headers, AcceptASupportedTypeAsAnArgument) {
  FOR_EACH_COMPILER(by) {
    expect_accepted(by, "-fsyntax-only", USE_OF_VALUE("extern int x", "x"));
    expect_accepted(by, "-fsyntax-only",
                    USE_OF_VALUE("struct s { int a; }; extern struct s x", "&x"));
    expect_accepted(by, "-fsyntax-only", USE_OF_VALUE("extern long double x", "x"));
    expect_accepted(by, "-fsyntax-only", USE_OF_VALUE("__extension__ extern __int128 x", "x"));
    expect_accepted(by, "-fsyntax-only",
                    USE_OF_VALUE("__extension__ extern unsigned __int128 x", "x"));
    expect_accepted(by, "-fsyntax-only",
                    USE_OF_VALUE("__extension__ extern _Complex float x", "x"));
    expect_accepted(by, "-fsyntax-only",
                    USE_OF_VALUE("__extension__ extern _Complex double x", "x"));
  }
}

CTX_TEST(Headers, RefuseUnsupportedTypesAsArguments) {
  expect_refused(USE_OF_VALUE("struct s { int a; }; extern struct s x", "x"));
  expect_refused(USE_OF_VALUE("struct s { void *a; }; extern struct s x", "x"));
  expect_refused(USE_OF_VALUE("union u { int a; }; extern union u x", "x"));
  expect_refused(USE_OF_VALUE("__extension__ extern _Complex long double x", "x"));
  expect_refused(USE_OF_VALUE("typedef float v __attribute__((vector_size(16))); extern v x", "x"));
  expect_refused(USE_OF_VALUE("void x(void)", "x()"));
}

/* ---- Platforms ---- */

/* Returns what is wrong with the compiler's errors, or "". */
static const char *judge_errors(bool accepted, const char *output) {
  if (accepted) return "accepted";
  const char *error = strstr(output, "error: ");
  if (error == NULL) return "refused without an error";
  char line[128];
  snprintf(line, sizeof line, "%.*s", (int)strcspn(error, "\n"), error);
  if (strstr(line, "\"ctx: ") == NULL) return "the first error is not ctx's";
  /* gcc shows the directive below the message: "#error" is not a second error. */
  if (strstr(error + 1, " error: ") != NULL) return "other errors follow ctx's";
  return "";
}

/* Expects one error that names ctx, and no second one that hides it. It is freestanding, since the
 * C library's headers for other platforms may not be installed. */
static void expect_one_error(const compiler *by, const char *flag) {
  static const char *const headers[] = {"ctx/ctx.h", "ctx/inline.h", "ctx/prefetch.h",
                                        "ctx/terminator.h"};
  for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
    char source[64];
    char flags[128];
    snprintf(source, sizeof source, "#include \"%s\"\n", headers[i]);
    snprintf(flags, sizeof flags, "%s -ffreestanding -fsyntax-only", flag);
    char *output;
    bool accepted = compiler_run(by, flags, source, &output);
    const char *text = judge_errors(accepted, output);
    free(output);
    char complaint[256] = "";
    if (*text != '\0') {
      snprintf(complaint, sizeof complaint, "%s %s, %s: %s", by->name, flag, headers[i], text);
    }
    EXPECT_NO_COMPLAINT((const char *)complaint);
  }
}

CTX_TEST(Headers, StopWithOneErrorWhereCtxDoesNotRun) {
  static const char *const refused[] = {CTX_TEST_REFUSED_FLAGS};
  FOR_EACH_COMPILER(by) {
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
      expect_one_error(by, refused[i]);
    expect_one_error(by, "-U__ELF__");
    expect_one_error(by, "-U__linux__");
    expect_one_error(by, "-U__GNUC__");
    if (compiler_is_clang(by)) {
      expect_one_error(by, "--target=aarch64_be-linux-gnu");
      expect_one_error(by, "--target=x86_64-pc-windows-gnu");
    }
  }
}
