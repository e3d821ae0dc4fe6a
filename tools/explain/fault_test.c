/* A bad declaration is answered with this, whole: the place, the fault, the line, and the caret. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "testing/harness/harness.h"
#include "tools/explain/captured.h"

static void expect_fault_by(const abi *a, const char *source, const char *expected) {
  ctx_test_note("%s: %s", a->name, source);
  captured c = captured_explain(a, source);
  EXPECT_FALSE(c.ok);
  EXPECT_STREQ(expected, c.errors);
  EXPECT_STREQ("", c.out);
  captured_free(&c);
}

static void expect_fault(const char *source, const char *expected) {
  expect_fault_by(&abi_x86_64, source, expected);
}

/* ctx's own refusals are in ctx's words, which its own tests hold. */
static void expect_refusal_by(const abi *a, const char *source, const char *begin,
                              const char *end) {
  ctx_test_note("%s: %s", a->name, source);
  captured c = captured_explain(a, source);
  EXPECT_FALSE(c.ok);
  EXPECT_TRUE(strncmp(c.errors, begin, strlen(begin)) == 0);
  size_t length = strlen(c.errors);
  ASSERT_TRUE(length > strlen(begin) + strlen(end));
  EXPECT_STREQ(end, c.errors + length - strlen(end));
  captured_free(&c);
}

static void expect_refusal(const char *source, const char *begin, const char *end) {
  expect_refusal_by(&abi_x86_64, source, begin, end);
}

/* prefix, `times` of `repeated`, suffix: only a fault that says `message`. */
static void expect_limit(const char *prefix, const char *repeated, size_t times, const char *suffix,
                         const char *message) {
  size_t length = strlen(repeated);
  char *source = malloc(strlen(prefix) + times * length + strlen(suffix) + 1);
  ASSERT_TRUE(source != NULL);
  strcpy(source, prefix);
  for (size_t i = 0; i < times; i++)
    memcpy(source + strlen(prefix) + i * length, repeated, length);
  strcpy(source + strlen(prefix) + times * length, suffix);
  ctx_test_note("%s%s...", prefix, repeated);
  captured c = captured_explain(&abi_x86_64, source);
  EXPECT_FALSE(c.ok);
  EXPECT_TRUE(strstr(c.errors, message) != NULL);
  captured_free(&c);
  free(source);
}

CTX_TEST(Fault, NestingHasALimit) {
  expect_limit("int f(int ", "(", 60000, "", "nested too deeply");
  expect_limit("int ", "(*", 30000, "", "nested too deeply");
  expect_limit("int f(", "int (*)(", 8000, "", "nested too deeply");
  expect_limit("struct {int a", "[1]", 20000, ";} f(void)", "nested too deeply");
  expect_limit("struct {int a[", "-", 60000, "1];} f(void)", "nested too deeply");
  expect_limit("struct {int a[", "(", 60000, "1", "nested too deeply");
  expect_limit("struct {int a[", "1 ? 2 : ", 8000, "1];} f(void)", "nested too deeply");
  expect_limit("struct {int a[", "sizeof(char[", 5000, "1", "nested too deeply");
  expect_limit("", "struct {", 8000, "", "nested too deeply");
  expect_limit("", "__attribute__((aligned(sizeof(struct {int a ", 1000, "", "nested too deeply");
}

CTX_TEST(Fault, LengthHasALimit) {
  expect_limit("int f(void)", " ", 65536, "", "longer than 64 KiB");
}

/* Types that hold two of the one before, or an array of it: 2^64 members, or 64^10. */
static void expect_growth_has_a_limit(const char *first, const char *body, const char *message) {
  char source[8192];
  int length = snprintf(source, sizeof source, "%s", first);
  for (int i = 1; i < 70; i++)
    length += snprintf(source + length, sizeof source - (size_t)length,
                       "union u%d {union u%d %s;};", i, i - 1, body);
  expect_limit(source, " ", 1, "void f(union u69 x);", message);
}

CTX_TEST(Fault, GrowthHasALimit) {
  expect_growth_has_a_limit("union u0 {int x;};", "x, y", "too many members");
  expect_growth_has_a_limit("union u0 {};", "x[99]", "too many members");
  expect_growth_has_a_limit("union u0 {int x;};", "x", "nested too deeply");
}

