/* Each compiler of this machine compares a member's type with the scalar that CTX_MEMBER or
 * CTX_MEMBER_ARRAY names: another scalar is one error, which says so. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "testing/compiler/compiler.h"
#include "testing/compiler/text.h"
#include "testing/harness/harness.h"

#define FOR_EACH_COMPILER(by)                              \
  const compiler *compilers_;                              \
  const size_t num_compilers_ = compiler_all(&compilers_); \
  for (const compiler *by = compilers_; by < compilers_ + num_compilers_; by++)

static const char head[] =
    "#include \"ctx/ctx.h\"\n"
    "typedef signed char vector8 __attribute__((vector_size(8)));\n"
    "typedef double vector16 __attribute__((vector_size(16)));\n"
    "typedef float vector32 __attribute__((vector_size(32)));\n"
    "typedef int vector64 __attribute__((vector_size(64)));\n"
    "struct inner { int x; };\n"
    "CTX_STRUCT(inner_type, struct inner, CTX_MEMBER(struct inner, x, ctx_type_i32));\n";

/* ---- Scalars that differ ---- */

/* A C type, and the name of the scalar that it is, of those that differ in C. */
typedef struct scalar {
  const char *type;
  const char *name;
} scalar;

static const scalar scalars[] = {
    {"signed char", "i8"},
    {"short", "i16"},
    {"int", "i32"},
    {"long", "i64"},
    {"__int128", "i128"},
    {"unsigned char", "u8"},
    {"unsigned short", "u16"},
    {"unsigned", "u32"},
    {"unsigned long", "u64"},
    {"unsigned __int128", "u128"},
    {"bool", "bool"},
    {"void *", "ptr"},
    {"float", "f32"},
    {"double", "f64"},
    {"long double", "long_double"},
#ifdef __SIZEOF_FLOAT128__
    {"__float128", "f128"},
#endif
    {"float _Complex", "complex_f32"},
    {"double _Complex", "complex_f64"},
    {"long double _Complex", "complex_long_double"},
    {"vector8", "v64"},
    {"vector16", "v128"},
    {"vector32", "v256"},
    {"vector64", "v512"},
    {"struct inner", NULL}, /* is none */
};
enum { NUM_SCALARS = sizeof scalars / sizeof scalars[0] };

static char *declare_scalars(void) {
  char *source = text_format("%s", head);
  for (size_t i = 0; i < NUM_SCALARS; i++) {
    char *more = text_format(
        "__extension__ typedef %s t%zu;\n"
        "struct s%zu { t%zu x; t%zu a[2][3]; };\n",
        scalars[i].type, i, i, i, i);
    source = text_append(source, more);
    free(more);
  }
  return source;
}

/* Adds descriptions of all types by all scalars: those that are right, or those that are wrong.
 * Returns their number. */
static size_t describe_scalars(char **source, bool are_right, const char *macro,
                               const char *member) {
  size_t num = 0;
  for (size_t i = 0; i < NUM_SCALARS; i++) {
    for (size_t j = 0; j < NUM_SCALARS; j++) {
      if (scalars[j].name == NULL || (i == j) != are_right) continue;
      char *more = text_format(
          "extern const ctx_member %s_%zu_%zu;\n"
          "const ctx_member %s_%zu_%zu = %s(struct s%zu, %s, ctx_type_%s);\n",
          member, i, j, member, i, j, macro, i, member, scalars[j].name);
      *source = text_append(*source, more);
      free(more);
      num++;
    }
  }
  return num;
}

static size_t count(const char *text, const char *what) {
  size_t num = 0;
  for (const char *at = text; (at = strstr(at, what)) != NULL; at++)
    num++;
  return num;
}

static void expect_accepted_in(const char *version, const compiler *by, const char *source) {
  char *output;
  char *flags = text_format(
      "%s -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wundef -Werror -Wno-psabi -fsyntax-only",
      version);
  if (!compiler_run(by, flags, source, &output)) {
    fprintf(stderr, "%s:\n%.4000s\n", by->name, output);
    FAIL("the compiler's complaint is above");
  }
  free(output);
  free(flags);
}

