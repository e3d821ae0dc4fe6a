/* Tests of the probe: by calls that a compiler makes, and by one that none makes. */
#include "testing/oracle/probe_cases.h"

#include <complex.h>

#include "testing/oracle/marked_call.h"

/* A compiler passes the address first, and reads the result by the address that is returned. */
static void call_for_large(large *result) {
  large *(*volatile probe)(large *) = (large * (*)(large *)) oracle_probe;
  probe(result);
}

/* Among them are registers that no C call passes anything in. All bits of each count. */
CTX_TEST(Probe, CapturesEveryRegisterAndFlag) {
  oracle_capture_reset(0);
  oracle_reply_poison();
  oracle_marked_call();
  for (size_t i = 0; i < 16; i++) {
    if (i != 4) EXPECT_EQ(0xb0 + i, oracle_captured.registers.general[i]);
    for (size_t word = 0; word < oracle_vector_bytes() / 8; word++)
      EXPECT_EQ(0xc0 + i, oracle_captured.registers.vector[i][word]);
  }
  EXPECT_EQ(0, (oracle_captured.registers.rsp + 8) % 16);
  EXPECT_NE(0, oracle_captured.registers.rflags & CTX_TEST_DIRECTION_FLAG);
  EXPECT_EQ(0x3fff, oracle_captured.registers.x87.tags); /* st(0) is register 7 */
  EXPECT_EQ(0x37f, oracle_captured.registers.x87.control);
  EXPECT_EQ(__builtin_ia32_stmxcsr(), oracle_captured.registers.mxcsr);
}

CTX_TEST(Probe, ReturnsInRaxAndRdx) {
  oracle_reply_poison();
  oracle_to_reply.registers.rax = mark(1);
  oracle_to_reply.registers.rdx = mark(2);
  two_words (*volatile probe)(void) = (two_words(*)(void))oracle_probe;
  two_words result = probe();
  EXPECT_EQ(mark(1), result.first);
  EXPECT_EQ(mark(2), result.second);
}

CTX_TEST(Probe, ReturnsInXmm0AndXmm1) {
  oracle_reply_poison();
  oracle_to_reply.registers.vector[0][0] = UINT64_C(0x7ff8123456789abc);
  oracle_to_reply.registers.vector[1][0] = mark(2);
  two_doubles (*volatile probe)(void) = (two_doubles(*)(void))oracle_probe;
  two_doubles result = probe();
  EXPECT_F64_EQ(f64_of(UINT64_C(0x7ff8123456789abc)), result.first);
  EXPECT_F64_EQ(f64_of(mark(2)), result.second);
}

static void reply_long_double(size_t index, long double x) {
  memcpy(oracle_to_reply.registers.st[index], &x, 10);
}

CTX_TEST(Probe, ReturnsInSt0AndSt1) {
  oracle_reply_poison();
  reply_long_double(0, 1.25L);
  reply_long_double(1, -2.5L);
  oracle_to_reply.registers.num_st = 1;
  long double (*volatile one)(void) = (long double (*)(void))oracle_probe;
  EXPECT_TRUE(one() == 1.25L);
  oracle_to_reply.registers.num_st = 2;
  long double complex (*volatile two)(void) = (long double complex (*)(void))oracle_probe;
  long double complex result = two();
  EXPECT_TRUE(creall(result) == 1.25L);
  EXPECT_TRUE(cimagl(result) == -2.5L);
}

/* As a compiler sees it, that is the result, too. */
CTX_TEST(Probe, ReturnsTheAddressOfAResultInMemory) {
  static const large reply = {{1, 2, 3, [39] = 40}};
  large result = {{0}};
  large *(*volatile probe)(large *) = (large * (*)(large *)) oracle_probe;
  oracle_reply_poison();
  oracle_to_reply.memory = &reply;
  oracle_to_reply.memory_size = sizeof reply;
  oracle_to_reply.memory_low = oracle_to_reply.memory_high = (uint64_t)(uintptr_t)&result;
  EXPECT_TRUE(probe(&result) == &result);
  EXPECT_MEMEQ(&reply, &result, sizeof reply);

  memset(&result, 0, sizeof result);
  oracle_to_reply.memory_low += 1;
  oracle_to_reply.memory_high += 1;
  EXPECT_TRUE(probe(&result) == NULL);
  oracle_to_reply.memory_low -= 2;
  oracle_to_reply.memory_high -= 2;
  EXPECT_TRUE(probe(&result) == NULL);
  EXPECT_EQ(0, result.bytes[0]);
}
