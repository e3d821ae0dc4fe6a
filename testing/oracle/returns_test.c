/* The probe leaves garbage in registers that return nothing, and each case has its own. */
#include "testing/oracle/returns.h"

#include <string.h>

#include "testing/harness/harness.h"

static gen_case from;
static model_return where;

static oracle_reply_registers reply(void) {
  model_expect_return(from.result.type, &where);
  oracle_reply_with(&from, &where, 0, 0);
  return oracle_to_reply.registers;
}

static void return_u32(unsigned way, uint8_t first_byte) {
  gen_case_clear(&from);
  from.way = way;
  ASSERT_TRUE(gen_case_add(&from, gen_scalar(GEN_U8)));
  from.args[0].bytes[0] = first_byte;
  ASSERT_TRUE(gen_case_set_result(&from, gen_scalar(GEN_U32)));
}

enum { NUM_WORDS = ORACLE_REPLY_WORDS };
static void words_of(const oracle_reply_registers *of, uint64_t out[NUM_WORDS]) {
  memcpy(out, of, NUM_WORDS * sizeof out[0]);
}

CTX_TEST(Returns, GarbageDiffersInEveryWord) {
  return_u32(0, 0);
  oracle_reply_registers one = reply();
  uint64_t words[NUM_WORDS];
  words_of(&one, words);
  for (size_t i = 0; i < NUM_WORDS; i++) {
    for (size_t j = 0; j < i; j++)
      EXPECT_NE(words[i], words[j]);
  }
}

/* All of them have the same result. */
CTX_TEST(Returns, GarbageIsTheCases) {
  return_u32(0, 0);
  oracle_reply_registers one = reply();
  oracle_reply_registers again = reply();
  return_u32(1, 0);
  oracle_reply_registers other_way = reply();
  return_u32(0, 1);
  oracle_reply_registers other_argument = reply();
  EXPECT_MEMEQ(&one, &again, NUM_WORDS * sizeof(uint64_t));
  uint64_t words[3][NUM_WORDS];
  words_of(&one, words[0]);
  words_of(&other_way, words[1]);
  words_of(&other_argument, words[2]);
  for (size_t i = 0; i < NUM_WORDS; i++) {
    if (i == ORACLE_REPLY_GENERAL) continue; /* the result, which may fill it */
    EXPECT_NE(words[0][i], words[1][i]);
    EXPECT_NE(words[0][i], words[2][i]);
  }
  EXPECT_MEMEQ(from.result.bytes, &words[0][ORACLE_REPLY_GENERAL], 4);
  EXPECT_MEMEQ(from.result.bytes, &words[1][ORACLE_REPLY_GENERAL], 4);
}
