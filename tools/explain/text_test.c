/* The program prints this, whole, for a declaration of each kind. */
#define EXPLAINED_ABI &abi_x86_64
#include "tools/explain/expect_text.h"

/* Whatever registers this processor has. */
CTX_TEST(Text, WideVectorsAreInWideRegisters) {
  expect_part("__m256 f(int, __m256d)", "SSE, SSEUP x3  ymm0\n");
  expect_part("__m512i f(int, __m512)", "SSE, SSEUP x7  zmm0\n");
}

/* Compilers take all of these. */
CTX_TEST(Text, WhatChangesNoCallIsTaken) {
  static const char *const rows[][2] = {
      {"typedef int t; typedef int t; void f(t a)", "4      4  INTEGER  rdi"},
      {"typedef struct S S; typedef struct S S; void f(S *a)", "INTEGER  rdi"},
      {"typedef int t(char), u[2]; typedef int t(char), u[2]; void f(t a, u b)", "INTEGER  rsi"},
      {"int f(int); double f(double x)", "SSE      xmm0"},
      {"extern int n, m[]; static struct {int a;} s = {(1, 2)}; int f(long x)", "long x "},
      {"static inline int f(char x) { if (x > '}') return \"}\\\"}\"[1.5e3 > x->y]; } ", "char x "},
      {"int f(char x) {} int n = 1;", "char x "},
      {"[[noreturn]] void f [[deprecated(\"[\")]] (int x [[maybe_unused]])", "rdi"},
      {"[[vendor::strange(1), gnu::cold, nodiscard]] int f(int x)", "rdi"},
      {"void f(int x) __attribute__((section(\"a\"), constructor(101), sysv_abi))", "rdi"},
      {"void *f(const char *x __attribute__((nonstring))) __attribute__((assume_aligned(64)))",
       "rdi"},
      {"int f(int *x) __attribute__((returns_twice)); extern __thread int e;", "rdi"},
      {"int f(const char *__const__ x)", "rdi"},
      {"_Static_assert(1, \"\"); void f(struct {_Static_assert(1); int a;} x)", "rdi"},
      {"enum {A [[deprecated]] = 'x', B __attribute__((unused))}; void f(char a[B])", "rdi"}};
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
    expect_part(rows[i][0], rows[i][1]);
}

/* Each is passed as the compiler passes it: size, alignment, classes, place. */
CTX_TEST(Text, TypesThatAreOthersInDisguise) {
  static const char *const rows[][2] = {
      {"typedef union {int *a; char *b;} u __attribute__((transparent_union)); void f(u x)",
       "   8      8  INTEGER  rdi"},
      {"void f(union __attribute__((transparent_union)) {float a; int b;} x)",
       "   4      4  INTEGER  rdi"},
      {"typedef int r __attribute__((mode(word))); void f(r x)", "   8      8  INTEGER  rdi"},
      {"typedef unsigned r __attribute__((__mode__(__QI__))); void f(r x)",
       "   1      1  INTEGER  rdi"},
      {"typedef float r __attribute__((mode(XF))); void f(r x)", "  16     16  X87"},
      {"typedef double _Complex r __attribute__((mode(SC))); void f(r x)",
       "   8      4  SSE      xmm0"},
      {"void f(mode_t m, dev_t x)", "8      8  INTEGER  rsi"},
      {"void f(pthread_t *t, const pthread_attr_t x)", "  56      8  MEMORY   rsp+8"},
      {"void f(_Complex x)", "  16      8  SSE, SSE  xmm0, xmm1"},
      {"void f(_Complex _Float16 x)", "   4      2  SSE      xmm0"},
      {"void f(int _Complex x)", "   8      4  INTEGER  rdi"},
      {"_Complex _Float128 f(_Complex _Float128 x)", "  32     16  MEMORY   rsp+8"},
      {"void f(_Float64x x)", "  16     16  X87"},
      {"void f(__float80 x)", "  16     16  X87"},
      {"void f(_Complex _Float64x x)", "  32     16  COMPLEX_X87"},
      {"void f(__typeof__(1L) x)", "   8      8  INTEGER  rdi"},
      {"void f(typeof(struct {float a;}) x)", "   4      4  SSE      xmm0"},
      {"enum e : unsigned char {A}; void f(enum e x)", "   1      1  INTEGER  rdi"}};
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
    expect_part(rows[i][0], rows[i][1]);
}