/* clang-format off */

CTX_TEST(Fault, TokensThatAreNone) {
  expect_fault("int f(int a @ b)",
               "1:13: error: this character has no place in a declaration\n"
               "  int f(int a @ b)\n"
               "              ^\n");
  expect_fault("int f(int a[1.5])",
               "1:13: error: this is no integer\n"
               "  int f(int a[1.5])\n"
               "              ^~~\n");
  expect_fault("int f(int a[0x])",
               "1:13: error: this is no integer\n"
               "  int f(int a[0x])\n"
               "              ^~\n");
  expect_fault("int f(int a[99999999999999999999])",
               "1:13: error: the number is too large\n"
               "  int f(int a[99999999999999999999])\n"
               "              ^~~~~~~~~~~~~~~~~~~~\n");
  expect_fault("int f(/* int)",
               "1:7: error: the comment has no end\n"
               "  int f(/* int)\n"
               "        ^~\n");
  expect_fault("int f(int x) __asm__(\"f)",
               "1:22: error: the string has no end\n"
               "  int f(int x) __asm__(\"f)\n"
               "                       ^\n");
  expect_fault("int f(int \001)",
               "1:11: error: this character has no place in a declaration\n"
               "  int f(int ?)\n"
               "            ^\n");
}

CTX_TEST(Fault, DeclarationsThatEndTooEarly) {
  expect_fault("",
               "1:1: error: expected a function\n"
               "  \n"
               "  ^\n");
  expect_fault("int f(int x",
               "1:12: error: expected ')' at the end\n"
               "  int f(int x\n"
               "             ^\n");
  expect_fault("int",
               "1:4: error: expected a name at the end\n"
               "  int\n"
               "     ^\n");
  expect_fault("struct {int a;",
               "1:15: error: expected '}' at the end\n"
               "  struct {int a;\n"
               "                ^\n");
  expect_fault("int f(int (*",
               "1:13: error: expected ')' at the end\n"
               "  int f(int (*\n"
               "              ^\n");
  expect_fault("int f(int) int",
               "1:12: error: expected ';' before 'int'\n"
               "  int f(int) int\n"
               "             ^~~\n");
  expect_fault("int f(int x) {",
               "1:15: error: expected a closing bracket at the end\n"
               "  int f(int x) {\n"
               "                ^\n");
  expect_fault("int x = (1; int f(int)",
               "1:23: error: expected a closing bracket at the end\n"
               "  int x = (1; int f(int)\n"
               "                        ^\n");
}

CTX_TEST(Fault, TypesThatAreUnknown) {
  expect_fault("int f(foo x)",
               "1:7: error: unknown type name 'foo'\n"
               "  int f(foo x)\n"
               "        ^~~\n");
  expect_fault("foo f(void)",
               "1:1: error: unknown type name 'foo'\n"
               "  foo f(void)\n"
               "  ^~~\n");
  expect_fault("int f(struct s x)",
               "1:7: error: the type is incomplete: its members are not known\n"
               "  int f(struct s x)\n"
               "        ^~~~~~~~~~\n");
  expect_fault("struct s f(void)",
               "1:1: error: the type is incomplete: its members are not known\n"
               "  struct s f(void)\n"
               "  ^~~~~~~~\n");
  expect_fault("int f(enum e x)",
               "1:12: error: this enum has not been declared\n"
               "  int f(enum e x)\n"
               "             ^\n");
  expect_fault("int f(int, void)",
               "1:12: error: no argument is void\n"
               "  int f(int, void)\n"
               "             ^~~~\n");
  expect_fault("int f(void x)",
               "1:7: error: no argument is void\n"
               "  int f(void x)\n"
               "        ^~~~~~\n");
  expect_fault("int f(const x)",
               "1:13: error: unknown type name 'x'\n"
               "  int f(const x)\n"
               "              ^\n");
  expect_fault("long char f(void)",
               "1:1: error: these words together are no type that ctx has\n"
               "  long char f(void)\n"
               "  ^~~~~~~~~\n");
  expect_fault("int f(float float x)",
               "1:13: error: one type too many\n"
               "  int f(float float x)\n"
               "              ^~~~~\n");
  expect_fault("int f(_Atomic int x)",
               "1:7: error: '_Atomic' is not supported\n"
               "  int f(_Atomic int x)\n"
               "        ^~~~~~~\n");
  expect_fault("int f(_Complex bool x)",
               "1:7: error: these words together are no type that ctx has\n"
               "  int f(_Complex bool x)\n"
               "        ^~~~~~~~~~~~~\n");
  expect_fault("int f(__typeof__(f) x)",
               "1:18: error: expected a constant before 'f'\n"
               "  int f(__typeof__(f) x)\n"
               "                   ^\n");
  expect_fault("enum e : float {A}; int f(enum e)",
               "1:10: error: an enumeration is of an integer type\n"
               "  enum e : float {A}; int f(enum e)\n"
               "           ^~~~~\n");
}