static void expect_accepted(const compiler *by, const char *source) {
  expect_accepted_in("", by, source);
}

static void expect_errors(const compiler *by, const char *source, size_t num) {
  char *output;
  const char *flags =
      compiler_is_clang(by) ? "-ferror-limit=0 -fsyntax-only" : "-fmax-errors=0 -fsyntax-only";
  EXPECT_FALSE(compiler_run(by, flags, source, &output));
  const char *text = compiler_is_cxx(by) ? "not of the type that its description names"
                                         : "the_member_is_not_of_the_type_that_its_description";
  size_t num_with_text = 0;
  for (const char *at = output; (at = strstr(at, " error: ")) != NULL; at++) {
    const char *found = strstr(at, text);
    num_with_text += found != NULL && found < at + strcspn(at, "\n");
  }
  if (num_with_text != num) fprintf(stderr, "%s:\n%.4000s\n", by->name, output);
  EXPECT_EQ(num, num_with_text);
  EXPECT_EQ(num, count(output, " error: "));
  free(output);
}

CTX_TEST(TypeMember, TheScalarThatItIsIsAccepted) {
  char *source = declare_scalars();
  EXPECT_EQ(NUM_SCALARS - 1, describe_scalars(&source, true, "CTX_MEMBER", "x"));
  EXPECT_EQ(NUM_SCALARS - 1, describe_scalars(&source, true, "CTX_MEMBER_ARRAY", "a"));
  FOR_EACH_COMPILER(by) { expect_accepted(by, source); }
  free(source);
}

CTX_TEST(TypeMember, EveryOtherScalarIsAnError) {
  char *source = declare_scalars();
  size_t num = describe_scalars(&source, false, "CTX_MEMBER", "x");
  FOR_EACH_COMPILER(by) { expect_errors(by, source, num); }
  free(source);
}

/* A member of such a type has its own class, not that of a vector of its size. */
CTX_TEST(TypeMember, AnAggregateIsNotAVector) {
  static const char *const members[] = {"struct { long x; } m", "union { long x; } m", "long m[1]"};
  for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
    char *source = text_format(
        "#include \"ctx/ctx.h\"\nstruct s { %s; };\nextern const ctx_member wrong;\n"
        "const ctx_member wrong = CTX_MEMBER(struct s, m, ctx_type_v64);\n",
        members[i]);
    FOR_EACH_COMPILER(by) { expect_errors(by, source, 1); }
    free(source);
  }
}

CTX_TEST(TypeMember, SoItIsOfAnArray) {
  char *source = declare_scalars();
  size_t num = describe_scalars(&source, false, "CTX_MEMBER_ARRAY", "a");
  FOR_EACH_COMPILER(by) { expect_errors(by, source, num); }
  free(source);
}

/* ---- Types that are a scalar, too ---- */

