/* Tests of the verdict: each capture is wrong in one place. */
#include "testing/oracle/verdict_cases.h"

enum { F32 = 0, V256 = 1, NARROW = 2, PADDED = 3, SPILLED = 8, OVER_ALIGNED = 9 };

static void make_case(void) {
  gen_case_clear(&from);
  add(GEN_F32);  /* xmm0 */
  add(GEN_V256); /* ymm1 */
  add(GEN_I8);   /* rdi */
  const gen_member padded[] = {{.type = gen_scalar(GEN_U8)}, {.type = gen_scalar(GEN_U64)}};
  gen_case_add(&from, gen_type_make(&from.pool, GEN_STRUCT, false, 0, padded, 2)); /* rsi, rdx */
  for (int i = 0; i < 3; i++)
    add(GEN_U64); /* rcx, r8, r9 */
  add(GEN_F64);   /* xmm2 */
  add(GEN_I16);   /* slot 0 */
  const gen_member aligned[] = {{.type = gen_scalar(GEN_I32)}};
  gen_case_add(&from, gen_type_make(&from.pool, GEN_STRUCT, false, 64, aligned, 1)); /* slot 8 */
}

static void capture_what_is_expected(oracle_capture *c) {
  oracle_registers *r = &c->registers;
  memset(c, 0, offsetof(oracle_capture, words));
  c->num_calls = 1;
  r->rax = 3;
#define PUT(name, index) r->name = expected.registers.general[index];
  CTX_TEST_FOR_EACH_ARGUMENT(PUT)
  memcpy(r->vector, expected.registers.vector, sizeof expected.registers.vector);
  memcpy(c->words, expected.words, expected.num_words * sizeof c->words[0]);
  r->r11 = ENTRY;
  r->rbp = (uint64_t)(uintptr_t)frame_record;
  r->rsp = 56;
  r->x87.tags = 0xffff;
  r->x87.control = 0x37f;
  r->mxcsr = 0x1f80;
}

static void begin(void) {
  make_case();
  ASSERT_TRUE(model_expect(&from, &expected));
  expected.registers.mxcsr = 0x1f80;
  expected.registers.x87_control = 0x37f;
  expected.entry = ENTRY;
  ASSERT_EQ(3, expected.registers.num_vector);
  ASSERT_EQ(16, expected.num_words);
  ASSERT_EQ(64, expected.stack_align);
  capture_what_is_expected(&right);
}

static place padded_word(size_t index) {
  return index == 0 ? (place){&wrong.registers.rsi, "rsi"} : (place){&wrong.registers.rdx, "rdx"};
}

static place slot_word(void) {
  return (place){&wrong.words[8],
                 "slot 8, at rsp + 72: argument 9 (struct __attribute__((aligned(64))) "};
}

static place empty_word(void) {
  return (place){&wrong.registers.vector[9][3], "ymm9, from byte 24"};
}

CTX_TEST(Verdict, BothRefuseAStateThatNoCallerMakes) {
  begin();
  EXPECT_VERDICTS(true, true, num_calls, 0);
  EXPECT_VERDICTS(true, true, num_calls, 2);
  EXPECT_VERDICTS(true, true, registers.rsp, 48);      /* not aligned at all */
  EXPECT_VERDICTS(true, true, registers.rsp, 64 + 24); /* to 32 only */
  EXPECT_VERDICTS(true, true, registers.rflags, UINT64_C(1) << 10);
  EXPECT_VERDICTS(true, true, registers.x87.tags, 0x3fff);
  EXPECT_VERDICTS(true, true, registers.x87.control, 0x27f);
  EXPECT_VERDICTS(true, true, registers.mxcsr, 0x3f80);
  EXPECT_VERDICTS(true, true, registers.rax, 2);
  EXPECT_VERDICTS(true, true, registers.rax, 9);
}