CTX_TEST(Fault, FunctionsThatAreNone) {
  expect_fault("int x",
               "1:5: error: this is no function\n"
               "  int x\n"
               "      ^\n");
  expect_fault("int x, y = {f(1), 2};",
               "1:8: error: this is no function\n"
               "  int x, y = {f(1), 2};\n"
               "         ^\n");
  expect_fault("int f(int)[3]",
               "1:6: error: a function returns no array\n"
               "  int f(int)[3]\n"
               "       ^~~~~\n");
  expect_fault("int f(int)(int)",
               "1:6: error: a function returns no function\n"
               "  int f(int)(int)\n"
               "       ^~~~~\n");
  expect_fault("void (*f)(int)",
               "1:8: error: this is no function\n"
               "  void (*f)(int)\n"
               "         ^\n");
  expect_fault("typedef int f(int)",
               "1:19: error: expected a function\n"
               "  typedef int f(int)\n"
               "                    ^\n");
  expect_fault(";",
               "1:2: error: expected a function\n"
               "  ;\n"
               "   ^\n");
  expect_fault("int f(int a, int a)",
               "1:14: error: the name 'a' is there twice\n"
               "  int f(int a, int a)\n"
               "               ^~~~~\n");
  expect_fault("int f(..., ...)",
               "1:12: error: there is one ellipsis at most\n"
               "  int f(..., ...)\n"
               "             ^~~\n");
  expect_fault("int f(int x = 3)",
               "1:13: error: expected ')' before '='\n"
               "  int f(int x = 3)\n"
               "              ^\n");
  expect_fault("int (f(int)",
               "1:12: error: expected ')' at the end\n"
               "  int (f(int)\n"
               "             ^\n");
}

