/* ctx_swap_inline. */
#include "ctx/inline.h"
#include "testing/bench/ctx_child.h"

#define COMPETITOR ctx_inline
#define SWAP(from, to) ctx_swap_inline(from, to)
#define SWAP_RESUMER(from, to) ctx_swap_resumer_inline(from, to)
#include "testing/bench/pair_competitor.inc"

#include "testing/bench/crowd_cases.inc"
#include "testing/bench/switch_cases.inc"
