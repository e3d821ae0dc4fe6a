/* The library reads of the processor the same as the compiler's library: all of both words, also
 * where the processor has no vector registers that would show it. */
#include "ctx/arch/x86_64_sysv/cpu.h"
#include "testing/harness/harness.h"

#define EXPECT_SEES(feature, word, bit) \
  EXPECT_EQ(__builtin_cpu_supports(feature) != 0, ((word) & (uint32_t)(bit)) != 0)

CTX_TEST(CpuWords, SayWhatTheCompilersLibrarySays) {
  const ctx_cpu_words words = ctx_cpu_read();
  EXPECT_SEES("sse3", words.features, bit_SSE3);
  EXPECT_SEES("sse4.2", words.features, bit_SSE4_2);
  EXPECT_SEES("popcnt", words.features, bit_POPCNT);
  EXPECT_SEES("bmi", words.structured, bit_BMI);
  EXPECT_SEES("bmi2", words.structured, bit_BMI2);
}

/* The library counts these only if the system saves their registers, too. */
CTX_TEST(CpuWords, VectorInstructionsThatCanBeUsedAreThere) {
  const ctx_cpu_words words = ctx_cpu_read();
  if (__builtin_cpu_supports("avx")) EXPECT_TRUE((words.features & (uint32_t)bit_AVX) != 0);
  if (__builtin_cpu_supports("avx2")) EXPECT_TRUE((words.structured & (uint32_t)bit_AVX2) != 0);
  if (__builtin_cpu_supports("avx512f")) {
    EXPECT_TRUE((words.structured & (uint32_t)bit_AVX512F) != 0);
  }
}
