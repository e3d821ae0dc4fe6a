/* A wrong switch does this, for the test of the simulation: testing/arch/<its folder>/simulation_*
 * have it. */
#ifndef CTX_TESTING_SIMULATION_WRONG_H_
#define CTX_TESTING_SIMULATION_WRONG_H_

/* Changes a register that a call keeps, and nothing else. */
void wrong_change_register(void);
extern const char wrong_register_name[];

/* Changes the rounding in the control words that are in force. */
void wrong_change_rounding(void);

#endif /* CTX_TESTING_SIMULATION_WRONG_H_ */
