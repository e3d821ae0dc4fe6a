/* Random bytes do what swap_fuzz and signal_fuzz do; and something wrong in place of ctx is
 * noticed. */
#include "testing/simulation/simulation.h"

#include <stdlib.h>
#include <string.h>

#include "testing/harness/harness.h"
#include "testing/simulation/wrong.h"

/* A signal in a call costs a system call for each instruction before it. */
enum { CASE_SIZE = 128, NUM_CASES = 3000, NUM_CASES_WITH_SIGNALS = 500 };

static void run_random(const simulation_functions *functions, simulation_kind kind, uint64_t seed,
                       size_t num_cases) {
  for (size_t i = 0; i < num_cases; i++) {
    uint8_t data[CASE_SIZE];
    for (size_t j = 0; j < sizeof data; j++)
      data[j] = (uint8_t)ctx_test_random(&seed);
    simulation_run(functions, kind, data, sizeof data);
  }
}

CTX_TEST(Simulation, RandomSwitchesAreAsTheContractSays) {
  simulation_counts_so_far = (simulation_counts){0};
  run_random(&simulation_ctx, SIMULATION_OF_SWITCHES, 1, NUM_CASES);
  /* It was about something. */
  const simulation_counts *counts = &simulation_counts_so_far;
  EXPECT_TRUE(counts->swaps > NUM_CASES);
  EXPECT_TRUE(counts->swaps_with > NUM_CASES / 2);
  EXPECT_TRUE(counts->yields > NUM_CASES);
  EXPECT_TRUE(counts->cancels > NUM_CASES / 8);
  EXPECT_TRUE(counts->sets > NUM_CASES / 2);
  EXPECT_TRUE(counts->returns > NUM_CASES);
  EXPECT_TRUE(counts->inits > NUM_CASES);
  EXPECT_TRUE(counts->inits_again > NUM_CASES);
  EXPECT_TRUE(counts->fp_reloads > NUM_CASES);
  EXPECT_TRUE(counts->inits_signatures > NUM_CASES);
  EXPECT_TRUE(counts->inits_with_memory > NUM_CASES / 2);
  EXPECT_TRUE(counts->creates > NUM_CASES / 2);
  EXPECT_TRUE(counts->destroys > NUM_CASES / 4);
  EXPECT_TRUE(counts->results_read > NUM_CASES);
}

CTX_TEST(Simulation, RandomSignalsAreAsTheContractSays) {
  simulation_counts_so_far = (simulation_counts){0};
  run_random(&simulation_ctx, SIMULATION_OF_SIGNALS, 2, NUM_CASES_WITH_SIGNALS);
  EXPECT_TRUE(simulation_counts_so_far.signals > NUM_CASES_WITH_SIGNALS);
#ifndef CTX_INSTRUMENTED_
  EXPECT_TRUE(simulation_counts_so_far.signals_in_calls > NUM_CASES_WITH_SIGNALS);
#endif
}

CTX_TEST(Simulation, AnyLengthIsACase) {
  static const uint8_t zeros[3];
  for (size_t size = 0; size <= sizeof zeros; size++) {
    simulation_run(&simulation_ctx, SIMULATION_OF_SWITCHES, zeros, size);
    simulation_run(&simulation_ctx, SIMULATION_OF_SIGNALS, zeros, size);
  }
}

/* ---- Functions that are wrong ---- */

static ctx_context *swap(ctx_context *from, ctx_context *to) {
  return simulation_ctx.swap[0](from, to);
}

static ctx_context *swap_that_rounds_otherwise(ctx_context *from, ctx_context *to) {
  ctx_context *resumer = swap(from, to);
  wrong_change_rounding();
  return resumer;
}

static ctx_context *swap_that_stays(ctx_context *from, ctx_context *to) {
  (void)from;
  return to;
}

static ctx_context *swap_that_takes_its_target_for_the_resumer(ctx_context *from, ctx_context *to) {
  swap(from, to);
  return to;
}

static void swap_with_before(ctx_context *from, ctx_context *to, ctx_callback function,
                             void *data) {
  function(data);
  swap(from, to);
}

static void swap_with_nothing(ctx_context *from, ctx_context *to, ctx_callback function,
                              void *data) {
  static bool is_second;
  if (is_second) ctx_swap_with(from, to, function, data);
  is_second = !is_second;
  swap(from, to);
}

static ctx_status cancel_that_lets_go_on(ctx_context *from, ctx_context *to) {
  ctx_swap(from, to);
  return CTX_OK;
}

