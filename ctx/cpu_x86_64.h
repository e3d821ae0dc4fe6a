/* What this processor and system have. */
#ifndef CTX_CPU_X86_64_H_
#define CTX_CPU_X86_64_H_

#include <cpuid.h>
#include <stdbool.h>

/* ctx_cpu_has_avx tells whether there are ymm registers: the processor has them, and the system
 * saves them, says XCR0 (Intel SDM, volume 1, 13.3). */
static inline bool ctx_cpu_has_avx(void) {
  const unsigned int sse_and_avx_registers = 2 | 4;
  unsigned int eax, ebx, ecx, edx;
  if (__get_cpuid(1, &eax, &ebx, &ecx, &edx) == 0) return false;
  if ((ecx & bit_OSXSAVE) == 0 || (ecx & bit_AVX) == 0) return false;
  __asm__("xgetbv" : "=a"(eax), "=d"(edx) : "c"(0));
  return (eax & sse_and_avx_registers) == sse_and_avx_registers;
}

#endif /* CTX_CPU_X86_64_H_ */
