#include "testing/oracle/probe.h"

#include "testing/arch/aarch64_aapcs64/probe_layout.h"

#define ASSERT_CAPTURE(field, offset) \
  _Static_assert(offsetof(oracle_capture, field) == (offset), #field)
ASSERT_CAPTURE(registers.vector[0], CAPTURE_OFFSET_VECTOR(0));
ASSERT_CAPTURE(registers.vector[31], CAPTURE_OFFSET_VECTOR(31));
#define ASSERT_GENERAL(name, number)                              \
  ASSERT_CAPTURE(registers.name, CAPTURE_OFFSET_GENERAL(number)); \
  ASSERT_CAPTURE(registers.general[number], CAPTURE_OFFSET_GENERAL(number));
CTX_TEST_FOR_EACH_GENERAL(ASSERT_GENERAL)
ASSERT_CAPTURE(registers.sp, CAPTURE_OFFSET_SP);
ASSERT_CAPTURE(registers.fpcr, CAPTURE_OFFSET_FPCR);
ASSERT_CAPTURE(num_calls, CAPTURE_OFFSET_NUM_CALLS);
ASSERT_CAPTURE(num_words, CAPTURE_OFFSET_NUM_WORDS);
ASSERT_CAPTURE(words, CAPTURE_OFFSET_WORDS);

#define ASSERT_REPLY(field, offset) \
  _Static_assert(offsetof(oracle_reply, field) == (offset), #field)
ASSERT_REPLY(registers.vector[0], REPLY_OFFSET_VECTOR(0));
ASSERT_REPLY(registers.vector[3], REPLY_OFFSET_VECTOR(3));
ASSERT_REPLY(registers.x0, REPLY_OFFSET_X0);
ASSERT_REPLY(registers.x1, REPLY_OFFSET_X1);
ASSERT_REPLY(memory, REPLY_OFFSET_MEMORY);
ASSERT_REPLY(memory_size, REPLY_OFFSET_MEMORY_SIZE);
ASSERT_REPLY(memory_low, REPLY_OFFSET_MEMORY_LOW);
ASSERT_REPLY(memory_high, REPLY_OFFSET_MEMORY_HIGH);

size_t oracle_vector_bytes(void) { return 16; }

/* ---- The reply ---- */

void oracle_reply_poison(void) {
  uint64_t *word = (uint64_t *)(void *)&oracle_to_reply;
  for (size_t i = 0; i < REPLY_OFFSET_MEMORY / sizeof *word; i++)
    word[i] = ORACLE_POISON;
  oracle_to_reply.memory = NULL;
}

/* ---- What a capture says ---- */

uint64_t oracle_result_address(const oracle_capture *capture) { return capture->registers.x8; }

uint64_t oracle_arguments_address(const oracle_capture *capture) { return capture->registers.sp; }

uint64_t oracle_frame_address(const oracle_capture *capture) { return capture->registers.x29; }

/* ---- After a call ---- */

/* There is no register that must be empty afterwards. */
const char *oracle_judge_leftovers(void) { return ""; }
