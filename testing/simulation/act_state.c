#include "testing/simulation/act.h"
#include "testing/simulation/log.h"
#include "testing/simulation/machine.h"
#include "testing/simulation/signal_mask.h"
#include "testing/simulation/world.h"

static model *const m = &world.model;

/* ---- Control words ---- */

static unsigned contexts_that_can_declare(void) {
  unsigned bits = 0;
  for (model_id id = 0; id < MODEL_NUM_CONTEXTS; id++)
    bits |= (unsigned)model_can_declare_fp(m, id) << id;
  return bits;
}

void act_declare_fp(const step *s) {
  int id = world_nth(contexts_that_can_declare(), s->target);
  if (id < 0) return;
  model_fp fp = world_fp_of_seed(s->fp_seed);
  log_step(m->running, "ctx_declare_fp_control of", (model_id)id);
  model_declare_fp(m, (model_id)id, fp);
  machine_fp_declare(world.contexts[id], fp);
  machine_fp_load(m->fp);
}

void act_change_fp(const step *s) {
  if (!model_can_change_fp(m)) return;
  log_step(m->running, "changes its control words", MODEL_NOBODY);
  model_change_fp(m, world_fp_of_seed(s->fp_seed));
  machine_fp_load(m->fp);
}

/* ---- Results ---- */

void act_clear_retvals(const step *s) {
  unsigned stack = 1 + s->child % (MODEL_NUM_STACKS - 1);
  if (stack == m->running || m->stacks[stack].phase == MODEL_GONE) return;
  if (s->cancels) {
    act_cancel(stack, s->random);
    return;
  }
  log_step(m->running, "ctx_clear_retvals of", MODEL_CHILD(stack));
  model_clear_retvals(m, stack);
  ctx_clear_retvals(world_child(stack));
}

/* ---- Signal masks ---- */

void act_set_mask(const step *s) {
  log_step(m->running, "sets the thread's signal mask", MODEL_NOBODY);
  m->signal_mask = signal_mask_of(s->mask);
  signal_mask_load(m->signal_mask);
}

void act_keep_mask(const step *s) {
  int id = world_nth(world_resumable(), s->target);
  if (id < 0) return;
  log_step(m->running, "ctx_declare_signal_mask of", (model_id)id);
  m->contexts[id].signal_mask = signal_mask_of(s->mask);
  m->contexts[id].keeps_no_mask = false;
  sigset_t mask = signal_mask_set(signal_mask_of(s->mask));
  ctx_declare_signal_mask(world.contexts[id], s->mask != 0 ? &mask : NULL);
}
