#include "testing/simulation/child.h"

#include <string.h>

#include "testing/simulation/checks.h"
#include "testing/simulation/log.h"
#include "testing/simulation/machine.h"
#include "testing/simulation/play.h"
#include "testing/simulation/world.h"

static model_phase phase_here(void) { return world.model.stacks[world.model.running].phase; }

/* ---- Callbacks ---- */

void child_callback(void *data) {
  check_arrival(machine_fp_in_force());
  unsigned stack = world.model.running;
  if (data != &world.assignments[stack]) {
    log_fail("a callback of stack %u has wrong data", stack);
  }
  if (phase_here() == MODEL_ENTRY) log_fail("a callback runs in place of the entry");
  play();
}

/* ---- Entries ---- */

static void run_entry(entry_kind kind, signature_id signature) {
  check_arrival(machine_fp_in_force());
  if (phase_here() != MODEL_ENTRY) log_fail("the entry runs in place of a callback");
  const assignment *own = &world.assignments[world.model.running];
  if (own->kind != kind || own->signature != signature) log_fail("a wrong entry runs");
  play();
}

static entry_results entry_without_args(void) {
  run_entry(ENTRY_WITHOUT_ARGS, SIGNATURE_VOID);
  return world.returned;
}

static double f64_of(uint64_t token) {
  double f64;
  memcpy(&f64, &token, sizeof f64);
  return f64;
}

static entry_results entry_with_args(uint64_t token, double token_as_f64, int8_t i8, uint64_t a,
                                     uint64_t b, uint64_t c, uint64_t d, uint64_t e) {
  uint64_t expected = world.assignments[world_stack_here()].token;
  bool right = token == expected && memcmp(&token_as_f64, &expected, sizeof expected) == 0 &&
               i8 == (int8_t)expected && a == expected + 1 && b == expected + 2 &&
               c == expected + 3 && d == expected + 4 && e == expected + 5;
  if (!right) log_fail("the entry on stack %u has wrong arguments", world_stack_here());
  run_entry(ENTRY_WITH_ARGS, SIGNATURE_VOID);
  return world.returned;
}

ctx_entry child_entry(bool has_args) {
  return has_args ? CTX_ENTRY(entry_with_args) : CTX_ENTRY(entry_without_args);
}

void child_args(uint64_t token, ctx_value args[CHILD_NUM_ARGS]) {
  const ctx_value values[CHILD_NUM_ARGS] = {
      ctx_u64(token),     ctx_f64(f64_of(token)), ctx_i8((int8_t)token), ctx_u64(token + 1),
      ctx_u64(token + 2), ctx_u64(token + 3),     ctx_u64(token + 4),    ctx_u64(token + 5)};
  memcpy(args, values, sizeof values);
}

void child_run_signature(signature_id id, const void *const *args) {
  unsigned stack = world_stack_here();
  unsigned wrong = signature_wrong_args(id, world.assignments[stack].token, args);
  if (wrong != 0) log_fail("the entry on stack %u has wrong arguments: %#x", stack, wrong);
  run_entry(ENTRY_OF_SIGNATURE, id);
}
