/* Children run these entries and callbacks. Each checks that it is the one that the model has
 * running now, and that it was given what it should be. Then it plays. */
#ifndef CTX_TESTING_SIMULATION_CHILD_H_
#define CTX_TESTING_SIMULATION_CHILD_H_

#include "ctx/ctx.h"
#include "testing/simulation/signatures.h"

enum { CHILD_NUM_ARGS = 8 };

/* The entry that is given values, and the one that is not. */
ctx_entry child_entry(bool has_args);

/* The values that the entry with arguments is given, by the token of its assignment. */
void child_args(uint64_t token, ctx_value args[CHILD_NUM_ARGS]);

/* Activation and backstop; the data are the child's assignment. */
void child_callback(void *data);

/* The body of entries of signatures. */
void child_run_signature(signature_id id, const void *const *args);

#endif /* CTX_TESTING_SIMULATION_CHILD_H_ */