static ctx_status cancel_that_forgets_the_backstop(ctx_context *from, ctx_context *to) {
  if (ctx_state(to) == CTX_STATE_STARTED) to->backstop = NULL;
  return ctx_cancel(from, to);
}

static ctx_status cancel_that_does_nothing(ctx_context *from, ctx_context *to) {
  return ctx_state(to) == CTX_STATE_FRESH ? CTX_OK : ctx_cancel(from, to);
}

static ctx_status cancel_of_any(ctx_context *from, ctx_context *to) {
  ctx_status status = ctx_cancel(from, to);
  return status == CTX_ERR_ENDED ? CTX_OK : status;
}

static ctx_context *yield_that_makes_itself_the_parent(ctx_context *self) {
  return swap(self, ctx_parent(self));
}

static ctx_context *yield_that_takes_its_parent_for_the_resumer(ctx_context *self) {
  ctx_yield(self);
  return ctx_parent(self);
}

static ctx_context *parent_of_nobody(const ctx_context *context) {
  (void)context;
  return NULL;
}

static ctx_context_state state_that_never_ends(const ctx_context *context) {
  ctx_context_state state = ctx_state(context);
  return state == CTX_STATE_RETURNED ? CTX_STATE_STARTED : state;
}

static const ctx_options no_options;

static ctx_status init_that_keeps_callbacks(ctx_context *child, void *stack, size_t stack_size,
                                            const ctx_options *options, ctx_entry entry,
                                            const ctx_value *args, size_t num_args) {
  static ctx_options kept;
  ctx_options mixed = options != NULL ? *options : no_options;
  if (mixed.backstop != NULL) kept = mixed;
  mixed.backstop = kept.backstop;
  mixed.backstop_data = kept.backstop_data;
  return ctx_init_with_options(child, stack, stack_size, &mixed, entry, args, num_args);
}

static ctx_status init_that_ignores_flags(ctx_context *child, void *stack, size_t stack_size,
                                          const ctx_options *options, ctx_entry entry,
                                          const ctx_value *args, size_t num_args) {
  ctx_options without = options != NULL ? *options : no_options;
  without.flags = 0;
  return ctx_init_with_options(child, stack, stack_size, &without, entry, args, num_args);
}

static ctx_status init_signature_that_loses_an_argument(ctx_context *child, void *stack,
                                                        size_t stack_size,
                                                        const ctx_options *options, ctx_entry entry,
                                                        const ctx_signature *signature,
                                                        const void *const *values) {
  static const char zeros[64];
  if (values == NULL) {
    return ctx_init_signature(child, stack, stack_size, options, entry, signature, NULL);
  }
  const void *const changed[] = {zeros, values[1], values[2]};
  return ctx_init_signature(child, stack, stack_size, options, entry, signature, changed);
}

static ctx_status init_signature_that_ignores_memory(ctx_context *child, void *stack,
                                                     size_t stack_size, const ctx_options *options,
                                                     ctx_entry entry,
                                                     const ctx_signature *signature,
                                                     const void *const *values) {
  ctx_options without = options != NULL ? *options : no_options;
  without.result = NULL;
  return ctx_init_signature(child, stack, stack_size, &without, entry, signature, values);
}

static ctx_status create_that_swaps_arguments(ctx_context **out_child, void *stack,
                                              size_t stack_size, ctx_entry entry,
                                              const ctx_value *args, size_t num_args) {
  if (num_args < 2) return ctx_create(out_child, stack, stack_size, entry, args, num_args);
  ctx_value changed[8];
  memcpy(changed, args, num_args * sizeof *args);
  changed[num_args - 1] = args[num_args - 2];
  changed[num_args - 2] = args[num_args - 1];
  return ctx_create(out_child, stack, stack_size, entry, changed, num_args);
}

static ctx_status retval_get_of_another(const ctx_context *child, const ctx_signature *signature,
                                        void *out) {
  static const ctx_context *first;
  if (first == NULL && ctx_has_returned(child)) first = child;
  return ctx_retval_get(ctx_has_returned(child) && ctx_has_returned(first) ? first : child,
                        signature, out);
}

static ctx_status retval_get_that_writes_before(const ctx_context *child,
                                                const ctx_signature *signature, void *out) {
  if (!ctx_has_returned(child)) memset(out, 1, 1);
  return ctx_retval_get(child, signature, out);
}

static ctx_status retval_get_of_any_signature(const ctx_context *child,
                                              const ctx_signature *signature, void *out) {
  ctx_status status = ctx_retval_get(child, signature, out);
  return status == CTX_ERR_WRONG_SIGNATURE ? CTX_OK : status;
}

