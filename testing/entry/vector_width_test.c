/* All that a vector register holds is cleared at entry, not only the 16 bytes that the probe sees.
 */
#include <string.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"

enum { STACK_SIZE = 16384, NUM_REGISTERS = 16, REGISTER_SIZE = 32 };
CTX_STACK(stack, STACK_SIZE);

static ctx_context host, child;
static unsigned char found[NUM_REGISTERS][REGISTER_SIZE];
static unsigned char expected[NUM_REGISTERS][REGISTER_SIZE];

#define STORE(n) "vmovdqu %%ymm" #n ", " #n "*32(%0)\n\t"
__attribute__((target("avx"))) static void store_registers(void) {
  __asm__ volatile(STORE(0) STORE(1) STORE(2) STORE(3) STORE(4) STORE(5) STORE(6) STORE(7) STORE(8)
                       STORE(9) STORE(10) STORE(11) STORE(12) STORE(13) STORE(14) STORE(15)
                   :
                   : "r"(found)
                   : "memory");
}

#define FILL(n) "vbroadcastss %0, %%ymm" #n "\n\t"
__attribute__((target("avx"))) static void swap_with_full_registers(void) {
  static const float garbage = 1.0f;
  void (*volatile swap)(ctx_context *, ctx_context *) = ctx_swap;
  void (*called)(ctx_context *, ctx_context *) = swap;
  ctx_context *from = &host;
  ctx_context *to = &child;
  __asm__ volatile(FILL(0) FILL(1) FILL(2) FILL(3) FILL(4) FILL(5) FILL(6) FILL(7) FILL(8) FILL(9)
                       FILL(10) FILL(11) FILL(12) FILL(13) FILL(14) FILL(15)
                   :
                   : "m"(garbage)
                   : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9",
                     "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
  called(from, to);
}

static void expect_cleared(const ctx_value *args, size_t num_args) {
  memset(found, 0xff, sizeof found);
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, store_registers, args, num_args));
  swap_with_full_registers();
  EXPECT_MEMEQ(expected, found, sizeof found);
}

CTX_TEST(VectorWidth, HighPartsAreClearedAtEntry) {
  if (!__builtin_cpu_supports("avx")) CTX_SKIP("this processor has no AVX");
  memset(expected, 0, sizeof expected);
  expect_cleared(CTX_NO_ARGS);
  expect_cleared(CTX_ARGS(1));
  const double argument = 2.5;
  memcpy(expected[0], &argument, sizeof argument);
  expect_cleared(CTX_ARGS(argument));
}
