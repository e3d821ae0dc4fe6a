#include "testing/arch/x86_64_sysv/probe.h"

#include <stdio.h>

#include "testing/arch/x86_64_sysv/probe_layout.h"

uint16_t oracle_x87_status_after;

/* probe.S reads this. */
extern uint8_t oracle_vector_level ORACLE_HIDDEN;
uint8_t oracle_vector_level;

#define ASSERT_CAPTURE(field, offset) \
  _Static_assert(offsetof(oracle_capture, field) == (offset), #field)
ASSERT_CAPTURE(registers.vector[0], CAPTURE_OFFSET_VECTOR(0));
ASSERT_CAPTURE(registers.vector[15], CAPTURE_OFFSET_VECTOR(15));
#define ASSERT_GENERAL(name, number)                              \
  ASSERT_CAPTURE(registers.name, CAPTURE_OFFSET_GENERAL(number)); \
  ASSERT_CAPTURE(registers.general[number], CAPTURE_OFFSET_GENERAL(number));
CTX_TEST_FOR_EACH_GENERAL(ASSERT_GENERAL)
ASSERT_CAPTURE(registers.rflags, CAPTURE_OFFSET_RFLAGS);
ASSERT_CAPTURE(registers.mxcsr, CAPTURE_OFFSET_MXCSR);
ASSERT_CAPTURE(registers.x87, CAPTURE_OFFSET_X87);
ASSERT_CAPTURE(registers.x87.control, CAPTURE_OFFSET_X87);
ASSERT_CAPTURE(num_calls, CAPTURE_OFFSET_NUM_CALLS);
ASSERT_CAPTURE(num_words, CAPTURE_OFFSET_NUM_WORDS);
ASSERT_CAPTURE(words, CAPTURE_OFFSET_WORDS);

#define ASSERT_REPLY(field, offset) \
  _Static_assert(offsetof(oracle_reply, field) == (offset), #field)
ASSERT_REPLY(registers.vector[0], REPLY_OFFSET_VECTOR(0));
ASSERT_REPLY(registers.vector[1], REPLY_OFFSET_VECTOR(1));
ASSERT_REPLY(registers.rax, REPLY_OFFSET_RAX);
ASSERT_REPLY(registers.rdx, REPLY_OFFSET_RDX);
ASSERT_REPLY(registers.st[0], REPLY_OFFSET_ST(0));
ASSERT_REPLY(registers.st[1], REPLY_OFFSET_ST(1));
ASSERT_REPLY(registers.num_st, REPLY_OFFSET_NUM_ST);
ASSERT_REPLY(memory, REPLY_OFFSET_MEMORY);
ASSERT_REPLY(memory_size, REPLY_OFFSET_MEMORY_SIZE);
ASSERT_REPLY(memory_low, REPLY_OFFSET_MEMORY_LOW);
ASSERT_REPLY(memory_high, REPLY_OFFSET_MEMORY_HIGH);

__attribute__((constructor)) static void ask_cpu(void) {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx")) oracle_vector_level = VECTOR_LEVEL_AVX;
  if (__builtin_cpu_supports("avx512f")) oracle_vector_level = VECTOR_LEVEL_AVX512;
}

size_t oracle_vector_bytes(void) { return (size_t)16 << oracle_vector_level; }

void oracle_reply_poison(void) {
  uint64_t *word = (uint64_t *)(void *)&oracle_to_reply;
  for (size_t i = 0; i < REPLY_OFFSET_NUM_ST / sizeof *word; i++)
    word[i] = ORACLE_POISON;
  oracle_to_reply.registers.num_st = 0;
  oracle_to_reply.memory = NULL;
}

/* ---- What a capture says ---- */

uint64_t oracle_result_address(const oracle_capture *capture) { return capture->registers.rdi; }

uint64_t oracle_arguments_address(const oracle_capture *capture) {
  return capture->registers.rsp + 8; /* above the return address */
}

uint64_t oracle_frame_address(const oracle_capture *capture) { return capture->registers.rbp; }

/* ---- After a call ---- */

const char *oracle_judge_leftovers(void) {
  static char complaint[64];
  struct ctx_test_x87 x87;
  __asm__ volatile("fnstenv %0\n\tfldcw %0" : "=m"(x87));
  if (x87.tags == CTX_TEST_X87_ALL_EMPTY) return "";
  __asm__ volatile("fninit");
  snprintf(complaint, sizeof complaint, "x87 registers are in use afterwards: tags %04x",
           (unsigned)x87.tags);
  return complaint;
}
