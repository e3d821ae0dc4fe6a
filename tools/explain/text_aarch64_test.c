/* The program prints this of aarch64, whatever machine it runs on: whole for some declarations, and
 * in part for others. What goes where follows from the rules of AAPCS64 (6.8.2) that are named. */
#define EXPLAINED_ABI &abi_aarch64
#include "tools/explain/expect_text.h"

/* Each is passed as gcc and clang for aarch64 pass it: size, alignment, classes, place. */
CTX_TEST(TextAarch64, TypesAreThoseOfItsCompilers) {
  static const char *const rows[][2] = {
      {"void f(struct {char c['\\377' > 0];} x)", "   1      1  INTEGER  x0"},
      {"void f(struct {char c[L'\\0' - 1 > 0];} x)", "   1      1  INTEGER  x0"},
      {"void f(char x)", "x0   | x, 7 bytes of zero |"},
      {"void f(signed char x)", "x0   | x, 7 bytes of sign |"},
      {"void f(va_list x)", "  32      8  REFERENCE  x0: address of a copy at sp"},
      {"void f(pthread_mutex_t x)", "  48      8  REFERENCE  x0"},
      {"void f(nlink_t x, blksize_t y)", "   4      4  INTEGER  x1"},
      {"void f(long double x)", "  16     16  VECTOR   q0"},
      {"void f(_Float64x x)", "  16     16  VECTOR   q0"},
      {"void f(_Float128 x)", "  16     16  VECTOR   q0"},
      {"typedef float r __attribute__((mode(TF))); void f(r x)", "  16     16  VECTOR   q0"},
      {"void f(_Complex float x)", "   8      4  VECTOR, VECTOR  s0, s1"},
      {"void f(_Complex _Float16 x)", "   4      2  VECTOR, VECTOR  h0, h1"},
      {"_Complex long double f(void)", "  32     16  VECTOR, VECTOR  q0, q1"},
      {"void f(int8x8_t x)", "   8      8  VECTOR   d0"},
      {"void f(float64x1_t x)", "   8      8  VECTOR   d0"},
      {"void f(struct {float32x4_t v[2];} x)", "  32     16  VECTOR, VECTOR  q0, q1"},
      {"typedef __int128 r __attribute__((aligned(8))); void f(char c, r x)",
       "  16     16  INTEGER, INTEGER  x2, x3"}};
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
    expect_part(rows[i][0], rows[i][1]);
}

/* Otherwise than on x86-64, they align what they are in, and no bits are enough. */
CTX_TEST(TextAarch64, UnnamedBitFieldsAlign) {
  expect_part("void f(struct {char c; int : 0;} x)", "   4      4  INTEGER  x0");
  expect_part("void f(struct {char c; int : 2;} x)", "   4      4  INTEGER  x0");
  expect_part("void f(struct {char c; long : 0; char d;} __attribute__((packed)) x)",
              "  16      8  INTEGER, INTEGER  x0, x1");
}

/* Compilers agree on these. */
CTX_TEST(TextAarch64, UnnamedBitFieldsMatterLittle) {
  expect_part("void f(struct {struct {int : 0;} a; float f;} x)", "   4      4  VECTOR   s0");
  expect_part("void f(struct {int : 5; char c; float f;} x)", "   8      4  INTEGER  x0");
}

/* B.6, C.10: from an even register on. */
CTX_TEST(TextAarch64, SixteenBytesThatAreAlignedBeginAtAnEvenRegister) {
  expect_part("void f(int a, struct {__int128 n;} x, int b)", "INTEGER, INTEGER  x2, x3");
  expect_part("void f(int a, struct {__int128 n;} x, int b)", "4      4  INTEGER           x4\n");
  expect_part("void f(int a, struct {long a, b;} x)", "INTEGER, INTEGER  x1, x2");
}

/* 6.9 */
CTX_TEST(TextAarch64, ResultsAreWhereArgumentsWouldBe) {
  static const char *const rows[][2] = {
      {"char f(void)", "   1      1  INTEGER  x0"},
      {"struct {float a, b, c, d;} f(void)", "VECTOR x4  s0, s1, s2, s3"},
      {"struct {float a, b, c, d, e;} f(void)", "REFERENCE  memory: its address comes in x8"},
      {"struct {float a; int b;} f(void)", "INTEGER  x0"},
      {"struct {} f(void)", "nowhere: it is empty"},
      {"struct {long a[3];} f(void)", "x8   | address of the result |"}};
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
    expect_part(rows[i][0], rows[i][1]);
}