CTX_TEST(Fault, MembersThatCannotBe) {
  expect_fault("struct {int a; int a;} f(void)",
               "1:20: error: the name 'a' is there twice\n"
               "  struct {int a; int a;} f(void)\n"
               "                     ^\n");
  expect_fault("struct {int a; union {char b; long a;};} f(void)",
               "1:36: error: the name 'a' is there twice\n"
               "  struct {int a; union {char b; long a;};} f(void)\n"
               "                                     ^\n");
  expect_fault("struct {int a : 33;} f(void)",
               "1:13: error: the bit-field is wider than its type\n"
               "  struct {int a : 33;} f(void)\n"
               "              ^\n");
  expect_fault("struct {_Bool b : 2;} f(void)",
               "1:15: error: the bit-field is wider than its type\n"
               "  struct {_Bool b : 2;} f(void)\n"
               "                ^\n");
  expect_fault("struct {float x : 3;} f(void)",
               "1:15: error: a bit-field is of an integer type\n"
               "  struct {float x : 3;} f(void)\n"
               "                ^\n");
  expect_fault("struct {int x : 0;} f(void)",
               "1:13: error: a bit-field of no bits has no name\n"
               "  struct {int x : 0;} f(void)\n"
               "              ^\n");
  expect_fault("struct {int x : -1;} f(void)",
               "1:17: error: the number is negative\n"
               "  struct {int x : -1;} f(void)\n"
               "                  ^\n");
  expect_fault("struct {void v;} f(void)",
               "1:14: error: the type of the member is incomplete\n"
               "  struct {void v;} f(void)\n"
               "               ^\n");
  expect_fault("struct {int f(void);} f(void)",
               "1:13: error: a function is no member\n"
               "  struct {int f(void);} f(void)\n"
               "              ^\n");
  expect_fault("struct {int a[]; int b;} f(void)",
               "1:13: error: an array without a size comes last, after other members\n"
               "  struct {int a[]; int b;} f(void)\n"
               "              ^\n");
  expect_fault("struct {int;} f(void)",
               "1:9: error: this declares no member\n"
               "  struct {int;} f(void)\n"
               "          ^~~\n");
  expect_fault("struct {int a; max_align_t;} f(void)",
               "1:16: error: this declares no member\n"
               "  struct {int a; max_align_t;} f(void)\n"
               "                 ^~~~~~~~~~~\n");
  expect_fault("struct {typedef int t;} f(void)",
               "1:9: error: a typedef is no member\n"
               "  struct {typedef int t;} f(void)\n"
               "          ^~~~~~~~~~~\n");
  expect_fault("struct {struct s x;} f(void)",
               "1:18: error: the type of the member is incomplete\n"
               "  struct {struct s x;} f(void)\n"
               "                   ^\n");
  expect_fault("struct s {struct s x;} f(void)",
               "1:20: error: the type of the member is incomplete\n"
               "  struct s {struct s x;} f(void)\n"
               "                     ^\n");
  expect_fault("struct {int a[2][];} f(void)",
               "1:17: error: the array has no size\n"
               "  struct {int a[2][];} f(void)\n"
               "                  ^\n");
  expect_fault("struct {int x, ;} f(void)",
               "1:16: error: expected a name before ';'\n"
               "  struct {int x, ;} f(void)\n"
               "                 ^\n");
}

CTX_TEST(Fault, NamesThatAreTakenTwice) {
  expect_fault("struct s {int a;}; struct s {int b;}; void f(void)",
               "1:27: error: 'struct s' is declared twice\n"
               "  struct s {int a;}; struct s {int b;}; void f(void)\n"
               "                            ^\n");
  expect_fault("struct s {int a;}; union s f(void)",
               "1:26: error: this is the name of another kind of type\n"
               "  struct s {int a;}; union s f(void)\n"
               "                           ^\n");
  expect_fault("typedef int t; typedef long t; t f(void)",
               "1:29: error: 't' is declared twice\n"
               "  typedef int t; typedef long t; t f(void)\n"
               "                              ^\n");
  expect_fault("typedef int t(int); typedef int t(long); t f",
               "1:33: error: 't' is declared twice\n"
               "  typedef int t(int); typedef int t(long); t f\n"
               "                                  ^\n");
  expect_fault("typedef int t[2]; typedef int t[3]; int f(t)",
               "1:31: error: 't' is declared twice\n"
               "  typedef int t[2]; typedef int t[3]; int f(t)\n"
               "                                ^\n");
  expect_fault("enum {A, A} f(void)",
               "1:10: error: 'A' is declared twice\n"
               "  enum {A, A} f(void)\n"
               "           ^\n");
  expect_fault("struct s; enum s {A} f(void)",
               "1:16: error: this is the name of another type\n"
               "  struct s; enum s {A} f(void)\n"
               "                 ^\n");
}

