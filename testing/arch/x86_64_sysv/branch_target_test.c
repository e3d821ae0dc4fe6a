/* Where an indirect jump or call can go in the assembly there is an endbr64, as the object's note
 * promises (GNU_PROPERTY_X86_FEATURE_1_IBT); before the places where contexts go on there is a
 * trap, for unwinders to look up. No processor here would notice if they were missing. */
#include "ctx/arch/x86_64_sysv/layout.h"
#include "ctx/ctx.h"
#include "testing/harness/harness.h"

#define ctx_asm_swap CTX_BODY_NAME_(ctx_asm_swap)
#define ctx_asm_yield CTX_BODY_NAME_(ctx_asm_yield)

typedef unsigned char code[];
extern code ctx_asm_return_from_swap, ctx_asm_swap, ctx_asm_yield, ctx_asm_set;
extern code ctx_asm_activate, ctx_asm_enter, ctx_asm_enter_bare, ctx_asm_enter_wide;
extern code ctx_asm_on_top, ctx_asm_threw, ctx_asm_personality, ctx_asm_orphan;
extern code ctx_system_set_from_signal;

static const unsigned char endbr64[] = {0xf3, 0x0f, 0x1e, 0xfa};
static const unsigned char ud2[] = {0x0f, 0x0b};

CTX_TEST(BranchTarget, BeginsWithEndbr64) {
  const unsigned char *const targets[] = {
      ctx_asm_swap,
      ctx_asm_yield,
#ifndef CTX_INSTRUMENTED_
      (const unsigned char *)(uintptr_t)ctx_swap,
      (const unsigned char *)(uintptr_t)ctx_swap_with,
      (const unsigned char *)(uintptr_t)ctx_yield,
#endif
      ctx_asm_set,
      ctx_asm_enter,
      ctx_asm_enter_bare,
      ctx_asm_enter_wide,
      ctx_asm_threw,
      ctx_asm_personality,
      ctx_system_set_from_signal,
      ctx_asm_return_from_swap + CTX_RESUME_OFFSET,
      ctx_asm_on_top + CTX_RESUME_OFFSET,
      ctx_asm_activate + CTX_RESUME_OFFSET,
      ctx_asm_orphan + CTX_RESUME_OFFSET,
  };
  for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
    ctx_test_note("target %zu", i);
    EXPECT_MEMEQ(endbr64, targets[i], sizeof endbr64);
  }
}

CTX_TEST(BranchTarget, FollowsATrapWhereAContextGoesOn) {
  const unsigned char *const functions[] = {ctx_asm_return_from_swap, ctx_asm_on_top,
                                            ctx_asm_activate, ctx_asm_orphan};
  for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
    ctx_test_note("function %zu", i);
    EXPECT_MEMEQ(ud2, functions[i], sizeof ud2);
  }
  EXPECT_MEMEQ(ud2, ctx_asm_orphan + CTX_RESUME_OFFSET + sizeof endbr64, sizeof ud2);
}
