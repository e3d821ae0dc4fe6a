/* A wrong switch does this, for the test of the simulation: testing/arch/<its folder>/simulation_*
 * have it. */
#ifndef CTX_TESTING_SIMULATION_WRONG_H_
#define CTX_TESTING_SIMULATION_WRONG_H_

#include "ctx/ctx.h"

/* ctx_swap_resumer, except that a register that a call keeps is another one afterwards. */
ctx_context *wrong_swap_that_loses_a_register(ctx_context *from, ctx_context *to);
extern const char wrong_register_name[];

/* Changes the rounding in the control words that are in force. */
void wrong_change_rounding(void);

#endif /* CTX_TESTING_SIMULATION_WRONG_H_ */
