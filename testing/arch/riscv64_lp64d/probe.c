#include "testing/oracle/probe.h"

#include "testing/arch/riscv64_lp64d/probe_layout.h"

#define ASSERT_CAPTURE(field, offset) \
  _Static_assert(offsetof(oracle_capture, field) == (offset), #field)
#define ASSERT_FLOATING(name, number)                              \
  ASSERT_CAPTURE(registers.name, CAPTURE_OFFSET_FLOATING(number)); \
  ASSERT_CAPTURE(registers.floating[number], CAPTURE_OFFSET_FLOATING(number));
CTX_TEST_FOR_EACH_FLOATING(ASSERT_FLOATING)
#define ASSERT_GENERAL(name, number)                              \
  ASSERT_CAPTURE(registers.name, CAPTURE_OFFSET_GENERAL(number)); \
  ASSERT_CAPTURE(registers.general[number], CAPTURE_OFFSET_GENERAL(number));
CTX_TEST_FOR_EACH_GENERAL(ASSERT_GENERAL)
ASSERT_CAPTURE(registers.a0, CAPTURE_OFFSET_GENERAL(CTX_TEST_NUMBER_OF_a0));
ASSERT_CAPTURE(registers.fa0, CAPTURE_OFFSET_FLOATING(CTX_TEST_NUMBER_OF_fa0));
ASSERT_CAPTURE(registers.fcsr, CAPTURE_OFFSET_FCSR);
ASSERT_CAPTURE(num_calls, CAPTURE_OFFSET_NUM_CALLS);
ASSERT_CAPTURE(num_words, CAPTURE_OFFSET_NUM_WORDS);
ASSERT_CAPTURE(words, CAPTURE_OFFSET_WORDS);

#define ASSERT_REPLY(field, offset) \
  _Static_assert(offsetof(oracle_reply, field) == (offset), #field)
ASSERT_REPLY(registers.a0, REPLY_OFFSET_A0);
ASSERT_REPLY(registers.a1, REPLY_OFFSET_A1);
ASSERT_REPLY(registers.fa0, REPLY_OFFSET_FA0);
ASSERT_REPLY(registers.fa1, REPLY_OFFSET_FA1);
ASSERT_REPLY(memory, REPLY_OFFSET_MEMORY);
ASSERT_REPLY(memory_size, REPLY_OFFSET_MEMORY_SIZE);
ASSERT_REPLY(memory_low, REPLY_OFFSET_MEMORY_LOW);
ASSERT_REPLY(memory_high, REPLY_OFFSET_MEMORY_HIGH);

/* No vector takes a register of its own, so there is no limit. */
size_t oracle_vector_bytes(void) { return 64; }

/* ---- The reply ---- */

void oracle_reply_poison(void) {
  oracle_reply_registers *to = &oracle_to_reply.registers;
  to->a0 = to->a1 = to->fa0 = to->fa1 = ORACLE_POISON;
  oracle_to_reply.memory = NULL;
}

/* ---- What a capture says ---- */

uint64_t oracle_result_address(const oracle_capture *capture) { return capture->registers.a0; }

uint64_t oracle_arguments_address(const oracle_capture *capture) { return capture->registers.sp; }

uint64_t oracle_frame_address(const oracle_capture *capture) { return capture->registers.s0 - 16; }

/* ---- After a call ---- */

/* There is no register that must be empty afterwards. */
const char *oracle_judge_leftovers(void) { return ""; }
