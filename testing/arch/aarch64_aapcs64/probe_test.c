/* Tests of the probe: by calls that a compiler makes, and by one that none makes. */
#include "testing/oracle/probe_cases.h"

#include "testing/oracle/marked_call.h"

/* The compiler passes the address in x8. */
static void call_for_large(large *result) {
  large (*volatile probe)(void) = (large(*)(void))oracle_probe;
  *result = probe();
}

/* Among them are registers that no C call passes anything in. All bits of each count. */
CTX_TEST(Probe, CapturesEveryRegister) {
  oracle_capture_reset(0);
  oracle_reply_poison();
  oracle_marked_call();
  for (size_t i = 0; i < CTX_TEST_NUM_GENERAL; i++)
    if (i != 30) EXPECT_EQ(0xb0 + i, oracle_captured.registers.general[i]);
  for (size_t i = 0; i < ORACLE_VECTOR_REGISTERS; i++)
    for (size_t word = 0; word < ORACLE_VECTOR_WORDS; word++)
      EXPECT_EQ(0xc0 + i, oracle_captured.registers.vector[i][word]);
  EXPECT_EQ(0, oracle_captured.registers.sp % 16);
  EXPECT_EQ(ctx_test_fpcr(), oracle_captured.registers.fpcr);
}

typedef struct four_doubles {
  double of[4];
} four_doubles;

CTX_TEST(Probe, ReturnsInX0AndX1) {
  oracle_reply_poison();
  oracle_to_reply.registers.x0 = mark(1);
  oracle_to_reply.registers.x1 = mark(2);
  two_words (*volatile probe)(void) = (two_words(*)(void))oracle_probe;
  two_words result = probe();
  EXPECT_EQ(mark(1), result.first);
  EXPECT_EQ(mark(2), result.second);
}

CTX_TEST(Probe, ReturnsInV0ToV3) {
  oracle_reply_poison();
  for (size_t i = 0; i < 4; i++)
    oracle_to_reply.registers.vector[i][0] = mark(i);
  oracle_to_reply.registers.vector[0][0] = UINT64_C(0x7ff8123456789abc);
  four_doubles (*volatile probe)(void) = (four_doubles(*)(void))oracle_probe;
  four_doubles result = probe();
  EXPECT_F64_EQ(f64_of(UINT64_C(0x7ff8123456789abc)), result.of[0]);
  for (size_t i = 1; i < 4; i++)
    EXPECT_F64_EQ(f64_of(mark(i)), result.of[i]);
}

CTX_TEST(Probe, ReturnsAllOfV0) {
  oracle_reply_poison();
  long double expected = -1.25L;
  memcpy(oracle_to_reply.registers.vector[0], &expected, sizeof expected);
  long double (*volatile probe)(void) = (long double (*)(void))oracle_probe;
  EXPECT_TRUE(probe() == expected);
}
