/* The control word of floating point, for //testing/switching. */
#ifndef CTX_TESTING_ARCH_AARCH64_AAPCS64_FP_WORDS_H_
#define CTX_TESTING_ARCH_AARCH64_AAPCS64_FP_WORDS_H_

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/harness/registers.h"

typedef struct fp_words {
  uint32_t fpcr;
} fp_words;

#define FP_FORMAT "FPCR 0x%x"
#define FP_FORMATTED(words) (unsigned)(words).fpcr

static const fp_words fp_usual = {0};
static const fp_words fp_others[] = {
    {CTX_TEST_FPCR_ROUNDING}, /* towards zero */
    {CTX_TEST_FPCR_ROUNDS_UP},
    {CTX_TEST_FPCR_ROUNDS_DOWN},
    {CTX_TEST_FPCR_FLUSH_TO_ZERO},
    {CTX_TEST_FPCR_DEFAULT_NAN},
    {CTX_TEST_FPCR_ALTERNATIVE_HALF | CTX_TEST_FPCR_ROUNDS_UP},
};
static const fp_words fp_third = {CTX_TEST_FPCR_DEFAULT_NAN | CTX_TEST_FPCR_ROUNDS_UP};

static inline fp_words fp_now(void) { return (fp_words){(uint32_t)ctx_test_fpcr()}; }
static inline void fp_set(fp_words words) { ctx_test_set_fpcr(words.fpcr); }
static inline void fp_declare(ctx_context *context, fp_words words) {
  ctx_declare_fp_control(context, words.fpcr);
}

/* Bits that no processor has are set, too, and NEP, which is 0 at every call. */
static inline void fp_declare_with_other_bits(ctx_context *context, fp_words words) {
  ctx_declare_fp_control(context, UINT32_C(0xf8000004) | words.fpcr);
}

/* A word that a switch to the usual one reloads: it differs. */
static inline fp_words fp_changed(fp_words words) {
  return (fp_words){words.fpcr ^
                    (words.fpcr == CTX_TEST_FPCR_DEFAULT_NAN ? CTX_TEST_FPCR_FLUSH_TO_ZERO
                                                             : CTX_TEST_FPCR_DEFAULT_NAN)};
}

/* The number that contexts with this word are compared by: a bit beside it is always set. */
static inline uint64_t fp_key(fp_words words) { return UINT64_C(1) << 32 | words.fpcr; }

#define FP_EXPECT_EQ(expected, actual) EXPECT_EQ((expected).fpcr, (actual).fpcr)
#define FP_EXPECT(expected) FP_EXPECT_EQ(expected, fp_now())

/* Status flags: bits of FPSR, QC and the cumulative exceptions. */
enum { FP_ALL_FLAGS = 1 << 27 | 0x9f, FP_SOME_FLAGS = 1 << 27 | 0x11 };
static inline uint64_t fp_flags(void) {
  uint64_t now;
  __asm__ volatile("mrs %0, fpsr" : "=r"(now));
  return now;
}
static inline void fp_set_flags(uint64_t flags) { __asm__ volatile("msr fpsr, %0" : : "r"(flags)); }

/* Of oracle_registers. */
#define FP_OF_CAPTURE(registers) ((fp_words){(uint32_t)(registers).fpcr})

#endif /* CTX_TESTING_ARCH_AARCH64_AAPCS64_FP_WORDS_H_ */
