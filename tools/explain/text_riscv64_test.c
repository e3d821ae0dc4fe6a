/* The program prints this of riscv64, whatever machine it runs on: whole for some declarations, and
 * in part for others. The comments say which rules of the psABI's "Integer Calling Convention" and
 * "Hardware Floating-point Calling Convention" it follows from. */
#define EXPLAINED_ABI &abi_riscv64
#include "tools/explain/expect_text.h"

/* Each is passed as gcc and clang for riscv64 pass it: size, alignment, classes, place. */
CTX_TEST(TextRiscv64, TypesAreThoseOfItsCompilers) {
  static const char *const rows[][2] = {
      {"void f(struct {char c['\\377' > 0];} x)", "   1      1  INTEGER  a0"},
      {"void f(struct {char c[L'\\0' - 1 < 0];} x)", "   1      1  INTEGER  a0"},
      {"void f(char x)", "a0  | x, 7 bytes of zero |"},
      {"void f(signed char x)", "a0  | x, 7 bytes of sign |"},
      {"void f(va_list x)", "   8      8  INTEGER  a0"},
      {"void f(pthread_mutex_t x)", "  40      8  REFERENCE  a0: address of a copy at sp"},
      {"void f(pthread_condattr_t x)", "   4      4  INTEGER  a0"},
      {"void f(nlink_t x, blksize_t y)", "   4      4  INTEGER  a1"},
      {"void f(long double x)", "  16     16  INTEGER, INTEGER  a0, a1"},
      {"void f(_Float64x x)", "  16     16  INTEGER, INTEGER  a0, a1"},
      {"void f(_Float128 x)", "  16     16  INTEGER, INTEGER  a0, a1"},
      {"typedef float r __attribute__((mode(TF))); void f(r x)", "INTEGER, INTEGER  a0, a1"},
      {"void f(_Complex float x)", "   8      4  FLOAT, FLOAT  fa0, fa1"},
      {"void f(_Complex _Float16 x)", "   4      2  FLOAT, FLOAT  fa0, fa1"},
      {"void f(_Complex int x)", "   8      4  INTEGER  a0"},
      {"_Complex long double f(void)", "  32     16  REFERENCE  memory: its address comes in a0"},
      {"typedef double v __attribute__((vector_size(8))); void f(v x)", "   8      8  INTEGER  a0"},
      {"typedef float v __attribute__((vector_size(16))); void f(int a, v x)",
       "  16     16  INTEGER, INTEGER  a1, a2"},
      {"typedef float v __attribute__((vector_size(32))); void f(v x)",
       "  32     32  REFERENCE  a0: address of a copy at sp"},
      {"typedef __int128 r __attribute__((aligned(8))); void f(int a, ..., r x)",
       "  16     16  INTEGER, INTEGER  a2, a3"},
      {"typedef long r __attribute__((aligned(16))); void f(int a, ..., r x)",
       "   8      8  INTEGER  a1"},
      {"typedef struct {int a;} s; typedef s r __attribute__((aligned(8))); void f(r x)",
       "   4      4  INTEGER  a0"},
      {"typedef struct {} s; typedef s r __attribute__((aligned(16))); void f(r x)",
       "   0      1  none     nowhere"}};
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
    expect_part(rows[i][0], rows[i][1]);
}

/* "If a 32-bit unsigned type, then it is sign-extended": in memory, too, and so are enums. */
CTX_TEST(TextRiscv64, UnsignedWordsAreExtendedByTheirHighestBit) {
  expect_part("void f(unsigned x)", "a0  | x, 4 bytes of sign |");
  expect_part("void f(enum {A} x)", "a0  | x, 4 bytes of sign |");
  expect_part("void f(int a, ..., unsigned x)", "a1  | x, 4 bytes of sign |");
  expect_part("void f(unsigned short x)", "a0  | x, 6 bytes of zero |");
  expect_part("void f(_Bool x)", "a0  | x, 7 bytes of zero |");
  expect_part("void f(struct {unsigned u;} x)", "a0  | x.u, 4 bytes of zero |");
  expect_part("void f(struct {unsigned u; float f;} x)", "a0   | x.u, 4 bytes of zero |");
  expect_part("void f(long, long, long, long, long, long, long, long, unsigned x)",
              "sp    | x, 4 bytes of sign |");
}

/* As on x86-64, they align nothing that they are in. */
CTX_TEST(TextRiscv64, UnnamedBitFieldsDoNotAlign) {
  expect_part("void f(struct {char c; int : 2;} x)", "   2      1  INTEGER  a0");
  expect_part("void f(struct {char c; int : 0;} x)", "   4      1  INTEGER  a0");
}

