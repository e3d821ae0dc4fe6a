/* Where an exception has left an entry, the context is at its root again, and a backtrace goes on
 * in its parent: at each instruction there, and of the switch from there to the parent, on top of
 * which the exception is thrown again. */
#include <stdio.h>
#include <string.h>

#include "ctx/ctx.h"
#include "testing/arch/machine.h"
#include "testing/harness/harness.h"
#include "testing/unwind/sentinels.h"
#include "testing/unwind/single_step.h"
#include "testing/unwind/swap_forms.h"
#include "testing/unwind/symbols.h"
#include "testing/unwind/thrower.h"
#include "testing/unwind/trace.h"

#define STACK_SIZE 65536
CTX_STACK(stack, STACK_SIZE);

static ctx_context host;
static ctx_context child;

/* The last part of the function in which a context begins. */
extern const char ctx_asm_threw[], ctx_asm_end_cancelled[];

/* Traces, and where they are taken, one after the other. */
#define HOST_FRAMES "ctx_asm_return_from_swap thrower_catches trace_with_sentinels steps ... main"
#define END_FRAMES "ctx_end_by_exception ctx_asm_activate " HOST_FRAMES
static const struct {
  const char *function;
  const char *frames;
} phases[] = {{"ctx_asm_activate", "ctx_asm_activate " HOST_FRAMES},
              {"ctx_asm_yield_with", "ctx_asm_yield_with " END_FRAMES},
              {YIELD_BODY, YIELD_BODY " ctx_asm_return_from_swap " END_FRAMES},
              {YIELD_BODY, YIELD_BODY " ctx_asm_on_top " HOST_FRAMES},
              {"ctx_asm_on_top", "ctx_asm_on_top " HOST_FRAMES}};
enum { NUM_PHASES = sizeof phases / sizeof phases[0] };
static size_t phase;
static bool has_begun;
static int num_seen[NUM_PHASES];

static void visit(ucontext_t *interrupted) {
  static trace actual;
  const uint64_t at = machine_program_counter(interrupted);
  if (at == (uintptr_t)ctx_asm_threw) has_begun = true;
  if (!has_begun) return;
  const char *function = symbol_name(at);
  size_t now = phase;
  if (strcmp(function, phases[now].function) != 0 && now + 1 < NUM_PHASES) now++;
  if (strcmp(function, phases[now].function) != 0) return;
  for (size_t i = 0; i < TRACE_NUM_UNWINDERS; i++) {
    const trace_unwinder *unwinder = &trace_unwinders[i];
    if (unwinder->walk_interrupted == NULL || !unwinder->is_there()) continue;
    unwinder->walk_interrupted(&actual, interrupted);
    /* The body's last instructions show where it leads. */
    if (now + 1 < NUM_PHASES && strcmp(function, phases[now + 1].function) == 0 &&
        trace_matches(&actual, phases[now + 1].frames)) {
      now++;
    }
    ctx_test_note("by %s, in %s", unwinder->name, function);
    EXPECT_TRACE(phases[now].frames, &actual);
  }
  phase = now;
  num_seen[phase]++;
}

TRACE_FRAME static void throws(void) {
  thrower_throws();
  TRACE_NO_TAIL_CALL;
}

TRACE_FRAME static void steps(void) {
  step_begin();
  trace_with_sentinels(thrower_catches, &host, &child);
  step_end();
}

static void run(bool changes_fp) {
  phase = 0;
  has_begun = false;
  memset(num_seen, 0, sizeof num_seen);
  host = (ctx_context){0};
  const ctx_options options = {.flags = CTX_FLAG_THROW_TO_PARENT};
  ASSERT_EQ(CTX_OK,
            ctx_init_with_options(&child, stack, STACK_SIZE, &options, throws, CTX_NO_ARGS));
  if (changes_fp) machine_declare_other_fp(&child);
  step_install(visit);
  steps();
  step_uninstall();
  EXPECT_EQ(CTX_STATE_THREW, ctx_state(&child));
  for (size_t i = 0; i < NUM_PHASES; i++) {
    ctx_test_note("%s", phases[i].frames);
    EXPECT_TRUE(num_seen[i] > 0);
  }
}

CTX_TEST(ThrowEnd, EveryInstructionUnwinds) {
#ifdef CTX_INSTRUMENTED_
  CTX_SKIP("the assembly is that of plain builds, but other functions come between its steps");
#endif
  run(false);
  run(true);
}
