/* The state that a resumed context is promised, beside its registers. */
#ifndef CTX_TESTING_ARCH_AARCH64_AAPCS64_MACHINE_STATE_H_
#define CTX_TESTING_ARCH_AARCH64_AAPCS64_MACHINE_STATE_H_

#include <stdint.h>

typedef struct machine_state {
  uint64_t fpcr;
  uint64_t fpsr; /* cumulative flags, which nothing promises */
} machine_state;

static inline __attribute__((always_inline)) machine_state machine_state_now(void) {
  machine_state state = {0, 0}; /* MSan does not look into assembly */
  __asm__ volatile("mrs %0, fpcr\n\tmrs %1, fpsr" : "=r"(state.fpcr), "=r"(state.fpsr));
  return state;
}

static inline void fp_control_set(uint64_t fpcr) { __asm__ volatile("msr fpcr, %0" : : "r"(fpcr)); }

/* A process starts with this. */
#define DEFAULT_FPCR 0u

#endif /* CTX_TESTING_ARCH_AARCH64_AAPCS64_MACHINE_STATE_H_ */
