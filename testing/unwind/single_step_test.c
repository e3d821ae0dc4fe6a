/* A profiler's signal may come between any two instructions. So a trace is taken before every
 * instruction of the assembly, by two unwinders: until the moment of a switch it must show the
 * context that is left, from then on the one that is resumed, and nothing in between. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "ctx/ctx.h"
#include "testing/arch/machine.h"
#include "testing/harness/harness.h"
#include "testing/harness/registers.h"
#include "testing/signals/confine.h"
#include "testing/unwind/sentinels.h"
#include "testing/unwind/single_step.h"
#include "testing/unwind/swap_forms.h"
#include "testing/unwind/symbols.h"
#include "testing/unwind/trace.h"

#define STACK_SIZE 65536

CTX_STACK(stack_a, STACK_SIZE);
CTX_STACK(stack_b, STACK_SIZE);

/* ---- Phases, and the traces of each ---- */

#define MAX_PHASES 32
static char phases[MAX_PHASES][1024];
static size_t num_phases;
static size_t phase;
static bool lost; /* a trace was wrong: it is reported once */
static int num_short;
static bool was_cut; /* the last trace was */

static void expect_nothing(void) {
  num_phases = 0;
  phase = 0;
  num_short = 0;
  was_cut = false;
  lost = false;
}

/* The next phase: traces that begin with `begin`, and go on as `end`. */
static void then_expect(const char *begin, const char *end) {
  char pattern[sizeof phases[0]];
  snprintf(pattern, sizeof pattern, "%s %s", begin, end);
  if (num_phases != 0 && strcmp(pattern, phases[num_phases - 1]) == 0) return;
  ASSERT_TRUE(num_phases < MAX_PHASES);
  memcpy(phases[num_phases++], pattern, sizeof pattern);
}

static bool is_inline(const char *function) {
  return strcmp(function, "swaps_inline") == 0 || strcmp(function, "yields_inline") == 0;
}

static bool is_watched(const char *function) {
  return strncmp(function, "ctx_asm_", 8) == 0 || strcmp(function, "ctx_swap") == 0 ||
         strcmp(function, "ctx_swap_with") == 0 || strcmp(function, "ctx_yield") == 0 ||
         strcmp(function, "ctx_set") == 0 || strcmp(function, "ctx_system_set_from_signal") == 0 ||
         is_inline(function);
}

/* See ctx/inline.h: at its last three instructions the inline form is all that is seen. */
#define MAX_SHORT 3
static bool is_short(const trace *actual) {
  return !actual->failed && actual->num_frames == 1 && is_inline(actual->names[0]);
}

/* A swap to the parent ends the parent's wait before its own begins. So there is one instruction at
 * which the trace of `from` ends at its entry. */
static bool is_swap(const char *function) {
  return strcmp(function, SWAP_BODY) == 0 || strcmp(function, "swaps_inline") == 0;
}
static bool is_cut(const trace *actual, const char *phase_pattern) {
  static const char entered[] = "ctx_asm_activate";
  const char *at = strstr(phase_pattern, entered);
  if (at == NULL) return false;
  char pattern[sizeof phases[0] + sizeof " ctx_asm_orphan $"];
  snprintf(pattern, sizeof pattern, "%.*s ctx_asm_orphan $",
           (int)(at - phase_pattern + (ptrdiff_t)sizeof entered - 1), phase_pattern);
  return trace_matches(actual, pattern);
}

/* The inline form, once resumed, has one instruction to go until all registers are its own. */
static bool knows_registers(const char *function) { return !is_inline(function); }

