#include "testing/oracle/probe.h"

#include <string.h>

#include "testing/oracle/probe_layout.h"

oracle_capture oracle_captured;
oracle_reply oracle_to_reply;
oracle_after oracle_seen_after;

/* Read by probe.S. */
extern uint8_t oracle_vector_level ORACLE_HIDDEN;
uint8_t oracle_vector_level;

#define ASSERT_CAPTURE(field, offset) \
  _Static_assert(offsetof(oracle_capture, field) == (offset), #field)
ASSERT_CAPTURE(vector[0], CAPTURE_OFFSET_VECTOR(0));
ASSERT_CAPTURE(vector[15], CAPTURE_OFFSET_VECTOR(15));
ASSERT_CAPTURE(rax, CAPTURE_OFFSET_RAX);
ASSERT_CAPTURE(rcx, CAPTURE_OFFSET_RCX);
ASSERT_CAPTURE(rdx, CAPTURE_OFFSET_RDX);
ASSERT_CAPTURE(rbx, CAPTURE_OFFSET_RBX);
ASSERT_CAPTURE(rsp, CAPTURE_OFFSET_RSP);
ASSERT_CAPTURE(rbp, CAPTURE_OFFSET_RBP);
ASSERT_CAPTURE(rsi, CAPTURE_OFFSET_RSI);
ASSERT_CAPTURE(rdi, CAPTURE_OFFSET_RDI);
ASSERT_CAPTURE(r8, CAPTURE_OFFSET_R8);
ASSERT_CAPTURE(r9, CAPTURE_OFFSET_R9);
ASSERT_CAPTURE(r10, CAPTURE_OFFSET_R10);
ASSERT_CAPTURE(r11, CAPTURE_OFFSET_R11);
ASSERT_CAPTURE(r12, CAPTURE_OFFSET_R12);
ASSERT_CAPTURE(r13, CAPTURE_OFFSET_R13);
ASSERT_CAPTURE(r14, CAPTURE_OFFSET_R14);
ASSERT_CAPTURE(r15, CAPTURE_OFFSET_R15);
ASSERT_CAPTURE(rflags, CAPTURE_OFFSET_RFLAGS);
ASSERT_CAPTURE(mxcsr, CAPTURE_OFFSET_MXCSR);
ASSERT_CAPTURE(x87, CAPTURE_OFFSET_X87);
ASSERT_CAPTURE(x87.control, CAPTURE_OFFSET_X87);
ASSERT_CAPTURE(num_calls, CAPTURE_OFFSET_NUM_CALLS);
ASSERT_CAPTURE(num_words, CAPTURE_OFFSET_NUM_WORDS);
ASSERT_CAPTURE(words, CAPTURE_OFFSET_WORDS);
_Static_assert(sizeof(oracle_x87) == 28, "fnstenv's operand");

#define ASSERT_REPLY(field, offset) \
  _Static_assert(offsetof(oracle_reply, field) == (offset), #field)
ASSERT_REPLY(vector[0], REPLY_OFFSET_VECTOR(0));
ASSERT_REPLY(vector[1], REPLY_OFFSET_VECTOR(1));
ASSERT_REPLY(rax, REPLY_OFFSET_RAX);
ASSERT_REPLY(rdx, REPLY_OFFSET_RDX);
ASSERT_REPLY(st[0], REPLY_OFFSET_ST(0));
ASSERT_REPLY(st[1], REPLY_OFFSET_ST(1));
ASSERT_REPLY(num_st, REPLY_OFFSET_NUM_ST);
ASSERT_REPLY(memory, REPLY_OFFSET_MEMORY);
ASSERT_REPLY(memory_size, REPLY_OFFSET_MEMORY_SIZE);
ASSERT_REPLY(memory_low, REPLY_OFFSET_MEMORY_LOW);
ASSERT_REPLY(memory_high, REPLY_OFFSET_MEMORY_HIGH);
_Static_assert(offsetof(oracle_after, x87_status) == AFTER_OFFSET_X87_STATUS, "x87_status");

__attribute__((constructor)) static void ask_cpu(void) {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx")) oracle_vector_level = VECTOR_LEVEL_AVX;
  if (__builtin_cpu_supports("avx512f")) oracle_vector_level = VECTOR_LEVEL_AVX512;
}

size_t oracle_vector_bytes(void) { return (size_t)16 << oracle_vector_level; }

void oracle_capture_reset(size_t num_words) {
  oracle_captured.num_calls = 0;
  oracle_captured.num_words =
      num_words < ORACLE_MAX_STACK_WORDS ? num_words : ORACLE_MAX_STACK_WORDS;
}

void oracle_reply_poison(void) {
  uint64_t *word = (uint64_t *)(void *)&oracle_to_reply;
  for (size_t i = 0; i < REPLY_OFFSET_NUM_ST / sizeof *word; ++i)
    word[i] = ORACLE_POISON;
  oracle_to_reply.num_st = 0;
  oracle_to_reply.memory = NULL;
}
