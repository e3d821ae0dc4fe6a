/* A request to valgrind (see its valgrind.h), without its headers: there is nothing to install. */
#ifndef CTX_ARCH_AARCH64_AAPCS64_VALGRIND_REQUEST_H_
#define CTX_ARCH_AARCH64_AAPCS64_VALGRIND_REQUEST_H_

#include <stdint.h>

/* As x86_64_sysv, except that the request is in x4, and the result in x3. */
static inline uint64_t ctx_valgrind_request(uint64_t request, uint64_t first, uint64_t second) {
  volatile uint64_t arguments[6] = {request, first, second, 0, 0, 0};
  uint64_t result;
  __asm__ volatile(
      "mov x4, %1\n\t"
      "mov x3, #0\n\t"
      "ror x12, x12, #3\n\tror x12, x12, #13\n\tror x12, x12, #51\n\tror x12, x12, #61\n\t"
      "orr x10, x10, x10\n\t"
      "mov %0, x3"
      : "=r"(result)
      : "r"(arguments)
      : "cc", "memory", "x3", "x4");
  return result;
}

#endif /* CTX_ARCH_AARCH64_AAPCS64_VALGRIND_REQUEST_H_ */
