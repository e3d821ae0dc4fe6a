/* Instructions that raise SIGILL. */
#ifndef CTX_TESTING_ARCH_AARCH64_AAPCS64_TRAP_H_
#define CTX_TESTING_ARCH_AARCH64_AAPCS64_TRAP_H_

#include <stdint.h>

/* machine_trap raises SIGILL right where it stands: nothing is called. */
static inline __attribute__((__always_inline__)) void machine_trap(void) {
  __asm__ volatile("udf #0");
}

/* machine_trap_with does so with `value` where a function leaves its result. */
static inline __attribute__((__always_inline__)) void machine_trap_with(uint64_t value) {
  register uint64_t x0 __asm__("x0") = value;
  __asm__ volatile("udf #0" : : "r"(x0));
}

#endif /* CTX_TESTING_ARCH_AARCH64_AAPCS64_TRAP_H_ */