static ctx_status set_that_leaves_the_mask(const ctx_context *to) { ctx_set(to); }

static void redirect_to_nowhere(void *ucontext, const ctx_context *to) { (void)ucontext, (void)to; }

#define EXPECT_NOTICED(kind, changed, replacement, says)              \
  do {                                                                \
    simulation_functions wrong = simulation_ctx;                      \
    wrong.changed = (replacement);                                    \
    CTX_EXPECT_DEATH(run_random(&wrong, (kind), 3, NUM_CASES), says); \
  } while (0)

CTX_TEST(Simulation, NoticesWrongSwitches) {
  EXPECT_NOTICED(SIMULATION_OF_SWITCHES, swap[0], swap_that_rounds_otherwise,
                 "the control words are");
  EXPECT_NOTICED(SIMULATION_OF_SWITCHES, swap[1], wrong_swap_that_loses_a_register,
                 wrong_register_name);
  EXPECT_NOTICED(SIMULATION_OF_SWITCHES, swap[2], swap_that_stays, "goes on, not stack");
  EXPECT_NOTICED(SIMULATION_OF_SWITCHES, swap[0], swap_that_takes_its_target_for_the_resumer,
                 "the resumer is");
}

CTX_TEST(Simulation, NoticesWrongFunctionsOnTop) {
  EXPECT_NOTICED(SIMULATION_OF_SWITCHES, swap_with, swap_with_before, "runs on top of stack");
  EXPECT_NOTICED(SIMULATION_OF_SWITCHES, swap_with, swap_with_nothing, "simulation: ");
}

CTX_TEST(Simulation, NoticesWrongCancellations) {
  EXPECT_NOTICED(SIMULATION_OF_SWITCHES, cancel, cancel_that_lets_go_on, "goes on, not stack");
  EXPECT_NOTICED(SIMULATION_OF_SWITCHES, cancel, cancel_that_forgets_the_backstop,
                 "goes on, not stack");
  EXPECT_NOTICED(SIMULATION_OF_SWITCHES, cancel, cancel_that_does_nothing, "the state of child");
  EXPECT_NOTICED(SIMULATION_OF_SWITCHES, cancel, cancel_of_any, "not CTX_ERR_ENDED");
}

CTX_TEST(Simulation, NoticesWrongYields) {
  EXPECT_NOTICED(SIMULATION_OF_SWITCHES, yield[0], yield_that_makes_itself_the_parent,
                 "simulation: ");
  EXPECT_NOTICED(SIMULATION_OF_SWITCHES, yield[1], yield_that_takes_its_parent_for_the_resumer,
                 "the resumer is");
  EXPECT_NOTICED(SIMULATION_OF_SWITCHES, parent, parent_of_nobody, "the parent of child");
  EXPECT_NOTICED(SIMULATION_OF_SWITCHES, state, state_that_never_ends, "the state of child");
}

CTX_TEST(Simulation, NoticesWrongInits) {
  EXPECT_NOTICED(SIMULATION_OF_SWITCHES, init, init_that_keeps_callbacks, "goes on, not stack");
  EXPECT_NOTICED(SIMULATION_OF_SWITCHES, init, init_that_ignores_flags, "the control words are");
}

CTX_TEST(Simulation, NoticesWrongSignatures) {
  EXPECT_NOTICED(SIMULATION_OF_SWITCHES, init_signature, init_signature_that_loses_an_argument,
                 "wrong arguments");
  EXPECT_NOTICED(SIMULATION_OF_SWITCHES, init_signature, init_signature_that_ignores_memory,
                 "is not in options.result");
  EXPECT_NOTICED(SIMULATION_OF_SWITCHES, create, create_that_swaps_arguments, "wrong arguments");
}

CTX_TEST(Simulation, NoticesWrongResults) {
  EXPECT_NOTICED(SIMULATION_OF_SWITCHES, retval_get, retval_get_of_another, "child");
  EXPECT_NOTICED(SIMULATION_OF_SWITCHES, retval_get, retval_get_that_writes_before,
                 "fails, and writes");
  EXPECT_NOTICED(SIMULATION_OF_SWITCHES, retval_get, retval_get_of_any_signature,
                 "not CTX_ERR_WRONG_SIGNATURE");
}

CTX_TEST(Simulation, NoticesWrongWaysOutOfSignals) {
  EXPECT_NOTICED(SIMULATION_OF_SIGNALS, set_from_signal, set_that_leaves_the_mask, "signal mask");
  EXPECT_NOTICED(SIMULATION_OF_SIGNALS, redirect_signal, redirect_to_nowhere, "simulation: ");
}
