/* Signal masks as numbers: signal n is bit n - 1. */
#ifndef CTX_TESTING_SIMULATION_SIGNAL_MASK_H_
#define CTX_TESTING_SIMULATION_SIGNAL_MASK_H_

#include <signal.h>
#include <stdint.h>

/* The mask of a step, whose eight bits stand for real-time signals that nobody uses: nothing
 * depends on whether these are blocked. */
uint64_t signal_mask_of(unsigned bits);

sigset_t signal_mask_set(uint64_t mask);

/* The calling thread's. */
void signal_mask_load(uint64_t mask);
uint64_t signal_mask_in_force(void);

#endif /* CTX_TESTING_SIMULATION_SIGNAL_MASK_H_ */
