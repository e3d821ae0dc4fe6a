/* Mixes the forms of the switch for as long as you like, and looks at every register:
 *
 *     ./tools/bazel run -c opt //testing/switching:mix -- --switches=10000000
 *
 *     --switches=N  1000000, unless given
 *     --seed=S      1, unless given
 *
 * Exits with 1 at the first thing that is wrong. */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "testing/switching/mix.h"

static bool read_option(const char *argument, const char *name, uint64_t *out) {
  size_t length = strlen(name);
  if (strncmp(argument, name, length) != 0) return false;
  char *end;
  *out = strtoull(argument + length, &end, 10);
  return *end == '\0' && end != argument + length;
}

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

int main(int argc, char **argv) {
  mix_plan plan = {.forms = swap_forms, .num_switches = 1000000, .seed = 1};
  for (int i = 1; i < argc; i++) {
    if (read_option(argv[i], "--switches=", &plan.num_switches) ||
        read_option(argv[i], "--seed=", &plan.seed)) {
      continue;
    }
    fprintf(stderr, "usage: %s [--switches=N] [--seed=S]\n", argv[0]);
    return 2;
  }
  mix_counts counts;
  double begin = seconds();
  const char *complaint = mix_run(&plan, &counts);
  for (size_t i = 0; i < NUM_SWAP_FORMS; i++) {
    printf("%s: %" PRIu64 " swaps, %" PRIu64 " that return the resumer, %" PRIu64 " yields\n",
           swap_forms[i].name, counts.swaps[i], counts.swaps_resumer[i], counts.yields[i]);
  }
  printf("%" PRIu64 " returns, %" PRIu64 " by ctx_set, %" PRIu64 " starts\n", counts.returns,
         counts.sets, counts.starts);
  if (*complaint != '\0') {
    printf("%s\n", complaint);
    return 1;
  }
  printf("%" PRIu64 " switches, each register as it was; %.1f s\n", plan.num_switches,
         seconds() - begin);
  return 0;
}
