/* A request to valgrind (see its valgrind.h), without its headers: there is nothing to install. */
#ifndef CTX_ARCH_X86_64_SYSV_VALGRIND_REQUEST_H_
#define CTX_ARCH_X86_64_SYSV_VALGRIND_REQUEST_H_

#include <stdint.h>

/* A register is rotated by 128 bits in all, and one is exchanged with itself. That is nothing to a
 * processor, and a call of valgrind's where valgrind runs the program. Returns 0 elsewhere. */
static inline uint64_t ctx_valgrind_request(uint64_t request, uint64_t first, uint64_t second) {
  volatile uint64_t arguments[6] = {request, first, second, 0, 0, 0};
  uint64_t result = 0;
  __asm__ volatile(
      "rolq $3, %%rdi\n\trolq $13, %%rdi\n\trolq $61, %%rdi\n\trolq $51, %%rdi\n\t"
      "xchgq %%rbx, %%rbx"
      : "+d"(result)
      : "a"(arguments)
      : "cc", "memory");
  return result;
}

#endif /* CTX_ARCH_X86_64_SYSV_VALGRIND_REQUEST_H_ */
