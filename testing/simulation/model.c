#include "testing/simulation/model.h"

#include <string.h>

static void forget(model *m, unsigned stack) {
  m->stacks[stack].phase = MODEL_GONE;
  m->contexts[MODEL_CHILD(stack)].resumable = false;
  m->contexts[MODEL_HOST(stack)].resumable = false;
}

void model_begin(model *m, model_fp fp_default) {
  memset(m, 0, sizeof *m);
  m->fp = fp_default;
  m->fp_default = fp_default;
  for (model_id id = 0; id < MODEL_NUM_CONTEXTS; id++)
    m->contexts[id].parent = m->contexts[id].waits = MODEL_NOBODY;
  m->stacks[0].phase = MODEL_ENTRY;
}

void model_replace(model *m, unsigned stack) {
  forget(m, stack);
  for (model_id id = 0; id < MODEL_NUM_CONTEXTS; id++) {
    model_context *context = &m->contexts[id];
    if (context->parent == MODEL_CHILD(stack)) context->parent = MODEL_REPLACED;
    if (context->waits == MODEL_CHILD(stack)) context->waits = MODEL_REPLACED;
  }
}

static const model_results no_results = {.has_gp = true, .has_fp = true};

void model_init(model *m, unsigned stack, const model_options *options) {
  forget(m, stack);
  m->in_flux = 1u << stack;
  m->contexts[MODEL_CHILD(stack)] = (model_context){
      .resumable = true,
      .declared = true,
      .saves = options->fp_save,
      .inherits = options->fp_inherit,
      .fp = options->fp_default || options->fp_inherit ? m->fp_default : m->fp,
      .parent = MODEL_NOBODY,
      .waits = MODEL_NOBODY,
      .keeps_no_mask = options->keeps_no_mask,
      .signal_mask = options->signal_mask,
  };
  m->stacks[stack] = (model_stack){
      .phase = MODEL_FRESH,
      .has_activation = options->activation,
      .has_backstop = options->backstop,
      .results = no_results,
  };
}

static void resume(model *m, model_id to, model_id left) {
  unsigned stack = MODEL_STACK_OF(to);
  model_stack *s = &m->stacks[stack];
  if (s->phase == MODEL_FRESH) s->phase = s->has_activation ? MODEL_ACTIVATION : MODEL_ENTRY;
  m->contexts[to].resumable = false;
  m->contexts[to].waits = MODEL_NOBODY;
  m->fp = m->contexts[to].fp;
  m->running = stack;
  m->resumer = left;
  m->in_flux |= 1u << stack;
}

static void suspend(model *m, model_id from) {
  model_context *leaving = &m->contexts[from];
  m->in_flux = 1u << m->running;
  if (!leaving->declared || leaving->saves) leaving->fp = m->fp;
  leaving->declared = true;
  leaving->inherits = false;
  leaving->resumable = true;
}

void model_swap(model *m, model_id from, model_id to) {
  model_context *resumed = &m->contexts[to];
  /* A host on another's stack is a new one each time. */
  if (!MODEL_IS_CHILD(from) && from != MODEL_HOST(0)) {
    m->contexts[from] = (model_context){.parent = MODEL_NOBODY};
  }
  suspend(m, from);
  m->contexts[from].waits = to;
  if (resumed->inherits) resumed->fp = m->contexts[from].fp;
  resumed->inherits = false;
  resumed->parent = from;
  resume(m, to, from);
}

/* A parent that has been initialised since is not suspended: it has to be resumed otherwise. */
bool model_can_yield(const model *m) {
  if (m->running == 0) return false;
  model_id parent = m->contexts[MODEL_CHILD(m->running)].parent;
  if (parent >= MODEL_NOBODY || !m->contexts[parent].resumable) return false;
  return !MODEL_IS_CHILD(parent) || m->stacks[MODEL_STACK_OF(parent)].phase != MODEL_FRESH;
}

void model_yield(model *m) {
  model_id self = MODEL_CHILD(m->running);
  suspend(m, self);
  resume(m, m->contexts[self].parent, self);
}

