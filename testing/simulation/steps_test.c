/* The bits of a step mean this: fuzz/swap_corpus and fuzz/signal_corpus are spelled so. */
#include "testing/simulation/steps.h"

#include "testing/harness/harness.h"

/* The step that two bytes spell. */
static step step_from(unsigned kind, unsigned choice, unsigned operand, step_signals signals) {
  const uint8_t bytes[] = {(uint8_t)(choice << 4 | kind), (uint8_t)operand};
  step_reader reader = steps_of(bytes, sizeof bytes, signals);
  step found;
  EXPECT_TRUE(step_read(&reader, &found));
  step more;
  EXPECT_FALSE(step_read(&reader, &more));
  return found;
}

/* The kinds of one table begin here, and each has so many entries. */
typedef struct share {
  step_kind kind;
  unsigned first;
  unsigned num;
} share;

static void expect_shares(const share *shares, size_t num_shares, step_signals signals) {
  unsigned num_kinds = 0;
  for (size_t i = 0; i < num_shares; i++) {
    ctx_test_note("share %zu", i);
    EXPECT_EQ(num_kinds, shares[i].first);
    for (unsigned j = 0; j < shares[i].num; j++)
      EXPECT_EQ(shares[i].kind, step_from(shares[i].first + j, 0, 0, signals).kind);
    num_kinds += shares[i].num;
  }
  EXPECT_EQ(16, num_kinds);
}

CTX_TEST(Steps, OfSwitchesAreOfTheseKinds) {
  static const share shares[] = {
      {STEP_SWAP, 0, 4},           {STEP_YIELD, 4, 1},          {STEP_CREATE, 5, 1},
      {STEP_INIT, 6, 2},           {STEP_INIT_SIGNATURE, 8, 1}, {STEP_RETURN, 9, 3},
      {STEP_SET, 12, 1},           {STEP_CHANGE_FP, 13, 1},     {STEP_DECLARE_FP, 14, 1},
      {STEP_CLEAR_RETVALS, 15, 1},
  };
  expect_shares(shares, sizeof shares / sizeof shares[0], STEPS_WITHOUT_SIGNALS);
}

CTX_TEST(Steps, OfSignalsAreOfTheseKinds) {
  static const share shares[] = {
      {STEP_SWAP, 0, 3},           {STEP_YIELD, 3, 1},        {STEP_INIT, 4, 2},
      {STEP_INIT_SIGNATURE, 6, 1}, {STEP_RETURN, 7, 1},       {STEP_SET, 8, 1},
      {STEP_SET_MASK, 9, 1},       {STEP_KEEP_MASK, 10, 1},   {STEP_DECLARE_FP, 11, 1},
      {STEP_LEAVE, 12, 1},         {STEP_LEAVE_LATER, 13, 3},
  };
  expect_shares(shares, sizeof shares / sizeof shares[0], STEPS_WITH_SIGNALS_WITHIN);
}

/* ---- Fields ---- */

/* One of each kind: an index of its table. */
enum {
  SWAP,
  YIELD = 4,
  CREATE,
  INIT,
  INIT_SIGNATURE = 8,
  SET = 12,
  CHANGE_FP,
  DECLARE_FP,
  CLEAR_RETVALS
};
enum { SET_MASK = 9, KEEP_MASK = 10, LEAVE = 12, LEAVE_LATER };

static step switch_step(unsigned kind, unsigned choice, unsigned operand) {
  return step_from(kind, choice, operand, STEPS_WITHOUT_SIGNALS);
}

static step signal_step(unsigned kind, unsigned choice, unsigned operand) {
  return step_from(kind, choice, operand, STEPS_WITH_SIGNALS_WITHIN);
}

CTX_TEST(Steps, SwapHasAFormATargetAndWhoLeaves) {
  for (unsigned choice = 0; choice < 16; choice++) {
    EXPECT_EQ(choice % 3, switch_step(SWAP, choice, 0).form);
    EXPECT_EQ(choice == 15, switch_step(SWAP, choice, 0).on_top);
  }
  for (unsigned operand = 0; operand < 256; operand++) {
    step s = switch_step(SWAP, 0, operand);
    EXPECT_EQ(operand, s.target);
    EXPECT_EQ(operand >= 192, s.as_host);
  }
}

CTX_TEST(Steps, YieldHasAForm) {
  for (unsigned choice = 0; choice < 16; choice++) {
    step s = switch_step(YIELD, choice, 255);
    EXPECT_EQ(choice % 3, s.form);
    EXPECT_FALSE(s.as_host);
  }
}

