/* As swap_fuzz, and signals break into it: between any two instructions of a switch or of init, but
 * between two steps only where switches are instrumented. So it is worth fuzzing without ASan, too.
 * Their handlers leave for another context, which finds the signal mask as it must be. */
#include "testing/simulation/simulation.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  simulation_run(&simulation_ctx, SIMULATION_OF_SIGNALS, data, size);
  return 0;
}
