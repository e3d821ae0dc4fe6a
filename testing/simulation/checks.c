#include "testing/simulation/checks.h"

#include <string.h>

#include "testing/simulation/alarm.h"
#include "testing/simulation/log.h"
#include "testing/simulation/machine.h"
#include "testing/simulation/signal_mask.h"
#include "testing/simulation/world.h"

/* ---- Results ---- */

static void expect_status(unsigned stack, const char *signature, ctx_status expected,
                          ctx_status status) {
  if (status == expected) return;
  log_fail("ctx_retval_get of child %u by its %s signature has returned %s, not %s", stack,
           signature, ctx_status_name(status), ctx_status_name(expected));
}

static ctx_status read_result(unsigned stack, const ctx_signature *signature,
                              signature_value *out) {
  return world.functions->retval_get(world_child(stack), signature, out);
}

static void check_bytes(unsigned stack, signature_id id, const signature_value *found) {
  if (!signature_same_result(id, found->bytes, world.model.stacks[stack].results.typed)) {
    log_fail("child %u: the result of signature %u is another", stack, id);
  }
  const signature_value *memory = world.assignments[stack].memory;
  if (memory != NULL && signature_result_is_in_memory(id) &&
      !world.model.stacks[stack].is_cleared &&
      !signature_same_result(id, memory->bytes, world.model.stacks[stack].results.typed)) {
    log_fail("child %u: its result is not in options.result", stack);
  }
  if (!signature_result_may_be_at(id, ctx_retval_u64(world_child(stack)))) {
    log_fail("child %u: the memory of its result is not aligned", stack);
  }
}

/* Reads the result by the child's own signature, and by another, which asks for what there is
 * not. */
static void check_typed_result(unsigned stack) {
  enum { UNTOUCHED = 0x5a };
  signature_id id = world_signature_of(stack);
  if (!model_has_returned(&world.model, stack) || world.model.stacks[stack].is_cancelled) {
    expect_status(stack, "own", CTX_ERR_NOT_RETURNED,
                  read_result(stack, signature_of(id), &world.unread));
    return;
  }
  if (!world.model.stacks[stack].is_cleared) {
    expect_status(stack, "wrong", CTX_ERR_WRONG_SIGNATURE,
                  read_result(stack, signature_wrong_for(id), &world.unread));
  }
  simulation_counts_so_far.results_read++;
  signature_value found;
  memset(&found, UNTOUCHED, sizeof found);
  expect_status(stack, "own", CTX_OK, read_result(stack, signature_of(id), &found));
  check_bytes(stack, id, &found);
  size_t size = signature_result_size(id);
  if (size < sizeof found && found.bytes[size] != UNTOUCHED) {
    log_fail("ctx_retval_get of child %u writes more than its result", stack);
  }
}

static void check_untyped_result(unsigned stack) {
  const ctx_context *child = world_child(stack);
  const model_results *returned = &world.model.stacks[stack].results;
  uint64_t gp = ctx_retval_u64(child);
  if (returned->has_gp && gp != returned->gp) {
    log_fail("child %u: ctx_retval_u64 is %#llx, not %#llx", stack, (unsigned long long)gp,
             (unsigned long long)returned->gp);
  }
  double f64 = ctx_retval_f64(child);
  uint64_t fp;
  memcpy(&fp, &f64, sizeof fp);
  if (returned->has_fp && fp != returned->fp) {
    log_fail("child %u: ctx_retval_f64 is %#llx, not %#llx", stack, (unsigned long long)fp,
             (unsigned long long)returned->fp);
  }
}

static void check_results(unsigned stack) {
  bool has_returned = ctx_has_returned(world_child(stack));
  if (has_returned != model_has_returned(&world.model, stack)) {
    log_fail("child %u %s returned", stack, has_returned ? "has" : "has not");
  }
  check_typed_result(stack);
  check_untyped_result(stack);
}

static void check_all_results(void) {
  for (unsigned stack = 1; stack < MODEL_NUM_STACKS; stack++) {
    if (world.model.stacks[stack].phase != MODEL_GONE) check_results(stack);
  }
  static const signature_value zero = {{0}};
  if (memcmp(&world.unread, &zero, sizeof zero) != 0) log_fail("ctx_retval_get fails, and writes");
}

/* ---- What each is, whose child, and for whom it waits ---- */

static void check_state(unsigned stack) {
  static const ctx_context_state states[] = {
      [MODEL_FRESH] = CTX_STATE_FRESH,       [MODEL_ACTIVATION] = CTX_STATE_STARTED,
      [MODEL_ENTRY] = CTX_STATE_STARTED,     [MODEL_BACKSTOP] = CTX_STATE_RETURNED,
      [MODEL_RETURNED] = CTX_STATE_RETURNED,
  };
  const model_stack *of = &world.model.stacks[stack];
  ctx_context_state expected = of->is_cancelled ? CTX_STATE_CANCELLED : states[of->phase];
  ctx_context_state found = world.functions->state(world_child(stack));
  if (found != expected) {
    log_fail("the state of child %u is %u, not %u", stack, (unsigned)found, (unsigned)expected);
  }
  const model_context *child = &world.model.contexts[MODEL_CHILD(stack)];
  if (child->parent == MODEL_REPLACED) return;
  const ctx_context *parent = child->parent == MODEL_NOBODY ? NULL : world.contexts[child->parent];
  if (world.functions->parent(world_child(stack)) != parent) {
    log_fail("the parent of child %u is not %p", stack, (const void *)parent);
  }
}

static bool is_running(model_id id) {
  unsigned stack = world.model.running;
  return id == (stack == 0 ? MODEL_HOST(0) : MODEL_CHILD(stack));
}

static void check_waits(model_id id) {
  const model_context *context = &world.model.contexts[id];
  if ((!context->resumable && !is_running(id)) || context->waits == MODEL_REPLACED) return;
  const ctx_context *expected =
      context->waits == MODEL_NOBODY ? NULL : world.contexts[context->waits];
  if (machine_waits(world.contexts[id]) == expected) return;
  log_fail("context %u waits for %p, not %p", id, (const void *)machine_waits(world.contexts[id]),
           (const void *)expected);
}

static void check_all_states(void) {
  for (unsigned stack = 1; stack < MODEL_NUM_STACKS; stack++) {
    if (world.model.stacks[stack].phase != MODEL_GONE) check_state(stack);
  }
  for (model_id id = 0; id < MODEL_NUM_CONTEXTS; id++)
    check_waits(id);
}

/* ---- Who goes on, and with what ---- */

static void check_fp(model_fp found) {
  char texts[2][MACHINE_TEXT_SIZE];
  if (found == world.model.fp) return;
  log_fail("the control words are %s, not %s", machine_fp_text(found, texts[0]),
           machine_fp_text(world.model.fp, texts[1]));
}

static void check_signal_mask(void) {
  uint64_t found = signal_mask_in_force();
  if (found == world.model.signal_mask) return;
  log_fail("the signal mask is %#llx, not %#llx", (unsigned long long)found,
           (unsigned long long)world.model.signal_mask);
}

void check_arrival(model_fp found) {
  alarm_end_call();
  if (world_stack_here() != world.model.running) {
    log_fail("stack %u goes on, not stack %u", world_stack_here(), world.model.running);
  }
  model_settle(&world.model);
  check_fp(found);
  if (world.has_signals) check_signal_mask();
  check_all_states();
  check_all_results();
}