/* Compilers agree on these: on the first since it has no bits, on the others since no member has a
 * register of its own. */
CTX_TEST(TextRiscv64, UnnamedBitFieldsMatterLittle) {
  expect_part("void f(struct {int : 0; float f;} x)", "   4      4  FLOAT    fa0");
  expect_part("void f(struct {int : 5; char c; int n;} x)", "   8      4  INTEGER  a0");
  expect_part("void f(union {float f; int : 5;} x)", "   4      4  INTEGER  a0");
  expect_part("void f(int a, ..., struct {char c; int : 5; float f;} x)",
              "   8      4  INTEGER  a1");
}

/* A struct is looked at without its hierarchy, and a union is not looked into. */
CTX_TEST(TextRiscv64, StructsOfOneOrTwoAreFlattened) {
  static const char *const rows[][2] = {
      {"void f(struct {struct {struct {float x[1];} a; char c;} b;} x)", "FLOAT, INTEGER  fa0, a0"},
      {"void f(struct {long n; _Float16 h;} x)", "INTEGER, FLOAT  a0, fa0"},
      {"void f(struct {struct {} e; double d[2];} x)", "FLOAT, FLOAT  fa0, fa1"},
      {"void f(struct {double d; int n : 20;} x)", "FLOAT, INTEGER  fa0, a0"},
      {"void f(struct {char c; double d;} __attribute__((packed)) x)", "INTEGER, FLOAT  a0, fa0"},
      {"void f(struct {_Alignas(64) float f;} x)", "64     64  FLOAT    fa0"},
      {"void f(struct {_Complex double z;} x)", "FLOAT, FLOAT  fa0, fa1"},
      {"void f(struct {float f[3];} x)", "INTEGER, INTEGER  a0, a1"},
      {"void f(struct {float f; void *p;} x)", "INTEGER, INTEGER  a0, a1"},
      {"void f(struct {int a, b;} x)", "   8      4  INTEGER  a0"},
      {"void f(struct {union {float f;} u; float g;} x)", "   8      4  INTEGER  a0"}};
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
    expect_part(rows[i][0], rows[i][1]);
}

/* "Values are returned in the same manner as a first named argument." */
CTX_TEST(TextRiscv64, ResultsAreWhereAFirstArgumentWouldBe) {
  static const char *const rows[][2] = {
      {"char f(void)", "   1      1  INTEGER  a0"},
      {"double f(void)", "   8      8  FLOAT    fa0"},
      {"struct {float a; char b;} f(void)", "FLOAT, INTEGER  fa0, a0"},
      {"struct {float a, b, c;} f(void)", "INTEGER, INTEGER  a0, a1"},
      {"struct {float a, b, c, d, e;} f(void)", "REFERENCE  memory: its address comes in a0"},
      {"struct {} f(void)", "nowhere: it is empty"},
      {"struct {long a[3];} f(void)", "a0  | address of the result |"},
      {"struct {long a[3];} f(int n)", "   4      4  INTEGER    a1"}};
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
    expect_part(rows[i][0], rows[i][1]);
}

/* clang-format off */

/* A floating-point number that is narrower than its register is boxed: beyond it are ones. */
CTX_TEST(TextRiscv64, EveryScalarHasItsRegister) {
  expect_text(
      "float f(char c, short s, unsigned u, _Float16 h, float x, double d, long double q, wchar_t w)\n"
      "\n"
      "#  argument       size  align  classes           where\n"
      "1  char c            1      1  INTEGER           a0\n"
      "2  short s           2      2  INTEGER           a1\n"
      "3  unsigned u        4      4  INTEGER           a2\n"
      "4  _Float16 h        2      2  FLOAT             fa0\n"
      "5  float x           4      4  FLOAT             fa1\n"
      "6  double d          8      8  FLOAT             fa2\n"
      "7  long double q    16     16  INTEGER, INTEGER  a3, a4\n"
      "8  wchar_t w         4      4  INTEGER           a5\n"
      "   result: float     4      4  FLOAT             fa0\n"
      "\n"
      "Registers at entry; here as above, what is first in a line is in the lowest byte:\n"
      "\n"
      "       +--------------------+\n"
      "  a0   | c, 7 bytes of zero |\n"
      "       +--------------------+\n"
      "  a1   | s, 6 bytes of sign |\n"
      "       +--------------------+\n"
      "  a2   | u, 4 bytes of sign |\n"
      "       +--------------------+\n"
      "  a3   | q (bytes 0-7)      |\n"
      "  a4   | q (bytes 8-15)     |\n"
      "       +--------------------+\n"
      "  a5   | w, 4 bytes of sign |\n"
      "       +--------------------+\n"
      "  fa0  | h, 6 bytes of ones |\n"
      "       +--------------------+\n"
      "  fa1  | x, 4 bytes of ones |\n"
      "       +--------------------+\n"
      "  fa2  | d                  |\n"
      "       +--------------------+\n"
      "  ra   | return address     |\n"
      "       +--------------------+\n");
}

