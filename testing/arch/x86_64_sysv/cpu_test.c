/* Vector registers count where the processor has them and the system saves them. */
#include "ctx/arch/x86_64_sysv/cpu.h"

#include "testing/harness/harness.h"

enum { SAVES_SSE = 2, SAVES_AVX = 4, SAVES_MASKS = 0x20, SAVES_ZMM = 0x40, SAVES_MORE_ZMM = 0x80 };
enum { SAVES_256 = SAVES_SSE | SAVES_AVX };
enum { SAVES_512 = SAVES_256 | SAVES_MASKS | SAVES_ZMM | SAVES_MORE_ZMM };

static size_t size_of(uint32_t features, uint32_t structured, uint32_t saved) {
  const ctx_cpu_words words = {features, structured, saved};
  return ctx_cpu_vector_size_of(&words);
}

CTX_TEST(Cpu, WhatItHasAndTheSystemSavesCounts) {
  EXPECT_EQ(16, size_of(0, 0, 0));
  EXPECT_EQ(16, size_of(0, bit_AVX512F, SAVES_512));
  EXPECT_EQ(16, size_of(bit_AVX, bit_AVX512F, 0));
  EXPECT_EQ(16, size_of(bit_AVX, bit_AVX512F, SAVES_512 & ~SAVES_SSE));
  EXPECT_EQ(16, size_of(bit_AVX, bit_AVX512F, SAVES_512 & ~SAVES_AVX));
  EXPECT_EQ(32, size_of(bit_AVX, 0, SAVES_512));
  EXPECT_EQ(32, size_of(bit_AVX, 0, SAVES_256));
  EXPECT_EQ(32, size_of(bit_AVX, bit_AVX512F, SAVES_256));
  EXPECT_EQ(32, size_of(bit_AVX, bit_AVX512F, SAVES_512 & ~SAVES_MASKS));
  EXPECT_EQ(32, size_of(bit_AVX, bit_AVX512F, SAVES_512 & ~SAVES_ZMM));
  EXPECT_EQ(32, size_of(bit_AVX, bit_AVX512F, SAVES_512 & ~SAVES_MORE_ZMM));
  EXPECT_EQ(64, size_of(bit_AVX, bit_AVX512F, SAVES_512));
  EXPECT_EQ(64, size_of(UINT32_MAX, UINT32_MAX, UINT32_MAX));
}

CTX_TEST(Cpu, IsTheOneThatTheCompilersLibrarySees) {
  size_t expected = __builtin_cpu_supports("avx512f") ? 64
                    : __builtin_cpu_supports("avx")   ? 32
                                                      : 16;
  const ctx_cpu_words words = ctx_cpu_read();
  EXPECT_EQ(expected, (size_t)ctx_cpu_vector_size_of(&words));
}
