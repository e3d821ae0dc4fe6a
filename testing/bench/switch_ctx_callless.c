/* ctx_swap, called by its name in C: the call-less form. */
#include "testing/bench/ctx_child.h"

#define COMPETITOR ctx_callless
#define SWAP(from, to) ctx_swap(from, to)
#define SWAP_RESUMER(from, to) ctx_swap_resumer(from, to)
#include "testing/bench/pair_competitor.inc"

#include "testing/bench/crowd_cases.inc"
#include "testing/bench/switch_cases.inc"
