/* Contexts on the heap, which must not be left in the middle: no signal comes into these calls. */
#include "testing/simulation/act.h"
#include "testing/simulation/act_init.h"
#include "testing/simulation/child.h"
#include "testing/simulation/log.h"

/* A context whose code has left as a host counts as running, since nothing has suspended it. */
static bool can_be_destroyed(unsigned stack) {
  return world_is_on_heap(stack) && !world.model.contexts[MODEL_HOST(stack)].resumable;
}

/* Its context is in its place again, and means nothing. */
static void destroy(unsigned stack) {
  log_step(world.model.running, "ctx_destroy of", MODEL_CHILD(stack));
  simulation_counts_so_far.destroys++;
  model_replace(&world.model, stack);
  ctx_destroy(world_child(stack));
  world.contexts[MODEL_CHILD(stack)] = &world_places[MODEL_CHILD(stack)];
}

void act_create(const step *s) {
  unsigned stack = init_stack(s);
  if (can_be_destroyed(stack)) destroy(stack);
  if (s->only_destroys || world_is_on_heap(stack)) return;
  const model_options expected = {.signal_mask = world.model.signal_mask};
  const assignment given = {.token = init_token(s),
                            .kind = s->has_args ? ENTRY_WITH_ARGS : ENTRY_WITHOUT_ARGS};
  ctx_value args[CHILD_NUM_ARGS];
  child_args(given.token, args);
  model_replace(&world.model, stack);
  init_begin("ctx_create of", stack, &expected, &given);
  simulation_counts_so_far.creates++;
  init_end(world.functions->create(&world.contexts[MODEL_CHILD(stack)], world_stacks[stack],
                                   WORLD_STACK_SIZE - s->bytes_less, child_entry(s->has_args),
                                   s->has_args ? args : NULL, s->has_args ? CHILD_NUM_ARGS : 0));
}

static void init_without_args(unsigned stack) {
  init_end(ctx_init(world_child(stack), world_stacks[stack], WORLD_STACK_SIZE, child_entry(false),
                    CTX_NO_ARGS));
}

void act_end(void) {
  for (unsigned stack = 1; stack < MODEL_NUM_STACKS; stack++) {
    if (world_is_on_heap(stack)) {
      if (!can_be_destroyed(stack)) init_without_args(stack);
      destroy(stack);
    }
    init_without_args(stack);
  }
}
