/* Contexts simulated in plain C, without a line of ctx: the contract says who runs next, and with
 * what.
 *
 * Stack 0 is the thread's own; the others belong to one child each. On each stack code can be
 * suspended in two contexts: in its child's, and in a host that lives there (on stack 0: only
 * that). Whoever calls a function here has made sure that the contract allows the step. */
#ifndef CTX_TESTING_SIMULATION_MODEL_H_
#define CTX_TESTING_SIMULATION_MODEL_H_

#include <stdbool.h>
#include <stdint.h>

enum {
  MODEL_NUM_STACKS = 5,
  MODEL_NUM_CONTEXTS = 2 * MODEL_NUM_STACKS,
  MODEL_MAX_RESULT_SIZE = 64
};

/* The hosts come first, then the children; the one of stack 0 is never used. */
typedef unsigned model_id;
#define MODEL_HOST(stack) ((model_id)(stack))
#define MODEL_CHILD(stack) ((model_id)(MODEL_NUM_STACKS + (stack)))
#define MODEL_STACK_OF(id) ((id) % MODEL_NUM_STACKS)
#define MODEL_IS_CHILD(id) ((id) >= MODEL_NUM_STACKS)
#define MODEL_NOBODY MODEL_NUM_CONTEXTS
#define MODEL_REPLACED (MODEL_NUM_CONTEXTS + 1) /* one that is elsewhere now: as good as nobody */

/* The control words of floating point as one number, which has a meaning to the machine only. */
typedef uint64_t model_fp;

typedef struct model_context {
  bool resumable;  /* fresh, or suspended */
  bool declared;   /* fp means something */
  bool saves;      /* CTX_FLAG_FP_SAVE */
  bool inherits;   /* CTX_FLAG_FP_INHERIT, and it has not been switched to or from */
  model_fp fp;     /* in force when it is resumed */
  model_id parent; /* who swapped here last */
  model_id waits;  /* for whom, since it swapped there */
  bool keeps_no_mask;
  uint64_t signal_mask;
} model_context;

typedef enum model_phase {
  MODEL_GONE, /* never initialised, or left for good: its context is only good for init */
  MODEL_FRESH,
  MODEL_ACTIVATION, /* runs, or is suspended, in the activation callback */
  MODEL_ENTRY,
  MODEL_BACKSTOP,
  MODEL_RETURNED
} model_phase;

/* An entry leaves these. */
typedef struct model_results {
  uint64_t gp; /* as ctx_retval_u64 reads it */
  uint64_t fp; /* the bits that ctx_retval_f64 reads */
  bool has_gp; /* otherwise gp can be anything */
  bool has_fp;
  uint8_t typed[MODEL_MAX_RESULT_SIZE]; /* the same and all the rest, as the entry's type */
} model_results;

typedef struct model_stack {
  model_phase phase;
  bool has_activation;
  bool has_backstop;
  bool is_cancelled;
  bool is_cleared;       /* since the entry has returned */
  model_results results; /* all 0 before the entry has returned */
} model_stack;

typedef struct model_options {
  bool activation;
  bool backstop;
  bool fp_save;
  bool fp_default;
  bool fp_inherit;
  bool keeps_no_mask;
  uint64_t signal_mask;
} model_options;

typedef struct model {
  unsigned running; /* the stack that is executed */
  model_id resumer; /* what was left for it; by a swap or a return, or nobody */
  model_fp fp;      /* in force */
  model_fp fp_default;
  uint64_t signal_mask;
  unsigned in_flux; /* a bit for each stack that the present step changes: in the middle of the step
                       nothing can be said of them */
  model_context contexts[MODEL_NUM_CONTEXTS];
  model_stack stacks[MODEL_NUM_STACKS];
} model;

/* `fp_default` is in force when a process starts. */
void model_begin(model *m, model_fp fp_default);

/* A stack's child is to be another context, elsewhere: it is nobody's parent any more. */
void model_replace(model *m, unsigned stack);

/* Does the init of a stack's child. */
void model_init(model *m, unsigned stack, const model_options *options);

/* `from` is one of the running stack's two; `to` is resumable. */
void model_swap(model *m, model_id from, model_id to);

/* The running child goes to its parent. */
bool model_can_yield(const model *m);
void model_yield(model *m);

/* Goes to `to` by ctx_set. */
void model_set(model *m, model_id to);

/* Goes to `to` by a signal, out of the middle of anything. */
void model_leave(model *m, model_id to, bool restores_mask);

/* The function that the running stack executes returns: a callback, or the entry, with these
 * results. model_can_return says whether there is someone to go to. */
bool model_can_return(const model *m);
void model_return(model *m, const model_results *results);

/* ctx_cancel, which goes to a child that has begun, and ends it. model_can_cancel says whether it
 * can be called: of one that has ended, it is refused. */
bool model_can_cancel(const model *m, unsigned stack);
void model_cancel(model *m, model_id from, unsigned stack);

/* ctx_declare_fp_control; for one that runs it loads the words, too. */
bool model_can_declare_fp(const model *m, model_id id);
void model_declare_fp(model *m, model_id id, model_fp fp);

/* The running code changes its words, and declares nothing. */
bool model_can_change_fp(const model *m);
void model_change_fp(model *m, model_fp fp);

bool model_has_returned(const model *m, unsigned stack);
void model_clear_retvals(model *m, unsigned stack);

/* The step is over: somebody has arrived, and runs. */
void model_settle(model *m);

#endif /* CTX_TESTING_SIMULATION_MODEL_H_ */
