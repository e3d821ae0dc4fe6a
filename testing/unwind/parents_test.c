/* Unwinding goes on through parents for as long as each waits for its child, to a host at any
 * depth. Where it ends, it does not matter what lies on a stack beside the root frame. */
#include <stdio.h>
#include <string.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/unwind/trace.h"

enum { NUM_CONTEXTS = 200, STACK_SIZE = 65536 };
static char stacks[NUM_CONTEXTS][STACK_SIZE] __attribute__((aligned(16)));
static ctx_context contexts[NUM_CONTEXTS];
static ctx_context host;

static const trace_unwinder *unwinder;
static trace innermost;

TRACE_FRAME static void leaf(void) {
  unwinder->walk(&innermost);
  TRACE_NO_TAIL_CALL;
}

#define FOR_EACH_UNWINDER                                        \
  for (size_t i = 0; i < TRACE_NUM_UNWINDERS; i++)               \
    if (unwinder = &trace_unwinders[i], !unwinder->is_there()) { \
      fprintf(stderr, "%s is not there\n", unwinder->name);      \
    } else

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

static size_t num_frames_of(const char *function) {
  size_t num = 0;
  for (size_t i = 0; i < innermost.num_frames; i++) {
    if (strcmp(innermost.names[i], function) == 0) num++;
  }
  return num;
}

/* The host is a `depth`th parent. */
static void expect_chain(size_t depth) {
  FOR_EACH_UNWINDER {
    ctx_test_note("%s, %zu", unwinder->name, depth);
    host = (ctx_context){0};
    nest(0, depth);
    EXPECT_TRACE("leaf nest ctx_asm_activate nest ... main", &innermost);
    EXPECT_EQ(depth, num_frames_of("ctx_asm_activate"));
    EXPECT_EQ(depth + 1, num_frames_of("nest"));
  }
}

CTX_TEST(Parents, AHostIsFoundAtAnyDepth) {
  expect_chain(1);
  expect_chain(64);
  expect_chain(65);
  expect_chain(NUM_CONTEXTS);
}

/* ---- A ring: with arguments in memory the stack pointer is not at the root frame ---- */

TRACE_FRAME static void ring_entry(int a, int b, int c, int d, int e, int f, int g, int h) {
  ctx_swap(&contexts[0], &contexts[1]);
  leaf();
  EXPECT_EQ(36, a + b + c + d + e + f + g + h);
  ctx_set(&host);
}

/* The last of the ring swaps to the first. */
TRACE_FRAME static void ring_partner(size_t index, size_t num) {
  ctx_swap(&contexts[index], &contexts[(index + 1) % num]);
  TRACE_NO_TAIL_CALL;
}

static void expect_ring(size_t num, const char *pattern) {
  FOR_EACH_UNWINDER {
    ctx_test_note("%s, %zu", unwinder->name, num);
    ASSERT_EQ(CTX_OK, ctx_init(&contexts[0], stacks[0], STACK_SIZE, (ctx_entry)ring_entry,
                               CTX_ARGS(1, 2, 3, 4, 5, 6, 7, 8)));
    for (size_t k = 1; k < num; k++) {
      ASSERT_EQ(CTX_OK, ctx_init(&contexts[k], stacks[k], STACK_SIZE, (ctx_entry)ring_partner,
                                 CTX_ARGS(k, num)));
    }
    host = (ctx_context){0};
    ctx_swap(&host, &contexts[0]);
    EXPECT_TRACE(pattern, &innermost);
    EXPECT_EQ(num - 1, num_frames_of("ring_partner"));
    EXPECT_EQ(num, num_frames_of("ctx_asm_activate"));
  }
}

CTX_TEST(Parents, ARingEndsWhereItComesRound) {
  expect_ring(2, "leaf ring_entry ctx_asm_activate ring_partner ctx_asm_activate ctx_asm_orphan $");
  expect_ring(70, "leaf ring_entry ctx_asm_activate ring_partner ... ctx_asm_orphan $");
}
