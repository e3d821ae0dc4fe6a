/* ctx_stack_needed is exact. */
#include "testing/api/arena.h"
#include "testing/arch/arch.h"
#include "testing/harness/harness.h"
#include CTX_TEST_ARCH(figures.h)

enum { MAX_ARGS = 200 };
static ctx_value args[MAX_ARGS];

/* Makes ints and floats at random: fewer are in memory than there are in all. */
static void make_args(uint64_t seed) {
  for (size_t i = 0; i < MAX_ARGS; i++) {
    args[i] = ctx_test_random(&seed) % 2 != 0 ? ctx_i8(-1) : ctx_f64(-1);
  }
}

static ctx_status init(char *stack, size_t size, size_t num_args) {
  return ctx_init(&ctx_test_arena.child, stack, size, ctx_test_noop, args, num_args);
}

CTX_TEST(StackNeeded, IsWhatInitWritesAtTheEndOfTheStack) {
  char *end = ctx_test_arena.stack + sizeof ctx_test_arena.stack;
  for (size_t num_args = 0; num_args <= MAX_ARGS; num_args++) {
    make_args(num_args);
    size_t needed = ctx_stack_needed(args, num_args);
    ASSERT_NE(0, needed);
    ASSERT_EQ(0, needed % 16);
    ASSERT_TRUE(needed <= sizeof ctx_test_arena.stack);

    ctx_test_arena_fill(0);
    EXPECT_EQ(CTX_ERR_STACK_SMALL, init(end - needed + 16, needed - 16, num_args));
    EXPECT_TRUE(ctx_test_arena_is_untouched());

    /* Of the lowest 16 bytes some are written, and none below them: over bytes that differ, one
     * of two runs shows it. */
    bool written = false;
    for (uint8_t seed = 0; seed < 2; seed++) {
      ctx_test_arena_fill(seed);
      ASSERT_EQ(CTX_OK, init(end - needed, needed, num_args));
      written = written || !ctx_test_arena_range_is_untouched(end - needed, end - needed + 16);
      EXPECT_TRUE(ctx_test_arena_range_is_untouched(ctx_test_arena.guard1, end - needed));
      EXPECT_TRUE(ctx_test_arena_range_is_untouched(
          ctx_test_arena.guard2, ctx_test_arena.guard2 + sizeof ctx_test_arena.guard2));
      EXPECT_TRUE(ctx_test_arena_range_is_untouched(
          ctx_test_arena.guard0, ctx_test_arena.guard0 + sizeof ctx_test_arena.guard0));
    }
    EXPECT_TRUE(written);
  }
}

/* A large stack is written no more than a small one. */
CTX_TEST(StackNeeded, DoesNotDependOnTheStacksSize) {
  char *end = ctx_test_arena.stack + sizeof ctx_test_arena.stack;
  make_args(1);
  for (size_t num_args = 0; num_args < 40; num_args++) {
    ctx_test_arena_fill(1);
    ASSERT_EQ(CTX_OK, init(ctx_test_arena.stack, sizeof ctx_test_arena.stack, num_args));
    size_t needed = ctx_stack_needed(args, num_args);
    EXPECT_TRUE(ctx_test_arena_range_is_untouched(ctx_test_arena.guard1, end - needed));
  }
}

/* An argument in a register costs nothing beside the frame that all of them share. */
CTX_TEST(StackNeeded, GrowsWithArgumentsInMemoryOnly) {
  for (size_t i = 0; i < MAX_ARGS; i++)
    args[i] = ctx_u64(i);
  size_t in_registers = ctx_stack_needed(args, 1);
  const size_t most = CTX_TEST_GENERAL_ARGUMENTS;
  EXPECT_EQ(in_registers, ctx_stack_needed(args, most));
  EXPECT_EQ(in_registers + 16, ctx_stack_needed(args, most + 1));
  EXPECT_EQ(in_registers + 16, ctx_stack_needed(args, most + 2));
  EXPECT_EQ(in_registers + 32, ctx_stack_needed(args, most + 3));
}

CTX_TEST(StackNeeded, OfBadInputIsZero) {
  EXPECT_EQ(0, ctx_stack_needed(NULL, 1));
  EXPECT_EQ(0, ctx_stack_needed(NULL, SIZE_MAX));
  const ctx_value bad[2] = {ctx_u8(1), {0}};
  EXPECT_EQ(0, ctx_stack_needed(bad, 2));
  EXPECT_NE(0, ctx_stack_needed(bad, 1));
  EXPECT_NE(0, ctx_stack_needed(NULL, 0));
}