/* Of sixteen bytes for which one register is left, the second half is in memory. There an __int128
 * is aligned. */
CTX_TEST(TextRiscv64, OnlyTheLastRegisterIsShared) {
  expect_text(
      "struct {long a, b;} f(int a, int b, int c, int d, int e, int g, int h, struct {long a, b;} two, char last, __int128 wide, unsigned end)\n"
      "\n"
      " #  argument                     size  align  classes           where\n"
      " 1  int a                           4      4  INTEGER           a0\n"
      " 2  int b                           4      4  INTEGER           a1\n"
      " 3  int c                           4      4  INTEGER           a2\n"
      " 4  int d                           4      4  INTEGER           a3\n"
      " 5  int e                           4      4  INTEGER           a4\n"
      " 6  int g                           4      4  INTEGER           a5\n"
      " 7  int h                           4      4  INTEGER           a6\n"
      " 8  struct {long a, b;} two        16      8  INTEGER, INTEGER  a7, sp\n"
      " 9  char last                       1      1  INTEGER           sp+8\n"
      "10  __int128 wide                  16     16  INTEGER, INTEGER  sp+16\n"
      "11  unsigned end                    4      4  INTEGER           sp+32\n"
      "    result: struct {long a, b;}    16      8  INTEGER, INTEGER  a0, a1\n"
      "\n"
      "Stack at entry, high addresses on top; sp is a multiple of 16:\n"
      "\n"
      "         +-----------------------+\n"
      "  sp+40  | 8 bytes of padding    |\n"
      "         +-----------------------+\n"
      "  sp+32  | end, 4 bytes of sign  |\n"
      "         +-----------------------+\n"
      "  sp+24  | wide (bytes 8-15)     |\n"
      "  sp+16  | wide (bytes 0-7)      |\n"
      "         +-----------------------+\n"
      "  sp+8   | last, 7 bytes of zero |\n"
      "         +-----------------------+\n"
      "  sp     | two.b                 |\n"
      "         +-----------------------+\n"
      "\n"
      "Registers at entry; here as above, what is first in a line is in the lowest byte:\n"
      "\n"
      "         +-----------------------+\n"
      "  a0     | a, 4 bytes of sign    |\n"
      "         +-----------------------+\n"
      "  a1     | b, 4 bytes of sign    |\n"
      "         +-----------------------+\n"
      "  a2     | c, 4 bytes of sign    |\n"
      "         +-----------------------+\n"
      "  a3     | d, 4 bytes of sign    |\n"
      "         +-----------------------+\n"
      "  a4     | e, 4 bytes of sign    |\n"
      "         +-----------------------+\n"
      "  a5     | g, 4 bytes of sign    |\n"
      "         +-----------------------+\n"
      "  a6     | h, 4 bytes of sign    |\n"
      "         +-----------------------+\n"
      "  a7     | two.a                 |\n"
      "         +-----------------------+\n"
      "  ra     | return address        |\n"
      "         +-----------------------+\n");
}

/* If there are not enough of them, all of it goes where integers go. Later ones use
 * what is left. */