CTX_TEST(Steps, SetHasATarget) { EXPECT_EQ(201, switch_step(SET, 3, 201).target); }

typedef struct option_bit {
  unsigned operand;
  bool has_backstop, has_activation, fp_save, fp_default, bit_6, has_mask;
} option_bit;

static const option_bit option_bits[] = {
    {.operand = 0},
    {.operand = 4, .has_backstop = true},
    {.operand = 8, .has_activation = true},
    {.operand = 16, .fp_save = true},
    {.operand = 32, .fp_default = true},
    {.operand = 64, .bit_6 = true},
    {.operand = 128, .has_mask = true},
};

static void expect_options(const option_bit *expected, const step *found) {
  ctx_test_note("operand %u", expected->operand);
  EXPECT_EQ(expected->has_backstop, found->has_backstop);
  EXPECT_EQ(expected->has_activation, found->has_activation);
  EXPECT_EQ(expected->fp_save, found->fp_save);
  EXPECT_EQ(expected->fp_default, found->fp_default);
  EXPECT_EQ(expected->has_mask, found->has_mask);
}

CTX_TEST(Steps, InitHasItsOptionsInBits) {
  for (size_t i = 0; i < sizeof option_bits / sizeof option_bits[0]; i++) {
    step by_values = switch_step(INIT, 0, option_bits[i].operand);
    expect_options(&option_bits[i], &by_values);
    EXPECT_EQ(option_bits[i].bit_6, by_values.has_args);
    EXPECT_FALSE(by_values.has_memory);
    step by_signature = switch_step(INIT_SIGNATURE, 0, option_bits[i].operand);
    expect_options(&option_bits[i], &by_signature);
    EXPECT_EQ(option_bits[i].bit_6, by_signature.has_memory);
    EXPECT_FALSE(by_signature.has_args);
  }
  for (unsigned child = 0; child < 4; child++) {
    EXPECT_EQ(child, switch_step(INIT, 0, child).child);
    EXPECT_EQ(child, switch_step(INIT_SIGNATURE, 0, 252 | child).child);
  }
}

/* Two flags, which exclude some of the bits. */
CTX_TEST(Steps, InitHasTwoFlagsInTheLastChoices) {
  enum { FP_BITS = 16 | 32, MASK_BIT = 128 };
  for (unsigned choice = 0; choice < 16; choice++) {
    step s = switch_step(INIT, choice, FP_BITS | MASK_BIT);
    bool inherits = choice == 12 || choice == 14;
    bool keeps_no_mask = choice == 13 || choice == 14;
    EXPECT_EQ(inherits, s.fp_inherit);
    EXPECT_EQ(!inherits, s.fp_save);
    EXPECT_EQ(!inherits, s.fp_default);
    EXPECT_EQ(keeps_no_mask, s.keeps_no_mask);
    EXPECT_EQ(!keeps_no_mask, s.has_mask);
  }
}

CTX_TEST(Steps, InitHasItsMaskAndItsSizeInTheChoice) {
  EXPECT_EQ(0xa0, switch_step(INIT, 10, 0).bytes_less);
  EXPECT_EQ(0xaa, switch_step(INIT, 10, 0).mask);
  EXPECT_EQ(0xff, switch_step(INIT_SIGNATURE, 15, 0).mask);
  EXPECT_EQ(0, switch_step(INIT_SIGNATURE, 15, 0).bytes_less);
}

CTX_TEST(Steps, InitSignatureHasTheSignatureInTheChoice) {
  EXPECT_EQ(12, NUM_SIGNATURES);
  EXPECT_EQ(SIGNATURE_VOID, switch_step(INIT_SIGNATURE, 0, 0).signature);
  EXPECT_EQ(SIGNATURE_VARIADIC, switch_step(INIT_SIGNATURE, 11, 0).signature);
  EXPECT_EQ(SIGNATURE_LONG_DOUBLE, switch_step(INIT_SIGNATURE, 15, 0).signature);
}

CTX_TEST(Steps, CreateHasAChildASizeAndWhetherItCreates) {
  EXPECT_EQ(3, switch_step(CREATE, 0, 3).child);
  EXPECT_TRUE(switch_step(CREATE, 0, 4).only_destroys);
  EXPECT_FALSE(switch_step(CREATE, 0, 251).only_destroys);
  EXPECT_TRUE(switch_step(CREATE, 0, 64).has_args);
  EXPECT_FALSE(switch_step(CREATE, 0, 191).has_args);
  EXPECT_EQ(0x70, switch_step(CREATE, 7, 0).bytes_less);
  EXPECT_FALSE(switch_step(CREATE, 7, 255).has_mask);
}

