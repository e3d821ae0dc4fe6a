/* Constant expressions, and names of the system's headers, have the compiler's values: each is
 * written once, for the compiler and, as text, for the parser. */
#define _GNU_SOURCE
#include <dirent.h>
#include <locale.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <termios.h>
#include <time.h>

#include "testing/harness/harness.h"
#include "tools/explain/declaration.h"

/* The warnings are about what this tests. */
#pragma GCC diagnostic ignored "-Wparentheses"
#pragma GCC diagnostic ignored "-Wsign-compare"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wextra"
#pragma GCC diagnostic ignored "-Wmultichar"
#pragma GCC diagnostic ignored "-Woverflow"
#pragma GCC diagnostic ignored "-Wconversion"
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
  declaration d = declaration_parse(abi_of_host(), source, &memory, &f);
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
  SAME('a') SAME('\'') SAME('"') SAME('\n') SAME('\\') SAME('\?') SAME('\x7f') SAME('\0' + 1)
  SAME('\141') SAME(('\377' < 0) + 1) SAME('ab') SAME('RIFF') SAME(L'z') SAME(u'z')
  SAME((U'z' - 123 > 0) + 1) SAME((L'z' - 123 > 0) + 1) SAME((u'z' - 123 > 0) + 1)
  SAME((int)sizeof(long)) SAME((int)(1UL << 3)) SAME((char)300) SAME((unsigned char)-1)
  SAME(((signed char)200 < 0) + 1) SAME((short)65537) SAME((_Bool)256) SAME((unsigned short)-1)
  SAME((-1 < (unsigned char)1) + 1) SAME((-1 < (unsigned)1) + 1) SAME((uint64_t)1 << 40 >> 38)
  SAME(((long)-1 < 0) + 1) SAME((int)4294967297L) SAME((-(char)-3 < 0) + 1)
  SAME((size_t)3 * (int)'\4')
  SAME(sizeof(__typeof__(1L))) SAME(sizeof(__typeof__((short)1)))
  SAME(sizeof(__typeof__(+(short)1)))
  SAME(sizeof(__typeof__((char)1 + (char)1))) SAME(sizeof(__typeof__('a')))
  SAME(sizeof(__typeof__(u'a')))
  SAME(sizeof(__typeof__(short[3]))) SAME(sizeof(__typeof__(sizeof(int))))
};
/* clang-format on */

CTX_TEST(Constant, ValuesAreTheCompilers) {
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    ctx_test_note("%s", rows[i].text);
    EXPECT_EQ(rows[i].value, size_of_array(rows[i].text));
  }
}

/* clang-format off */
#define SYSTEM(type) {#type, sizeof(type), _Alignof(type)},
static const struct {
  const char *name;
  size_t size;
  size_t align;
} names[] = {
  SYSTEM(blkcnt_t) SYSTEM(blksize_t) SYSTEM(caddr_t) SYSTEM(cc_t) SYSTEM(clock_t) SYSTEM(clockid_t)
  SYSTEM(dev_t) SYSTEM(fd_set) SYSTEM(fsblkcnt_t) SYSTEM(fsfilcnt_t) SYSTEM(gid_t) SYSTEM(id_t)
  SYSTEM(in_addr_t) SYSTEM(in_port_t) SYSTEM(ino_t) SYSTEM(ino64_t) SYSTEM(key_t) SYSTEM(locale_t)
  SYSTEM(loff_t) SYSTEM(mode_t) SYSTEM(nfds_t) SYSTEM(nlink_t) SYSTEM(off_t) SYSTEM(off64_t)
  SYSTEM(pid_t) SYSTEM(pthread_attr_t) SYSTEM(pthread_barrier_t) SYSTEM(pthread_barrierattr_t)
  SYSTEM(pthread_cond_t) SYSTEM(pthread_condattr_t) SYSTEM(pthread_key_t) SYSTEM(pthread_mutex_t)
  SYSTEM(pthread_mutexattr_t) SYSTEM(pthread_once_t) SYSTEM(pthread_rwlock_t)
  SYSTEM(pthread_rwlockattr_t) SYSTEM(pthread_spinlock_t) SYSTEM(pthread_t) SYSTEM(quad_t)
  SYSTEM(register_t) SYSTEM(rlim_t) SYSTEM(sa_family_t) SYSTEM(sem_t) SYSTEM(sigset_t)
  SYSTEM(socklen_t) SYSTEM(speed_t) SYSTEM(ssize_t) SYSTEM(suseconds_t) SYSTEM(tcflag_t)
  SYSTEM(time_t) SYSTEM(timer_t) SYSTEM(u_char) SYSTEM(u_int) SYSTEM(u_int16_t) SYSTEM(u_int32_t)
  SYSTEM(u_int64_t) SYSTEM(u_int8_t) SYSTEM(u_long) SYSTEM(u_quad_t) SYSTEM(u_short) SYSTEM(uid_t)
  SYSTEM(uint) SYSTEM(ulong) SYSTEM(useconds_t) SYSTEM(ushort)
};
/* clang-format on */

CTX_TEST(Constant, NamesOfTheSystemHaveItsSizes) {
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    char text[128];
    ctx_test_note("%s", names[i].name);
    snprintf(text, sizeof text, "sizeof(%s)", names[i].name);
    EXPECT_EQ(names[i].size, size_of_array(text));
    snprintf(text, sizeof text, "_Alignof(%s)", names[i].name);
    EXPECT_EQ(names[i].align, size_of_array(text));
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
                                      "''",
                                      "'a",
                                      "'\\q'",
                                      "'\\xfff'",
                                      "'\\x'",
                                      "'abcde'",
                                      "L'ab'",
                                      "(float)1",
                                      "(int *)8",
                                      "(int)",
                                      "(__int128)1",
                                      "__typeof__(1)",
                                      "2147483647 * 2"};
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
    ctx_test_note("%s", texts[i]);
    EXPECT_EQ(SIZE_MAX, size_of_array(texts[i]));
  }
}
