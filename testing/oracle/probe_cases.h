/* Calls that a compiler makes: for the tests of an architecture's probe, each of which includes
 * this once. */
#ifndef CTX_TESTING_ORACLE_PROBE_CASES_H_
#define CTX_TESTING_ORACLE_PROBE_CASES_H_

#include <string.h>

#include "testing/arch/arch.h"
#include "testing/harness/harness.h"
#include "testing/oracle/probe.h"
#include CTX_TEST_ARCH(figures.h)

typedef struct large {
  uint8_t bytes[40];
} large;

/* The architecture's: calls the probe as a function that returns a large in memory. */
static void call_for_large(large *result);

/* Makes numbers that are neither 0 nor alike. */
static uint64_t mark(uint64_t n) { return UINT64_C(0x0102030405060708) * (n + 1); }

static double f64_of(uint64_t bits) {
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

CTX_TEST(Probe, CapturesACompilersCallAndReturnsWhatItIsTold) {
  oracle_capture_reset(2);
  oracle_reply_poison();
  uint64_t told = mark(20);
  memcpy((uint64_t *)(void *)&oracle_to_reply + ORACLE_REPLY_GENERAL, &told, sizeof told);
  typedef uint64_t callee(uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t,
                          uint64_t, uint64_t, uint64_t);
  callee *volatile probe = (callee *)oracle_probe;
  uint64_t result = probe(mark(0), mark(1), mark(2), mark(3), mark(4), mark(5), mark(6), mark(7),
                          mark(8), mark(9));
  EXPECT_EQ(told, result);
  for (size_t i = 0; i < CTX_TEST_GENERAL_ARGUMENTS; i++)
    EXPECT_EQ(mark(i), oracle_general_argument(&oracle_captured.registers, i));
  EXPECT_EQ(mark(CTX_TEST_GENERAL_ARGUMENTS), oracle_captured.words[0]);
  EXPECT_EQ(mark(CTX_TEST_GENERAL_ARGUMENTS + 1), oracle_captured.words[1]);
  EXPECT_EQ(1, oracle_captured.num_calls);
}

CTX_TEST(Probe, CapturesVectorRegisters) {
  oracle_capture_reset(0);
  oracle_reply_poison();
  typedef void callee(double, double, double, double, double, double, double, double);
  callee *volatile probe = (callee *)oracle_probe;
  probe(0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5);
  for (size_t i = 0; i < CTX_TEST_VECTOR_ARGUMENTS; i++)
    EXPECT_F64_EQ((double)i + 0.5, f64_of(oracle_floating_argument(&oracle_captured.registers, i)));
}

#ifdef ORACLE_HAS_COPIES

static void expect_copy(const large *bytes, size_t index) {
  EXPECT_MEMEQ(bytes, oracle_captured.copied + 64 * index, sizeof *bytes);
}

CTX_TEST(Probe, CapturesCopiesWhoseAddressesArePassed) {
  static const large first = {{1, 2, 3, [39] = 40}};
  static const large second = {{11, 12, 13, [39] = 50}};
  static const oracle_copy copies[] = {{.index = 1, .size = 40},
                                       {.in_memory = true, .index = 0, .size = 40, .at = 64}};
  oracle_capture_reset(2);
  oracle_capture_copies(copies, 2);
  oracle_reply_poison();
  typedef void callee(int, large, int, int, int, int, int, int, large);
  callee *volatile probe = (callee *)oracle_probe;
  probe(0, first, 2, 3, 4, 5, 6, 7, second);
  EXPECT_EQ(2, oracle_captured.num_copies);
  EXPECT_EQ(oracle_general_argument(&oracle_captured.registers, 1),
            oracle_captured.copy_address[0]);
  EXPECT_EQ(oracle_captured.words[0], oracle_captured.copy_address[1]);
  expect_copy(&first, 0);
  expect_copy(&second, 1);
}

CTX_TEST(Probe, SeesThatACopyIsMissing) {
  static const oracle_copy copies[] = {{.index = 0, .size = 40}};
  oracle_capture_reset(0);
  oracle_capture_copies(copies, 1);
  oracle_reply_poison();
  typedef void callee(large *);
  callee *volatile probe = (callee *)oracle_probe;
  probe(NULL);
  EXPECT_EQ(0, oracle_captured.num_copies);
}

#endif /* ORACLE_HAS_COPIES */

/* ---- What it returns ---- */

typedef struct two_words {
  uint64_t first;
  uint64_t second;
} two_words;

typedef struct two_doubles {
  double first;
  double second;
} two_doubles;

CTX_TEST(Probe, ReturnsInMemoryWithinTheBoundsOnly) {
  static const large reply = {{1, 2, 3, [39] = 40}};
  static const large other = {{9}};
  static large result;
  oracle_capture_reset(0);
  oracle_reply_poison();
  oracle_to_reply.memory = &reply;
  oracle_to_reply.memory_size = sizeof reply;
  oracle_to_reply.memory_low = 0;
  oracle_to_reply.memory_high = UINT64_MAX;
  call_for_large(&result);
  EXPECT_MEMEQ(&reply, &result, sizeof reply);

  oracle_to_reply.memory_low = UINT64_MAX;
  oracle_to_reply.memory = &other;
  call_for_large(&result);
  EXPECT_NE(9, result.bytes[0]);
  oracle_to_reply.memory_low = 0;
  oracle_to_reply.memory_high = 0;
  call_for_large(&result);
  EXPECT_NE(9, result.bytes[0]);
}

#endif /* CTX_TESTING_ORACLE_PROBE_CASES_H_ */
