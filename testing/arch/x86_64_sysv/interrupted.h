/* States of the processor that a signal interrupts, for //testing/signals. */
#ifndef CTX_TESTING_ARCH_X86_64_SYSV_INTERRUPTED_H_
#define CTX_TESTING_ARCH_X86_64_SYSV_INTERRUPTED_H_

#include "testing/arch/x86_64_sysv/fp_words.h"
#include "testing/arch/x86_64_sysv/machine_state.h"

/* Each ends in an instruction that raises SIGILL. */
static void with_direction_flag(void) { __asm__ volatile("std\n\tud2"); }

static void with_full_x87_stack(void) {
  __asm__ volatile("fld1\n\tfld1\n\tfld1\n\tfld1\n\tfld1\n\tfld1\n\tfld1\n\tfld1\n\tud2");
}

static void with_mmx_registers(void) {
  __asm__ volatile("pcmpeqd %%mm0, %%mm0\n\tud2" : : : "memory");
}

/* An unmasked exception, which is raised by the next x87 instruction that waits for it. */
static void with_pending_x87_exception(void) {
  const uint16_t zero_divide_unmasked = 0x37b;
  __asm__ volatile("fldcw %0\n\tfld1\n\tfldz\n\tfdivrp\n\tud2" : : "m"(zero_divide_unmasked));
}

static void with_exceptions_unmasked(void) {
  fp_control_set(0xffc0 & ~0x1000u, 0x0c7f);
  __asm__ volatile("ud2");
}

#define FOR_EACH_INTERRUPTED_STATE(X)                      \
  X("the direction flag", with_direction_flag)             \
  X("a full x87 stack", with_full_x87_stack)               \
  X("MMX registers", with_mmx_registers)                   \
  X("a pending x87 exception", with_pending_x87_exception) \
  X("exceptions unmasked", with_exceptions_unmasked)

static inline fp_words machine_state_words(const machine_state *state) {
  return (fp_words){state->mxcsr_control, state->x87_control};
}

/* An empty x87 stack, no exception that is yet to come, and the direction flag clear. */
static inline void expect_rest_of_state(const machine_state *state) {
  EXPECT_EQ(0, state->x87_status);
  EXPECT_EQ(CTX_TEST_X87_ALL_EMPTY, state->x87_tags);
  EXPECT_EQ(0, state->direction_flag);
}

#endif /* CTX_TESTING_ARCH_X86_64_SYSV_INTERRUPTED_H_ */
