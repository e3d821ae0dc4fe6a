/* The assembly executes no instructions of AVX where there is no AVX, and none of AVX-512 where
 * there is AVX only. Whoever has used the upper halves of registers leaves them clean, since other
 * code would pay for it. */
#define _GNU_SOURCE /* REG_RIP */
#include <string.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/unwind/single_step.h"

enum { STACK_SIZE = 32768 };
CTX_STACK(stack, STACK_SIZE);

extern uint8_t ctx_asm_vector_size; /* which vectors the processor has, for the assembly */
typedef unsigned char code[];
extern code ctx_asm_return_from_swap, ctx_asm_orphan;

/* These return what they were passed, in st0 and in ymm0, and leave numbers behind that would do as
 * sizes of vectors. */
void return_st0(void);
void return_ymm0(void);
__asm__(
    ".text\n"
    ".globl return_st0\n"
    ".type return_st0, @function\n"
    "return_st0:\n"
    "endbr64\n"
    "fldt 8(%rsp)\n"
    "movl $64, %ecx\n"
    "movl $64, %edx\n"
    "ret\n"
    ".size return_st0, . - return_st0\n"
    ".globl return_ymm0\n"
    ".type return_ymm0, @function\n"
    "return_ymm0:\n"
    "endbr64\n"
    "vcmpps $15, %ymm15, %ymm15, %ymm15\n" /* all bits set */
    "movl $64, %ecx\n"
    "movl $64, %edx\n"
    "ret\n"
    ".size return_ymm0, . - return_ymm0\n");

static size_t num_avx, num_avx512;

/* VEX prefixes begin with c4 or c5, EVEX with 62, and no other instruction does in 64-bit mode. */
static void count_instructions(ucontext_t *interrupted) {
  const unsigned char *at = (const unsigned char *)interrupted->uc_mcontext.gregs[REG_RIP];
  if (at < ctx_asm_return_from_swap || at >= ctx_asm_orphan) return;
  num_avx += *at == 0xc4 || *at == 0xc5;
  num_avx512 += *at == 0x62;
}

static ctx_context host, child;

static void swap_in_steps(void) {
  num_avx = num_avx512 = 0;
  host = (ctx_context){0};
  step_install(count_instructions);
  step_begin();
  ctx_swap(&host, &child);
  step_end();
  step_uninstall();
  EXPECT_TRUE(ctx_has_returned(&child));
}

static ctx_signature *init(const ctx_type *type, ctx_entry entry, const void *value) {
  ctx_signature *signature = NULL;
  EXPECT_EQ(CTX_OK, ctx_signature_create(&signature, type, &type, 1, CTX_NOT_VARIADIC));
  EXPECT_EQ(CTX_OK, ctx_init_signature(&child, stack, STACK_SIZE, NULL, entry, signature, &value));
  return signature;
}

#ifdef CTX_INSTRUMENTED_
#define SKIP_INSTRUMENTED CTX_SKIP("the compiler's own code between the steps is not looked at")
#else
#define SKIP_INSTRUMENTED
#endif

CTX_TEST(VectorInstructions, WithoutAvxNoneOfAvx) {
  SKIP_INSTRUMENTED;
  const uint8_t processor = ctx_asm_vector_size;
  ctx_asm_vector_size = 16;
  const long double value = 1.25L;
  ctx_signature *signature = init(&ctx_type_long_double, return_st0, &value);
  swap_in_steps();
  EXPECT_EQ(0, num_avx);
  EXPECT_EQ(0, num_avx512);
  long double result = 0;
  EXPECT_EQ(CTX_OK, ctx_retval_get(&child, signature, &result));
  EXPECT_TRUE(result == value);
  ctx_signature_destroy(signature);
  ctx_asm_vector_size = processor;
}

static const float ymm_value[8] = {1, -2, 3, -4, 5, -6, 7, -8};

CTX_TEST(VectorInstructions, WithAvxNoneOfAvx512) {
  SKIP_INSTRUMENTED;
  if (!__builtin_cpu_supports("avx")) CTX_SKIP("this processor has no AVX");
  const uint8_t processor = ctx_asm_vector_size;
  ctx_asm_vector_size = 32;
  ctx_signature *signature = init(&ctx_type_v256, return_ymm0, ymm_value);
  swap_in_steps();
  EXPECT_NE(0, num_avx);
  EXPECT_EQ(0, num_avx512);
  float result[8] = {0};
  EXPECT_EQ(CTX_OK, ctx_retval_get(&child, signature, result));
  EXPECT_MEMEQ(ymm_value, result, sizeof result);
  ctx_signature_destroy(signature);
  ctx_asm_vector_size = processor;
}

/* Swaps, and reads the upper half of ymm15 at once. */
__attribute__((target("avx"))) static void swap_and_read_upper(unsigned char upper[16]) {
  void (*volatile swap)(ctx_context *, ctx_context *) = ctx_swap;
  swap(&host, &child);
  __asm__ volatile("vextractf128 $1, %%ymm15, %0" : "=m"(*(unsigned char(*)[16])upper));
}

CTX_TEST(VectorInstructions, UpperHalvesAreCleanAfterAWideResult) {
  SKIP_INSTRUMENTED;
  if (!__builtin_cpu_supports("avx")) CTX_SKIP("this processor has no AVX");
  static const unsigned char clean[16];
  unsigned char upper[16];
  ctx_signature *signature = init(&ctx_type_v256, return_ymm0, ymm_value);
  host = (ctx_context){0};
  swap_and_read_upper(upper);
  EXPECT_MEMEQ(clean, upper, sizeof upper);
  ctx_signature_destroy(signature);
}
