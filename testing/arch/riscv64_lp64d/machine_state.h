/* The state that a resumed context is promised, beside its registers. */
#ifndef CTX_TESTING_ARCH_RISCV64_LP64D_MACHINE_STATE_H_
#define CTX_TESTING_ARCH_RISCV64_LP64D_MACHINE_STATE_H_

#include <stdint.h>

typedef struct machine_state {
  uint64_t frm;
} machine_state;

static inline __attribute__((always_inline)) machine_state machine_state_now(void) {
  machine_state state = {0}; /* MSan does not look into assembly */
  __asm__ volatile("frrm %0" : "=r"(state.frm));
  return state;
}

static inline void fp_control_set(uint64_t frm) { __asm__ volatile("fsrm %0" : : "r"(frm)); }

/* A process starts with this. */
#define DEFAULT_FRM 0u

#endif /* CTX_TESTING_ARCH_RISCV64_LP64D_MACHINE_STATE_H_ */
