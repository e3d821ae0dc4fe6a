/* Where an indirect jump or call can go in the assembly there is a landing pad for it, as the
 * object's note promises (GNU_PROPERTY_AARCH64_FEATURE_1_BTI); before the places where contexts go
 * on there is a trap, for unwinders to look up. Most processors would not notice if they were
 * missing; landing_pad_test has one that does, and is slow. */
#include "ctx/arch/aarch64_aapcs64/layout.h"
#include "ctx/ctx.h"
#include "testing/harness/harness.h"

#define ctx_asm_swap CTX_BODY_NAME_(ctx_asm_swap)
#define ctx_asm_yield CTX_BODY_NAME_(ctx_asm_yield)

/* Of instructions, which have four bytes each. */
typedef const uint32_t code[];
extern code ctx_asm_return_from_swap, ctx_asm_swap, ctx_asm_yield, ctx_asm_set;
extern code ctx_asm_activate, ctx_asm_enter, ctx_asm_enter_bare;
extern code ctx_asm_on_top, ctx_asm_threw, ctx_asm_personality, ctx_asm_orphan;
extern code ctx_system_set_from_signal;

#define BTI_C 0xd503245fu
#define BTI_J 0xd503249fu
#define UDF 0u
#define RESUME (CTX_RESUME_OFFSET / 4)

static const uint32_t *const resumed[] = {ctx_asm_return_from_swap, ctx_asm_on_top,
                                          ctx_asm_activate, ctx_asm_orphan};

CTX_TEST(BranchTarget, OfCallsTakesCalls) {
  const uint32_t *const targets[] = {
      ctx_asm_swap,
      ctx_asm_yield,
#ifndef CTX_INSTRUMENTED_
      (const uint32_t *)(uintptr_t)ctx_swap,
      (const uint32_t *)(uintptr_t)ctx_swap_with,
      (const uint32_t *)(uintptr_t)ctx_yield,
#endif
      ctx_asm_set,
      ctx_asm_personality,
      ctx_system_set_from_signal,
  };
  for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
    ctx_test_note("target %zu", i);
    EXPECT_EQ(BTI_C, targets[i][0]);
  }
}

CTX_TEST(BranchTarget, OfJumpsTakesJumps) {
  EXPECT_EQ(BTI_J, ctx_asm_enter[0]);
  EXPECT_EQ(BTI_J, ctx_asm_enter_bare[0]);
  EXPECT_EQ(BTI_J, ctx_asm_threw[0]);
  for (size_t i = 0; i < sizeof resumed / sizeof resumed[0]; i++) {
    ctx_test_note("target %zu", i);
    EXPECT_EQ(BTI_J, resumed[i][RESUME]);
  }
}

CTX_TEST(BranchTarget, FollowsATrapWhereAContextGoesOn) {
  for (size_t i = 0; i < sizeof resumed / sizeof resumed[0]; i++) {
    ctx_test_note("target %zu", i);
    EXPECT_EQ(UDF, resumed[i][0]);
  }
  EXPECT_EQ(UDF, ctx_asm_orphan[RESUME + 1]);
}
