/* Instructions that raise SIGILL. */
#ifndef CTX_TESTING_ARCH_RISCV64_LP64D_TRAP_H_
#define CTX_TESTING_ARCH_RISCV64_LP64D_TRAP_H_

#include <stdint.h>

/* machine_trap raises SIGILL right where it stands: nothing is called. */
static inline __attribute__((__always_inline__)) void machine_trap(void) {
  __asm__ volatile("unimp");
}

/* machine_trap_with does so with `value` where a function leaves its result. */
static inline __attribute__((__always_inline__)) void machine_trap_with(uint64_t value) {
  register uint64_t a0 __asm__("a0") = value;
  __asm__ volatile("unimp" : : "r"(a0));
}

#endif /* CTX_TESTING_ARCH_RISCV64_LP64D_TRAP_H_ */