CTX_TEST(Fault, AttributesThatCannotBe) {
  expect_fault("void f(int x __attribute__((regparm(2))))",
               "1:29: error: this attribute is not known, and may change the call\n"
               "  void f(int x __attribute__((regparm(2))))\n"
               "                              ^~~~~~~\n");
  expect_fault("void f(int x) __attribute__((ms_abi))",
               "1:30: error: this attribute is not known, and may change the call\n"
               "  void f(int x) __attribute__((ms_abi))\n"
               "                               ^~~~~~\n");
  expect_fault("[[gnu::ms_abi]] void f(int x)",
               "1:8: error: this attribute is not known, and may change the call\n"
               "  [[gnu::ms_abi]] void f(int x)\n"
               "         ^~~~~~\n");
  expect_fault("void f(union __attribute__((transparent_union)) {struct {float f;} a; int b;} x)",
               "1:8: error: compilers disagree on a transparent union that begins with no scalar\n"
               "  void f(union __attribute__((transparent_union)) {struct {float f;} a; int b;} x)\n"
               "         ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n");
  expect_fault("typedef int t __attribute__((mode(V4SF))); t f(t)",
               "1:35: error: this mode is not supported\n"
               "  typedef int t __attribute__((mode(V4SF))); t f(t)\n"
               "                                    ^~~~\n");
  expect_fault("typedef float t __attribute__((mode(DI))); t f(t)",
               "1:37: error: the type has no such mode\n"
               "  typedef float t __attribute__((mode(DI))); t f(t)\n"
               "                                      ^~\n");
  expect_fault("void f(_Alignas(16) int x)",
               "1:16: error: the alignment of a parameter is that of its type\n"
               "  void f(_Alignas(16) int x)\n"
               "                 ^\n");
  expect_fault("struct {_Alignas(2) int x;} f(void)",
               "1:17: error: _Alignas asks for less than the type has\n"
               "  struct {_Alignas(2) int x;} f(void)\n"
               "                  ^\n");
  expect_fault("struct {_Alignas(3) char x;} f(void)",
               "1:18: error: an alignment is a power of two\n"
               "  struct {_Alignas(3) char x;} f(void)\n"
               "                   ^\n");
  expect_fault("struct {_Alignas(8) int x : 2;} f(void)",
               "1:17: error: _Alignas is not for bit-fields\n"
               "  struct {_Alignas(8) int x : 2;} f(void)\n"
               "                  ^\n");
  expect_fault("struct {int x;} __attribute__((aligned(0))) f(void)",
               "1:40: error: an alignment is a power of two\n"
               "  struct {int x;} __attribute__((aligned(0))) f(void)\n"
               "                                         ^\n");
  expect_fault("struct {int x;} __attribute__((aligned(536870912))) f(void)",
               "1:40: error: the alignment is larger than 268435456\n"
               "  struct {int x;} __attribute__((aligned(536870912))) f(void)\n"
               "                                         ^~~~~~~~~\n");
  expect_fault("typedef int t __attribute__((packed)); t f(void)",
               "1:30: error: packed is for structs, unions and their members\n"
               "  typedef int t __attribute__((packed)); t f(void)\n"
               "                               ^~~~~~\n");
  expect_fault("typedef float v __attribute__((vector_size(12))); v f(void)",
               "1:32: error: ctx has vectors of 8, 16, 32 and 64 bytes\n"
               "  typedef float v __attribute__((vector_size(12))); v f(void)\n"
               "                                 ^~~~~~~~~~~\n");
  expect_fault("typedef double v __attribute__((vector_size(8))); v f(void)",
               "1:33: error: a vector has more than one element\n"
               "  typedef double v __attribute__((vector_size(8))); v f(void)\n"
               "                                  ^~~~~~~~~~~\n");
  expect_fault("typedef void *v __attribute__((vector_size(16))); v f(void)",
               "1:32: error: a vector is made of integers or floating-point numbers\n"
               "  typedef void *v __attribute__((vector_size(16))); v f(void)\n"
               "                                 ^~~~~~~~~~~\n");
}

CTX_TEST(Fault, TypesThatAreTooLarge) {
  expect_fault("struct {char a[1 << 24][1 << 24];} f(void)",
               "1:15: error: the array is larger than the address space\n"
               "  struct {char a[1 << 24][1 << 24];} f(void)\n"
               "                ^\n");
  expect_fault("struct {char a[1L << 47], b;} f(void)",
               "1:27: error: the type is larger than the address space\n"
               "  struct {char a[1L << 47], b;} f(void)\n"
               "                            ^\n");
  expect_fault("enum {A = 0xffffffffffffffff, B} f(void)",
               "1:31: error: its value is larger than any integer\n"
               "  enum {A = 0xffffffffffffffff, B} f(void)\n"
               "                                ^\n");
  expect_fault("enum {A = 0xffffffffffffffff, B = -1} f(void)",
               "1:1: error: no integer has all of these values\n"
               "  enum {A = 0xffffffffffffffff, B = -1} f(void)\n"
               "  ^~~~\n");
  expect_fault("typedef struct {char a; int b __attribute__((aligned(4)));} s __attribute__((aligned(64))); struct {s x[2];} f(void)",
               "1:104: error: elements whose size is not a multiple of their alignment make no array\n"
               "  ...te__((aligned(4)));} s __attribute__((aligned(64))); struct {s x[2];} f(void)\n"
               "                                                                     ^\n");
}

