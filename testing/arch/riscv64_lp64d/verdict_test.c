/* Tests of the verdict: each capture is wrong in one place. */
#include "testing/oracle/verdict_cases.h"

static void make_case(void) {
  gen_case_clear(&from);
  add(GEN_F32); /* fa0 */
  add(GEN_F64); /* fa1 */
  add(GEN_I8);  /* a0 */
  const gen_member padded[] = {{.type = gen_scalar(GEN_U8)}, {.type = gen_scalar(GEN_U64)}};
  gen_case_add(&from, gen_type_make(&from.pool, GEN_STRUCT, false, 0, padded, 2)); /* a1, a2 */
  const gen_member large[] = {{.type = gen_scalar(GEN_U8)},
                              {.type = gen_scalar(GEN_U64), .form = GEN_ARRAY, .count = 2}};
  const gen_type *copied = gen_type_make(&from.pool, GEN_STRUCT, false, 32, large, 2);
  gen_case_add(&from, copied); /* a3: its address */
  for (int i = 0; i < 3; i++)
    add(GEN_U64);                                                                  /* a4 to a6 */
  gen_case_add(&from, gen_type_make(&from.pool, GEN_STRUCT, false, 0, padded, 2)); /* a7, slot 0 */
  add(GEN_U16);                                                                    /* slot 1 */
  gen_case_add(&from, copied); /* slot 2: its address */
  const gen_member mixed[] = {{.type = gen_scalar(GEN_F32)}, {.type = gen_scalar(GEN_F32)}};
  gen_case_add(&from, gen_type_make(&from.pool, GEN_STRUCT, false, 0, mixed, 2)); /* fa2, fa3 */
}

static void capture_what_is_expected(oracle_capture *c) {
  oracle_registers *r = &c->registers;
  memset(c, 0, sizeof *c);
  c->num_calls = 1;
  memcpy(&r->a0, expected.registers.general, sizeof expected.registers.general);
  memcpy(&r->fa0, expected.registers.floating, sizeof expected.registers.floating);
  memcpy(c->words, expected.words, expected.num_words * sizeof c->words[0]);
  capture_copies(c);
  for (size_t i = 0; i < expected.num_copies; i++) {
    const oracle_copy *copy = &expected.copies[i];
    *(copy->in_memory ? &c->words[copy->index] : &r->general[CTX_TEST_NUMBER_OF_a0 + copy->index]) =
        c->copy_address[i];
  }
  r->CTX_TEST_ENTRYS_ADDRESS = ENTRY;
  r->s0 = (uint64_t)(uintptr_t)(frame_record + 2);
  r->ra = ENTRY + 4;
  r->sp = 64;
  r->gp = expected.registers.gp = 0x10800;
  r->tp = expected.registers.tp = 0x7f123456;
}

static void begin(void) {
  make_case();
  ASSERT_TRUE(model_expect(&from, &expected));
  expected.entry = ENTRY;
  ASSERT_EQ(4, expected.num_words);
  ASSERT_EQ(2, expected.num_copies);
  ASSERT_EQ(16, expected.stack_align);
  capture_what_is_expected(&right);
}

static place padded_word(size_t index) {
  return index == 0 ? (place){&wrong.registers.a1, "a1"} : (place){&wrong.registers.a2, "a2"};
}

static place slot_word(void) {
  return (place){&wrong.words[1], "slot 1, at sp + 8: argument 9 (uint16_t), "};
}

static place empty_word(void) { return (place){&wrong.registers.fs11, "fs11"}; }

CTX_TEST(Verdict, BothRefuseAStateThatNoCallerMakes) {
  begin();
  EXPECT_VERDICTS(true, true, num_calls, 0);
  EXPECT_VERDICTS(true, true, num_calls, 2);
  EXPECT_VERDICTS(true, true, registers.sp, 56);
  EXPECT_VERDICTS(true, true, registers.fcsr, CTX_TEST_FRM_UP << 5);
  EXPECT_VERDICTS(false, false, registers.fcsr, 0x1f); /* status flags */
  EXPECT_FLIPPED(true, true, registers.gp, 3);
  EXPECT_FLIPPED(true, true, registers.tp, 63);
}

