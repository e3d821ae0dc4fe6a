/* Tests of the probe: by calls that a compiler makes, and by one that none makes. */
#include "testing/oracle/probe.h"

#include <string.h>

#include "testing/harness/harness.h"

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
  oracle_to_reply.registers.a0 = mark(20);
  typedef uint64_t callee(uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t,
                          uint64_t, uint64_t, uint64_t);
  callee *volatile probe = (callee *)oracle_probe;
  uint64_t result = probe(mark(0), mark(1), mark(2), mark(3), mark(4), mark(5), mark(6), mark(7),
                          mark(8), mark(9));
  EXPECT_EQ(mark(20), result);
  for (size_t i = 0; i < 8; i++)
    EXPECT_EQ(mark(i), oracle_captured.registers.general[CTX_TEST_NUMBER_OF_a0 + i]);
  EXPECT_EQ(mark(8), oracle_captured.words[0]);
  EXPECT_EQ(mark(9), oracle_captured.words[1]);
  EXPECT_EQ(1, oracle_captured.num_calls);
}

CTX_TEST(Probe, CapturesFloatingPointRegisters) {
  oracle_capture_reset(0);
  oracle_reply_poison();
  typedef void callee(double, double, double, double, double, double, double, double);
  callee *volatile probe = (callee *)oracle_probe;
  probe(0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5);
  for (int i = 0; i < 8; i++)
    EXPECT_F64_EQ(i + 0.5, f64_of(oracle_captured.registers.floating[CTX_TEST_NUMBER_OF_fa0 + i]));
}

void oracle_marked_call(void);

/* Among them are registers that no C call passes anything in. All bits of each count. */
CTX_TEST(Probe, CapturesEveryRegister) {
  oracle_capture_reset(0);
  oracle_reply_poison();
  ctx_test_set_frm(CTX_TEST_FRM_UP);
  oracle_marked_call();
  ctx_test_set_frm(CTX_TEST_FRM_NEAREST);
  const oracle_registers *found = &oracle_captured.registers;
  for (size_t i = 5; i < CTX_TEST_NUM_GENERAL; i++)
    EXPECT_EQ(0xb0 + i, found->general[i]);
  for (size_t i = 0; i < CTX_TEST_NUM_FLOATING; i++)
    EXPECT_EQ(0xc0 + i, found->floating[i]);
  EXPECT_EQ(0, found->zero);
  EXPECT_NE(0, found->ra);
  EXPECT_EQ(0, found->sp % 16);
  uint64_t gp, tp;
  __asm__("mv %0, gp\n\tmv %1, tp" : "=r"(gp), "=r"(tp));
  EXPECT_EQ(gp, found->gp);
  EXPECT_EQ(tp, found->tp);
  EXPECT_EQ(CTX_TEST_FRM_UP << 5, found->fcsr);
}

typedef struct large {
  uint8_t bytes[40];
} large;

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
  EXPECT_EQ(oracle_captured.registers.a1, oracle_captured.copy_address[0]);
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

/* ---- What it returns ---- */

typedef struct two_words {
  uint64_t first;
  uint64_t second;
} two_words;

typedef struct two_doubles {
  double first;
  double second;
} two_doubles;

CTX_TEST(Probe, ReturnsInA0AndA1) {
  oracle_capture_reset(0);
  oracle_reply_poison();
  oracle_to_reply.registers.a0 = mark(1);
  oracle_to_reply.registers.a1 = mark(2);
  two_words (*volatile probe)(void) = (two_words(*)(void))oracle_probe;
  two_words result = probe();
  EXPECT_EQ(mark(1), result.first);
  EXPECT_EQ(mark(2), result.second);
}

CTX_TEST(Probe, ReturnsInFa0AndFa1) {
  oracle_capture_reset(0);
  oracle_reply_poison();
  oracle_to_reply.registers.fa0 = UINT64_C(0x7ff8123456789abc);
  oracle_to_reply.registers.fa1 = mark(2);
  two_doubles (*volatile probe)(void) = (two_doubles(*)(void))oracle_probe;
  two_doubles result = probe();
  EXPECT_F64_EQ(f64_of(UINT64_C(0x7ff8123456789abc)), result.first);
  EXPECT_F64_EQ(f64_of(mark(2)), result.second);
}

/* The compiler passes the address in a0. */
CTX_TEST(Probe, ReturnsInMemoryWithinTheBoundsOnly) {
  static const large reply = {{1, 2, 3, [39] = 40}};
  static large result;
  large (*volatile probe)(void) = (large(*)(void))oracle_probe;
  oracle_capture_reset(0);
  oracle_reply_poison();
  oracle_to_reply.memory = &reply;
  oracle_to_reply.memory_size = sizeof reply;
  oracle_to_reply.memory_low = 0;
  oracle_to_reply.memory_high = UINT64_MAX;
  result = probe();
  EXPECT_MEMEQ(&reply, &result, sizeof reply);

  oracle_to_reply.memory_low = UINT64_MAX;
  static const large other = {{9}};
  oracle_to_reply.memory = &other;
  result = probe();
  EXPECT_NE(9, result.bytes[0]);
  oracle_to_reply.memory_low = 0;
  oracle_to_reply.memory_high = 0;
  result = probe();
  EXPECT_NE(9, result.bytes[0]);
}