CTX_TEST(Text, ResultsAreNamedByTheirType) {
  static const char *const rows[][2] = {
      {"const char *f(int)", "  result: const char *  "},
      {"int (*f(int a, char b))(long)", "  result: int (*)(long)  "},
      {"char (*f(void))[3] __attribute__((pure))", "  result: char (*)[3]  "},
      {"static inline __attribute__((cold)) const long f(void)", "  result: const long  "},
      {"extern char *restrict volatile f(int a[static const 3])",
       "  result: char *restrict volatile  "},
      {"typedef long fn(int); fn f;", "  result: what fn returns  "},
      {"  struct {int\na;}\n f ( int  x )", "  result: struct {int a;}  "}};
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
    expect_part(rows[i][0], rows[i][1]);
}

/* clang-format off */

CTX_TEST(Text, TakesAndReturnsNothing) {
  expect_text(
      "void f(void)\n"
      "\n"
      "It takes and returns nothing.\n"
      "\n"
      "Stack at entry, high addresses on top; rsp+8 is a multiple of 16:\n"
      "\n"
      "       +----------------+\n"
      "  rsp  | return address |\n"
      "       +----------------+\n");
}

CTX_TEST(Text, TypesAfterTheEllipsisArePassed) {
  expect_text(
      "int printf(const char *format, ..., double, int)\n"
      "\n"
      "#  argument            size  align  classes  where\n"
      "1  const char *format     8      8  INTEGER  rdi\n"
      "2  double                 8      8  SSE      xmm0\n"
      "3  int                    4      4  INTEGER  rsi\n"
      "   result: int            4      4  INTEGER  rax\n"
      "\n"
      "Stack at entry, high addresses on top; rsp+8 is a multiple of 16:\n"
      "\n"
      "        +------------------------------+\n"
      "  rsp   | return address               |\n"
      "        +------------------------------+\n"
      "\n"
      "Registers at entry; here as above, what is first in a line is in the lowest byte:\n"
      "\n"
      "        +------------------------------+\n"
      "  rdi   | format                       |\n"
      "        +------------------------------+\n"
      "  rsi   | arg3, 4 bytes of sign        |\n"
      "        +------------------------------+\n"
      "  xmm0  | arg2                         |\n"
      "        +------------------------------+\n"
      "  al    | 1: the vector registers used |\n"
      "        +------------------------------+\n");
}

CTX_TEST(Text, TheSeventhIntegerIsOnTheStack) {
  expect_text(
      "long sum(long a, long b, long c, long d, long e, long f, long g, long h, long i)\n"
      "\n"
      "#  argument      size  align  classes  where\n"
      "1  long a           8      8  INTEGER  rdi\n"
      "2  long b           8      8  INTEGER  rsi\n"
      "3  long c           8      8  INTEGER  rdx\n"
      "4  long d           8      8  INTEGER  rcx\n"
      "5  long e           8      8  INTEGER  r8\n"
      "6  long f           8      8  INTEGER  r9\n"
      "7  long g           8      8  INTEGER  rsp+8\n"
      "8  long h           8      8  INTEGER  rsp+16\n"
      "9  long i           8      8  INTEGER  rsp+24\n"
      "   result: long     8      8  INTEGER  rax\n"
      "\n"
      "Stack at entry, high addresses on top; rsp+8 is a multiple of 16:\n"
      "\n"
      "          +--------------------+\n"
      "  rsp+32  | 8 bytes of padding |\n"
      "          +--------------------+\n"
      "  rsp+24  | i                  |\n"
      "          +--------------------+\n"
      "  rsp+16  | h                  |\n"
      "          +--------------------+\n"
      "  rsp+8   | g                  |\n"
      "          +--------------------+\n"
      "  rsp     | return address     |\n"
      "          +--------------------+\n"
      "\n"
      "Registers at entry; here as above, what is first in a line is in the lowest byte:\n"
      "\n"
      "          +--------------------+\n"
      "  rdi     | a                  |\n"
      "          +--------------------+\n"
      "  rsi     | b                  |\n"
      "          +--------------------+\n"
      "  rdx     | c                  |\n"
      "          +--------------------+\n"
      "  rcx     | d                  |\n"
      "          +--------------------+\n"
      "  r8      | e                  |\n"
      "          +--------------------+\n"
      "  r9      | f                  |\n"
      "          +--------------------+\n");
}

