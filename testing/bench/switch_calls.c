/* Calls that return, in the place of switches, which are compared with them. */
#include "testing/bench/calls.h"
#include "testing/bench/code_shape.h"
#include "testing/bench/switch_cases.h"

uint64_t bench_call_flat(uint64_t num_calls) {
  for (uint64_t n = num_calls / 8; n > 0; n--)
    BENCH_EIGHT_TIMES(bench_call(););
  return num_calls;
}

uint64_t bench_call_saving_five_flat(uint64_t num_calls) {
  for (uint64_t n = num_calls / 8; n > 0; n--)
    BENCH_EIGHT_TIMES(bench_call_saving_five(););
  return num_calls;
}