void model_set(model *m, model_id to) {
  m->in_flux = 1u << m->running;
  forget(m, m->running);
  resume(m, to, MODEL_NOBODY);
}

void model_leave(model *m, model_id to, bool restores_mask) {
  for (unsigned stack = 0; stack < MODEL_NUM_STACKS; stack++) {
    if (((m->in_flux | 1u << m->running) >> stack & 1) != 0) forget(m, stack);
  }
  if (restores_mask) m->signal_mask = m->contexts[to].signal_mask;
  resume(m, to, MODEL_NOBODY);
}

/* The end of a child's life; only init wants it after that. */
static void return_to_parent(model *m) {
  unsigned stack = m->running;
  m->in_flux = 1u << stack;
  m->stacks[stack].phase = MODEL_RETURNED;
  m->contexts[MODEL_HOST(stack)].resumable = false;
  resume(m, m->contexts[MODEL_CHILD(stack)].parent, MODEL_CHILD(stack));
}

bool model_can_return(const model *m) {
  const model_stack *stack = &m->stacks[m->running];
  if (m->running == 0) return false;
  if (stack->phase == MODEL_ACTIVATION) return true;
  if (stack->phase == MODEL_ENTRY && stack->has_backstop) return true;
  model_id parent = m->contexts[MODEL_CHILD(m->running)].parent;
  return parent < MODEL_NOBODY && m->contexts[parent].resumable;
}

void model_return(model *m, const model_results *results) {
  model_stack *stack = &m->stacks[m->running];
  switch (stack->phase) {
    case MODEL_ACTIVATION:
      stack->phase = MODEL_ENTRY;
      return;
    case MODEL_ENTRY:
      stack->results = *results;
      if (stack->has_backstop) {
        stack->phase = MODEL_BACKSTOP;
      } else {
        return_to_parent(m);
      }
      return;
    case MODEL_BACKSTOP:
      return_to_parent(m);
      return;
    case MODEL_GONE:
    case MODEL_FRESH:
    case MODEL_RETURNED:
      return; /* these do not run */
  }
}

bool model_can_cancel(const model *m, unsigned stack) {
  bool is_there = stack != 0 && m->stacks[stack].phase != MODEL_GONE;
  return is_there && (model_has_returned(m, stack) || m->contexts[MODEL_CHILD(stack)].resumable);
}

void model_cancel(model *m, model_id from, unsigned stack) {
  model_stack *of = &m->stacks[stack];
  if (model_has_returned(m, stack)) return;
  of->is_cancelled = true;
  if (of->phase == MODEL_FRESH) {
    of->phase = MODEL_RETURNED;
    m->contexts[MODEL_CHILD(stack)].resumable = false;
    return;
  }
  model_swap(m, from, MODEL_CHILD(stack));
  of->phase = MODEL_ENTRY;
  model_return(m, &no_results);
}

/* The context that stands for the code that runs, when it changes its words: its child's, on stack
 * 0 its host's. (What a host on a child's stack declares is over when that child goes on.) */
static model_id own(const model *m) {
  return m->running == 0 ? MODEL_HOST(0) : MODEL_CHILD(m->running);
}

bool model_can_declare_fp(const model *m, model_id id) {
  bool is_lasting = MODEL_IS_CHILD(id) || id == MODEL_HOST(0);
  return is_lasting && (m->contexts[id].resumable || id == own(m));
}

void model_declare_fp(model *m, model_id id, model_fp fp) {
  m->contexts[id].fp = fp;
  m->contexts[id].declared = true;
  m->contexts[id].inherits = false;
  if (id == own(m)) m->fp = fp;
}

bool model_can_change_fp(const model *m) {
  const model_context *context = &m->contexts[own(m)];
  return context->saves || !context->declared;
}

void model_change_fp(model *m, model_fp fp) { m->fp = fp; }

bool model_has_returned(const model *m, unsigned stack) {
  return m->stacks[stack].phase >= MODEL_BACKSTOP;
}

void model_clear_retvals(model *m, unsigned stack) {
  m->stacks[stack].results = no_results;
  m->stacks[stack].is_cleared = model_has_returned(m, stack);
}

void model_settle(model *m) { m->in_flux = 0; }
