/* All forms of init share these. */
#ifndef CTX_TESTING_SIMULATION_ACT_INIT_H_
#define CTX_TESTING_SIMULATION_ACT_INIT_H_

#include "testing/simulation/steps.h"
#include "testing/simulation/world.h"

/* The stack of any child except the one that runs. */
unsigned init_stack(const step *s);

/* The arguments of an init are made of this: they are not those of another. */
uint64_t init_token(const step *s);

/* Logs `what`, and does the model's part. The entry will look for `given`. */
void init_begin(const char *what, unsigned stack, const model_options *expected,
                const assignment *given);

/* Ends the init once ctx's part has returned `status`. */
void init_end(ctx_status status);

#endif /* CTX_TESTING_SIMULATION_ACT_INIT_H_ */