CTX_TEST(Fault, CompilersThatDisagree) {
  expect_fault("struct __attribute__((aligned(8))) {char c;} __attribute__((aligned(4))) f(void)",
               "1:61: error: compilers disagree on two different alignments\n"
               "  struct __attribute__((aligned(8))) {char c;} __attribute__((aligned(4))) f(void)\n"
               "                                                              ^~~~~~~\n");
  expect_fault("void f(struct {float x; int : 32;} s)",
               "1:8: error: compilers disagree on how it is passed: gcc counts bit-fields without a name, clang does not\n"
               "  void f(struct {float x; int : 32;} s)\n"
               "         ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n");
  expect_fault("void f(struct {int n; char rest[];} s)",
               "1:8: error: compilers disagree on how a struct with an array without a size is passed\n"
               "  void f(struct {int n; char rest[];} s)\n"
               "         ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n");
  expect_fault("struct {char a[0];} f(void)",
               "1:1: error: compilers disagree on how a struct with an array without a size is passed\n"
               "  struct {char a[0];} f(void)\n"
               "  ^~~~~~~~~~~~~~~~~~~\n");
  expect_fault("typedef int t __attribute__((aligned(16))); struct {char c; t x : 3;} f(void)",
               "1:63: error: compilers disagree on where such an aligned bit-field lies\n"
               "  typedef int t __attribute__((aligned(16))); struct {char c; t x : 3;} f(void)\n"
               "                                                                ^\n");
  expect_fault("typedef __int128 t __attribute__((aligned(8))); void f(t x)",
               "1:56: error: compilers disagree on where an argument lies that a typedef aligns to less\n"
               "  typedef __int128 t __attribute__((aligned(8))); void f(t x)\n"
               "                                                         ^~~\n");
}

CTX_TEST(Fault, PlacesAreLinesAndColumns) {
  expect_fault("struct s {\n\tint a;\n\tfoo b;\n};\nvoid f(struct s);",
               "3:2: error: unknown type name 'foo'\n"
               "  \tfoo b;\n"
               "  \t^~~\n");
  expect_fault("/* a\n b */ int f(\n  int a,\n  bar b)",
               "4:3: error: unknown type name 'bar'\n"
               "    bar b)\n"
               "    ^~~\n");
  expect_fault("\n\n  int x;",
               "3:7: error: this is no function\n"
               "    int x;\n"
               "        ^\n");
}

CTX_TEST(Fault, WhatCtxRefusesHasACaretUnderTheType) {
  expect_refusal("void f(int, struct {__float128 q;} x)",
                 "1:13: error: CTX_ERR_UNSUPPORTED_TYPE: ",
                 "\n  void f(int, struct {__float128 q;} x)\n"
                 "              ^~~~~~~~~~~~~~~~~~~~~~~~\n");
  expect_refusal("struct {__float128 q;} f(void)",
                 "1:1: error: CTX_ERR_UNSUPPORTED_TYPE: ",
                 "\n  struct {__float128 q;} f(void)\n"
                 "  ^~~~~~~~~~~~~~~~~~~~~~\n");
  expect_refusal("void f(int, int, int, int, int, __int128 x)",
                 "1:33: error: CTX_ERR_UNSUPPORTED_TYPE: ",
                 "\n  void f(int, int, int, int, int, __int128 x)\n"
                 "                                  ^~~~~~~~~~\n");
  expect_refusal("void f(struct {char c[1 << 30], d;} x)",
                 "1:8: error: CTX_ERR_UNSUPPORTED_TYPE: ",
                 "\n  void f(struct {char c[1 << 30], d;} x)\n"
                 "         ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n");
  expect_refusal("void f(char c, __m256 v, ...)",
                 "1:16: error: CTX_ERR_UNSUPPORTED_TYPE: ",
                 "\n  void f(char c, __m256 v, ...)\n"
                 "                 ^~~~~~~~\n");
}