static void visit(ucontext_t *interrupted) {
  static trace actual;
  const char *function = symbol_name(machine_program_counter(interrupted));
  if (lost || !is_watched(function)) return;
  bool may_be_short = num_short < MAX_SHORT;
  bool may_be_cut = !was_cut && is_swap(function);
  bool was_short = false;
  was_cut = false;
  for (size_t i = 0; i < TRACE_NUM_UNWINDERS; i++) {
    const trace_unwinder *unwinder = &trace_unwinders[i];
    if (unwinder->walk_interrupted == NULL || !unwinder->is_there()) continue;
    unwinder->walk_interrupted(&actual, interrupted);
    if (may_be_short && is_short(&actual)) {
      was_short = true;
      continue;
    }
    if (may_be_cut && is_cut(&actual, phases[phase])) {
      was_cut = true;
      continue;
    }
    bool matches = trace_matches(&actual, phases[phase]);
    if (!matches && phase + 1 < num_phases && trace_matches(&actual, phases[phase + 1])) {
      phase++;
      matches = true;
    }
    if (!knows_registers(function)) actual.num_wrong_sentinels = 0;
    if (!matches || actual.num_wrong_sentinels != 0) {
      char text[1024];
      fprintf(stderr, "by %s, in %s, at %#llx:\n", unwinder->name, function,
              (unsigned long long)machine_program_counter(interrupted));
      EXPECT_STREQ(phases[phase], trace_text(&actual, text, sizeof text));
      EXPECT_EQ(0, actual.num_wrong_sentinels);
      lost = true;
      return;
    }
  }
  num_short = was_short ? num_short + 1 : 0;
}

/* ---- The steps ---- */

static ctx_context host;
static ctx_context child;
static ctx_context other;
static const swap_form *host_form;
static const swap_form *child_form;
/* Otherwise it has other numbers in its registers than the host. */
static bool child_has_sentinels;

TRACE_FRAME static void steps(int num_swaps) {
  step_begin();
  for (int i = 0; i < num_swaps; i++)
    trace_with_sentinels(host_form->swap, &host, &child);
  step_end();
}

static void run_steps(int num_swaps) {
  step_install(visit);
  steps(num_swaps);
  step_uninstall();
  if (!lost) EXPECT_EQ(num_phases - 1, phase);
}

static char host_frames[256];
static char child_frames[512];

/* A switch by this form, from where a trace shows `from` to where it shows `to`, both as they are
 * while suspended. */
static void then_expect_swap(const swap_form *form, bool changes_fp, const char *from,
                             const char *to) {
  if (strcmp(form->name, "external") == 0) then_expect(form->function, strchr(from, ' ') + 1);
  if (strcmp(form->name, "inline") == 0) {
    then_expect("", from);
    if (!changes_fp) return;
  }
  then_expect(form->body, from);
  then_expect(form->body, to);
}

/* A resumed context is seen so before it is C code again. */
static void then_expect_resumed(const swap_form *form, const char *frames) {
  if (strcmp(form->name, "call-less") != 0) then_expect("", frames);
}

TRACE_FRAME static uint64_t entry(uint64_t a, double b, uint64_t c, uint64_t d, uint64_t e,
                                  uint64_t f, uint64_t g, uint64_t h) {
  if (child_has_sentinels) {
    trace_with_sentinels(child_form->swap, &child, &host);
  } else {
    child_form->swap(&child, &host);
  }
  return a + (uint64_t)b + c + d + e + f + g + h;
}

TRACE_FRAME static long double _Complex complex_entry(void) {
  entry(1, 2.0, 3, 4, 5, 6, 7, 8);
  return 1;
}

/* Its result is whatever is in the vector register. */
TRACE_FRAME static void vector_entry(void) {
  entry(1, 2.0, 3, 4, 5, 6, 7, 8);
  TRACE_NO_TAIL_CALL;
}

static void callback(void *data) { (*(int *)data)++; }

typedef enum passing {
  NOTHING,
  SCALARS,
  VECTOR_OF_16,
  VECTOR_OF_32,
  VECTOR_OF_64,
  NUM_PASSINGS
} passing_of_case;

/* Every register that a wide context loads and keeps, by the bytes of a vector that is passed. */
static ctx_signature *wide_signature(passing_of_case passing) {
  const ctx_type *const args[] = {passing == VECTOR_OF_16   ? &ctx_type_v128
                                  : passing == VECTOR_OF_32 ? &ctx_type_v256
                                                            : &ctx_type_v512};
  const ctx_type *result = passing == VECTOR_OF_16 ? &ctx_type_complex_long_double : args[0];
  ctx_signature *signature = NULL;
  ctx_status status = ctx_signature_create(&signature, result, args, 1, CTX_NOT_VARIADIC);
  if (status != CTX_OK) ctx_test_note("left out: %s", ctx_type_error());
  return signature;
}

