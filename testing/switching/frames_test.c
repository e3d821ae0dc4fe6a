/* Frames in which compilers address locals in unusual ways, around a switch in the same function:
 * variable-sized and over-aligned locals (for which compilers keep a base pointer in a callee-saved
 * register), and many registers in use. Built without and with optimisation. */
#include <string.h>

#include "ctx/ctx.h"
#include "ctx/inline.h"
#include "testing/harness/harness.h"
#include "testing/harness/registers.h"
#include "testing/switching/forms.h"

#pragma GCC diagnostic ignored "-Wvla" /* they are what is tested */

enum { STACK_SIZE = 65536 };
CTX_STACK(stack, STACK_SIZE);

typedef struct world {
  ctx_context host;
  ctx_context child;
  uint64_t child_seed;
} world;

/* Puts other values in all registers at each switch. */
static void disturb(world *w) {
  for (;;) {
    char verdict[CTX_TEST_VERDICT_SIZE];
    ctx_test_check_registers(&w->child_seed, ctx_swap, &w->child, &w->host, verdict);
  }
}

#define DEFINE_FRAME(name, swap)                                                             \
  __attribute__((__noinline__)) static uint64_t name(world *w, size_t num, uint64_t start) { \
    uint64_t overaligned[8] __attribute__((__aligned__(128)));                               \
    uint64_t variable[num];                                                                  \
    memset(overaligned, 0, sizeof overaligned);                                              \
    for (size_t i = 0; i < num; i++)                                                         \
      variable[i] = start + i;                                                               \
    for (size_t i = 0; i < num; i++) {                                                       \
      overaligned[i % 8] += variable[i];                                                     \
      swap(&w->host, &w->child);                                                             \
      EXPECT_EQ(0, (uintptr_t)overaligned % 128);                                            \
    }                                                                                        \
    uint64_t sum = 0;                                                                        \
    for (size_t i = 0; i < 8; i++)                                                           \
      sum += overaligned[i];                                                                 \
    for (size_t i = 0; i < num; i++)                                                         \
      sum += variable[i];                                                                    \
    return sum;                                                                              \
  }

static void (*volatile external_swap)(ctx_context *from, ctx_context *to) = ctx_swap;
DEFINE_FRAME(frame_callless, ctx_swap)
DEFINE_FRAME(frame_external, external_swap)
DEFINE_FRAME(frame_inline, ctx_swap_inline)

CTX_TEST(Frames, VariableSizedAndOverAlignedLocals) {
  world w = {.child_seed = 1};
  ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)disturb, CTX_ARGS(&w)));
  for (size_t num = 1; num <= 20; num++) {
    ctx_test_note("%zu", num);
    uint64_t expected = 2 * (1000 * num + num * (num - 1) / 2);
    EXPECT_EQ(expected, frame_callless(&w, num, 1000));
    EXPECT_EQ(expected, frame_external(&w, num, 1000));
    EXPECT_EQ(expected, frame_inline(&w, num, 1000));
  }
}

/* The caller of such a function has values in its own callee-saved registers. */
static void call_frame_callless(struct ctx_context *from, struct ctx_context *to) {
  (void)to;
  frame_callless((world *)(void *)from, 5, 1);
}
static void call_frame_inline(struct ctx_context *from, struct ctx_context *to) {
  (void)to;
  frame_inline((world *)(void *)from, 5, 1);
}

CTX_TEST(Frames, CallersRegistersAreKept) {
  world w = {.child_seed = 2};
  uint64_t seed = 3;
  char verdict[CTX_TEST_VERDICT_SIZE];
  ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)disturb, CTX_ARGS(&w)));
  EXPECT_NO_COMPLAINT(ctx_test_check_registers(&seed, call_frame_callless, &w.host, NULL, verdict));
  EXPECT_NO_COMPLAINT(ctx_test_check_registers(&seed, call_frame_inline, &w.host, NULL, verdict));
}

/* Two switches in one function, and a switch in a loop with a branch to each form. */
static void take_turns(world *w) {
  for (;;)
    ctx_swap(&w->child, &w->host);
}

CTX_TEST(Frames, SeveralSwitchesInOneFunction) {
  world w = {.child_seed = 4};
  ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)take_turns, CTX_ARGS(&w)));
  uint64_t sum = 0;
  for (uint64_t i = 0; i < 30; i++) {
    ctx_context *from = &w.host;
    ctx_context *to = &w.child;
    if (i % 3 == 0) {
      ctx_swap(from, to);
    } else if (i % 3 == 1) {
      ctx_swap_inline(from, to);
    } else {
      external_swap(from, to);
    }
    ctx_swap(from, to);
    ctx_swap_inline(from, to);
    sum += i;
    EXPECT_EQ(&w.host, from);
    EXPECT_EQ(&w.child, to);
  }
  EXPECT_EQ(435, sum);
}