CTX_TEST(Fault, Aarch64HasOtherTypes) {
  expect_fault_by(&abi_aarch64, "void f(__float128 x)",
                  "1:8: error: aarch64 has no '__float128'\n"
                  "  void f(__float128 x)\n"
                  "         ^~~~~~~~~~\n");
  expect_fault_by(&abi_aarch64, "void f(int a, unsigned __float80 x)",
                  "1:24: error: aarch64 has no '__float80'\n"
                  "  void f(int a, unsigned __float80 x)\n"
                  "                         ^~~~~~~~~\n");
  expect_fault_by(&abi_aarch64, "void f(__m128 x)",
                  "1:8: error: unknown type name '__m128'\n"
                  "  void f(__m128 x)\n"
                  "         ^~~~~~\n");
  expect_fault_by(&abi_x86_64, "void f(float32x4_t x)",
                  "1:8: error: unknown type name 'float32x4_t'\n"
                  "  void f(float32x4_t x)\n"
                  "         ^~~~~~~~~~~\n");
  expect_fault_by(&abi_aarch64, "typedef float t __attribute__((mode(XF))); t f(t)",
                  "1:37: error: this mode is not supported\n"
                  "  typedef float t __attribute__((mode(XF))); t f(t)\n"
                  "                                      ^~\n");
  expect_fault_by(&abi_aarch64, "typedef __int128 v __attribute__((vector_size(16))); v f(void)",
                  "1:35: error: a vector has more than one element\n"
                  "  typedef __int128 v __attribute__((vector_size(16))); v f(void)\n"
                  "                                    ^~~~~~~~~~~\n");
}

CTX_TEST(Fault, Aarch64HasOtherDisputes) {
  expect_fault_by(&abi_aarch64, "void f(int a, struct {int : 0; float f;} x)",
                  "1:15: error: compilers disagree on a bit-field without a name in a homogeneous aggregate\n"
                  "  void f(int a, struct {int : 0; float f;} x)\n"
                  "                ^~~~~~~~~~~~~~~~~~~~~~~~~~~~\n");
  expect_fault_by(&abi_aarch64, "union {float f; int : 32;} f(void)",
                  "1:1: error: compilers disagree on a bit-field without a name in a homogeneous aggregate\n"
                  "  union {float f; int : 32;} f(void)\n"
                  "  ^~~~~~~~~~~~~~~~~~~~~~~~~~\n");
  expect_fault_by(&abi_aarch64, "void f(struct {struct {int : 5;} a[2];} x)",
                  "1:8: error: compilers disagree on what has only bit-fields without a name: gcc passes it, clang does not\n"
                  "  void f(struct {struct {int : 5;} a[2];} x)\n"
                  "         ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n");
  expect_fault_by(&abi_aarch64,
                  "typedef struct {long a[3];} t __attribute__((aligned(4))); void f(t x)",
                  "1:67: error: compilers disagree on where an argument lies that a typedef aligns to less\n"
                  "  typedef struct {long a[3];} t __attribute__((aligned(4))); void f(t x)\n"
                  "                                                                    ^~~\n");
  expect_refusal_by(&abi_aarch64,
                    "void f(int a, struct {_Alignas(16) long a;} x)",
                    "1:15: error: CTX_ERR_UNSUPPORTED_TYPE: ",
                    "\n  void f(int a, struct {_Alignas(16) long a;} x)\n"
                    "                ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n");
  expect_refusal_by(&abi_aarch64,
                    "typedef float v __attribute__((vector_size(32))); v f(void)",
                    "1:51: error: CTX_ERR_UNSUPPORTED_TYPE: ",
                    "\n  typedef float v __attribute__((vector_size(32))); v f(void)\n"
                    "                                                    ^\n");
}

CTX_TEST(Fault, Riscv64HasOtherTypes) {
  expect_fault_by(&abi_riscv64, "void f(__float128 x)",
                  "1:8: error: riscv64 has no '__float128'\n"
                  "  void f(__float128 x)\n"
                  "         ^~~~~~~~~~\n");
  expect_fault_by(&abi_riscv64, "void f(float32x4_t x)",
                  "1:8: error: unknown type name 'float32x4_t'\n"
                  "  void f(float32x4_t x)\n"
                  "         ^~~~~~~~~~~\n");
}

