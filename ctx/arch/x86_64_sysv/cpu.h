/* The vector registers of this processor and system. */
#ifndef CTX_ARCH_X86_64_SYSV_CPU_H_
#define CTX_ARCH_X86_64_SYSV_CPU_H_

#include <stdint.h>

#include "ctx/internal/attributes.h"

/* ctx_cpu_vector_size returns the bytes of the widest vector registers that this processor has, and
 * that the system saves: 16, 32 or 64. */
CTX_HIDDEN uint8_t ctx_cpu_vector_size(void);

/* Another processor only judges where arguments go: CTX_ARCH_AS_... in ctx/arch/arch.h. */
#ifdef __x86_64__

#include <cpuid.h>

/* ctx_cpu_words are the words in which the processor describes them; 0 where it says nothing. */
typedef struct ctx_cpu_words {
  uint32_t features;   /* CPUID leaf 1, ecx */
  uint32_t structured; /* CPUID leaf 7, ebx */
  uint32_t saved;      /* XCR0: what the system saves at its own switches (Intel SDM 1, 13.3) */
} ctx_cpu_words;

static inline ctx_cpu_words ctx_cpu_read(void) {
  ctx_cpu_words words = {0, 0, 0};
  unsigned int eax, ebx, ecx, edx;
  if (__get_cpuid(1, &eax, &ebx, &ecx, &edx) != 0) words.features = ecx;
  if (__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) != 0) words.structured = ebx;
  if ((words.features & bit_OSXSAVE) != 0) {
    __asm__("xgetbv" : "=a"(words.saved), "=d"(edx) : "c"(0));
  }
  return words;
}

/* ctx_cpu_vector_size_of returns the same for a processor that describes itself by these words. */
static inline uint8_t ctx_cpu_vector_size_of(const ctx_cpu_words *words) {
  const uint32_t sse_and_avx = 2 | 4;
  const uint32_t masks_and_zmm = 0x20 | 0x40 | 0x80;
  if ((words->features & bit_AVX) == 0 || (words->saved & sse_and_avx) != sse_and_avx) return 16;
  if ((words->structured & bit_AVX512F) == 0) return 32;
  return (words->saved & masks_and_zmm) == masks_and_zmm ? 64 : 32;
}

#endif /* __x86_64__ */

#endif /* CTX_ARCH_X86_64_SYSV_CPU_H_ */
