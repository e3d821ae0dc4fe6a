/* Tests of the verdict: each capture is wrong in one place. */
#include "testing/oracle/verdict_cases.h"

#define COPIED UINT64_C(0x7f0123450020) /* where a copy is: aligned to 32 */

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
  r->x3 = c->copy_address[0] = COPIED;
  c->words[1] = c->copy_address[1] = COPIED + 32;
  c->num_copies = 2;
  for (size_t i = 0; i < 2; i++) {
    const gen_value *value = &from.args[expected.copied_argument[i]];
    for (size_t byte = 0; byte < value->type->size; byte++)
      c->copied[expected.copies[i].at + byte] = value->bytes[byte] & value->type->cover[byte];
  }
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

#define EXPECT_FLIPPED_BYTE(refused_by_abi, refused_by_library, field, bit) \
  EXPECT_VERDICTS(refused_by_abi, refused_by_library, field, (uint8_t)(right.field ^ (1u << (bit))))

CTX_TEST(Verdict, BothRefuseAStateThatNoCallerMakes) {
  begin();
  EXPECT_VERDICTS(true, true, num_calls, 0);
  EXPECT_VERDICTS(true, true, num_calls, 2);
  EXPECT_VERDICTS(true, true, num_copies, 1);
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

CTX_TEST(Verdict, BothRefuseAWrongCopy) {
  begin();
  size_t second = expected.copies[1].at;
  EXPECT_FLIPPED_BYTE(true, true, copied[0], 0);
  EXPECT_FLIPPED_BYTE(true, true, copied[23], 7);
  EXPECT_FLIPPED_BYTE(true, true, copied[second + 8], 3);
  EXPECT_VERDICTS(true, true, copy_address[0], COPIED + 8);
  EXPECT_VERDICTS(true, true, copy_address[1], COPIED + 4);
  /* Compilers may align to 16 what is aligned to more. */
  EXPECT_VERDICTS(false, true, copy_address[1], COPIED + 16);
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
  EXPECT_FLIPPED_BYTE(false, true, copied[1], 0); /* padding in a copy */
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

/* ---- The report ---- */

CTX_TEST(Report, NamesTheArgumentThePlaceAndTheBytes) {
  begin();
  memcpy(&wrong, &right, sizeof wrong);
  wrong.registers.x2 = UINT64_C(0x1122334455667788);
  EXPECT_FALSE(holds(ORACLE_ABI_EQUAL, &wrong));
  EXPECT_STREQ(
      "x2: argument 3 (struct { uint8_t a; uint64_t b; }), from its byte 8: expected f7 f8 f9 fa "
      "fb fc fd fe, found 88 77 66 55 44 33 22 11\n",
      report);
}

CTX_TEST(Report, ShowsNoBytesThatDoNotCount) {
  begin();
  memcpy(&wrong, &right, sizeof wrong);
  wrong.words[0] ^= 1;
  EXPECT_FALSE(holds(ORACLE_ABI_EQUAL, &wrong));
  EXPECT_TRUE(reports("slot 0, at sp + 0: argument 9 (int16_t), "));
  EXPECT_TRUE(reports(" -- -- -- -- -- --, found "));
}

CTX_TEST(Report, SaysWhereNothingWasExpected) {
  begin();
  memcpy(&wrong, &right, sizeof wrong);
  wrong.registers.vector[19][1] = 1;
  EXPECT_FALSE(holds(ORACLE_LIBRARY_EQUAL, &wrong));
  EXPECT_STREQ(
      "v19, from byte 8: no argument: expected 00 00 00 00 00 00 00 00, found 01 00 00 "
      "00 00 00 00 00\n",
      report);
}

CTX_TEST(Report, SaysWhichCopyDiffers) {
  begin();
  memcpy(&wrong, &right, sizeof wrong);
  wrong.copied[8] ^= 0xff;
  EXPECT_FALSE(holds(ORACLE_ABI_EQUAL, &wrong));
  EXPECT_TRUE(reports("argument 4: byte 8 of its copy: expected "));
}