static ctx_entry wide_entry(passing_of_case passing) {
  return passing == VECTOR_OF_16 ? (ctx_entry)complex_entry : vector_entry;
}

static ctx_status init_child(passing_of_case passing, const ctx_options *options,
                             const ctx_signature *signature) {
  static const char vector[64];
  switch (passing) {
    case NOTHING:
      return ctx_init_with_options(&child, stack_a, STACK_SIZE, options, (ctx_entry)entry,
                                   CTX_NO_ARGS);
    case SCALARS:
      return ctx_init_with_options(&child, stack_a, STACK_SIZE, options, (ctx_entry)entry,
                                   CTX_ARGS(1, 2.0, 3, 4, 5, 6, 7, 8));
    default:
      return ctx_init_signature(&child, stack_a, STACK_SIZE, options, wide_entry(passing),
                                signature, (const void *const[]){vector});
  }
}

/* Host to a fresh child, back, to the child again, which then returns. */
static void round_trip(passing_of_case passing, bool with_callbacks, bool changes_fp,
                       bool saves_fp) {
  ctx_signature *signature = passing >= VECTOR_OF_16 ? wide_signature(passing) : NULL;
  if (passing >= VECTOR_OF_16 && signature == NULL) return; /* not on this processor */
  int num_callbacks = 0;
  ctx_options options = {.flags = saves_fp ? CTX_FLAG_FP_SAVE : 0};
  if (with_callbacks) {
    options.activation = options.backstop = callback;
    options.activation_data = options.backstop_data = &num_callbacks;
  }
  host = (ctx_context){0};
  ASSERT_EQ(CTX_OK, init_child(passing, &options, signature));
  if (changes_fp) machine_declare_other_fp(&child);

  snprintf(host_frames, sizeof host_frames, "%s trace_with_sentinels steps ... main",
           host_form->frames);
  child_has_sentinels = with_callbacks;
  snprintf(child_frames, sizeof child_frames, "%s %s entry %s ctx_asm_activate %s",
           child_form->frames, child_has_sentinels ? "trace_with_sentinels" : "",
           passing == VECTOR_OF_16  ? "complex_entry"
           : passing > VECTOR_OF_16 ? "vector_entry"
                                    : "",
           host_frames);
  char fresh_frames[512];
  snprintf(fresh_frames, sizeof fresh_frames, "ctx_asm_activate %s", host_frames);

  bool is_slow = changes_fp || saves_fp;
  expect_nothing();
  /* The first switch away from a host reads the words that are in force. */
  then_expect_swap(host_form, true, host_frames, fresh_frames);
  then_expect("", fresh_frames);
  then_expect_swap(child_form, is_slow, child_frames, host_frames);
  then_expect_resumed(host_form, host_frames);
  then_expect_swap(host_form, is_slow, host_frames, child_frames);
  then_expect_resumed(child_form, child_frames);
  then_expect("", fresh_frames);
  then_expect_resumed(host_form, host_frames);
  run_steps(2);

  EXPECT_TRUE(ctx_has_returned(&child));
  EXPECT_EQ(with_callbacks ? 2 : 0, num_callbacks);
  if (passing == SCALARS) EXPECT_EQ(36, ctx_retval_u64(&child));
  ctx_signature_destroy(signature);
}

#ifdef CTX_INSTRUMENTED_
#define SKIP_INSTRUMENTED \
  CTX_SKIP("the assembly is that of plain builds, but other functions come between its steps")
#else
#define SKIP_INSTRUMENTED
#endif

/* ---- A function on top ---- */

/* It overwrites registers, and may leave from there. */
static bool leaves_on_top;
TRACE_FRAME static void on_top(void *data) {
  ctx_test_clobber_volatile(data);
  if (leaves_on_top) trace_with_sentinels(child_form->swap, &child, &host);
  TRACE_NO_TAIL_CALL;
}

