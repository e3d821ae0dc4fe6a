/* A function of each signature, in C except for those that take vectors above 16 bytes. */
#ifndef CTX_TESTING_SIMULATION_FUNCTIONS_H_
#define CTX_TESTING_SIMULATION_FUNCTIONS_H_

#include "ctx/ctx.h"
#include "testing/simulation/signatures.h"

ctx_entry function_of(signature_id id);

#endif /* CTX_TESTING_SIMULATION_FUNCTIONS_H_ */