CTX_TEST(Text, LargeResultsHaveAHiddenPointer) {
  expect_text(
      "struct {long a, b, c;} make(int n)\n"
      "\n"
      "#  argument                        size  align  classes  where\n"
      "1  int n                              4      4  INTEGER  rsi\n"
      "   result: struct {long a, b, c;}    24      8  MEMORY   memory: its address comes in rdi, and goes back in rax\n"
      "\n"
      "Stack at entry, high addresses on top; rsp+8 is a multiple of 16:\n"
      "\n"
      "       +-----------------------+\n"
      "  rsp  | return address        |\n"
      "       +-----------------------+\n"
      "\n"
      "Registers at entry; here as above, what is first in a line is in the lowest byte:\n"
      "\n"
      "       +-----------------------+\n"
      "  rdi  | address of the result |\n"
      "       +-----------------------+\n"
      "  rsi  | n, 4 bytes of sign    |\n"
      "       +-----------------------+\n");
}

CTX_TEST(Text, LargeStructsAreOnTheStack) {
  expect_text(
      "typedef struct {char name[20]; short n;} record; int put(record r, record *p, long double x)\n"
      "\n"
      "#  argument       size  align  classes     where\n"
      "1  record r         22      2  MEMORY      rsp+8\n"
      "2  record *p         8      8  INTEGER     rdi\n"
      "3  long double x    16     16  X87, X87UP  rsp+40\n"
      "   result: int       4      4  INTEGER     rax\n"
      "\n"
      "Stack at entry, high addresses on top; rsp+8 is a multiple of 16:\n"
      "\n"
      "          +----------------------------------------+\n"
      "  rsp+48  | x (bytes 8-9), 6 bytes of padding      |\n"
      "  rsp+40  | x (bytes 0-7)                          |\n"
      "          +----------------------------------------+\n"
      "  rsp+32  | 8 bytes of padding                     |\n"
      "          +----------------------------------------+\n"
      "  rsp+24  | r.name[16-19], r.n, 2 bytes of padding |\n"
      "  rsp+16  | r.name[8-15]                           |\n"
      "  rsp+8   | r.name[0-7]                            |\n"
      "          +----------------------------------------+\n"
      "  rsp     | return address                         |\n"
      "          +----------------------------------------+\n"
      "\n"
      "Registers at entry; here as above, what is first in a line is in the lowest byte:\n"
      "\n"
      "          +----------------------------------------+\n"
      "  rdi     | p                                      |\n"
      "          +----------------------------------------+\n");
}

CTX_TEST(Text, UnalignedMembersGoToMemory) {
  expect_text(
      "struct p {char c; int n;} __attribute__((packed)); struct p f(struct p a, union {double d; long l;} u)\n"
      "\n"
      "#  argument                     size  align  classes  where\n"
      "1  struct p a                      5      1  MEMORY   rsp+8\n"
      "2  union {double d; long l;} u     8      8  INTEGER  rsi\n"
      "   result: struct p                5      1  MEMORY   memory: its address comes in rdi, and goes back in rax\n"
      "\n"
      "Stack at entry, high addresses on top; rsp+8 is a multiple of 16:\n"
      "\n"
      "          +------------------------------+\n"
      "  rsp+16  | 8 bytes of padding           |\n"
      "          +------------------------------+\n"
      "  rsp+8   | a.c, a.n, 3 bytes of padding |\n"
      "          +------------------------------+\n"
      "  rsp     | return address               |\n"
      "          +------------------------------+\n"
      "\n"
      "Registers at entry; here as above, what is first in a line is in the lowest byte:\n"
      "\n"
      "          +------------------------------+\n"
      "  rdi     | address of the result        |\n"
      "          +------------------------------+\n"
      "  rsi     | u.d or u.l                   |\n"
      "          +------------------------------+\n");
}