static const char alike[] =
    "typedef enum some { SOME } some;\n"
    "typedef enum negative { NEGATIVE = -1 } negative;\n"
    "struct alike {\n"
    "  const long long ll; volatile unsigned long long ull; size_t size; ptrdiff_t difference;\n"
    "  char c; const char d; uint32_t guest; int64_t i64;\n"
    "  some s; negative n;\n"
    "  struct inner *p; int (*f)(void); const char *const text; const void *v[3];\n"
    "  struct inner in; struct inner ins[2]; int i8d[1][1][1][1][1][1][1][2];\n"
    "};\n"
    "CTX_STRUCT(alike_type, struct alike,\n"
    "           CTX_MEMBER(struct alike, ll, ctx_type_i64),\n"
    "           CTX_MEMBER(struct alike, ll, ctx_type_isize),\n"
    "           CTX_MEMBER(struct alike, ull, ctx_type_u64),\n"
    "           CTX_MEMBER(struct alike, size, ctx_type_usize),\n"
    "           CTX_MEMBER(struct alike, difference, ctx_type_isize),\n"
    "           CTX_MEMBER(struct alike, c, ctx_type_i8),\n"
    "           CTX_MEMBER(struct alike, d, ctx_type_u8),\n"
    "           CTX_MEMBER(struct alike, guest, ctx_type_guest_ptr),\n"
    "           CTX_MEMBER(struct alike, i64, (ctx_type_i64)),\n"
    "           CTX_MEMBER(struct alike, s, ctx_type_u32),\n"
    "           CTX_MEMBER(struct alike, n, ctx_type_i32),\n"
    "           CTX_MEMBER(struct alike, p, ctx_type_ptr),\n"
    "           CTX_MEMBER(struct alike, f, ctx_type_ptr),\n"
    "           CTX_MEMBER(struct alike, text, ctx_type_ptr),\n"
    "           CTX_MEMBER_ARRAY(struct alike, v, ctx_type_ptr),\n"
    "           CTX_MEMBER(struct alike, in, inner_type),\n"
    "           CTX_MEMBER(struct alike, in.x, ctx_type_i32),\n"
    "           CTX_MEMBER_ARRAY(struct alike, ins, inner_type),\n"
    "           CTX_MEMBER_ARRAY(struct alike, i8d, ctx_type_i32));\n"
    "#ifdef CTX_HAS_F16_\n"
    "__extension__ typedef _Float16 half;\n"
    "struct with_half { half h; };\n"
    "CTX_STRUCT(half_type, struct with_half, CTX_MEMBER(struct with_half, h, ctx_type_f16));\n"
    "#endif\n"
    "ctx_status at_run_time(ctx_type **out, const ctx_type *inner, const ctx_type *both);\n"
    "ctx_status at_run_time(ctx_type **out, const ctx_type *inner, const ctx_type *both) {\n"
    "  const ctx_member members[] = {CTX_MEMBER(struct alike, in, *inner),\n"
    "                                CTX_MEMBER_ARRAY(struct alike, ins, both[1])};\n"
    "  return ctx_type_create_struct(out, 8, 4, members, 2);\n"
    "}\n";

CTX_TEST(TypeMember, TypesThatArePassedAlikeAreAccepted) {
  char *source = text_format("%s%s", head, alike);
  FOR_EACH_COMPILER(by) { expect_accepted(by, source); }
  free(source);
}

/* C++ has types of their own for characters. */
CTX_TEST(TypeMember, CharactersAreIntegers) {
  static const char source[] =
      "#include \"ctx/ctx.h\"\n"
      "#ifdef __WCHAR_UNSIGNED__\n#define WIDE ctx_type_u32\n"
      "#else\n#define WIDE ctx_type_i32\n#endif\n"
      "struct characters { char8_t c8; char16_t c16; char32_t c32; wchar_t wide; };\n"
      "CTX_STRUCT(characters_type, characters, CTX_MEMBER(characters, c8, ctx_type_u8),\n"
      "           CTX_MEMBER(characters, c16, ctx_type_u16),\n"
      "           CTX_MEMBER(characters, c32, ctx_type_u32),\n"
      "           CTX_MEMBER(characters, wide, WIDE));\n"
      "constexpr ctx_member member = CTX_MEMBER(characters, c16, ctx_type_u16);\n"
      "static_assert(member.size == sizeof(char16_t), \"\");\n";
  FOR_EACH_COMPILER(by) {
    if (compiler_is_cxx(by)) expect_accepted_in("-std=c++20 -Wno-unused", by, source);
  }
}

/* An array is not its elements, and what is empty is not a scalar. */
CTX_TEST(TypeMember, ArraysAndVoidAreErrors) {
  char *source = text_format(
      "%s struct s { char a[8]; int i; unsigned b[2]; };\n"
      "extern const ctx_member members[];\n"
      "const ctx_member members[] = {CTX_MEMBER(struct s, a, ctx_type_ptr),\n"
      "                              CTX_MEMBER(struct s, b, ctx_type_u64),\n"
      "                              CTX_MEMBER(struct s, i, ctx_type_void)};\n",
      head);
  FOR_EACH_COMPILER(by) { expect_errors(by, source, 3); }
  free(source);
}
