/* A leaf function's locals may lie below its rsp, where a switch must write nothing. */
#include "ctx/ctx.h"
#include "ctx/inline.h"
#include "testing/harness/harness.h"
#include "testing/harness/registers.h"
#include "testing/switching/forms.h"

enum { STACK_SIZE = 65536 };
CTX_STACK(stack, STACK_SIZE);

typedef struct world {
  ctx_context host;
  ctx_context child;
  const swap_form *form;
  uint64_t child_seed;
} world;

static void clobber_all(world *w) {
  for (;;) {
    uint64_t num_calls = 0;
    char verdict[CTX_TEST_VERDICT_SIZE];
    ctx_test_clobber_volatile(&num_calls);
    ctx_test_check_registers(&w->child_seed, w->form->swap, &w->child, &w->host, verdict);
  }
}

#define DEFINE_RED_ZONE(name, swap)                                             \
  __attribute__((__noinline__)) static uint64_t name(world *w, uint64_t seed) { \
    uint64_t locals[8];                                                         \
    for (size_t i = 0; i < 8; i++)                                              \
      locals[i] = seed + i;                                                     \
    __asm__ volatile("" : : "r"(locals) : "memory");                            \
    swap(&w->host, &w->child);                                                  \
    uint64_t sum = 0;                                                           \
    for (size_t i = 0; i < 8; i++)                                              \
      sum += locals[i] - seed;                                                  \
    return sum;                                                                 \
  }
DEFINE_RED_ZONE(red_zone_across_callless, ctx_swap)
DEFINE_RED_ZONE(red_zone_across_inline, ctx_swap_inline)

CTX_TEST(RedZone, IsKeptAcrossASwitch) {
  FOR_EACH_SWAP_FORM(back) {
    world w = {.form = back, .child_seed = 11};
    ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)clobber_all, CTX_ARGS(&w)));
    EXPECT_EQ(28, red_zone_across_callless(&w, 1000));
    EXPECT_EQ(28, red_zone_across_inline(&w, 2000));
  }
}