CTX_TEST(Steps, ControlWordsAreTheDefaultForTheFirstChoices) {
  for (unsigned choice = 0; choice < 16; choice++) {
    unsigned expected = choice < 4 ? 0 : choice;
    EXPECT_EQ(expected, switch_step(DECLARE_FP, choice, 0).fp_seed);
    EXPECT_EQ(expected, switch_step(CHANGE_FP, choice, 0).fp_seed);
  }
  EXPECT_EQ(201, switch_step(DECLARE_FP, 0, 201).target);
}

CTX_TEST(Steps, ClearRetvalsHasAChild) {
  for (unsigned child = 0; child < 4; child++)
    EXPECT_EQ(child, switch_step(CLEAR_RETVALS, 5, 252 | child).child);
}

CTX_TEST(Steps, ClearRetvalsCancelsInsteadByItsChoice) {
  for (unsigned choice = 0; choice < 16; choice++)
    EXPECT_EQ(choice >= 8, switch_step(CLEAR_RETVALS, choice, 0).cancels);
}

CTX_TEST(Steps, MasksAreOperands) {
  EXPECT_EQ(201, signal_step(SET_MASK, 5, 201).mask);
  EXPECT_EQ(201, signal_step(KEEP_MASK, 5, 201).mask);
  EXPECT_EQ(5, signal_step(KEEP_MASK, 5, 201).target);
}

CTX_TEST(Steps, LeaveHasItsWayInTheChoice) {
  EXPECT_FALSE(signal_step(LEAVE, 14, 201).by_set);
  EXPECT_TRUE(signal_step(LEAVE, 1, 201).by_set);
  EXPECT_FALSE(signal_step(LEAVE, 13, 201).spoils);
  EXPECT_TRUE(signal_step(LEAVE, 2, 201).spoils);
  EXPECT_EQ(201, signal_step(LEAVE, 15, 201).target);
}

CTX_TEST(Steps, LeaveLaterHasItsTargetInTheChoice) {
  EXPECT_FALSE(signal_step(LEAVE_LATER, 14, 201).by_set);
  EXPECT_TRUE(signal_step(LEAVE_LATER, 1, 201).by_set);
  EXPECT_FALSE(signal_step(LEAVE_LATER, 15, 201).spoils);
  EXPECT_EQ(5, signal_step(LEAVE_LATER, 11, 201).target);
  EXPECT_EQ(201, signal_step(LEAVE_LATER, 11, 201).num_instructions);
}

CTX_TEST(Steps, LeaveLaterIsLeaveWhereNoCallCanBeLeft) {
  step s = step_from(LEAVE_LATER, 3, 201, STEPS_WITH_SIGNALS_BETWEEN);
  EXPECT_EQ(STEP_LEAVE, s.kind);
  EXPECT_TRUE(s.by_set);
  EXPECT_TRUE(s.spoils);
  EXPECT_EQ(201, s.target);
}

/* ---- All bytes ---- */

CTX_TEST(Steps, RandomDependsOnTheSizeAndAllBytesUpToThere) {
  static const uint8_t bytes[] = {1, 2, 3, 4, 5};
  step_reader reader = steps_of(bytes, sizeof bytes, STEPS_WITHOUT_SIGNALS);
  step s;
  ASSERT_TRUE(step_read(&reader, &s));
  uint64_t first = 5 * UINT64_C(0x100000001b3) + 0x0102;
  EXPECT_EQ(first, s.random);
  ASSERT_TRUE(step_read(&reader, &s));
  EXPECT_EQ(first * UINT64_C(0x100000001b3) + 0x0304, s.random);
  EXPECT_FALSE(step_read(&reader, &s)); /* a byte alone is not a step */
}

CTX_TEST(Steps, AreSoManyAtMost) {
  static const uint8_t bytes[2 * STEPS_MAX + 2];
  step_reader reader = steps_of(bytes, sizeof bytes, STEPS_WITHOUT_SIGNALS);
  unsigned num_steps = 0;
  for (step s; step_read(&reader, &s);)
    num_steps++;
  EXPECT_EQ(128, num_steps);
}
