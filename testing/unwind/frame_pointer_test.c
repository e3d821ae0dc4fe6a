/* A walk along frame pointers, as profilers do it, ends at the child's root frame: a zero record on
 * the child's own stack. This file is compiled with frame pointers. */
#include "ctx/ctx.h"
#include "testing/arch/machine.h"
#include "testing/harness/harness.h"
#include "testing/unwind/trace.h"

#define STACK_SIZE 65536

CTX_STACK(stack, STACK_SIZE);

/* A frame pointer stands for one (machine_frame_record). */
struct record {
  const void *caller; /* its frame pointer */
  uintptr_t return_address;
};

static ctx_context host;
static ctx_context child;
static size_t num_records;

static bool is_on_stack(const struct record *record) {
  uintptr_t address = (uintptr_t)record;
  return address >= (uintptr_t)stack && address + sizeof *record <= (uintptr_t)stack + STACK_SIZE;
}

/* Walks from the caller's frame on: each record must lie above the one before, on the stack. */
TRACE_FRAME static void walk(void) {
  const struct record *record = machine_frame_record(__builtin_frame_address(0));
  const struct record *below = NULL;
  num_records = 0;
  while (record->caller != NULL) {
    num_records++;
    below = record;
    record = machine_frame_record(record->caller);
    ASSERT_TRUE(is_on_stack(record));
    ASSERT_TRUE(record > below);
  }
  /* The last one ends the chain by having no caller. Some profilers read its address, too. */
  EXPECT_EQ(0, record->return_address);
}

TRACE_FRAME static void inner(void) {
  walk();
  TRACE_NO_TAIL_CALL;
}

TRACE_FRAME static void entry(void) {
  inner();
  TRACE_NO_TAIL_CALL;
}

TRACE_FRAME static uint64_t entry_with_arguments(uint64_t a, uint64_t b, uint64_t c, uint64_t d,
                                                 uint64_t e, uint64_t f, uint64_t g) {
  inner();
  return a + b + c + d + e + f + g;
}

TRACE_FRAME static void callback(void *data) {
  inner();
  (*(int *)data)++;
}

CTX_TEST(FramePointers, EndAtAZeroRecordOfTheChildsStack) {
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, entry, CTX_NO_ARGS));
  ctx_swap(&host, &child);
  EXPECT_EQ(3, num_records);
}

CTX_TEST(FramePointers, EndAboveArgumentsInMemory) {
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, (ctx_entry)entry_with_arguments,
                             CTX_ARGS(1, 2, 3, 4, 5, 6, 7)));
  ctx_swap(&host, &child);
  EXPECT_EQ(3, num_records);
  EXPECT_EQ(28, ctx_retval_u64(&child));
}

/* In instrumented builds functions of the library call callbacks. */
CTX_TEST(FramePointers, EndAboveCallbacks) {
  int num_callbacks = 0;
  ctx_options options = {.activation = callback,
                         .activation_data = &num_callbacks,
                         .backstop = callback,
                         .backstop_data = &num_callbacks};
  ASSERT_EQ(CTX_OK, ctx_init_with_options(&child, stack, STACK_SIZE, &options, entry, CTX_NO_ARGS));
  ctx_swap(&host, &child);
  EXPECT_EQ(2, num_callbacks);
  EXPECT_TRUE(num_records >= 3);
}

/* ---- From a function on top ---- */

/* `from` goes on once the host has run something on top of it. */
static void (*volatile external_swap)(ctx_context *from, ctx_context *to) = ctx_swap;

TRACE_FRAME static void leave_by_header(void) {
  ctx_swap(&child, &host);
  TRACE_NO_TAIL_CALL;
}

TRACE_FRAME static void leave_by_call(void) {
  external_swap(&child, &host);
  TRACE_NO_TAIL_CALL;
}

TRACE_FRAME static void on_top(void *unused) {
  (void)unused;
  walk();
  TRACE_NO_TAIL_CALL;
}

/* The walk's own, the function's on top, its frame's, and those of the two that the child has
 * called; instrumented builds have more. */
static void expect_walk_through(void (*entry_that_leaves)(void)) {
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, entry_that_leaves, CTX_NO_ARGS));
  ctx_swap(&host, &child);
  num_records = 0;
  ctx_swap_with(&host, &child, on_top, NULL);
#ifdef CTX_INSTRUMENTED_
  EXPECT_TRUE(num_records >= 4);
#else
  EXPECT_EQ(4, num_records);
#endif
  EXPECT_TRUE(ctx_has_returned(&child));
}

CTX_TEST(FramePointers, GoOnBelowAFunctionOnTop) {
  expect_walk_through(leave_by_header);
  expect_walk_through(leave_by_call);
}