static uint64_t num_on_top;
TRACE_FRAME static void swaps_with(ctx_context *from, ctx_context *to) {
  ctx_swap_with(from, to, on_top, &num_on_top);
  TRACE_NO_TAIL_CALL;
}
static const swap_form with_form = {"external", "ctx_asm_return_from_swap swaps_with",
                                    "ctx_swap_with", SWAP_BODY, swaps_with};

TRACE_FRAME static void steps_with(void) {
  step_begin();
  trace_with_sentinels(with_form.swap, &host, &child);
  if (leaves_on_top) trace_with_sentinels(host_form->swap, &host, &child);
  step_end();
}

TRACE_FRAME static void returns(void) { TRACE_NO_TAIL_CALL; }

/* Host to a child with a function on top, which may come back first, to the child, which returns.
 * The child is fresh, or waits in its entry. */
static void run_on_top(bool is_fresh, bool changes_fp) {
  host = (ctx_context){0};
  child_has_sentinels = true;
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack_a, STACK_SIZE, is_fresh ? returns : (ctx_entry)entry,
                             CTX_NO_ARGS));
  if (changes_fp) machine_declare_other_fp(&child);
  if (!is_fresh) swap_forms[0].swap(&host, &child);

  char with_frames[256];
  snprintf(with_frames, sizeof with_frames, "%s trace_with_sentinels steps_with ... main",
           with_form.frames);
  snprintf(host_frames, sizeof host_frames, "%s trace_with_sentinels steps_with ... main",
           host_form->frames);
  char left_frames[256];
  snprintf(left_frames, sizeof left_frames,
           is_fresh ? "%.0sctx_asm_activate" : "%s trace_with_sentinels entry ctx_asm_activate",
           child_form->frames);
  char top_frames[640];
  snprintf(top_frames, sizeof top_frames, "ctx_asm_on_top %s %s", left_frames, with_frames);

  expect_nothing();
  then_expect_swap(&with_form, true, with_frames, top_frames);
  then_expect("", top_frames);
  if (leaves_on_top) {
    char away_frames[896];
    snprintf(away_frames, sizeof away_frames, "%s trace_with_sentinels on_top %s",
             child_form->frames, top_frames);
    then_expect_swap(child_form, changes_fp, away_frames, with_frames);
    then_expect_resumed(&with_form, with_frames);
    snprintf(top_frames, sizeof top_frames, "ctx_asm_on_top %s %s", left_frames, host_frames);
    snprintf(away_frames, sizeof away_frames, "%s trace_with_sentinels on_top %s",
             child_form->frames, top_frames);
    then_expect_swap(host_form, changes_fp, host_frames, away_frames);
    then_expect_resumed(child_form, away_frames);
    then_expect("", top_frames);
  }
  const char *parents_frames = leaves_on_top ? host_frames : with_frames;
  snprintf(child_frames, sizeof child_frames, "%s %s", left_frames, parents_frames);
  if (!is_fresh) then_expect_resumed(child_form, child_frames);
  then_expect("ctx_asm_activate", parents_frames);
  then_expect_resumed(leaves_on_top ? host_form : &with_form, parents_frames);
  num_on_top = 0;
  step_install(visit);
  steps_with();
  step_uninstall();
  if (!lost) EXPECT_EQ(num_phases - 1, phase);
  EXPECT_EQ(1, num_on_top);
  EXPECT_TRUE(ctx_has_returned(&child));
}

CTX_TEST(SingleStep, EveryInstructionOnTopUnwinds) {
  SKIP_INSTRUMENTED;
  for (size_t h = 0; h < NUM_SWAP_FORMS; h++) {
    for (size_t c = 0; c < 2 * NUM_SWAP_FORMS; c++) {
      host_form = &swap_forms[h];
      child_form = c < NUM_SWAP_FORMS ? &swap_forms[c] : &yield_forms[c - NUM_SWAP_FORMS];
      for (unsigned bits = 0; bits < 8; bits++) {
        ctx_test_note("host %s, child %s %s, leaves %u, fresh %u, changes fp %u", host_form->name,
                      child_form->function, child_form->name, bits & 1, bits >> 1 & 1, bits >> 2);
        leaves_on_top = (bits & 1) != 0;
        if (!leaves_on_top && h != 0)
          continue; /* it matters how the host comes back, and to what */
        run_on_top((bits & 2) != 0, (bits & 4) != 0);
      }
    }
  }
}

