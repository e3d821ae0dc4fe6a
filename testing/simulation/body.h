/* A function of any signature calls body_run with its number and the addresses of its arguments.
 * When that returns the function returns the value that body_result points at. */
#ifndef CTX_TESTING_SIMULATION_BODY_H_
#define CTX_TESTING_SIMULATION_BODY_H_

#include "testing/simulation/signatures.h"

void body_run(signature_id id, const void *const *args);
const void *body_result(void);

/* From now on body_run calls `body`. */
void body_set(signature_body body);

/* From now on functions return `value`. */
void body_set_result(const signature_value *value);

#endif /* CTX_TESTING_SIMULATION_BODY_H_ */
