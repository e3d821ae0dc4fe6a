/* Random graphs of contexts: bytes spell steps that ctx and the model do side by side. Each context
 * that goes on checks that it is the one, and that it finds all that it left. */
#ifndef CTX_TESTING_SIMULATION_SIMULATION_H_
#define CTX_TESTING_SIMULATION_SIMULATION_H_

#include "ctx/ctx.h"

/* The functions of ctx that a simulation is about: here a test has wrong ones. */
typedef struct simulation_functions {
  /* ctx_swap_resumer: call-less, external, inline */
  ctx_context *(*swap[3])(ctx_context *from, ctx_context *to);
  void (*swap_with)(ctx_context *from, ctx_context *to, ctx_callback function, void *data);
  ctx_status (*cancel)(ctx_context *from, ctx_context *to);
  /* ctx_yield, in the order of swap */
  ctx_context *(*yield[3])(ctx_context *self);
  ctx_context *(*parent)(const ctx_context *context);
  ctx_context_state (*state)(const ctx_context *context);
  void (*set)(const ctx_context *to);
  ctx_status (*init)(ctx_context *child, void *stack, size_t stack_size, const ctx_options *options,
                     ctx_entry entry, const ctx_value *args, size_t num_args);
  ctx_status (*init_signature)(ctx_context *child, void *stack, size_t stack_size,
                               const ctx_options *options, ctx_entry entry,
                               const ctx_signature *signature, const void *const *values);
  ctx_status (*create)(ctx_context **out_child, void *stack, size_t stack_size, ctx_entry entry,
                       const ctx_value *args, size_t num_args);
  ctx_status (*retval_get)(const ctx_context *child, const ctx_signature *signature, void *out);
  ctx_status (*set_from_signal)(const ctx_context *to);
  void (*redirect_signal)(void *ucontext, const ctx_context *to);
} simulation_functions;

extern const simulation_functions simulation_ctx;

typedef enum simulation_kind {
  SIMULATION_OF_SWITCHES,
  SIMULATION_OF_SIGNALS /* where code is instrumented they come between steps only */
} simulation_kind;

/* Counts how often each thing happened, since the program began. */
typedef struct simulation_counts {
  uint64_t swaps;
  uint64_t swaps_with;
  uint64_t yields;
  uint64_t sets;
  uint64_t cancels; /* of contexts that have begun */
  uint64_t returns; /* of entries and of callbacks */
  uint64_t inits;
  uint64_t inits_again;      /* of suspended ones */
  uint64_t inits_signatures; /* by a signature, and whose result it had memory for */
  uint64_t inits_with_memory;
  uint64_t creates;
  uint64_t destroys;
  uint64_t results_read; /* what was returned, through a signature */
  uint64_t fp_reloads;   /* switches between contexts of different control words */
  uint64_t signals;
  uint64_t signals_in_calls;
} simulation_counts;
extern simulation_counts simulation_counts_so_far;

/* simulation_run returns if all was as the model has it. Otherwise it writes what was wrong, and
 * the steps up to there, to stderr, and aborts: which stack it is on can be anything then. */
void simulation_run(const simulation_functions *functions, simulation_kind kind,
                    const uint8_t *data, size_t size);

#endif /* CTX_TESTING_SIMULATION_SIMULATION_H_ */