/* ---- A ring ---- */

/* Two children that swap to each other have been each other's parents when they do so again. */
enum { NUM_ROUNDS = 3 };

TRACE_FRAME static void ring_entry(ctx_context *self, ctx_context *peer) {
  for (int i = 0; i < NUM_ROUNDS; i++)
    child_form->swap(self, peer);
  ctx_set(&host);
}

static size_t num_traces;
static size_t num_endless;

static void visit_ring(ucontext_t *interrupted) {
  static trace actual;
  if (!is_watched(symbol_name(machine_program_counter(interrupted)))) return;
  for (size_t i = 0; i < TRACE_NUM_UNWINDERS; i++) {
    const trace_unwinder *unwinder = &trace_unwinders[i];
    if (unwinder->walk_interrupted == NULL || !unwinder->is_there()) continue;
    unwinder->walk_interrupted(&actual, interrupted);
    num_traces++;
    /* One that is cut has failed by libgcc, and then has lost the handler's frames. */
    num_endless += actual.failed || actual.num_frames == TRACE_MAX_FRAMES;
  }
}

CTX_TEST(SingleStep, NoTraceOfARingIsEndless) {
  SKIP_INSTRUMENTED;
  host_form = &swap_forms[0];
  for (size_t c = 0; c < NUM_SWAP_FORMS; c++) {
    child_form = &swap_forms[c];
    ctx_test_note("children %s", child_form->name);
    host = (ctx_context){0};
    ASSERT_EQ(CTX_OK, ctx_init(&child, stack_a, STACK_SIZE, (ctx_entry)ring_entry,
                               CTX_ARGS(&child, &other)));
    ASSERT_EQ(CTX_OK, ctx_init(&other, stack_b, STACK_SIZE, (ctx_entry)ring_entry,
                               CTX_ARGS(&other, &child)));
    num_traces = num_endless = 0;
    step_install(visit_ring);
    steps(1);
    step_uninstall();
    EXPECT_NE(0, num_traces);
    EXPECT_EQ(0, num_endless);
  }
}

/* ---- ctx_set ---- */

TRACE_FRAME static void sets_host(void) { ctx_set(&host); }
TRACE_FRAME static void sets_other(void) { ctx_set(&other); }

/* Host to a child, which is discarded for a fresh context that nobody has swapped to, which is
 * discarded for the host. */
CTX_TEST(SingleStep, EveryInstructionOfASetUnwinds) {
  SKIP_INSTRUMENTED;
  for (size_t h = 0; h < NUM_SWAP_FORMS; h++) {
    for (int activated = 0; activated < 2; activated++) {
      host_form = &swap_forms[h];
      ctx_test_note("host %s, activation %d", host_form->name, activated);
      int num_callbacks = 0;
      ctx_options options = {.activation = activated ? callback : NULL,
                             .activation_data = &num_callbacks};
      host = (ctx_context){0};
      ASSERT_EQ(CTX_OK, ctx_init(&child, stack_a, STACK_SIZE, sets_other, CTX_NO_ARGS));
      ASSERT_EQ(CTX_OK, ctx_init_with_options(&other, stack_b, STACK_SIZE, &options, sets_host,
                                              CTX_NO_ARGS));
      snprintf(host_frames, sizeof host_frames, "%s trace_with_sentinels steps ... main",
               host_form->frames);
      char fresh_frames[512];
      snprintf(fresh_frames, sizeof fresh_frames, "ctx_asm_activate %s", host_frames);
      expect_nothing();
      then_expect_swap(host_form, true, host_frames, fresh_frames);
      then_expect("", fresh_frames);
      then_expect("ctx_set sets_other", fresh_frames);
      then_expect("ctx_set", "ctx_asm_activate ctx_asm_orphan $");
      then_expect("", "ctx_asm_activate ctx_asm_orphan $");
      then_expect("ctx_set sets_host", "ctx_asm_activate ctx_asm_orphan $");
      then_expect("ctx_set", host_frames);
      then_expect_resumed(host_form, host_frames);
      run_steps(1);
      EXPECT_EQ(activated, num_callbacks);
    }
  }
}

