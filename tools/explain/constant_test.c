/* Constant expressions have the compiler's values: each is written once, for the compiler and, as
 * text, for the parser. */
#include <stdint.h>

#include "testing/harness/harness.h"
#include "tools/explain/declaration.h"

/* The warnings are about what this tests. */
#pragma GCC diagnostic ignored "-Wparentheses"
#pragma GCC diagnostic ignored "-Wsign-compare"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wextra"
#pragma GCC diagnostic ignored "-Wshift-negative-value"

enum { THREE = 3, MINUS_ONE = -1 };

/* Returns the size of `char x[text]`; SIZE_MAX if the parser does not take it. */
static size_t size_of_array(const char *text) {
  arena memory = {0};
  fault f;
  char *source = arena_print(&memory,
                             "enum {THREE = 3, MINUS_ONE = -1, LAST_INT = 0x7fffffff, "
                             "AFTER_INT}; void f(struct {char x[%s];});",
                             text);
  declaration d = declaration_parse(source, &memory, &f);
  size_t size = f.message == NULL ? d.function->parameters->type->size : SIZE_MAX;
  arena_free(&memory);
  return size;
}

#define SAME(...) {#__VA_ARGS__, (size_t)(__VA_ARGS__)},

/* clang-format off */
static const struct {
  const char *text;
  size_t value;
} rows[] = {
  SAME(42) SAME(0x2a) SAME(052) SAME(42U) SAME(42L) SAME(42uLL) SAME(42llu) SAME(0XFFl)
  SAME(1 + 2 * 3) SAME((1 + 2) * 3) SAME(10 - 4 - 3) SAME(100 / 10 / 5) SAME(17 % 5)
  SAME(2 * 3 % 4) SAME(1 << 2 << 3) SAME(1 + 1 << 3) SAME(0xff & 0x0f | 0x30 ^ 0x01)
  SAME(1 == 1) SAME(2 > 1 == 1) SAME(3 != 3 || 2 >= 2) SAME(1 && 0 || 1) SAME(1 <= 0)
  SAME(1 ? 2 : 3) SAME(0 ? 2 : 0 ? 4 : 5) SAME(1 || 0 && 0) SAME(!0 + !5) SAME(~0 + 3) SAME(- -4)
  SAME(+7) SAME(THREE) SAME(THREE * THREE + MINUS_ONE) SAME(-7 / 2 + 10) SAME(-7 % 3 + 10)
  SAME(-8 >> 1 & 0xf) SAME((-8L >> 1 > 0) + 1) SAME(~0U >> 28) SAME(~0UL >> 60)
  SAME((-1 < 0U) + 1) SAME((-1 < 0) + 1)
  SAME((-1L < 0U) + 1) SAME((-1 > 0UL) + 1)
  SAME((0xffffffff + 1 == 0) + 1) SAME((0xffffffffL + 1 == 0) + 1)
  SAME((4294967295 + 1 == 0) + 1) SAME((~0 == 0xffffffff) + 1)
  SAME(sizeof(int)) SAME(sizeof(char[3][5])) SAME(sizeof(int (*)(int)))
  SAME(sizeof(struct {char a; long b;}))
  SAME(_Alignof(long double) + sizeof(unsigned short)) SAME((sizeof(int) - 5 > 0) + 1)
};
/* clang-format on */

CTX_TEST(Constant, ValuesAreTheCompilers) {
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    ctx_test_note("%s", rows[i].text);
    EXPECT_EQ(rows[i].value, size_of_array(rows[i].text));
  }
}

/* The standard leaves it undefined; flags in real headers rely on it. */
CTX_TEST(Constant, ShiftsMayReachTheSignBit) {
  EXPECT_EQ(2, size_of_array("(1 << 31 < 0) + 1"));
  EXPECT_EQ(2, size_of_array("(1L << 63 < 0) + 1"));
}

/* Compilers have it so; C11 has no enumerators beyond int. */
CTX_TEST(Constant, EnumeratorsAfterTheLastIntAreLong) {
  EXPECT_EQ(2, size_of_array("(AFTER_INT + 1 > LAST_INT) + 1"));
}

CTX_TEST(Constant, WhatHasNoValueIsRefused) {
  static const char *const texts[] = {"2147483647 + 1",
                                      "-2147483647 - 2",
                                      "1 / 0",
                                      "1 % 0",
                                      "1 << 32",
                                      "1 << -1",
                                      "3 << 31",
                                      "MINUS_ONE",
                                      "3 - 4",
                                      "unknown",
                                      "0x10000000000000000",
                                      "1.5",
                                      "08",
                                      "1lul",
                                      "sizeof 3",
                                      "0x",
                                      "9223372036854775807 + 1",
                                      "-(-9223372036854775807 - 1)",
                                      "sizeof(void)",
                                      "sizeof(struct unknown)",
                                      "2147483647 * 2"};
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
    ctx_test_note("%s", texts[i]);
    EXPECT_EQ(SIZE_MAX, size_of_array(texts[i]));
  }
}
