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

#define DEFINE_RED_ZONE(name, leave)                                            \
  __attribute__((__noinline__)) static uint64_t name(world *w, uint64_t seed) { \
    uint64_t locals[8];                                                         \
    for (size_t i = 0; i < 8; i++)                                              \
      locals[i] = seed + i;                                                     \
    __asm__ volatile("" : : "r"(locals) : "memory");                            \
    leave(w);                                                                   \
    uint64_t sum = 0;                                                           \
    for (size_t i = 0; i < 8; i++)                                              \
      sum += locals[i] - seed;                                                  \
    return sum;                                                                 \
  }
#define SWAP_CALLLESS(w) ctx_swap(&(w)->host, &(w)->child)
#define SWAP_INLINE(w) ctx_swap_inline(&(w)->host, &(w)->child)
#define YIELD_CALLLESS(w) (void)ctx_yield(&(w)->child)
#define YIELD_INLINE(w) (void)ctx_yield_inline(&(w)->child)
DEFINE_RED_ZONE(red_zone_across_callless, SWAP_CALLLESS)
DEFINE_RED_ZONE(red_zone_across_inline, SWAP_INLINE)
DEFINE_RED_ZONE(red_zone_across_callless_yield, YIELD_CALLLESS)
DEFINE_RED_ZONE(red_zone_across_inline_yield, YIELD_INLINE)

CTX_TEST(RedZone, IsKeptAcrossASwitch) {
  FOR_EACH_SWAP_FORM(back) {
    world w = {.form = back, .child_seed = 11};
    ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)clobber_all, CTX_ARGS(&w)));
    EXPECT_EQ(28, red_zone_across_callless(&w, 1000));
    EXPECT_EQ(28, red_zone_across_inline(&w, 2000));
  }
}

static void yield_with_red_zones(world *w) {
  EXPECT_EQ(28, red_zone_across_callless_yield(w, 1000));
  EXPECT_EQ(28, red_zone_across_inline_yield(w, 2000));
}

CTX_TEST(RedZone, IsKeptAcrossAYield) {
  FOR_EACH_SWAP_FORM(out) {
    world w = {0};
    ASSERT_EQ(CTX_OK,
              ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)yield_with_red_zones, CTX_ARGS(&w)));
    for (int i = 0; i < 3; i++)
      out->swap(&w.host, &w.child);
    EXPECT_TRUE(ctx_has_returned(&w.child));
  }
}

/* A function on top has a frame of its own, and calls more. */
static void fill_stack(void *data) {
  volatile char frame[1024];
  for (size_t i = 0; i < sizeof frame; i++)
    frame[i] = (char)0xa5;
  (void)data;
}

CTX_TEST(RedZone, IsKeptBelowAFunctionOnTop) {
  world w = {0};
  ASSERT_EQ(CTX_OK,
            ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)yield_with_red_zones, CTX_ARGS(&w)));
  for (int i = 0; i < 3; i++)
    ctx_swap_with(&w.host, &w.child, fill_stack, NULL);
  EXPECT_TRUE(ctx_has_returned(&w.child));
}

/* All of it: here the child left by a call, and has nothing there that is needed. */
enum { RED_ZONE = 128 };

static void expect_red_zone(void *data) {
  const world *w = data;
  const char *top = ctx_context_stack_top_(&w->child);
  for (int i = 1; i <= RED_ZONE; i++)
    EXPECT_EQ((char)i, top[-i]);
}

static void leave_by_call(world *w) {
  void (*volatile swap)(ctx_context *, ctx_context *) = ctx_swap;
  swap(&w->child, &w->host);
}

CTX_TEST(RedZone, IsKeptToItsLowestByteBelowAFunctionOnTop) {
  world w = {0};
  ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)leave_by_call, CTX_ARGS(&w)));
  ctx_swap(&w.host, &w.child);
  char *top = (char *)(uintptr_t)ctx_context_stack_top_(&w.child);
  for (int i = 1; i <= RED_ZONE; i++)
    top[-i] = (char)i;
  ctx_swap_with(&w.host, &w.child, expect_red_zone, &w);
  EXPECT_TRUE(ctx_has_returned(&w.child));
}
