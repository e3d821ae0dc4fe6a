/* Each kind of step has a function here, which leaves the step out if the contract does not allow
 * it now. Otherwise it logs the step, has the model do it, and then ctx. */
#ifndef CTX_TESTING_SIMULATION_ACT_H_
#define CTX_TESTING_SIMULATION_ACT_H_

#include "testing/simulation/model.h"
#include "testing/simulation/steps.h"

/* act_switch.c */
void act_swap(const step *s);
void act_yield(const step *s);
void act_set(const step *s);
void act_set_to(model_id to);
void act_cancel(unsigned stack, uint64_t random);
/* Returns true if the function that runs is to return now; an entry returns world.returned then. */
bool act_return(const step *s);
void act_leave(const step *s);
void act_leave_later(const step *s);

/* act_init.c */
void act_init(const step *s);
void act_init_signature(const step *s);

/* act_create.c */
void act_create(const step *s);

/* act_state.c */
void act_declare_fp(const step *s);
void act_change_fp(const step *s);
void act_clear_retvals(const step *s);
void act_set_mask(const step *s);
void act_keep_mask(const step *s);

/* act_create.c; after the last step. It destroys the contexts on the heap, and initialises all
 * children: the init that replaces an abandoned context frees what a sanitizer keeps for it. */
void act_end(void);

#endif /* CTX_TESTING_SIMULATION_ACT_H_ */
