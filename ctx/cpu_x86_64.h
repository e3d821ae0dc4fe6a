/* What this processor and system have. */
#ifndef CTX_CPU_X86_64_H_
#define CTX_CPU_X86_64_H_

#include <cpuid.h>
#include <stdbool.h>
#include <stdint.h>

/* The system saves all of these registers at its own switches, says XCR0 (Intel SDM, volume 1,
 * 13.3). */
static inline bool ctx_cpu_saves(unsigned int registers) {
  unsigned int eax, ebx, ecx, edx;
  if (__get_cpuid(1, &eax, &ebx, &ecx, &edx) == 0 || (ecx & bit_OSXSAVE) == 0) return false;
  __asm__("xgetbv" : "=a"(eax), "=d"(edx) : "c"(0));
  return (eax & registers) == registers;
}

/* ctx_cpu_vector_size returns the bytes of the widest vector registers that there are: 16, 32, 64.
 */
static inline uint8_t ctx_cpu_vector_size(void) {
  const unsigned int sse_and_avx = 2 | 4;
  const unsigned int masks_and_zmm = 0x20 | 0x40 | 0x80;
  unsigned int eax, ebx, ecx, edx;
  if (__get_cpuid(1, &eax, &ebx, &ecx, &edx) == 0 || (ecx & bit_AVX) == 0) return 16;
  if (!ctx_cpu_saves(sse_and_avx)) return 16;
  if (__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) == 0) return 32;
  return (ebx & bit_AVX512F) != 0 && ctx_cpu_saves(masks_and_zmm) ? 64 : 32;
}

#endif /* CTX_CPU_X86_64_H_ */
