#include "testing/simulation/alarm.h"

#include "testing/simulation/log.h"
#include "testing/simulation/machine.h"
#include "testing/simulation/world.h"
#include "testing/unwind/single_step.h"

static void leave(ucontext_t *interrupted) {
  model *m = &world.model;
  const alarm_plan *plan = &world.alarm;
  simulation_counts_so_far.signals++;
  m->in_flux |= 1u << m->running;
  model_id to = (model_id)world_nth(world_resumable(), plan->target);
  log_step(m->running,
           plan->by_set ? "a signal's ctx_set_from_signal to" : "a signal's redirect to", to);
  bool keeps_mask = !m->contexts[to].keeps_no_mask;
  if (plan->by_set && keeps_mask) {
    model_leave(m, to, true);
    ctx_status status = world.functions->set_from_signal(world.contexts[to]);
    log_fail("ctx_set_from_signal has returned %s", ctx_status_name(status));
  }
  if (plan->by_set) {
    ctx_status status = world.functions->set_from_signal(world.contexts[to]);
    if (status != CTX_ERR_SIGNAL_MASK)
      log_fail("there is no mask, and ctx_set_from_signal is %s", ctx_status_name(status));
  }
  model_leave(m, to, false);
  world.functions->redirect_signal(interrupted, world.contexts[to]);
}

static void on_trap(ucontext_t *interrupted) {
  if (world.alarm_is_armed && world.alarm.num_instructions-- != 0) return;
  step_end_in(interrupted);
  if (!world.alarm_is_armed) return;
  world.alarm_is_armed = false;
  leave(interrupted);
}

void alarm_install(void) { step_install(on_trap); }

void alarm_uninstall(void) { step_uninstall(); }

_Noreturn void alarm_ring(const step *s) {
  world.alarm = (alarm_plan){.by_set = s->by_set, .target = s->target};
  world.alarm_is_armed = true;
  machine_trap(s->spoils);
  log_fail("a signal's handler has returned to where it was interrupted");
}

void alarm_set(const step *s) {
  world.alarm = (alarm_plan){.waits = true,
                             .num_instructions = s->num_instructions,
                             .by_set = s->by_set,
                             .target = s->target};
}

void alarm_cancel(void) { world.alarm.waits = false; }

void alarm_begin_call(void) {
  const model *m = &world.model;
  /* The thread's own stack must not be left: the caller's frames are there. */
  bool changes_stack_0 = ((m->in_flux | 1u << m->running) & 1) != 0;
  if (!world.alarm.waits || changes_stack_0) return;
  world.alarm.waits = false;
  simulation_counts_so_far.signals_in_calls++;
  world.alarm_is_armed = true;
  step_begin();
}

void alarm_end_call(void) {
  if (!world.has_signals) return;
  world.alarm_is_armed = false;
  step_end();
}
