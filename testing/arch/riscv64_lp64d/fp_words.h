/* The control word of floating point, for //testing/switching. */
#ifndef CTX_TESTING_ARCH_RISCV64_LP64D_FP_WORDS_H_
#define CTX_TESTING_ARCH_RISCV64_LP64D_FP_WORDS_H_

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/harness/registers.h"

typedef struct fp_words {
  uint64_t frm;
} fp_words;

#define FP_FORMAT "frm %u"
#define FP_FORMATTED(words) (unsigned)(words).frm

static const fp_words fp_usual = {CTX_TEST_FRM_NEAREST};
static const fp_words fp_others[] = {
    {CTX_TEST_FRM_TOWARDS_ZERO},
    {CTX_TEST_FRM_DOWN},
    {CTX_TEST_FRM_UP},
};
static const fp_words fp_third = {CTX_TEST_FRM_NEAREST_MAX_MAGNITUDE};

static inline fp_words fp_now(void) { return (fp_words){ctx_test_frm()}; }
static inline void fp_set(fp_words words) { ctx_test_set_frm(words.frm); }
static inline void fp_declare(ctx_context *context, fp_words words) {
  ctx_declare_fp_control(context, words.frm);
}

/* Bits that no mode has are set, too. */
static inline void fp_declare_with_other_bits(ctx_context *context, fp_words words) {
  ctx_declare_fp_control(context, ~UINT64_C(7) | words.frm);
}

/* A word that a switch to the usual one reloads: it differs. */
static inline fp_words fp_changed(fp_words words) {
  return (fp_words){words.frm == CTX_TEST_FRM_UP ? CTX_TEST_FRM_DOWN : CTX_TEST_FRM_UP};
}

/* The number that contexts with this word are compared by: a bit beside it is always set. */
static inline uint64_t fp_key(fp_words words) { return 8 | words.frm; }

#define FP_EXPECT_EQ(expected, actual) EXPECT_EQ((expected).frm, (actual).frm)
#define FP_EXPECT(expected) FP_EXPECT_EQ(expected, fp_now())

/* Status flags lie beside the rounding mode in fcsr. */
enum { FP_ALL_FLAGS = 0x1f, FP_SOME_FLAGS = 0x11 };
static inline uint64_t fp_flags(void) {
  uint64_t now;
  __asm__ volatile("frflags %0" : "=r"(now));
  return now;
}
static inline void fp_set_flags(uint64_t flags) { __asm__ volatile("fsflags %0" : : "r"(flags)); }

/* Of oracle_registers. */
#define FP_OF_CAPTURE(registers) ((fp_words){(registers).fcsr >> 5})

#endif /* CTX_TESTING_ARCH_RISCV64_LP64D_FP_WORDS_H_ */