/* ---- Out of a signal's handler ---- */

TRACE_FRAME static void raises(void) {
  raise(SIGUSR1);
  TRACE_NO_TAIL_CALL;
}

static bool handler_redirects;
static const ctx_context *goal; /* of the handler */

/* A handler begins with single steps off. */
TRACE_FRAME static void leaves_handler(int signal, siginfo_t *info, void *interrupted) {
  (void)signal;
  (void)info;
  if (handler_redirects) {
    step_begin_in(interrupted);
    ctx_redirect_signal(interrupted, goal);
    return;
  }
  step_begin();
  EXPECT_EQ(CTX_ERR_SIGNAL_MASK, ctx_set_from_signal(goal));
  step_end();
  TRACE_NO_TAIL_CALL;
}

/* These steps begin in the handler. */
TRACE_FRAME static void interrupted_steps(void) {
  trace_with_sentinels(host_form->swap, &host, &child);
  step_end();
}

/* Host to a child, whose handler leaves for the host, or for a fresh context that sets it. Until
 * the handler's stack has been left a trace goes through the handler and the child. */
TRACE_FRAME static void leave_handler(bool redirects, bool for_fresh) {
  struct sigaction action = {.sa_sigaction = leaves_handler, .sa_flags = SA_SIGINFO};
  struct sigaction old_action;
  sigemptyset(&action.sa_mask);
  ASSERT_EQ(0, sigaction(SIGUSR1, &action, &old_action));
  handler_redirects = redirects;
  goal = for_fresh ? &other : &host;
  host = (ctx_context){0};
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack_a, STACK_SIZE, raises, CTX_NO_ARGS));
  ASSERT_EQ(CTX_OK, ctx_init(&other, stack_b, STACK_SIZE, sets_host, CTX_NO_ARGS));
  snprintf(host_frames, sizeof host_frames,
           "%s trace_with_sentinels interrupted_steps leave_handler ... main", host_form->frames);
  snprintf(child_frames, sizeof child_frames,
           "ctx_set_from_signal leaves_handler ... raises ctx_asm_activate %s", host_frames);
  expect_nothing();
  if (!redirects) {
    then_expect("ctx_system_set_from_signal", child_frames);
    then_expect("ctx_system_set_from_signal",
                for_fresh ? "ctx_asm_activate ctx_asm_orphan $" : host_frames);
  }
  if (for_fresh) {
    then_expect("", "ctx_asm_activate ctx_asm_orphan $");
    then_expect("ctx_set sets_host", "ctx_asm_activate ctx_asm_orphan $");
    then_expect("ctx_set", host_frames);
  }
  /* Nothing of the assembly is left to do where a redirect finds a call-less or an inline swap. */
  then_expect("", host_frames);
  step_install(visit);
  interrupted_steps();
  step_uninstall();
  size_t last =
      strcmp(host_form->name, "call-less") == 0 && num_phases > 1 ? num_phases - 2 : num_phases - 1;
  if (!lost) EXPECT_EQ(last, phase);
  ASSERT_EQ(0, sigaction(SIGUSR1, &old_action, NULL));
}

CTX_TEST(SingleStep, EveryInstructionOfALeaveFromAHandlerUnwinds) {
  SKIP_INSTRUMENTED;
  for (size_t h = 0; h < NUM_SWAP_FORMS; h++) {
    for (unsigned bits = 0; bits < 4; bits++) {
      host_form = &swap_forms[h];
      ctx_test_note("host %s, redirects %u, fresh %u", host_form->name, bits & 1, bits >> 1);
      leave_handler((bits & 1) != 0, bits >> 1 != 0);
    }
  }
}

