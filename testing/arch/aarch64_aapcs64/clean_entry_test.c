/* Nothing that a host has in its registers is found by a fresh context. Each register has a value
 * of its own beforehand: were all filled with the same, one that is combined with another, in place
 * of itself, would come out as 0 too. */
#include <string.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/oracle/probe.h"

enum { STACK_SIZE = 32768, ENTRYS_ADDRESS = 16, FRAME_POINTER = 29, RETURN_ADDRESS = 30 };
CTX_STACK(stack, STACK_SIZE);

/* ctx_swap, with a number of its own in each other register (marked_call.S). */
void oracle_marked_swap(ctx_context *from, ctx_context *to);

typedef struct registers {
  uint64_t general[CTX_TEST_NUM_GENERAL];
  uint64_t vectors[ORACLE_VECTOR_REGISTERS][ORACLE_VECTOR_WORDS];
} registers;

static void expect(const registers *expected, const ctx_value *args, size_t num_args) {
  static ctx_context host;
  static ctx_context child;
  host = (ctx_context){0};
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, oracle_probe, args, num_args));
  oracle_capture_reset(0);
  oracle_reply_poison();
  oracle_marked_swap(&host, &child);
  EXPECT_TRUE(ctx_has_returned(&child));
  const oracle_registers *found = &oracle_captured.registers;
  for (size_t i = 0; i < CTX_TEST_NUM_GENERAL; i++) {
    ctx_test_note("x%zu", i);
    if (i == ENTRYS_ADDRESS) {
      EXPECT_EQ((uintptr_t)oracle_probe, found->general[i]);
    } else if (i != FRAME_POINTER && i != RETURN_ADDRESS) {
      EXPECT_EQ(expected->general[i], found->general[i]);
    }
  }
  for (size_t i = 0; i < ORACLE_VECTOR_REGISTERS; i++) {
    ctx_test_note("v%zu", i);
    EXPECT_MEMEQ(expected->vectors[i], found->vector[i], sizeof found->vector[i]);
  }
}

CTX_TEST(CleanEntry, WithoutArguments) {
  static const registers zero;
  expect(&zero, CTX_NO_ARGS);
}

CTX_TEST(CleanEntry, WithScalars) {
  registers expected = {{1, 2}, {{0}}};
  const double d = -1.5;
  memcpy(expected.vectors[0], &d, sizeof d);
  expect(&expected, CTX_ARGS(1, 2L, d));
}

CTX_TEST(CleanEntry, WithAVector) {
  typedef float floats __attribute__((__vector_size__(16)));
  const floats vector = {1.0f, -2.0f, 3.0f, -4.0f};
  registers expected = {{5}, {{0}}};
  memcpy(expected.vectors[0], &vector, sizeof vector);
  expect(&expected, CTX_ARGS(ctx_v128(vector), 5));
}
