#include <string.h>

#include "testing/simulation/act.h"
#include "testing/simulation/alarm.h"
#include "testing/simulation/checks.h"
#include "testing/simulation/log.h"
#include "testing/simulation/machine.h"
#include "testing/simulation/world.h"

static model *const m = &world.model;

static void count_switch(model_fp before) {
  simulation_counts_so_far.fp_reloads += before != m->fp;
}

/* ---- Swap ---- */

/* Only the host leaves stack 0. */
static model_id leaving_context(const step *s) {
  return m->running == 0 || s->as_host ? MODEL_HOST(m->running) : MODEL_CHILD(m->running);
}

static void check_resumer(uint64_t resumer) {
  const ctx_context *left = m->resumer == MODEL_NOBODY ? NULL : world.contexts[m->resumer];
  if (resumer == (uintptr_t)left) return;
  log_fail("back on stack %u: the resumer is %#llx, not %p", m->running,
           (unsigned long long)resumer, (const void *)left);
}

static void check_return(const machine_switched *back) {
  /* The words of before the call are in force; this context may have declared others meanwhile. */
  machine_fp_load(m->fp);
  check_arrival(back->fp);
  check_resumer(back->resumer);
  if (back->complaint[0] != '\0') log_fail("back on stack %u:%s", m->running, back->complaint);
}

/* ctx_swap_with returns nothing, so the resumer is the model's. The function on top counts itself.
 */
static uint64_t num_on_top;

static void check_on_top(void *number) {
  if (world_stack_here() != m->running) {
    log_fail("a function runs on top of stack %u, not %u", world_stack_here(), m->running);
  }
  if (machine_fp_in_force() != m->fp) log_fail("a function on top has other control words");
  if (*(const uint64_t *)number != num_on_top++) log_fail("a function on top has other data");
}

static ctx_context *swap_with_check(ctx_context *from, ctx_context *to) {
  const uint64_t number = num_on_top;
  world.functions->swap_with(from, to, check_on_top, (void *)(uintptr_t)&number);
  return m->resumer == MODEL_NOBODY ? NULL : world.contexts[m->resumer];
}

void act_swap(const step *s) {
  static const char *const names[] = {"ctx_swap_resumer, call-less, to",
                                      "ctx_swap_resumer, external, to",
                                      "ctx_swap_resumer_inline to"};
  int to = world_nth(world_resumable(), s->target);
  if (to < 0) return;
  model_id from = leaving_context(s);
  log_step(m->running, s->on_top ? "ctx_swap_with to" : names[s->form], (model_id)to);
  if (from != MODEL_HOST(0) && !MODEL_IS_CHILD(from)) {
    memset(world.contexts[from], 0, sizeof *world.contexts[from]);
  }
  model_fp fp_before = m->fp;
  model_swap(m, from, (model_id)to);
  simulation_counts_so_far.swaps++;
  count_switch(fp_before);
  simulation_counts_so_far.swaps_with += s->on_top;
  machine_switched back;
  machine_switch(&back, s->on_top ? swap_with_check : world.functions->swap[s->form],
                 world.contexts[from], world.contexts[to], s->random, alarm_begin_call,
                 alarm_end_call);
  check_return(&back);
}

/* ---- Cancel ---- */

static ctx_context *cancel_check(ctx_context *from, ctx_context *to) {
  ctx_status status = world.functions->cancel(from, to);
  if (status != CTX_OK) log_fail("ctx_cancel has returned %s", ctx_status_name(status));
  return m->resumer == MODEL_NOBODY ? NULL : world.contexts[m->resumer];
}

/* Nobody goes on elsewhere. */
static void cancel_here(model_id from, unsigned stack) {
  ctx_status expected = model_has_returned(m, stack) ? CTX_ERR_ENDED : CTX_OK;
  model_cancel(m, from, stack);
  ctx_status status = world.functions->cancel(world.contexts[from], world_child(stack));
  if (status != expected) {
    log_fail("ctx_cancel has returned %s, not %s", ctx_status_name(status),
             ctx_status_name(expected));
  }
}

void act_cancel(unsigned stack, uint64_t random) {
  if (!model_can_cancel(m, stack)) return;
  model_id from = m->running == 0 ? MODEL_HOST(0) : MODEL_CHILD(m->running);
  log_step(m->running, "ctx_cancel of", MODEL_CHILD(stack));
  if (model_has_returned(m, stack) || m->stacks[stack].phase == MODEL_FRESH) {
    cancel_here(from, stack);
    return;
  }
  model_fp fp_before = m->fp;
  model_cancel(m, from, stack);
  simulation_counts_so_far.cancels++;
  count_switch(fp_before);
  machine_switched back;
  machine_switch(&back, cancel_check, world.contexts[from], world_child(stack), random,
                 alarm_begin_call, alarm_end_call);
  check_return(&back);
}

/* ---- Yield ---- */

void act_yield(const step *s) {
  static const char *const names[] = {"ctx_yield, call-less, to", "ctx_yield, external, to",
                                      "ctx_yield_inline to"};
  if (!model_can_yield(m)) return;
  model_id self = MODEL_CHILD(m->running);
  log_step(m->running, names[s->form], m->contexts[self].parent);
  model_fp fp_before = m->fp;
  model_yield(m);
  simulation_counts_so_far.yields++;
  count_switch(fp_before);
  machine_switched back;
  /* An argument too many is nothing to a function. */
  machine_switch(&back, (machine_switch_function *)(uintptr_t)world.functions->yield[s->form],
                 world.contexts[self], NULL, s->random, alarm_begin_call, alarm_end_call);
  check_return(&back);
}

/* ---- Set ---- */

void act_set_to(model_id to) {
  log_step(m->running, "ctx_set to", to);
  model_fp fp_before = m->fp;
  model_set(m, to);
  simulation_counts_so_far.sets++;
  count_switch(fp_before);
  alarm_begin_call();
  world.functions->set(world.contexts[to]);
  log_fail("ctx_set has returned");
}

void act_set(const step *s) {
  int to = world_nth(world_resumable(), s->target);
  if (to >= 0 && m->running != 0) act_set_to((model_id)to);
}

/* ---- Return ---- */

bool act_return(const step *s) {
  if (!model_can_return(m)) return false;
  static const char *const names[] = {[MODEL_ACTIVATION] = "the activation callback returns",
                                      [MODEL_ENTRY] = "the entry returns",
                                      [MODEL_BACKSTOP] = "the backstop callback returns"};
  log_step(m->running, names[m->stacks[m->running].phase], MODEL_NOBODY);
  simulation_counts_so_far.returns++;
  model_results results = signature_draw_result(world_signature_of(m->running), s->random,
                                                world.assignments[m->running].memory);
  memcpy(&world.returned, results.typed, sizeof world.returned);
  model_return(m, &results);
  alarm_begin_call();
  return true;
}

/* ---- Leave, by a signal ---- */

void act_leave(const step *s) {
  if (m->running != 0) alarm_ring(s);
}

void act_leave_later(const step *s) { alarm_set(s); }