CTX_TEST(Verdict, BothRefuseAWrongBitOfAValue) {
  begin();
  EXPECT_FLIPPED(true, true, registers.a0, 7);
  EXPECT_FLIPPED(true, true, registers.a0, 8);  /* the caller extends */
  EXPECT_FLIPPED(true, true, registers.a0, 63); /* to all 64 bits */
  EXPECT_FLIPPED(true, true, registers.a1, 7);
  EXPECT_FLIPPED(true, true, registers.a2, 63);
  EXPECT_FLIPPED(true, true, registers.a4, 32);
  EXPECT_FLIPPED(true, true, registers.a5, 0);
  EXPECT_FLIPPED(true, true, registers.a6, 0);
  EXPECT_FLIPPED(true, true, registers.a7, 7);
  EXPECT_FLIPPED(true, true, registers.fa0, 31);
  EXPECT_FLIPPED(true, true, registers.fa0, 32); /* the box */
  EXPECT_FLIPPED(true, true, registers.fa1, 63);
  EXPECT_FLIPPED(true, true, registers.fa3, 0);
  EXPECT_FLIPPED(true, true, registers.fa3, 63);
  EXPECT_FLIPPED(true, true, words[0], 63);
  EXPECT_FLIPPED(true, true, words[1], 15);
  EXPECT_FLIPPED(true, true, words[1], 16);
}

#define STRING(name) STRING_(name)
#define STRING_(name) #name

/* Returns whether the register passes nothing, and has nothing to say. */
static bool is_empty(const char *name) {
  static const char *const others[] = {
      "zero", "ra", "sp", "gp", "tp", "s0", STRING(CTX_TEST_ENTRYS_ADDRESS)};
  for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
    if (strcmp(name, others[i]) == 0) return false;
  return name[0] != 'a' && strncmp(name, "fa", 2) != 0;
}

CTX_TEST(Verdict, OnlyLibraryEqualRefusesWhatOtherCallersDo) {
  begin();
  EXPECT_FLIPPED(false, true, registers.a1, 8); /* padding in a struct */
  EXPECT_FLIPPED(false, true, registers.a7, 8);
  EXPECT_FLIPPED(false, true, registers.fa4, 0);
  EXPECT_FLIPPED(false, true, registers.fa7, 63);
  EXPECT_FLIPPED(false, true, words[3], 63); /* behind the arguments */
#define EXPECT_EMPTY(name, number) \
  if (is_empty(#name)) EXPECT_VERDICTS(false, true, registers.name, UINT64_C(1) << (2 * (number)));
  CTX_TEST_FOR_EACH_GENERAL(EXPECT_EMPTY)
  CTX_TEST_FOR_EACH_FLOATING(EXPECT_EMPTY)
  EXPECT_FLIPPED(false, true, registers.CTX_TEST_ENTRYS_ADDRESS, 0);
  EXPECT_VERDICTS(false, true, registers.CTX_TEST_ENTRYS_ADDRESS, 0);
  EXPECT_VERDICTS(false, true, registers.s0, 0);
  static const uint64_t not_the_last[2] __attribute__((aligned(16))) = {8, 0};
  EXPECT_VERDICTS(false, true, registers.s0, (uint64_t)(uintptr_t)(not_the_last + 2));
}

CTX_TEST(Verdict, IgnoresWhatNobodyPromises) {
  begin();
  EXPECT_VERDICTS(false, false, words[4], 1); /* beyond the arguments */
  EXPECT_VERDICTS(false, false, registers.ra, 1);
  /* The addresses of copies; the bytes there count. */
  EXPECT_VERDICTS(false, false, registers.a3, 1);
  EXPECT_VERDICTS(false, false, words[2], 1);
}

/* A result in memory: a0 has an address of the caller's choice. */
CTX_TEST(Verdict, WantsAnAddressForAResultInMemory) {
  make_case();
  ASSERT_TRUE(gen_case_set_result(&from, from.args[4].type));
  ASSERT_TRUE(model_expect(&from, &expected));
  ASSERT_TRUE(expected.has_hidden_pointer);
  expected.entry = ENTRY;
  capture_what_is_expected(&right);
  EXPECT_VERDICTS(false, false, registers.a0, 0x1020);
  EXPECT_VERDICTS(true, true, registers.a0, 0x1010);
  EXPECT_VERDICTS(true, true, registers.a0, 0);
}
