/* Instructions that raise SIGILL. */
#ifndef CTX_TESTING_ARCH_X86_64_SYSV_TRAP_H_
#define CTX_TESTING_ARCH_X86_64_SYSV_TRAP_H_

#include <stdint.h>

/* machine_trap raises SIGILL right where it stands: nothing is called. */
static inline __attribute__((__always_inline__)) void machine_trap(void) {
  __asm__ volatile("ud2");
}

/* machine_trap_with does so with `value` where a function leaves its result. */
static inline __attribute__((__always_inline__)) void machine_trap_with(uint64_t value) {
  __asm__ volatile("ud2" : : "a"(value));
}

#endif /* CTX_TESTING_ARCH_X86_64_SYSV_TRAP_H_ */
