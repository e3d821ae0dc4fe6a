#include "testing/simulation/simulation.h"

#include "ctx/inline.h"
#include "testing/simulation/act.h"
#include "testing/simulation/alarm.h"
#include "testing/simulation/child.h"
#include "testing/simulation/log.h"
#include "testing/simulation/machine.h"
#include "testing/simulation/play.h"
#include "testing/simulation/signal_mask.h"
#include "testing/simulation/world.h"

simulation_counts simulation_counts_so_far;

/* ---- The functions of ctx ---- */

static ctx_context *swap_callless(ctx_context *from, ctx_context *to) {
  return ctx_swap_resumer(from, to);
}

static ctx_context *swap_inline(ctx_context *from, ctx_context *to) {
  return ctx_swap_resumer_inline(from, to);
}

static ctx_context *yield_callless(ctx_context *self) { return ctx_yield(self); }

static ctx_context *yield_inline(ctx_context *self) { return ctx_yield_inline(self); }

/* The size decides, so that both forms occur. */
static ctx_status init_in_either_form(ctx_context *child, void *stack, size_t stack_size,
                                      const ctx_options *options, ctx_entry entry,
                                      const ctx_value *args, size_t num_args) {
  return stack_size % 32 == 0
             ? ctx_init_inline(child, stack, stack_size, options, entry, args, num_args)
             : ctx_init_with_options(child, stack, stack_size, options, entry, args, num_args);
}

const simulation_functions simulation_ctx = {
    .swap = {swap_callless, ctx_swap_resumer, swap_inline},
    .swap_with = ctx_swap_with,
    .cancel = ctx_cancel,
    .yield = {yield_callless, ctx_yield, yield_inline},
    .parent = ctx_parent,
    .state = ctx_state,
    .set = ctx_set,
    .init = init_in_either_form,
    .init_signature = ctx_init_signature,
    .create = ctx_create,
    .retval_get = ctx_retval_get,
    .set_from_signal = ctx_set_from_signal,
    .redirect_signal = ctx_redirect_signal,
};

/* ---- A run ---- */

static step_signals signals_of(simulation_kind kind) {
  if (kind == SIMULATION_OF_SWITCHES) return STEPS_WITHOUT_SIGNALS;
#ifdef CTX_INSTRUMENTED_
  /* A switch reports to its instrument in several steps, between which it cannot be left. */
  return STEPS_WITH_SIGNALS_BETWEEN;
#else
  return STEPS_WITH_SIGNALS_WITHIN;
#endif
}

static void play_with_signals(void) {
  uint64_t mask_before = signal_mask_in_force();
  signal_mask_load(world.model.signal_mask);
  alarm_install();
  play();
  act_end();
  alarm_uninstall();
  signal_mask_load(mask_before);
}

void simulation_run(const simulation_functions *functions, simulation_kind kind,
                    const uint8_t *data, size_t size) {
  world_begin(functions, kind == SIMULATION_OF_SIGNALS);
  world.steps = steps_of(data, size, signals_of(kind));
  log_clear();
  signatures_prepare(child_run_signature);
  machine_fp_load(world.model.fp);
  if (world.has_signals) {
    play_with_signals();
  } else {
    play();
    act_end();
  }
  machine_fp_load(machine_fp_default());
}