CTX_TEST(Text, ComplexNumbersTakeTheirPartsRegisters) {
  expect_text(
      "void f(_Complex float a, _Complex double b, _Complex long double c)\n"
      "\n"
      "#  argument                size  align  classes      where\n"
      "1  _Complex float a           8      4  SSE          xmm0\n"
      "2  _Complex double b         16      8  SSE, SSE     xmm1, xmm2\n"
      "3  _Complex long double c    32     16  COMPLEX_X87  rsp+8\n"
      "\n"
      "Stack at entry, high addresses on top; rsp+8 is a multiple of 16:\n"
      "\n"
      "          +---------------------------------------------+\n"
      "  rsp+32  | imaginary c (bytes 8-9), 6 bytes of padding |\n"
      "  rsp+24  | imaginary c (bytes 0-7)                     |\n"
      "  rsp+16  | real c (bytes 8-9), 6 bytes of padding      |\n"
      "  rsp+8   | real c (bytes 0-7)                          |\n"
      "          +---------------------------------------------+\n"
      "  rsp     | return address                              |\n"
      "          +---------------------------------------------+\n"
      "\n"
      "Registers at entry; here as above, what is first in a line is in the lowest byte:\n"
      "\n"
      "          +---------------------------------------------+\n"
      "  xmm0    | real a, imaginary a                         |\n"
      "          +---------------------------------------------+\n"
      "  xmm1    | real b                                      |\n"
      "  xmm2    | imaginary b                                 |\n"
      "          +---------------------------------------------+\n");
}

CTX_TEST(Text, VectorsTakeOneRegister) {
  expect_text(
      "__m128 f(__m64 a, __m128d b, _Float16 c, __float128 d)\n"
      "\n"
      "#  argument        size  align  classes     where\n"
      "1  __m64 a            8      8  SSE         xmm0\n"
      "2  __m128d b         16     16  SSE, SSEUP  xmm1\n"
      "3  _Float16 c         2      2  SSE         xmm2\n"
      "4  __float128 d      16     16  SSE, SSEUP  xmm3\n"
      "   result: __m128    16     16  SSE, SSEUP  xmm0\n"
      "\n"
      "Stack at entry, high addresses on top; rsp+8 is a multiple of 16:\n"
      "\n"
      "        +--------------------+\n"
      "  rsp   | return address     |\n"
      "        +--------------------+\n"
      "\n"
      "Registers at entry; here as above, what is first in a line is in the lowest byte:\n"
      "\n"
      "        +--------------------+\n"
      "  xmm0  | a                  |\n"
      "        +--------------------+\n"
      "  xmm1  | b                  |\n"
      "        +--------------------+\n"
      "  xmm2  | c, 6 bytes of zero |\n"
      "        +--------------------+\n"
      "  xmm3  | d                  |\n"
      "        +--------------------+\n");
}

CTX_TEST(Text, AlignmentPadsTheStack) {
  expect_text(
      "void f(int a1, int a2, int a3, int a4, int a5, int a6, int a7, struct {_Alignas(32) char c; int n;} s, char last)\n"
      "\n"
      "#  argument                                size  align  classes  where\n"
      "1  int a1                                     4      4  INTEGER  rdi\n"
      "2  int a2                                     4      4  INTEGER  rsi\n"
      "3  int a3                                     4      4  INTEGER  rdx\n"
      "4  int a4                                     4      4  INTEGER  rcx\n"
      "5  int a5                                     4      4  INTEGER  r8\n"
      "6  int a6                                     4      4  INTEGER  r9\n"
      "7  int a7                                     4      4  INTEGER  rsp+8\n"
      "8  struct {_Alignas(32) char c; int n;} s    32     32  MEMORY   rsp+40\n"
      "9  char last                                  1      1  INTEGER  rsp+72\n"
      "\n"
      "Stack at entry, high addresses on top; rsp+8 is a multiple of 32:\n"
      "\n"
      "          +------------------------------+\n"
      "  rsp+80  | 8 bytes of padding           |\n"
      "          +------------------------------+\n"
      "  rsp+72  | last, 7 bytes of sign        |\n"
      "          +------------------------------+\n"
      "  rsp+64  | 8 bytes of padding           |\n"
      "  rsp+56  | 8 bytes of padding           |\n"
      "  rsp+48  | 8 bytes of padding           |\n"
      "  rsp+40  | s.c, 3 bytes of padding, s.n |\n"
      "          +------------------------------+\n"
      "  rsp+32  | 8 bytes of padding           |\n"
      "          +------------------------------+\n"
      "  rsp+24  | 8 bytes of padding           |\n"
      "          +------------------------------+\n"
      "  rsp+16  | 8 bytes of padding           |\n"
      "          +------------------------------+\n"
      "  rsp+8   | a7, 4 bytes of sign          |\n"
      "          +------------------------------+\n"
      "  rsp     | return address               |\n"
      "          +------------------------------+\n"
      "\n"
      "Registers at entry; here as above, what is first in a line is in the lowest byte:\n"
      "\n"
      "          +------------------------------+\n"
      "  rdi     | a1, 4 bytes of sign          |\n"
      "          +------------------------------+\n"
      "  rsi     | a2, 4 bytes of sign          |\n"
      "          +------------------------------+\n"
      "  rdx     | a3, 4 bytes of sign          |\n"
      "          +------------------------------+\n"
      "  rcx     | a4, 4 bytes of sign          |\n"
      "          +------------------------------+\n"
      "  r8      | a5, 4 bytes of sign          |\n"
      "          +------------------------------+\n"
      "  r9      | a6, 4 bytes of sign          |\n"
      "          +------------------------------+\n");
}