/* clang-format off */

CTX_TEST(TextAarch64, EveryScalarHasItsView) {
  expect_text(
      "float f(char c, short s, unsigned u, _Float16 h, float x, double d, long double q, wchar_t w)\n"
      "\n"
      "#  argument       size  align  classes  where\n"
      "1  char c            1      1  INTEGER  x0\n"
      "2  short s           2      2  INTEGER  x1\n"
      "3  unsigned u        4      4  INTEGER  x2\n"
      "4  _Float16 h        2      2  VECTOR   h0\n"
      "5  float x           4      4  VECTOR   s1\n"
      "6  double d          8      8  VECTOR   d2\n"
      "7  long double q    16     16  VECTOR   q3\n"
      "8  wchar_t w         4      4  INTEGER  x3\n"
      "   result: float     4      4  VECTOR   s0\n"
      "\n"
      "Registers at entry; here as above, what is first in a line is in the lowest byte:\n"
      "\n"
      "       +--------------------+\n"
      "  x0   | c, 7 bytes of zero |\n"
      "       +--------------------+\n"
      "  x1   | s, 6 bytes of sign |\n"
      "       +--------------------+\n"
      "  x2   | u, 4 bytes of zero |\n"
      "       +--------------------+\n"
      "  x3   | w, 4 bytes of zero |\n"
      "       +--------------------+\n"
      "  h0   | h                  |\n"
      "       +--------------------+\n"
      "  s1   | x                  |\n"
      "       +--------------------+\n"
      "  d2   | d                  |\n"
      "       +--------------------+\n"
      "  q3   | q                  |\n"
      "       +--------------------+\n"
      "  x30  | return address     |\n"
      "       +--------------------+\n");
}

/* C.2, C.3: nor is a register used that it leaves. */
CTX_TEST(TextAarch64, AHomogeneousAggregateIsNotSplit) {
  expect_text(
      "void f(struct {double a, b, c;} x, struct {float a[4];} y, struct {double a, b;} z, float last)\n"
      "\n"
      "#  argument                    size  align  classes         where\n"
      "1  struct {double a, b, c;} x    24      8  VECTOR x3       d0, d1, d2\n"
      "2  struct {float a[4];} y        16      4  VECTOR x4       s3, s4, s5, s6\n"
      "3  struct {double a, b;} z       16      8  VECTOR, VECTOR  sp\n"
      "4  float last                     4      4  VECTOR          sp+16\n"
      "\n"
      "Stack at entry, high addresses on top; sp is a multiple of 16:\n"
      "\n"
      "         +-----------------------+\n"
      "  sp+24  | 8 bytes of padding    |\n"
      "         +-----------------------+\n"
      "  sp+16  | last, 4 bytes of zero |\n"
      "         +-----------------------+\n"
      "  sp+8   | z.b                   |\n"
      "  sp     | z.a                   |\n"
      "         +-----------------------+\n"
      "\n"
      "Registers at entry; here as above, what is first in a line is in the lowest byte:\n"
      "\n"
      "         +-----------------------+\n"
      "  d0     | x.a                   |\n"
      "  d1     | x.b                   |\n"
      "  d2     | x.c                   |\n"
      "         +-----------------------+\n"
      "  s3     | y.a[0]                |\n"
      "  s4     | y.a[1]                |\n"
      "  s5     | y.a[2]                |\n"
      "  s6     | y.a[3]                |\n"
      "         +-----------------------+\n"
      "  x30    | return address        |\n"
      "         +-----------------------+\n");
}

