/* The control words of floating point, for //testing/switching. */
#ifndef CTX_TESTING_ARCH_X86_64_SYSV_FP_WORDS_H_
#define CTX_TESTING_ARCH_X86_64_SYSV_FP_WORDS_H_

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/harness/registers.h"

typedef struct fp_words {
  uint32_t mxcsr;
  uint16_t x87;
} fp_words;

#define FP_FORMAT "mxcsr 0x%x, x87 0x%x"
#define FP_FORMATTED(words) (unsigned)(words).mxcsr, (unsigned)(words).x87

/* All exceptions masked, round to nearest; then one word differs, or the other, or both. */
static const fp_words fp_usual = {0x1f80, 0x037f};
static const fp_words fp_others[] = {
    {0x7f80, 0x037f}, /* SSE: towards zero */
    {0x1f80, 0x0f7f}, /* x87: towards zero */
    {0x3f80, 0x0b7f}, /* down, up */
    {0x9fc0, 0x027f}, /* flush to zero, denormals are zero; 53 bits */
    {0x1f00, 0x037e}, /* SSE: denormals trap; x87: invalid operations trap */
    {0x1f80, 0x037b}, /* x87: division by zero traps */
    {0x1d80, 0x037f}, /* SSE: division by zero traps */
};
static const fp_words fp_third = {0x5f80, 0x077f}; /* up, down */

static inline fp_words fp_now(void) {
  return (fp_words){ctx_test_mxcsr_control(), ctx_test_x87_control()};
}
static inline void fp_set(fp_words words) { ctx_test_set_fp_words(words.mxcsr, words.x87); }
static inline void fp_declare(ctx_context *context, fp_words words) {
  ctx_declare_fp_control(context, words.mxcsr, words.x87);
}

/* Status bits, and bits that mean nothing, are set, too. */
static inline void fp_declare_with_other_bits(ctx_context *context, fp_words words) {
  ctx_declare_fp_control(context, UINT32_C(0xffff003f) | words.mxcsr,
                         (uint16_t)(0xe080 | words.x87));
}

/* Only words that a switch to the usual ones reloads: any other would be the next one's. */
static inline fp_words fp_changed(fp_words words) {
  if (words.mxcsr != fp_usual.mxcsr) words.mxcsr ^= 0x2000;
  if (words.x87 != fp_usual.x87) words.x87 ^= 0x0400;
  return words;
}

/* The number that contexts with these words are compared by. */
static inline uint64_t fp_key(fp_words words) { return (uint64_t)words.x87 << 32 | words.mxcsr; }

/* A status flag lies beside a word: as long as it is up, the word has not been reloaded. */
#define FP_FLAG_SHOWS_RELOADS 1
static const uint32_t fp_inexact_flag = 0x20;
static inline void fp_raise_flag(void) {
  const uint32_t raised = fp_usual.mxcsr | fp_inexact_flag;
  __asm__ volatile("ldmxcsr %0" : : "m"(raised));
}
static inline bool fp_is_flag_up(void) {
  uint32_t now;
  __asm__ volatile("stmxcsr %0" : "=m"(now));
  return (now & fp_inexact_flag) != 0;
}

#define FP_EXPECT(expected)                     \
  do {                                          \
    const fp_words actual_ = fp_now();          \
    EXPECT_EQ((expected).mxcsr, actual_.mxcsr); \
    EXPECT_EQ((expected).x87, actual_.x87);     \
  } while (0)

#endif /* CTX_TESTING_ARCH_X86_64_SYSV_FP_WORDS_H_ */
