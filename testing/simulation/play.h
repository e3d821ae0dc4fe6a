/* Every function of a simulation plays: the host's, and those that children run. */
#ifndef CTX_TESTING_SIMULATION_PLAY_H_
#define CTX_TESTING_SIMULATION_PLAY_H_

/* Runs steps until the function that calls it is to return. After the last step it returns to the
 * host of stack 0 only. */
void play(void);

#endif /* CTX_TESTING_SIMULATION_PLAY_H_ */
