/* The probe fills up registers of results as a callee does: callers rely on it here. */
#include <string.h>

#include "testing/harness/harness.h"
#include "testing/oracle/returns.h"

static gen_case from;
static model_return where;

static oracle_reply_registers reply(void) {
  model_expect_return(from.result.type, &where);
  oracle_reply_with(&from, &where, 0, 0);
  return oracle_to_reply.registers;
}

static uint64_t a0_for(gen_kind kind, uint64_t bits) {
  gen_case_clear(&from);
  gen_case_set_result(&from, gen_scalar(kind));
  memcpy(from.result.bytes, &bits, gen_scalar(kind)->size);
  return reply().a0;
}

CTX_TEST(ReplyWidth, IntegersAreExtended) {
  EXPECT_EQ(0xff, a0_for(GEN_U8, 0xff));
  EXPECT_EQ(UINT64_MAX, a0_for(GEN_I8, 0xff));
  EXPECT_EQ(0xfffe, a0_for(GEN_U16, 0xfffe));
  EXPECT_EQ(UINT64_MAX - 1, a0_for(GEN_I16, 0xfffe));
  EXPECT_EQ(0x7fffffff, a0_for(GEN_U32, 0x7fffffff));
  EXPECT_EQ(UINT64_C(0xffffffff80000000), a0_for(GEN_U32, 0x80000000));
  EXPECT_EQ(UINT64_C(0xffffffff80000000), a0_for(GEN_I32, 0x80000000));
  EXPECT_EQ(1, a0_for(GEN_BOOL, 1));
  EXPECT_EQ(UINT64_C(0x8000000000000000), a0_for(GEN_U64, UINT64_C(0x8000000000000000)));
}

CTX_TEST(ReplyWidth, FloatsAreBoxed) {
  gen_case_clear(&from);
  const gen_member members[] = {{.type = gen_scalar(GEN_F32)}, {.type = gen_scalar(GEN_F16)}};
  gen_case_set_result(&from, gen_type_make(&from.pool, GEN_STRUCT, false, 0, members, 2));
  memcpy(from.result.bytes, &(uint64_t){UINT64_C(0x1234000080000001)}, 8);
  memcpy(from.result.bytes + 4, &(uint16_t){0x1234}, 2);
  oracle_reply_registers replied = reply();
  EXPECT_EQ(UINT64_C(0xffffffff80000001), replied.fa0);
  EXPECT_EQ(UINT64_C(0xffffffffffff1234), replied.fa1);
}

/* "The remaining bits are unspecified" of what is in a struct. */
CTX_TEST(ReplyWidth, MembersAreNotExtended) {
  gen_case_clear(&from);
  const gen_member members[] = {{.type = gen_scalar(GEN_F32)}, {.type = gen_scalar(GEN_U8)}};
  gen_case_set_result(&from, gen_type_make(&from.pool, GEN_STRUCT, false, 0, members, 2));
  oracle_reply_registers replied = reply();
  EXPECT_EQ(from.result.bytes[4], replied.a0 & 0xff);
  EXPECT_NE(0, replied.a0 >> 8);
}
