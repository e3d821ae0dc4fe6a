/* Unwinding follows 64 parents in search of a host. Where it ends, it does not matter what lies on
 * a stack beside the root frame. */
#include <stdio.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/unwind/trace.h"

enum { MAX_PARENTS = 64, NUM_CONTEXTS = MAX_PARENTS + 1, STACK_SIZE = 65536 };
static char stacks[NUM_CONTEXTS][STACK_SIZE] __attribute__((aligned(16)));
static ctx_context contexts[NUM_CONTEXTS];
static ctx_context host;

static const trace_unwinder *unwinder;
static trace innermost;

TRACE_FRAME static void leaf(void) {
  unwinder->walk(&innermost);
  TRACE_NO_TAIL_CALL;
}

/* ---- A chain: each context is resumed by the one before it, the first by the host ---- */

TRACE_FRAME static void nest(size_t depth, size_t wanted) {
  if (depth == wanted) {
    leaf();
    TRACE_NO_TAIL_CALL;
    return;
  }
  ASSERT_EQ(CTX_OK, ctx_init(&contexts[depth], stacks[depth], STACK_SIZE, (ctx_entry)nest,
                             CTX_ARGS(depth + 1, wanted)));
  ctx_swap(depth == 0 ? &host : &contexts[depth - 1], &contexts[depth]);
  TRACE_NO_TAIL_CALL;
}

/* The host is a `depth`th parent. */
static void walk_from(size_t depth) {
  host = (ctx_context){0};
  nest(0, depth);
}

#define FOR_EACH_UNWINDER                                        \
  for (size_t i = 0; i < TRACE_NUM_UNWINDERS; i++)               \
    if (unwinder = &trace_unwinders[i], !unwinder->is_there()) { \
      fprintf(stderr, "%s is not there\n", unwinder->name);      \
    } else

CTX_TEST(Parents, AHostIsFoundAmong64) {
  FOR_EACH_UNWINDER {
    ctx_test_note("%s", unwinder->name);
    walk_from(MAX_PARENTS);
    /* It is longer than a trace can be, so only that it goes on is looked at. */
    EXPECT_TRUE(innermost.num_frames > MAX_PARENTS);
  }
}

CTX_TEST(Parents, ALongerChainIsTakenForARing) {
  FOR_EACH_UNWINDER {
    ctx_test_note("%s", unwinder->name);
    walk_from(MAX_PARENTS + 1);
    EXPECT_TRACE("leaf nest ctx_asm_activate ctx_asm_orphan $", &innermost);
  }
}

/* ---- A ring of two: with arguments in memory the stack pointer is not at the root frame ---- */

TRACE_FRAME static void ring_entry(int a, int b, int c, int d, int e, int f, int g, int h) {
  ctx_swap(&contexts[0], &contexts[1]);
  leaf();
  EXPECT_EQ(36, a + b + c + d + e + f + g + h);
  ctx_set(&host);
}
static void ring_partner(void) { ctx_swap(&contexts[1], &contexts[0]); }

CTX_TEST(Parents, ARingEndsBelowArgumentsInMemory) {
  FOR_EACH_UNWINDER {
    ctx_test_note("%s", unwinder->name);
    ASSERT_EQ(CTX_OK, ctx_init(&contexts[0], stacks[0], STACK_SIZE, (ctx_entry)ring_entry,
                               CTX_ARGS(1, 2, 3, 4, 5, 6, 7, 8)));
    ASSERT_EQ(CTX_OK, ctx_init(&contexts[1], stacks[1], STACK_SIZE, ring_partner, CTX_NO_ARGS));
    host = (ctx_context){0};
    ctx_swap(&host, &contexts[0]);
    EXPECT_TRACE("leaf ring_entry ctx_asm_activate ctx_asm_orphan $", &innermost);
  }
}
