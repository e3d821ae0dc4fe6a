/* Nothing that a host has in its registers is found by a fresh context. Each register has a value
 * of its own beforehand: were all filled with the same, one that is combined with another, in place
 * of itself, would come out as 0 too. */
#include <string.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/oracle/probe.h"

enum { STACK_SIZE = 32768 };
CTX_STACK(stack, STACK_SIZE);

/* ctx_swap, with a number of its own in each other register (marked_call.S). */
void oracle_marked_swap(ctx_context *from, ctx_context *to);

/* Expects the registers that pass arguments to be as they are in `expected`, and all others to be
 * as at any entry. */
static void expect(oracle_registers expected, const ctx_value *args, size_t num_args) {
  static ctx_context host;
  static ctx_context child;
  host = (ctx_context){0};
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, oracle_probe, args, num_args));
  oracle_capture_reset(0);
  oracle_reply_poison();
  oracle_marked_swap(&host, &child);
  EXPECT_TRUE(ctx_has_returned(&child));
  const oracle_registers *found = &oracle_captured.registers;
  expected.CTX_TEST_ENTRYS_ADDRESS = (uintptr_t)oracle_probe;
  __asm__("mv %0, gp\n\tmv %1, tp" : "=r"(expected.gp), "=r"(expected.tp));
  /* These are the stack's. */
  expected.sp = found->sp;
  expected.s0 = found->s0;
  expected.ra = found->ra;
#define EXPECT(name, number)  \
  ctx_test_note("%s", #name); \
  EXPECT_EQ(expected.name, found->name);
  CTX_TEST_FOR_EACH_GENERAL(EXPECT)
  CTX_TEST_FOR_EACH_FLOATING(EXPECT)
}

CTX_TEST(CleanEntry, WithoutArguments) { expect((oracle_registers){0}, CTX_NO_ARGS); }

CTX_TEST(CleanEntry, WithScalars) {
  oracle_registers expected = {0};
  expected.a0 = 1;
  expected.a1 = 2;
  const double d = -1.5;
  memcpy(&expected.fa0, &d, sizeof d);
  expect(expected, CTX_ARGS(1, 2L, d));
}

/* A float's register is filled up with ones, and an unsigned is extended by its highest bit. */
CTX_TEST(CleanEntry, WithNarrowScalars) {
  oracle_registers expected = {0};
  const float f = -1.5f;
  memcpy(&expected.fa0, &f, sizeof f);
  expected.fa0 |= UINT64_MAX << 32;
  expected.a0 = UINT64_C(0xffffffff80000000);
  expected.a1 = 0xff;
  expect(expected, CTX_ARGS(0x80000000u, (uint8_t)0xff, f));
}

CTX_TEST(CleanEntry, WithALongDouble) {
  oracle_registers expected = {0};
  const long double x = -1.25L;
  memcpy(&expected.a0, &x, 8);
  memcpy(&expected.a1, (const char *)&x + 8, 8);
  expected.a2 = 5;
  expect(expected, CTX_ARGS(ctx_long_double(x), 5));
}
