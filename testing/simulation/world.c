#include "testing/simulation/world.h"

#include <string.h>

#include "testing/simulation/machine.h"

struct world world;
char world_stacks[MODEL_NUM_STACKS][WORLD_STACK_SIZE] __attribute__((__aligned__(16)));
ctx_context world_places[MODEL_NUM_CONTEXTS];
signature_value world_result_memory[MODEL_NUM_STACKS];

void world_begin(const simulation_functions *functions, bool has_signals) {
  memset(&world, 0, sizeof world);
  world.functions = functions;
  world.has_signals = has_signals;
  model_begin(&world.model, machine_fp_default());
  /* Init has to overwrite what is there; a host is zero. */
  memset(world_places, 0xa5, sizeof world_places);
  memset(&world_places[MODEL_HOST(0)], 0, sizeof world_places[MODEL_HOST(0)]);
  for (model_id id = 0; id < MODEL_NUM_CONTEXTS; id++)
    world.contexts[id] = &world_places[id];
}

unsigned world_stack_here(void) {
  uintptr_t here = (uintptr_t)__builtin_frame_address(0);
  for (unsigned stack = 1; stack < MODEL_NUM_STACKS; stack++) {
    if (here - (uintptr_t)world_stacks[stack] < WORLD_STACK_SIZE) return stack;
  }
  return 0;
}

ctx_context *world_child(unsigned stack) { return world.contexts[MODEL_CHILD(stack)]; }

bool world_is_on_heap(unsigned stack) {
  return world_child(stack) != &world_places[MODEL_CHILD(stack)];
}

signature_id world_signature_of(unsigned stack) {
  const assignment *of = &world.assignments[stack];
  return of->kind == ENTRY_OF_SIGNATURE ? of->signature : SIGNATURE_INTEGER_AND_DOUBLE;
}

unsigned world_resumable(void) {
  const model *m = &world.model;
  unsigned bits = 0;
  for (model_id id = 0; id < MODEL_NUM_CONTEXTS; id++) {
    bool in_flux = (m->in_flux >> MODEL_STACK_OF(id) & 1) != 0;
    bits |= (unsigned)(m->contexts[id].resumable && !in_flux) << id;
  }
  return bits;
}

int world_nth(unsigned bits, unsigned n) {
  if (bits == 0) return -1;
  n %= (unsigned)__builtin_popcount(bits);
  for (; n != 0; n--)
    bits &= bits - 1;
  return __builtin_ctz(bits);
}

model_fp world_fp_of_seed(unsigned fp_seed) {
  return fp_seed == 0 ? machine_fp_default() : machine_fp_of_seed(fp_seed);
}