/* C.12, C.13: nor is x7 used again. C.14: memory is aligned for an __int128. */
CTX_TEST(TextAarch64, GeneralRegistersAreNotSplitEither) {
  expect_text(
      "struct {long a, b;} f(int a, int b, int c, int d, int e, int g, int h, struct {long a, b;} two, char last, __int128 wide, long end)\n"
      "\n"
      " #  argument                     size  align  classes           where\n"
      " 1  int a                           4      4  INTEGER           x0\n"
      " 2  int b                           4      4  INTEGER           x1\n"
      " 3  int c                           4      4  INTEGER           x2\n"
      " 4  int d                           4      4  INTEGER           x3\n"
      " 5  int e                           4      4  INTEGER           x4\n"
      " 6  int g                           4      4  INTEGER           x5\n"
      " 7  int h                           4      4  INTEGER           x6\n"
      " 8  struct {long a, b;} two        16      8  INTEGER, INTEGER  sp\n"
      " 9  char last                       1      1  INTEGER           sp+16\n"
      "10  __int128 wide                  16     16  INTEGER, INTEGER  sp+32\n"
      "11  long end                        8      8  INTEGER           sp+48\n"
      "    result: struct {long a, b;}    16      8  INTEGER, INTEGER  x0, x1\n"
      "\n"
      "Stack at entry, high addresses on top; sp is a multiple of 16:\n"
      "\n"
      "         +-----------------------+\n"
      "  sp+56  | 8 bytes of padding    |\n"
      "         +-----------------------+\n"
      "  sp+48  | end                   |\n"
      "         +-----------------------+\n"
      "  sp+40  | wide (bytes 8-15)     |\n"
      "  sp+32  | wide (bytes 0-7)      |\n"
      "         +-----------------------+\n"
      "  sp+24  | 8 bytes of padding    |\n"
      "         +-----------------------+\n"
      "  sp+16  | last, 7 bytes of zero |\n"
      "         +-----------------------+\n"
      "  sp+8   | two.b                 |\n"
      "  sp     | two.a                 |\n"
      "         +-----------------------+\n"
      "\n"
      "Registers at entry; here as above, what is first in a line is in the lowest byte:\n"
      "\n"
      "         +-----------------------+\n"
      "  x0     | a, 4 bytes of sign    |\n"
      "         +-----------------------+\n"
      "  x1     | b, 4 bytes of sign    |\n"
      "         +-----------------------+\n"
      "  x2     | c, 4 bytes of sign    |\n"
      "         +-----------------------+\n"
      "  x3     | d, 4 bytes of sign    |\n"
      "         +-----------------------+\n"
      "  x4     | e, 4 bytes of sign    |\n"
      "         +-----------------------+\n"
      "  x5     | g, 4 bytes of sign    |\n"
      "         +-----------------------+\n"
      "  x6     | h, 4 bytes of sign    |\n"
      "         +-----------------------+\n"
      "  x30    | return address        |\n"
      "         +-----------------------+\n");
}

/* B.4. AAPCS64 leaves open where a copy lies. ctx has them above all arguments. */
CTX_TEST(TextAarch64, CopiesLieAboveTheArguments) {
  expect_text(
      "struct {char c[17];} f(struct {char c[20];} big, int i, __int128 wide, struct {_Alignas(32) char c[40];} aligned, struct {} nothing)\n"
      "\n"
      "#  argument                                   size  align  classes           where\n"
      "1  struct {char c[20];} big                     20      1  REFERENCE         x0: address of a copy at sp\n"
      "2  int i                                         4      4  INTEGER           x1\n"
      "3  __int128 wide                                16     16  INTEGER, INTEGER  x2, x3\n"
      "4  struct {_Alignas(32) char c[40];} aligned    64     32  REFERENCE         x4: address of a copy at sp+32\n"
      "5  struct {} nothing                             0      1  none              nowhere: it is empty\n"
      "   result: struct {char c[17];}                 17      1  REFERENCE         memory: its address comes in x8\n"
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
      "  x0     | address of big at sp             |\n"
      "         +----------------------------------+\n"
      "  x1     | i, 4 bytes of sign               |\n"
      "         +----------------------------------+\n"
      "  x2     | wide (bytes 0-7)                 |\n"
      "  x3     | wide (bytes 8-15)                |\n"
      "         +----------------------------------+\n"
      "  x4     | address of aligned at sp+32      |\n"
      "         +----------------------------------+\n"
      "  x8     | address of the result            |\n"
      "         +----------------------------------+\n"
      "  x30    | return address                   |\n"
      "         +----------------------------------+\n");
}