/* Where the kernel refuses the mask, the handler goes on. */

static void refused_handler(int signal) {
  (void)signal;
  step_begin();
  EXPECT_EQ(CTX_ERR_SIGNAL_MASK, ctx_set_from_signal(&host));
  step_end();
  TRACE_NO_TAIL_CALL;
}

TRACE_FRAME static void refused_steps(void) {
  trace_with_sentinels(host_form->swap, &host, &child);
  TRACE_NO_TAIL_CALL;
}

static void stay_in_handler(void) {
  static const ctx_options keeps_no_mask = {.flags = CTX_FLAG_NO_SIGNAL_MASK};
  struct sigaction action = {.sa_handler = refused_handler};
  sigemptyset(&action.sa_mask);
  ASSERT_EQ(0, sigaction(SIGUSR1, &action, NULL));
  for (size_t h = 0; h < NUM_SWAP_FORMS; h++) {
    host_form = &swap_forms[h];
    host = (ctx_context){0};
    ASSERT_EQ(CTX_OK, ctx_init_with_options(&child, stack_a, STACK_SIZE, &keeps_no_mask, raises,
                                            CTX_NO_ARGS));
    snprintf(host_frames, sizeof host_frames, "%s trace_with_sentinels refused_steps ... main",
             host_form->frames);
    snprintf(child_frames, sizeof child_frames,
             "ctx_set_from_signal refused_handler ... raises ctx_asm_activate %s", host_frames);
    expect_nothing();
    then_expect("ctx_system_set_from_signal", child_frames);
    then_expect("ctx_system_set_from_signal", host_frames);
    then_expect("ctx_system_set_from_signal", child_frames);
    step_install(visit);
    refused_steps();
    step_uninstall();
    if (!lost) EXPECT_EQ(num_phases - 1, phase);
    EXPECT_TRUE(ctx_has_returned(&child));
  }
}

CTX_TEST(SingleStep, EveryInstructionOfARefusedSetUnwinds) {
  SKIP_INSTRUMENTED;
  EXPECT_CONFINED(stay_in_handler);
}

/* ---- All of it ---- */

/* Whether a round trip is made: on a processor all are. An emulator takes minutes for that. There
 * each pair of choices has to do. `turn` is another one for each pair of forms. */
static bool is_made(unsigned bits, passing_of_case passing, unsigned turn, bool same_forms) {
  if (!ctx_test_is_emulated()) return true;
  bool is_even = ((bits ^ bits >> 1 ^ bits >> 2) & 1) == 0;
  if (passing > SCALARS) return is_even && same_forms;
  return is_even && passing == (passing_of_case)((turn + (bits >> 1)) & 1);
}

/* The last case, since it takes longest. It ends with the first round trip that fails. */
CTX_TEST(SingleStep, EveryInstructionOfARoundTripUnwinds) {
  SKIP_INSTRUMENTED;
  for (unsigned h = 0; h < NUM_SWAP_FORMS; h++) {
    for (unsigned c = 0; c < 2 * NUM_SWAP_FORMS; c++) {
      host_form = &swap_forms[h];
      bool yields = c >= NUM_SWAP_FORMS;
      child_form = yields ? &yield_forms[c - NUM_SWAP_FORMS] : &swap_forms[c];
      /* How a child leaves does not depend on its arguments, so yields do with fewer kinds. */
      unsigned num_passings = yields ? SCALARS + 1 : NUM_PASSINGS;
      for (unsigned bits = 0; bits < num_passings * 8; bits++) {
        passing_of_case passing = (passing_of_case)(bits >> 3);
        if (!is_made(bits & 7, passing, h + c, h == c)) continue;
        ctx_test_note("host %s, child %s %s, callbacks %u, changes fp %u, saves fp %u, passing %u",
                      host_form->name, child_form->function, child_form->name, bits & 1,
                      bits >> 1 & 1, bits >> 2 & 1, bits >> 3);
        round_trip(passing, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
        if (ctx_test_num_failures() != 0) return;
      }
    }
  }
}
