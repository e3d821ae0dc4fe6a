/* swap_fuzz with signals, whose handlers leave for another context. It finds the signal mask as it
 * must be. Signals come between any two instructions of a switch or of init; where switches are
 * instrumented they come between two steps only, so it is worth fuzzing without ASan, too. */
#include "testing/simulation/simulation.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  simulation_run(&simulation_ctx, SIMULATION_OF_SIGNALS, data, size);
  return 0;
}
