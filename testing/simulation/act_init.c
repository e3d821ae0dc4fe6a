#include "testing/simulation/act_init.h"

#include "testing/harness/record.h"
#include "testing/simulation/act.h"
#include "testing/simulation/alarm.h"
#include "testing/simulation/child.h"
#include "testing/simulation/log.h"
#include "testing/simulation/signal_mask.h"

/* ---- Shared by all forms ---- */

unsigned init_stack(const step *s) {
  unsigned children = ((1u << MODEL_NUM_STACKS) - 1) & ~1u & ~(1u << world.model.running);
  return (unsigned)world_nth(children, s->child);
}

uint64_t init_token(const step *s) { return s->random * 2 + 1; }

void init_begin(const char *what, unsigned stack, const model_options *expected,
                const assignment *given) {
  log_step(world.model.running, what, MODEL_CHILD(stack));
  simulation_counts_so_far.inits++;
  simulation_counts_so_far.inits_again += world.model.stacks[stack].phase > MODEL_FRESH;
  world.assignments[stack] = *given;
  model_init(&world.model, stack, expected);
}

void init_end(ctx_status status) {
  alarm_end_call();
  model_settle(&world.model);
  if (status != CTX_OK) log_fail("init has returned %s", ctx_status_name(status));
}

/* ---- Init with options ---- */

typedef struct init_plan {
  unsigned stack;
  sigset_t mask;
  model_options expected;
  ctx_options options;
} init_plan;

static void plan_init(const step *s, init_plan *plan) {
  unsigned stack = init_stack(s);
  uint64_t mask = signal_mask_of(s->mask);
  plan->stack = stack;
  plan->mask = signal_mask_set(mask);
  plan->expected = (model_options){
      .backstop = s->has_backstop,
      .activation = s->has_activation,
      .fp_save = s->fp_save,
      .fp_default = s->fp_default,
      .fp_inherit = s->fp_inherit,
      .keeps_no_mask = s->keeps_no_mask,
      .signal_mask = s->has_mask ? mask : world.model.signal_mask,
  };
  plan->options = (ctx_options){
      .backstop = s->has_backstop ? child_callback : NULL,
      .backstop_data = &world.assignments[stack],
      .activation = s->has_activation ? child_callback : NULL,
      .activation_data = &world.assignments[stack],
      .signal_mask = s->has_mask ? &plan->mask : NULL,
      .flags = (s->fp_save ? CTX_FLAG_FP_SAVE : 0) | (s->fp_default ? CTX_FLAG_FP_DEFAULT : 0) |
               (s->fp_inherit ? CTX_FLAG_FP_INHERIT : 0) |
               (s->keeps_no_mask ? CTX_FLAG_NO_SIGNAL_MASK : 0),
  };
}

/* All that ctx is given is there before the call begins: instructions count from then on. */
void act_init(const step *s) {
  init_plan plan;
  plan_init(s, &plan);
  const assignment given = {.token = init_token(s),
                            .kind = s->has_args ? ENTRY_WITH_ARGS : ENTRY_WITHOUT_ARGS};
  ctx_value args[CHILD_NUM_ARGS];
  child_args(given.token, args);
  ctx_context *child = world_child(plan.stack);
  ctx_entry entry = child_entry(s->has_args);
  size_t stack_size = WORLD_STACK_SIZE - s->bytes_less;
  init_begin("ctx_init of", plan.stack, &plan.expected, &given);
  alarm_begin_call();
  init_end(world.functions->init(child, world_stacks[plan.stack], stack_size, &plan.options, entry,
                                 s->has_args ? args : NULL, s->has_args ? CHILD_NUM_ARGS : 0));
}

/* The stack's end is aligned to 16 bytes, and by chance to more. */
static size_t stack_size_by_chance(uint64_t token) {
  return WORLD_STACK_SIZE - 16 * (size_t)(ctx_test_random(&token) & 7);
}

void act_init_signature(const step *s) {
  signature_id id = s->signature;
  const ctx_signature *signature = signature_of(id);
  if (signature == NULL) return;
  init_plan plan;
  plan_init(s, &plan);
  const assignment given = {
      .token = init_token(s),
      .kind = ENTRY_OF_SIGNATURE,
      .signature = id,
      .memory = s->has_memory ? &world_result_memory[plan.stack] : NULL,
  };
  plan.options.result = given.memory;
  signature_value values[SIGNATURES_MAX_ARGS];
  const void *addresses[SIGNATURES_MAX_ARGS] = {NULL};
  size_t num_args = signature_draw_args(id, given.token, values);
  for (size_t i = 0; i < num_args; i++)
    addresses[i] = values[i].bytes;
  ctx_context *child = world_child(plan.stack);
  ctx_entry entry = signature_entry(id);
  size_t stack_size = stack_size_by_chance(given.token);
  init_begin("ctx_init_signature of", plan.stack, &plan.expected, &given);
  simulation_counts_so_far.inits_signatures++;
  simulation_counts_so_far.inits_with_memory += s->has_memory;
  alarm_begin_call();
  init_end(world.functions->init_signature(child, world_stacks[plan.stack], stack_size,
                                           &plan.options, entry, signature,
                                           num_args != 0 ? addresses : NULL));
}
