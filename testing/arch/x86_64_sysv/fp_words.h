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

/* Status flags: those of SSE lie in the word itself. As long as they are up, it has not been
 * reloaded. */
#define FP_FLAGS_SHOW_RELOADS
enum { FP_ALL_FLAGS = 0x3f, FP_SOME_FLAGS = 0x21 };
static inline uint64_t fp_flags(void) {
  uint32_t now;
  __asm__ volatile("stmxcsr %0" : "=m"(now));
  return now & FP_ALL_FLAGS;
}
static inline void fp_set_flags(uint64_t flags) {
  const uint32_t word = ctx_test_mxcsr_control() | (uint32_t)flags;
  __asm__ volatile("ldmxcsr %0" : : "m"(word));
}

#define FP_EXPECT_EQ(expected, actual)          \
  do {                                          \
    const fp_words actual_ = (actual);          \
    EXPECT_EQ((expected).mxcsr, actual_.mxcsr); \
    EXPECT_EQ((expected).x87, actual_.x87);     \
  } while (0)
#define FP_EXPECT(expected) FP_EXPECT_EQ(expected, fp_now())

/* Of oracle_registers. */
#define FP_OF_CAPTURE(registers)                          \
  ((fp_words){(registers).mxcsr & CTX_TEST_MXCSR_CONTROL, \
              (uint16_t)((registers).x87.control & CTX_TEST_X87_CONTROL)})

#endif /* CTX_TESTING_ARCH_X86_64_SYSV_FP_WORDS_H_ */
