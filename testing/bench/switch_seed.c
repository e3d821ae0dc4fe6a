/* The seed's scheme. */
#include "testing/bench/seed_scheme.h"

typedef seed_context child;

#define CHILD_INIT(c, stack, size, function) \
  seed_init(c, stack, size, SEED_SKIP_SIGNAL_MASK, function, NULL, 0)

#define COMPETITOR seed
#define SWAP(from, to) seed_swap(from, to)
#include "testing/bench/pair_competitor.inc"

#include "testing/bench/crowd_cases.inc"
#include "testing/bench/switch_cases.inc"
