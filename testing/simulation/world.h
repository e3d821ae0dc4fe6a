/* All that a simulation has: the model, and ctx's side of it. There is one world, since entries
 * with typed arguments and handlers of signals have no place for a pointer to theirs. */
#ifndef CTX_TESTING_SIMULATION_WORLD_H_
#define CTX_TESTING_SIMULATION_WORLD_H_

#include "ctx/ctx.h"
#include "testing/simulation/model.h"
#include "testing/simulation/signatures.h"
#include "testing/simulation/simulation.h"
#include "testing/simulation/steps.h"

/* A child runs an entry that is given values, or the function of a signature. */
typedef enum entry_kind { ENTRY_WITHOUT_ARGS, ENTRY_WITH_ARGS, ENTRY_OF_SIGNATURE } entry_kind;

/* A child's init was given this; the entry and the callbacks look for it. */
typedef struct assignment {
  uint64_t token; /* the arguments are made of it */
  entry_kind kind;
  signature_id signature;  /* of an ENTRY_OF_SIGNATURE */
  signature_value *memory; /* ctx_options.result */
} assignment;

/* Entries that are given values return this, the same as SIGNATURE_INTEGER_AND_DOUBLE. */
typedef struct entry_results {
  uint64_t gp;
  double fp;
} entry_results;

/* A signal comes at a certain instruction, and its handler leaves for a certain context. */
typedef struct alarm_plan {
  bool waits; /* for a call that can be left */
  unsigned num_instructions;
  bool by_set;
  unsigned target;
} alarm_plan;

struct world {
  const simulation_functions *functions;
  bool has_signals;
  step_reader steps;
  model model;
  ctx_context *contexts[MODEL_NUM_CONTEXTS]; /* mostly in their places, some on the heap */
  assignment assignments[MODEL_NUM_STACKS];  /* of each stack's child */
  entry_results returned;                    /* by the entry that returns next */
  alarm_plan alarm;
  volatile bool alarm_is_armed;
  signature_value unread; /* zero; ctx_retval_get is given it where it must fail */
};
extern struct world world;

/* Memory that ctx writes to. It is apart from the state so that writes beyond it are noticed. */
enum { WORLD_STACK_SIZE = 65536 };
extern char world_stacks[MODEL_NUM_STACKS][WORLD_STACK_SIZE];
extern ctx_context world_places[MODEL_NUM_CONTEXTS];
extern signature_value world_result_memory[MODEL_NUM_STACKS];

/* The beginning: nothing is initialised, all contexts are in their places. */
void world_begin(const simulation_functions *functions, bool has_signals);

/* Returns the stack that this runs on. */
unsigned world_stack_here(void);

ctx_context *world_child(unsigned stack);
bool world_is_on_heap(unsigned stack);

/* Returns the signature of the result of the stack's child. */
signature_id world_signature_of(unsigned stack);

/* Returns a bit for each context that can be resumed, except for those on stacks in the middle of
 * something. */
unsigned world_resumable(void);

/* Returns the n-th bit set, counted from 0 and around; -1 if there is none. */
int world_nth(unsigned bits, unsigned n);

/* Returns the control words of a step. */
model_fp world_fp_of_seed(unsigned fp_seed);

#endif /* CTX_TESTING_SIMULATION_WORLD_H_ */