CTX_TEST(Verdict, BothRefuseAWrongBitOfAValue) {
  begin();
  EXPECT_FLIPPED(true, true, registers.rdi, 0);
  EXPECT_FLIPPED(true, true, registers.rdi, 31); /* of the extension that clang's callees rely on */
  EXPECT_FLIPPED(true, true, registers.rsi, 7);
  EXPECT_FLIPPED(true, true, registers.rdx, 63);
  EXPECT_FLIPPED(true, true, registers.rcx, 32);
  EXPECT_FLIPPED(true, true, registers.r8, 0);
  EXPECT_FLIPPED(true, true, registers.r9, 63);
  EXPECT_FLIPPED(true, true, registers.vector[0][0], 31);
  for (size_t word = 0; word < 4; word++)
    EXPECT_FLIPPED(true, true, registers.vector[1][word], 8 * word);
  EXPECT_FLIPPED(true, true, registers.vector[2][0], 63);
  EXPECT_FLIPPED(true, true, words[0], 15);
  EXPECT_FLIPPED(true, true, words[8], 31);
}

CTX_TEST(Verdict, OnlyLibraryEqualRefusesWhatOtherCallersDo) {
  begin();
  EXPECT_FLIPPED(false, true, registers.rdi, 63); /* beyond 32 bits */
  EXPECT_FLIPPED(false, true, registers.rsi, 8);  /* padding in a struct */
  EXPECT_FLIPPED(false, true, registers.vector[0][0], 32);
  EXPECT_FLIPPED(false, true, registers.vector[0][1], 0);
  EXPECT_FLIPPED(false, true, registers.vector[1][4], 0);
  EXPECT_FLIPPED(false, true, registers.vector[2][7], 63);
  EXPECT_FLIPPED(false, true, registers.vector[3][0], 0);
  EXPECT_FLIPPED(false, true, registers.vector[15][7], 63);
  EXPECT_FLIPPED(false, true, words[0], 16);
  EXPECT_FLIPPED(false, true, words[1], 0); /* between arguments */
  EXPECT_FLIPPED(false, true, words[8], 32);
  EXPECT_FLIPPED(false, true, words[15], 63);
  EXPECT_VERDICTS(false, true, registers.rax, 4);
  EXPECT_VERDICTS(false, true, registers.rax, 0x103);
  EXPECT_VERDICTS(false, true, registers.rbx, 1);
  EXPECT_VERDICTS(false, true, registers.r10, 1);
  EXPECT_FLIPPED(false, true, registers.r11, 0);
  EXPECT_FLIPPED(false, true, registers.r11, 63);
  EXPECT_VERDICTS(false, true, registers.r11, 0);
  EXPECT_VERDICTS(false, true, registers.r12, 1);
  EXPECT_VERDICTS(false, true, registers.r13, 1);
  EXPECT_VERDICTS(false, true, registers.r14, 1);
  EXPECT_VERDICTS(false, true, registers.r15, UINT64_C(1) << 63);
  EXPECT_VERDICTS(false, true, registers.rbp, 0);
  EXPECT_VERDICTS(false, true, registers.rbp, (uint64_t)(uintptr_t)not_the_last_record);
}

CTX_TEST(Verdict, IgnoresWhatNobodyPromises) {
  begin();
  EXPECT_VERDICTS(false, false, registers.mxcsr, 0x1fbf); /* status bits */
  EXPECT_VERDICTS(false, false, registers.rflags, 0x246);
  EXPECT_VERDICTS(false, false, words[16], 1); /* beyond the arguments */
}

/* A result in memory: rdi is an address of the caller's choice. */
CTX_TEST(Verdict, WantsAnAddressForAResultInMemory) {
  make_case();
  const gen_member wide[] = {{.type = gen_scalar(GEN_V256)}, {.type = gen_scalar(GEN_U8)}};
  ASSERT_TRUE(gen_case_set_result(&from, gen_type_make(&from.pool, GEN_STRUCT, false, 0, wide, 2)));
  ASSERT_TRUE(model_expect(&from, &expected));
  ASSERT_TRUE(expected.has_hidden_pointer);
  capture_what_is_expected(&right);
  EXPECT_VERDICTS(false, false, registers.rdi, 0x1020);
  EXPECT_VERDICTS(true, true, registers.rdi, 0x1010);
  EXPECT_VERDICTS(true, true, registers.rdi, 0);
}
