/* Whenever somebody goes on, all of this must be as the model has it. */
#ifndef CTX_TESTING_SIMULATION_CHECKS_H_
#define CTX_TESTING_SIMULATION_CHECKS_H_

#include "testing/simulation/model.h"

/* The end of a step: the one that the model says goes on, with these control words. */
void check_arrival(model_fp found);

#endif /* CTX_TESTING_SIMULATION_CHECKS_H_ */