CTX_TEST(Text, BitFieldsAndEmptyStructs) {
  expect_text(
      "_Complex long double f(struct {int on : 1, level : 7; int : 24; char tag;} flags, struct {} nothing)\n"
      "\n"
      "#  argument                                          size  align  classes      where\n"
      "1  struct {int on : 1, level : 7; int : 24; char...     8      4  INTEGER      rdi\n"
      "2  struct {} nothing                                    0      1  none         nowhere: it is empty\n"
      "   result: _Complex long double                        32     16  COMPLEX_X87  st0, st1\n"
      "\n"
      "Stack at entry, high addresses on top; rsp+8 is a multiple of 16:\n"
      "\n"
      "       +--------------------------------------------------------------------------+\n"
      "  rsp  | return address                                                           |\n"
      "       +--------------------------------------------------------------------------+\n"
      "\n"
      "Registers at entry; here as above, what is first in a line is in the lowest byte:\n"
      "\n"
      "       +--------------------------------------------------------------------------+\n"
      "  rdi  | flags.on:1, flags.level:7, 3 bytes of padding, flags.tag, 3 bytes of ... |\n"
      "       +--------------------------------------------------------------------------+\n");
}

CTX_TEST(Text, VariadicArgumentsArePromoted) {
  expect_text(
      "void f(struct {char bytes[1000];} big, ..., float, char, struct {short a, b, c;})\n"
      "\n"
      "#  argument                        size  align  classes  where\n"
      "1  struct {char bytes[1000];} big  1000      1  MEMORY   rsp+8\n"
      "2  float, as double                   8      8  SSE      xmm0\n"
      "3  char, as int                       4      4  INTEGER  rdi\n"
      "4  struct {short a, b, c;}            6      2  INTEGER  rsi\n"
      "\n"
      "Stack at entry, high addresses on top; rsp+8 is a multiple of 16:\n"
      "\n"
      "            +-----------------------------------------+\n"
      "  rsp+1008  | 8 bytes of padding                      |\n"
      "            +-----------------------------------------+\n"
      "  rsp+1000  | big.bytes[992-999]                      |\n"
      "  rsp+992   | big.bytes[984-991]                      |\n"
      "  rsp+984   | big.bytes[976-983]                      |\n"
      "  rsp+32    | ... 119 slots of big                    |\n"
      "  rsp+24    | big.bytes[16-23]                        |\n"
      "  rsp+16    | big.bytes[8-15]                         |\n"
      "  rsp+8     | big.bytes[0-7]                          |\n"
      "            +-----------------------------------------+\n"
      "  rsp       | return address                          |\n"
      "            +-----------------------------------------+\n"
      "\n"
      "Registers at entry; here as above, what is first in a line is in the lowest byte:\n"
      "\n"
      "            +-----------------------------------------+\n"
      "  rdi       | arg3, 4 bytes of sign                   |\n"
      "            +-----------------------------------------+\n"
      "  rsi       | arg4.a, arg4.b, arg4.c, 2 bytes of zero |\n"
      "            +-----------------------------------------+\n"
      "  xmm0      | arg2                                    |\n"
      "            +-----------------------------------------+\n"
      "  al        | 1: the vector registers used            |\n"
      "            +-----------------------------------------+\n");
}