CTX_TEST(TextRiscv64, MembersHaveRegistersOfTheirOwn) {
  expect_text(
      "struct {double a; float b;} f(struct {struct {float x[1];} in; short s;} mixed, struct {double a, b;} two, double, double, double, double, struct {float a, b;} last, float x, float y)\n"
      "\n"
      "#  argument                                          size  align  classes         where\n"
      "1  struct {struct {float x[1];} in; short s;} mixed     8      4  FLOAT, INTEGER  fa0, a0\n"
      "2  struct {double a, b;} two                           16      8  FLOAT, FLOAT    fa1, fa2\n"
      "3  double                                               8      8  FLOAT           fa3\n"
      "4  double                                               8      8  FLOAT           fa4\n"
      "5  double                                               8      8  FLOAT           fa5\n"
      "6  double                                               8      8  FLOAT           fa6\n"
      "7  struct {float a, b;} last                            8      4  INTEGER         a1\n"
      "8  float x                                              4      4  FLOAT           fa7\n"
      "9  float y                                              4      4  INTEGER         a2\n"
      "   result: struct {double a; float b;}                 16      8  FLOAT, FLOAT    fa0, fa1\n"
      "\n"
      "Registers at entry; here as above, what is first in a line is in the lowest byte:\n"
      "\n"
      "       +--------------------------------+\n"
      "  a0   | mixed.s, 6 bytes of zero       |\n"
      "       +--------------------------------+\n"
      "  a1   | last.a, last.b                 |\n"
      "       +--------------------------------+\n"
      "  a2   | y, 4 bytes of zero             |\n"
      "       +--------------------------------+\n"
      "  fa0  | mixed.in.x[0], 4 bytes of ones |\n"
      "       +--------------------------------+\n"
      "  fa1  | two.a                          |\n"
      "  fa2  | two.b                          |\n"
      "       +--------------------------------+\n"
      "  fa3  | arg3                           |\n"
      "       +--------------------------------+\n"
      "  fa4  | arg4                           |\n"
      "       +--------------------------------+\n"
      "  fa5  | arg5                           |\n"
      "       +--------------------------------+\n"
      "  fa6  | arg6                           |\n"
      "       +--------------------------------+\n"
      "  fa7  | x, 4 bytes of ones             |\n"
      "       +--------------------------------+\n"
      "  ra   | return address                 |\n"
      "       +--------------------------------+\n");
}

/* The psABI leaves open where a copy lies. ctx has them above all arguments. */
CTX_TEST(TextRiscv64, CopiesLieAboveTheArguments) {
  expect_text(
      "struct {char c[17];} f(struct {char c[20];} big, int i, __int128 wide, struct {_Alignas(32) char c[40];} aligned, struct {} nothing)\n"
      "\n"
      "#  argument                                   size  align  classes           where\n"
      "1  struct {char c[20];} big                     20      1  REFERENCE         a1: address of a copy at sp\n"
      "2  int i                                         4      4  INTEGER           a2\n"
      "3  __int128 wide                                16     16  INTEGER, INTEGER  a3, a4\n"
      "4  struct {_Alignas(32) char c[40];} aligned    64     32  REFERENCE         a5: address of a copy at sp+32\n"
      "5  struct {} nothing                             0      1  none              nowhere: it is empty\n"
      "   result: struct {char c[17];}                 17      1  REFERENCE         memory: its address comes in a0\n"
      "\n"
      "Stack at entry, high addresses on top; sp is a multiple of 32:\n"
      "\n"
      "         +----------------------------------+\n"
      "  sp+88  | 8 bytes of padding               |\n"
      "  sp+80  | 8 bytes of padding               |\n"
      "  sp+72  | 8 bytes of padding               |\n"
      "  sp+56  | ... 2 slots of aligned           |\n"
      "  sp+48  | aligned.c[16-23]                 |\n"
      "  sp+40  | aligned.c[8-15]                  |\n"
      "  sp+32  | aligned.c[0-7]                   |\n"
      "         +----------------------------------+\n"
      "  sp+24  | 8 bytes of padding               |\n"
      "         +----------------------------------+\n"
      "  sp+16  | big.c[16-19], 4 bytes of padding |\n"
      "  sp+8   | big.c[8-15]                      |\n"
      "  sp     | big.c[0-7]                       |\n"
      "         +----------------------------------+\n"
      "\n"
      "Registers at entry; here as above, what is first in a line is in the lowest byte:\n"
      "\n"
      "         +----------------------------------+\n"
      "  a0     | address of the result            |\n"
      "         +----------------------------------+\n"
      "  a1     | address of big at sp             |\n"
      "         +----------------------------------+\n"
      "  a2     | i, 4 bytes of sign               |\n"
      "         +----------------------------------+\n"
      "  a3     | wide (bytes 0-7)                 |\n"
      "  a4     | wide (bytes 8-15)                |\n"
      "         +----------------------------------+\n"
      "  a5     | address of aligned at sp+32      |\n"
      "         +----------------------------------+\n"
      "  ra     | return address                   |\n"
      "         +----------------------------------+\n");
}

