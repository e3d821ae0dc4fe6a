/* Runs code one instruction at a time, in the process itself. Each architecture's folder defines
 * it. */
#ifndef CTX_TESTING_UNWIND_SINGLE_STEP_H_
#define CTX_TESTING_UNWIND_SINGLE_STEP_H_

#include <ucontext.h>

/* Visits each instruction that is about to be executed; runs in the signal's handler, on a stack of
 * its own. It may edit the registers. */
typedef void (*step_visitor)(ucontext_t *interrupted);

/* step_install makes the calling thread's single steps call `visit`; step_uninstall undoes it. */
void step_install(step_visitor visit);
void step_uninstall(void);

/* Between these two, on the same thread, each instruction is visited. Switches do not end it. */
void step_begin(void);
void step_end(void);

/* Begins the steps from within a handler, or ends them from within a visitor, when it returns. */
void step_begin_in(ucontext_t *interrupted);
void step_end_in(ucontext_t *interrupted);

#endif /* CTX_TESTING_UNWIND_SINGLE_STEP_H_ */
