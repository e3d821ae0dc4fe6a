/* Tests of the probe: by calls that a compiler makes, and by one that none makes. */
#include "testing/oracle/probe_cases.h"

#include "testing/oracle/marked_call.h"

/* The compiler passes the address in a0. */
static void call_for_large(large *result) {
  large (*volatile probe)(void) = (large(*)(void))oracle_probe;
  *result = probe();
}

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
