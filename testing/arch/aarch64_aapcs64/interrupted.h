/* States of the processor that a signal interrupts, for //testing/signals. */
#ifndef CTX_TESTING_ARCH_AARCH64_AAPCS64_INTERRUPTED_H_
#define CTX_TESTING_ARCH_AARCH64_AAPCS64_INTERRUPTED_H_

#include "testing/arch/aarch64_aapcs64/fp_words.h"
#include "testing/arch/aarch64_aapcs64/machine_state.h"
#include "testing/arch/aarch64_aapcs64/trap.h"

static void with_status_flags(void) {
  fp_set_flags(FP_ALL_FLAGS);
  machine_trap();
}

#define FOR_EACH_INTERRUPTED_STATE(X) X("status flags", with_status_flags)

static inline fp_words machine_state_words(const machine_state *state) {
  return (fp_words){(uint32_t)state->fpcr};
}

/* Nothing else is promised. */
static inline void expect_rest_of_state(const machine_state *state) { (void)state; }

#endif /* CTX_TESTING_ARCH_AARCH64_AAPCS64_INTERRUPTED_H_ */