CTX_TEST(TextAarch64, TheAddressOfACopyMayBeInMemory) {
  expect_text(
      "struct {double a; float b;} f(long a, long b, long c, long d, long e, long g, long h, long i, struct {_Alignas(64) long l[8];} in_memory, short last)\n"
      "\n"
      " #  argument                                    size  align  classes           where\n"
      " 1  long a                                         8      8  INTEGER           x0\n"
      " 2  long b                                         8      8  INTEGER           x1\n"
      " 3  long c                                         8      8  INTEGER           x2\n"
      " 4  long d                                         8      8  INTEGER           x3\n"
      " 5  long e                                         8      8  INTEGER           x4\n"
      " 6  long g                                         8      8  INTEGER           x5\n"
      " 7  long h                                         8      8  INTEGER           x6\n"
      " 8  long i                                         8      8  INTEGER           x7\n"
      " 9  struct {_Alignas(64) long l[8];} in_memory    64     64  REFERENCE         sp: address of a copy at sp+16\n"
      "10  short last                                     2      2  INTEGER           sp+8\n"
      "    result: struct {double a; float b;}           16      8  INTEGER, INTEGER  x0, x1\n"
      "\n"
      "Stack at entry, high addresses on top; sp is a multiple of 16, sp+16 of 64:\n"
      "\n"
      "         +-------------------------------+\n"
      "  sp+72  | in_memory.l[7]                |\n"
      "  sp+64  | in_memory.l[6]                |\n"
      "  sp+56  | in_memory.l[5]                |\n"
      "  sp+40  | ... 2 slots of in_memory      |\n"
      "  sp+32  | in_memory.l[2]                |\n"
      "  sp+24  | in_memory.l[1]                |\n"
      "  sp+16  | in_memory.l[0]                |\n"
      "         +-------------------------------+\n"
      "  sp+8   | last, 6 bytes of sign         |\n"
      "         +-------------------------------+\n"
      "  sp     | address of in_memory at sp+16 |\n"
      "         +-------------------------------+\n"
      "\n"
      "Registers at entry; here as above, what is first in a line is in the lowest byte:\n"
      "\n"
      "         +-------------------------------+\n"
      "  x0     | a                             |\n"
      "         +-------------------------------+\n"
      "  x1     | b                             |\n"
      "         +-------------------------------+\n"
      "  x2     | c                             |\n"
      "         +-------------------------------+\n"
      "  x3     | d                             |\n"
      "         +-------------------------------+\n"
      "  x4     | e                             |\n"
      "         +-------------------------------+\n"
      "  x5     | g                             |\n"
      "         +-------------------------------+\n"
      "  x6     | h                             |\n"
      "         +-------------------------------+\n"
      "  x7     | i                             |\n"
      "         +-------------------------------+\n"
      "  x30    | return address                |\n"
      "         +-------------------------------+\n");
}

CTX_TEST(TextAarch64, VariadicArgumentsArePromoted) {
  expect_text(
      "int f(const char *format, ..., float, char, signed char, struct {int a : 3, : 7; char c;}, long double)\n"
      "\n"
      "#  argument                          size  align  classes  where\n"
      "1  const char *format                   8      8  INTEGER  x0\n"
      "2  float, as double                     8      8  VECTOR   d0\n"
      "3  char, as int                         4      4  INTEGER  x1\n"
      "4  signed char, as int                  4      4  INTEGER  x2\n"
      "5  struct {int a : 3, : 7; char c;}     4      4  INTEGER  x3\n"
      "6  long double                         16     16  VECTOR   q1\n"
      "   result: int                          4      4  INTEGER  x0\n"
      "\n"
      "Registers at entry; here as above, what is first in a line is in the lowest byte:\n"
      "\n"
      "       +--------------------------------------------------------------------------+\n"
      "  x0   | format                                                                   |\n"
      "       +--------------------------------------------------------------------------+\n"
      "  x1   | arg3, 4 bytes of sign                                                    |\n"
      "       +--------------------------------------------------------------------------+\n"
      "  x2   | arg4, 4 bytes of sign                                                    |\n"
      "       +--------------------------------------------------------------------------+\n"
      "  x3   | arg5.a:3, 13 bits of padding, arg5.c, 1 byte of padding, 4 bytes of zero |\n"
      "       +--------------------------------------------------------------------------+\n"
      "  d0   | arg2                                                                     |\n"
      "       +--------------------------------------------------------------------------+\n"
      "  q1   | arg6                                                                     |\n"
      "       +--------------------------------------------------------------------------+\n"
      "  x30  | return address                                                           |\n"
      "       +--------------------------------------------------------------------------+\n");
}

/* clang-format on */
