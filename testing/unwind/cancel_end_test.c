/* Where all frames of a cancelled context have been unwound, it is at its root again, and a
 * backtrace goes on in whoever has cancelled it: at each instruction there. Before that it goes
 * through the unwinder. */
#include <stdio.h>
#include <string.h>

#include "ctx/ctx.h"
#include "testing/arch/machine.h"
#include "testing/harness/harness.h"
#include "testing/unwind/sentinels.h"
#include "testing/unwind/single_step.h"
#include "testing/unwind/swap_forms.h"
#include "testing/unwind/trace.h"

#define STACK_SIZE 65536
CTX_STACK(stack, STACK_SIZE);

static ctx_context host;
static ctx_context child;

/* A function, which jumps to the last part of the one in which a context begins. */
extern const char ctx_asm_end_cancelled[], ctx_asm_cancelled[], ctx_asm_orphan[];
/* The first of them as a function, with arguments that leave something in registers. */
typedef void end_with(uintptr_t root, uint64_t a, uint64_t b, double c, double d);

#define HOST_FRAMES \
  "ctx_asm_return_from_swap ctx_cancel cancels trace_with_sentinels steps ... main"
static const char unwinder_frames[] =
    "ctx_asm_end_cancelled ctx_stop_at_root ... ctx_unwind ctx_asm_on_top ctx_asm_return_from_swap "
    "swaps_external trace_with_sentinels leaves ctx_asm_activate " HOST_FRAMES;
static const char root_frames[] = "ctx_asm_activate " HOST_FRAMES;
/* Those of the test that is running. */
static const char *expected_first = unwinder_frames, *expected_last = root_frames;
/* Which of them each unwinder has seen, one after the other: 'u' and 'r'. */
static char seen[TRACE_NUM_UNWINDERS][8];

static void see(char *order, char which) {
  size_t length = strlen(order);
  if (length != 0 && order[length - 1] == which) return;
  if (length + 1 < sizeof seen[0]) order[length] = which;
}

static void visit(ucontext_t *interrupted) {
  static trace actual;
  const uint64_t at = machine_program_counter(interrupted);
  if (at < (uintptr_t)ctx_asm_cancelled || at >= (uintptr_t)ctx_asm_orphan) return;
  for (size_t i = 0; i < TRACE_NUM_UNWINDERS; i++) {
    const trace_unwinder *unwinder = &trace_unwinders[i];
    if (unwinder->walk_interrupted == NULL || !unwinder->is_there()) continue;
    unwinder->walk_interrupted(&actual, interrupted);
    ctx_test_note("by %s", unwinder->name);
    bool is_at_root = trace_matches(&actual, expected_last);
    EXPECT_TRACE(is_at_root ? expected_last : expected_first, &actual);
    see(seen[i], is_at_root ? 'r' : 'u');
  }
}

TRACE_FRAME static void leaves(void) {
  trace_with_sentinels(swap_forms[2].swap, &child, &host);
  TRACE_NO_TAIL_CALL;
}

TRACE_FRAME static void cancels(ctx_context *from, ctx_context *to) {
  EXPECT_EQ(CTX_OK, ctx_cancel(from, to));
  TRACE_NO_TAIL_CALL;
}

TRACE_FRAME static void steps(void) {
  step_begin();
  trace_with_sentinels(cancels, &host, &child);
  step_end();
}

static void expect_both_were_seen(void) {
  EXPECT_EQ(CTX_STATE_CANCELLED, ctx_state(&child));
  for (size_t i = 0; i < TRACE_NUM_UNWINDERS; i++) {
    if (trace_unwinders[i].walk_interrupted != NULL && trace_unwinders[i].is_there())
      EXPECT_STREQ("ur", seen[i]);
  }
  memset(seen, 0, sizeof seen);
}

CTX_TEST(CancelEnd, EveryInstructionUnwinds) {
#ifdef CTX_INSTRUMENTED_
  CTX_SKIP("the assembly is that of plain builds, but other functions come between its steps");
#endif
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, leaves, CTX_NO_ARGS));
  ctx_swap(&host, &child);
  step_install(visit);
  steps();
  step_uninstall();
  expect_both_were_seen();
}

/* The frame pointer of the caller of the function that asks. */
static uintptr_t frame_in(const void *record) {
  uintptr_t frame;
  memcpy(&frame, record, sizeof frame);
  return frame;
}
#define CALLER_FRAME() frame_in(machine_frame_record(__builtin_frame_address(0)))

/* A caller that is found by its frame pointer alone: its frame's size is not a constant. */
TRACE_FRAME static void ends(size_t num_bytes) {
  memset(__builtin_alloca(num_bytes), 0, num_bytes);
  uintptr_t root = CALLER_FRAME();
  step_begin();
  ((end_with *)(uintptr_t)ctx_asm_end_cancelled)(root, 0, 0, 0, 0);
  TRACE_NO_TAIL_CALL;
}

TRACE_FRAME static void swaps(void) {
  ctx_swap(&host, &child);
  step_end();
}

CTX_TEST(CancelEnd, EveryInstructionKeepsTheFramePointer) {
#ifdef CTX_INSTRUMENTED_
  CTX_SKIP("the assembly is that of plain builds, but other functions come between its steps");
#endif
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, CTX_ENTRY(ends), CTX_ARGS(ctx_u64(100))));
  expected_first = "ctx_asm_end_cancelled ends ctx_asm_activate ... swaps ... main";
  expected_last = "ctx_asm_activate ... swaps ... main";
  step_install(visit);
  swaps();
  step_uninstall();
  expect_both_were_seen();
}

/* A result is 0, whatever the unwinder has left in registers. Here that is arguments. */
static void end_at_once(void) {
  ((end_with *)(uintptr_t)ctx_asm_end_cancelled)(CALLER_FRAME(), 1, 2, 3.5, 4.5);
}

CTX_TEST(CancelEnd, LeavesNoResult) {
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, end_at_once, CTX_NO_ARGS));
  ctx_swap(&host, &child);
  EXPECT_EQ(CTX_STATE_CANCELLED, ctx_state(&child));
  static const ctx_bytes16 zeros;
  const ctx_bytes16 fp = ctx_retval_fp(&child);
  EXPECT_MEMEQ(zeros.bytes, fp.bytes, sizeof zeros.bytes);
  EXPECT_EQ(0, ctx_retval_gp(&child, 0));
  EXPECT_EQ(0, ctx_retval_gp(&child, 1));
}
