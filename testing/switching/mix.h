/* Switches that mix all forms at random, among a host and some children: each context that goes on
 * finds every register as it left it, and the right resumer. */
#ifndef CTX_TESTING_SWITCHING_MIX_H_
#define CTX_TESTING_SWITCHING_MIX_H_

#include <stdint.h>

#include "testing/switching/forms.h"

typedef struct mix_plan {
  const swap_form *forms; /* NUM_SWAP_FORMS of them */
  uint64_t num_switches;
  uint64_t seed;
} mix_plan;

/* mix_counts says how often each way of leaving a context was taken. */
typedef struct mix_counts {
  uint64_t swaps[NUM_SWAP_FORMS];
  uint64_t swaps_resumer[NUM_SWAP_FORMS];
  uint64_t yields[NUM_SWAP_FORMS];
  uint64_t returns;
  uint64_t sets;
  uint64_t starts; /* of children: the first switch to each is one of the above */
} mix_counts;

/* mix_run runs so many switches, and returns "", or what was wrong first, in static storage. One
 * thread at a time. */
const char *mix_run(const mix_plan *plan, mix_counts *out_counts);

#endif /* CTX_TESTING_SWITCHING_MIX_H_ */
