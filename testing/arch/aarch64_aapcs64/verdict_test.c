/* Tests of the verdict: each capture is wrong in one place. */
#include "testing/oracle/verdict_cases.h"

static void make_case(void) {
  gen_case_clear(&from);
  add(GEN_F32);  /* v0 */
  add(GEN_V128); /* v1 */
  add(GEN_I8);   /* x0 */
  const gen_member padded[] = {{.type = gen_scalar(GEN_U8)}, {.type = gen_scalar(GEN_U64)}};
  gen_case_add(&from, gen_type_make(&from.pool, GEN_STRUCT, false, 0, padded, 2)); /* x1, x2 */
  const gen_member large[] = {{.type = gen_scalar(GEN_U8)},
                              {.type = gen_scalar(GEN_U64), .form = GEN_ARRAY, .count = 2}};
  const gen_type *copied = gen_type_make(&from.pool, GEN_STRUCT, false, 32, large, 2);
  gen_case_add(&from, copied); /* x3: its address */
  for (int i = 0; i < 4; i++)
    add(GEN_U64);              /* x4 to x7 */
  add(GEN_I16);                /* slot 0 */
  gen_case_add(&from, copied); /* slot 1: its address */
}

static void capture_what_is_expected(oracle_capture *c) {
  oracle_registers *r = &c->registers;
  memset(c, 0, sizeof *c);
  c->num_calls = 1;
  memcpy(r->general, expected.registers.general, sizeof expected.registers.general);
  memcpy(r->vector, expected.registers.vector, sizeof expected.registers.vector);
  memcpy(c->words, expected.words, expected.num_words * sizeof c->words[0]);
  capture_copies(c);
  r->x3 = c->copy_address[0];
  c->words[1] = c->copy_address[1];
  r->x16 = ENTRY;
  r->x29 = (uint64_t)(uintptr_t)frame_record;
  r->x30 = ENTRY + 4;
  r->sp = 64;
}

static void begin(void) {
  make_case();
  ASSERT_TRUE(model_expect(&from, &expected));
  expected.entry = ENTRY;
  ASSERT_EQ(2, expected.num_words);
  ASSERT_EQ(2, expected.num_copies);
  ASSERT_EQ(16, expected.stack_align);
  capture_what_is_expected(&right);
}

static place padded_word(size_t index) {
  return index == 0 ? (place){&wrong.registers.x1, "x1"} : (place){&wrong.registers.x2, "x2"};
}

static place slot_word(void) {
  return (place){&wrong.words[0], "slot 0, at sp + 0: argument 9 (int16_t), "};
}

static place empty_word(void) {
  return (place){&wrong.registers.vector[19][1], "v19, from byte 8"};
}

CTX_TEST(Verdict, BothRefuseAStateThatNoCallerMakes) {
  begin();
  EXPECT_VERDICTS(true, true, num_calls, 0);
  EXPECT_VERDICTS(true, true, num_calls, 2);
  EXPECT_VERDICTS(true, true, registers.sp, 56);
  EXPECT_VERDICTS(true, true, registers.fpcr, CTX_TEST_FPCR_ROUNDS_UP);
}

CTX_TEST(Verdict, BothRefuseAWrongBitOfAValue) {
  begin();
  EXPECT_FLIPPED(true, true, registers.x0, 7);
  EXPECT_FLIPPED(true, true, registers.x1, 7);
  EXPECT_FLIPPED(true, true, registers.x2, 63);
  EXPECT_FLIPPED(true, true, registers.x4, 32);
  EXPECT_FLIPPED(true, true, registers.x5, 0);
  EXPECT_FLIPPED(true, true, registers.x6, 0);
  EXPECT_FLIPPED(true, true, registers.x7, 63);
  EXPECT_FLIPPED(true, true, registers.vector[0][0], 31);
  EXPECT_FLIPPED(true, true, registers.vector[1][0], 0);
  EXPECT_FLIPPED(true, true, registers.vector[1][1], 63);
  EXPECT_FLIPPED(true, true, words[0], 15);
}

CTX_TEST(Verdict, OnlyLibraryEqualRefusesWhatOtherCallersDo) {
  begin();
  EXPECT_FLIPPED(false, true, registers.x0, 8); /* beyond eight bits */
  EXPECT_FLIPPED(false, true, registers.x1, 8); /* padding in a struct */
  EXPECT_FLIPPED(false, true, registers.vector[0][0], 32);
  EXPECT_FLIPPED(false, true, registers.vector[0][1], 0);
  EXPECT_FLIPPED(false, true, registers.vector[2][0], 0);
  EXPECT_FLIPPED(false, true, registers.vector[7][1], 63);
  EXPECT_FLIPPED(false, true, registers.vector[8][0], 0);
  EXPECT_FLIPPED(false, true, registers.vector[31][1], 63);
  EXPECT_FLIPPED(false, true, words[0], 16);
#define EXPECT_EMPTY(name, number)                      \
  if ((number) >= 8 && (number) < 29 && (number) != 16) \
    EXPECT_VERDICTS(false, true, registers.name, UINT64_C(1) << 2 * (number));
  CTX_TEST_FOR_EACH_GENERAL(EXPECT_EMPTY)
  EXPECT_FLIPPED(false, true, registers.x16, 0);
  EXPECT_VERDICTS(false, true, registers.x16, 0);
  EXPECT_VERDICTS(false, true, registers.x29, 0);
  EXPECT_VERDICTS(false, true, registers.x29, (uint64_t)(uintptr_t)not_the_last_record);
}

CTX_TEST(Verdict, IgnoresWhatNobodyPromises) {
  begin();
  EXPECT_VERDICTS(false, false, words[2], 1); /* beyond the arguments */
  EXPECT_VERDICTS(false, false, registers.x30, 1);
  /* The addresses of copies; the bytes there count. */
  EXPECT_VERDICTS(false, false, registers.x3, 1);
  EXPECT_VERDICTS(false, false, words[1], 1);
}

/* A result in memory: x8 is an address of the caller's choice. */
CTX_TEST(Verdict, WantsAnAddressForAResultInMemory) {
  make_case();
  ASSERT_TRUE(gen_case_set_result(&from, from.args[4].type));
  ASSERT_TRUE(model_expect(&from, &expected));
  ASSERT_TRUE(expected.has_hidden_pointer);
  expected.entry = ENTRY;
  capture_what_is_expected(&right);
  EXPECT_VERDICTS(false, false, registers.x8, 0x1020);
  EXPECT_VERDICTS(true, true, registers.x8, 0x1010);
  EXPECT_VERDICTS(true, true, registers.x8, 0);
}
