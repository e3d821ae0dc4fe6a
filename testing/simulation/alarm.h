/* Signals whose handlers leave what they have interrupted: at a given instruction of a call of ctx,
 * or between two of them. */
#ifndef CTX_TESTING_SIMULATION_ALARM_H_
#define CTX_TESTING_SIMULATION_ALARM_H_

#include "testing/simulation/steps.h"

void alarm_install(void);
void alarm_uninstall(void);

/* A step that leaves at once; it does not return. */
_Noreturn void alarm_ring(const step *s);

/* A step that has a signal come into the next call that can be left. */
void alarm_set(const step *s);

/* Cancels the alarm: no signal comes. */
void alarm_cancel(void);

/* These stand around each call of ctx that can be left. The model has done the step before the
 * first. */
void alarm_begin_call(void);
void alarm_end_call(void);

#endif /* CTX_TESTING_SIMULATION_ALARM_H_ */
