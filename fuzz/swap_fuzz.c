/* Any bytes are a graph of contexts that switch, return, and are initialised again. All happens as
 * a simulation of the contract says. */
#include "testing/simulation/simulation.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  simulation_run(&simulation_ctx, SIMULATION_OF_SWITCHES, data, size);
  return 0;
}