CTX_TEST(TextRiscv64, TheAddressOfACopyMayBeInMemory) {
  expect_text(
      "struct {char c[17];} f(long b, long c, long d, long e, long f, long g, struct {float a; int b : 20;} bits, struct {_Alignas(64) long l[8];} in_memory, short last)\n"
      "\n"
      "#  argument                                    size  align  classes         where\n"
      "1  long b                                         8      8  INTEGER         a1\n"
      "2  long c                                         8      8  INTEGER         a2\n"
      "3  long d                                         8      8  INTEGER         a3\n"
      "4  long e                                         8      8  INTEGER         a4\n"
      "5  long f                                         8      8  INTEGER         a5\n"
      "6  long g                                         8      8  INTEGER         a6\n"
      "7  struct {float a; int b : 20;} bits             8      4  FLOAT, INTEGER  fa0, a7\n"
      "8  struct {_Alignas(64) long l[8];} in_memory    64     64  REFERENCE       sp: address of a copy at sp+16\n"
      "9  short last                                     2      2  INTEGER         sp+8\n"
      "   result: struct {char c[17];}                  17      1  REFERENCE       memory: its address comes in a0\n"
      "\n"
      "Stack at entry, high addresses on top; sp is a multiple of 16, sp+16 of 64:\n"
      "\n"
      "         +-----------------------------------------------+\n"
      "  sp+72  | in_memory.l[7]                                |\n"
      "  sp+64  | in_memory.l[6]                                |\n"
      "  sp+56  | in_memory.l[5]                                |\n"
      "  sp+40  | ... 2 slots of in_memory                      |\n"
      "  sp+32  | in_memory.l[2]                                |\n"
      "  sp+24  | in_memory.l[1]                                |\n"
      "  sp+16  | in_memory.l[0]                                |\n"
      "         +-----------------------------------------------+\n"
      "  sp+8   | last, 6 bytes of sign                         |\n"
      "         +-----------------------------------------------+\n"
      "  sp     | address of in_memory at sp+16                 |\n"
      "         +-----------------------------------------------+\n"
      "\n"
      "Registers at entry; here as above, what is first in a line is in the lowest byte:\n"
      "\n"
      "         +-----------------------------------------------+\n"
      "  a0     | address of the result                         |\n"
      "         +-----------------------------------------------+\n"
      "  a1     | b                                             |\n"
      "         +-----------------------------------------------+\n"
      "  a2     | c                                             |\n"
      "         +-----------------------------------------------+\n"
      "  a3     | d                                             |\n"
      "         +-----------------------------------------------+\n"
      "  a4     | e                                             |\n"
      "         +-----------------------------------------------+\n"
      "  a5     | f                                             |\n"
      "         +-----------------------------------------------+\n"
      "  a6     | g                                             |\n"
      "         +-----------------------------------------------+\n"
      "  a7     | bits.b:20, 4 bits of padding, 5 bytes of zero |\n"
      "  fa0    | bits.a, 4 bytes of ones                       |\n"
      "         +-----------------------------------------------+\n"
      "  ra     | return address                                |\n"
      "         +-----------------------------------------------+\n");
}

/* No floating-point register is used, and what is aligned to 16 begins at an even register. */
CTX_TEST(TextRiscv64, VariadicArgumentsAreInGeneralRegisters) {
  expect_text(
      "int f(const char *format, ..., float, char, __int128, struct {float x, y;}, long double, unsigned)\n"
      "\n"
      "#  argument              size  align  classes           where\n"
      "1  const char *format       8      8  INTEGER           a0\n"
      "2  float, as double         8      8  INTEGER           a1\n"
      "3  char, as int             4      4  INTEGER           a2\n"
      "4  __int128                16     16  INTEGER, INTEGER  a4, a5\n"
      "5  struct {float x, y;}     8      4  INTEGER           a6\n"
      "6  long double             16     16  INTEGER, INTEGER  sp\n"
      "7  unsigned                 4      4  INTEGER           sp+16\n"
      "   result: int              4      4  INTEGER           a0\n"
      "\n"
      "Stack at entry, high addresses on top; sp is a multiple of 16:\n"
      "\n"
      "         +-----------------------+\n"
      "  sp+24  | 8 bytes of padding    |\n"
      "         +-----------------------+\n"
      "  sp+16  | arg7, 4 bytes of sign |\n"
      "         +-----------------------+\n"
      "  sp+8   | arg6 (bytes 8-15)     |\n"
      "  sp     | arg6 (bytes 0-7)      |\n"
      "         +-----------------------+\n"
      "\n"
      "Registers at entry; here as above, what is first in a line is in the lowest byte:\n"
      "\n"
      "         +-----------------------+\n"
      "  a0     | format                |\n"
      "         +-----------------------+\n"
      "  a1     | arg2                  |\n"
      "         +-----------------------+\n"
      "  a2     | arg3, 4 bytes of sign |\n"
      "         +-----------------------+\n"
      "  a4     | arg4 (bytes 0-7)      |\n"
      "  a5     | arg4 (bytes 8-15)     |\n"
      "         +-----------------------+\n"
      "  a6     | arg5.x, arg5.y        |\n"
      "         +-----------------------+\n"
      "  ra     | return address        |\n"
      "         +-----------------------+\n");
}

/* clang-format on */
