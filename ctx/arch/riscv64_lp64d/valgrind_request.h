/* A request to valgrind (see its valgrind.h), without its headers: there is nothing to install. */
#ifndef CTX_ARCH_RISCV64_LP64D_VALGRIND_REQUEST_H_
#define CTX_ARCH_RISCV64_LP64D_VALGRIND_REQUEST_H_

#include <stdint.h>

/* As x86_64_sysv, except that the request is in a4, and the result in a3. valgrind knows these
 * instructions by their four bytes each. */
static inline uint64_t ctx_valgrind_request(uint64_t request, uint64_t first, uint64_t second) {
  volatile uint64_t arguments[6] = {request, first, second, 0, 0, 0};
  register volatile uint64_t *address __asm__("a4") = arguments;
  register uint64_t result __asm__("a3") = 0;
  __asm__ volatile(
      ".option push\n\t"
      ".option norvc\n\t"
      "srli zero, zero, 3\n\tsrli zero, zero, 13\n\tsrli zero, zero, 51\n\tsrli zero, zero, 61\n\t"
      "or a0, a0, a0\n\t"
      ".option pop"
      : "+r"(result)
      : "r"(address)
      : "memory");
  return result;
}

#endif /* CTX_ARCH_RISCV64_LP64D_VALGRIND_REQUEST_H_ */