CTX_TEST(Fault, Riscv64HasOtherDisputes) {
  expect_fault_by(&abi_riscv64, "void f(struct {char c; int : 5; float f;} x)",
                  "1:8: error: a bit-field without a name counts as an integer here, and no description has it\n"
                  "  void f(struct {char c; int : 5; float f;} x)\n"
                  "         ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n");
  expect_fault_by(&abi_riscv64, "struct {_Alignas(8) float f; int : 5;} f(int a, ...)",
                  "1:1: error: a bit-field without a name counts as an integer here, and no description has it\n"
                  "  struct {_Alignas(8) float f; int : 5;} f(int a, ...)\n"
                  "  ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n");
  expect_fault_by(&abi_riscv64, "void f(struct {float f; int : 0; float g;} x, ...)",
                  "1:8: error: compilers disagree on a bit-field of no bits where each member has a register of its own\n"
                  "  void f(struct {float f; int : 0; float g;} x, ...)\n"
                  "         ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n");
  expect_fault_by(&abi_riscv64, "void f(struct {struct {int : 5;} a[2];} x)",
                  "1:8: error: compilers disagree on what has only bit-fields without a name: gcc passes it, clang 14 does not\n"
                  "  void f(struct {struct {int : 5;} a[2];} x)\n"
                  "         ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n");
  expect_fault_by(&abi_riscv64,
                  "typedef struct {long a[2];} s; typedef s t __attribute__((aligned(16))); void f(t x)",
                  "1:81: error: compilers disagree on where a struct or union lies that a typedef aligns to 16 or more\n"
                  "  typedef struct {long a[2];} s; typedef s t __attribute__((aligned(16))); void f(t x)\n"
                  "                                                                                  ^~~\n");
  expect_fault_by(&abi_riscv64,
                  "typedef struct {long a[3];} s; typedef s t __attribute__((aligned(32))); void f(t x)",
                  "1:81: error: compilers disagree on where a struct or union lies that a typedef aligns to 16 or more\n"
                  "  typedef struct {long a[3];} s; typedef s t __attribute__((aligned(32))); void f(t x)\n"
                  "                                                                                  ^~~\n");
  expect_fault_by(&abi_riscv64,
                  "typedef struct {__int128 a;} s; typedef s t __attribute__((aligned(8))); void f(t x)",
                  "1:81: error: compilers disagree on where an argument lies that a typedef aligns to less\n"
                  "  typedef struct {__int128 a;} s; typedef s t __attribute__((aligned(8))); void f(t x)\n"
                  "                                                                                  ^~~\n");
  expect_refusal_by(&abi_riscv64,
                    "void f(struct {float f; int : 5;} x)",
                    "1:8: error: CTX_ERR_UNSUPPORTED_TYPE: ",
                    "\n  void f(struct {float f; int : 5;} x)\n"
                    "         ^~~~~~~~~~~~~~~~~~~~~~~~~~~~\n");
  expect_refusal_by(&abi_riscv64,
                    "void f(struct {struct {} e[1][1]; float f;} x)",
                    "1:8: error: CTX_ERR_UNSUPPORTED_TYPE: ",
                    "\n  void f(struct {struct {} e[1][1]; float f;} x)\n"
                    "         ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n");
}

CTX_TEST(Fault, LongLinesAreCut) {
  expect_fault("int f(int first_argument, int second_argument, int third_argument, foo fourth_argument, int fifth_argument, int sixth_argument)",
               "1:68: error: unknown type name 'foo'\n"
               "  ... f(int first_argument, int second_argument, int third_argument, foo fourth_argument, int fifth_a...\n"
               "                                                                     ^~~\n");
  expect_fault("int f(foo first_argument, int second_argument, int third_argument, int fourth_argument, int fifth_argument)",
               "1:7: error: unknown type name 'foo'\n"
               "  int f(foo first_argument, int second_argument, int third_argument, int fourth_argument, int fift...\n"
               "        ^~~\n");
}

/* clang-format on */