CTX_TEST(Text, PointersAndBools) {
  expect_text(
      "int qsort_like(void *base, unsigned long n, int (*compare)(const void *, const void *), bool b)\n"
      "\n"
      "#  argument                                    size  align  classes  where\n"
      "1  void *base                                     8      8  INTEGER  rdi\n"
      "2  unsigned long n                                8      8  INTEGER  rsi\n"
      "3  int (*compare)(const void *, const void *)     8      8  INTEGER  rdx\n"
      "4  bool b                                         1      1  INTEGER  rcx\n"
      "   result: int                                    4      4  INTEGER  rax\n"
      "\n"
      "Stack at entry, high addresses on top; rsp+8 is a multiple of 16:\n"
      "\n"
      "       +--------------------+\n"
      "  rsp  | return address     |\n"
      "       +--------------------+\n"
      "\n"
      "Registers at entry; here as above, what is first in a line is in the lowest byte:\n"
      "\n"
      "       +--------------------+\n"
      "  rdi  | base               |\n"
      "       +--------------------+\n"
      "  rsi  | n                  |\n"
      "       +--------------------+\n"
      "  rdx  | compare            |\n"
      "       +--------------------+\n"
      "  rcx  | b, 7 bytes of zero |\n"
      "       +--------------------+\n");
}

CTX_TEST(Text, NestedArraysHaveIndices) {
  expect_text(
      "struct {double x; char c;} f(struct {struct {float a, b;} v[2];} m, struct {char s[3][2]; unsigned char t;} n)\n"
      "\n"
      "#  argument                                   size  align  classes       where\n"
      "1  struct {struct {float a, b;} v[2];} m        16      4  SSE, SSE      xmm0, xmm1\n"
      "2  struct {char s[3][2]; unsigned char t;} n     7      1  INTEGER       rdi\n"
      "   result: struct {double x; char c;}           16      8  SSE, INTEGER  xmm0, rax\n"
      "\n"
      "Stack at entry, high addresses on top; rsp+8 is a multiple of 16:\n"
      "\n"
      "        +------------------------------------------------------------+\n"
      "  rsp   | return address                                             |\n"
      "        +------------------------------------------------------------+\n"
      "\n"
      "Registers at entry; here as above, what is first in a line is in the lowest byte:\n"
      "\n"
      "        +------------------------------------------------------------+\n"
      "  rdi   | n.s[0][0-1], n.s[1][0-1], n.s[2][0-1], n.t, 1 byte of zero |\n"
      "        +------------------------------------------------------------+\n"
      "  xmm0  | m.v[0].a, m.v[0].b                                         |\n"
      "  xmm1  | m.v[1].a, m.v[1].b                                         |\n"
      "        +------------------------------------------------------------+\n");
}

CTX_TEST(Text, ArraysAndFunctionsArePointers) {
  expect_text(
      "void f(int g(int), double a[const][4], va_list ap, FILE *out, int n, char s[n + 1])\n"
      "\n"
      "#  argument            size  align  classes  where\n"
      "1  int g(int)             8      8  INTEGER  rdi\n"
      "2  double a[const][4]     8      8  INTEGER  rsi\n"
      "3  va_list ap             8      8  INTEGER  rdx\n"
      "4  FILE *out              8      8  INTEGER  rcx\n"
      "5  int n                  4      4  INTEGER  r8\n"
      "6  char s[n + 1]          8      8  INTEGER  r9\n"
      "\n"
      "Stack at entry, high addresses on top; rsp+8 is a multiple of 16:\n"
      "\n"
      "       +--------------------+\n"
      "  rsp  | return address     |\n"
      "       +--------------------+\n"
      "\n"
      "Registers at entry; here as above, what is first in a line is in the lowest byte:\n"
      "\n"
      "       +--------------------+\n"
      "  rdi  | g                  |\n"
      "       +--------------------+\n"
      "  rsi  | a                  |\n"
      "       +--------------------+\n"
      "  rdx  | ap                 |\n"
      "       +--------------------+\n"
      "  rcx  | out                |\n"
      "       +--------------------+\n"
      "  r8   | n, 4 bytes of sign |\n"
      "       +--------------------+\n"
      "  r9   | s                  |\n"
      "       +--------------------+\n");
}

/* clang-format on */
