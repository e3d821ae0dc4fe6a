/* A simulation's steps, for whoever reads why it failed. */
#ifndef CTX_TESTING_SIMULATION_LOG_H_
#define CTX_TESTING_SIMULATION_LOG_H_

#include "testing/simulation/model.h"

void log_clear(void);

/* `what` has static storage; the name of `context` follows it, unless that is MODEL_NOBODY. */
void log_step(unsigned stack, const char *what, model_id context);

/* Writes the text, then what was logged, to stderr, and aborts. On any stack. */
__attribute__((__format__(__printf__, 1, 2))) _Noreturn void log_fail(const char *format, ...);

#endif /* CTX_TESTING_SIMULATION_LOG_H_ */
