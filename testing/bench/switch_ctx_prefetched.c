/* ctx_swap, by a scheduler that fetches the contexts that come next, and their stacks where those
 * are touched. */
#include "ctx/prefetch.h"
#include "testing/bench/ctx_child.h"

#define COMPETITOR ctx_prefetched
#define SWAP(from, to) ctx_swap(from, to)
#define SWAP_RESUMER(from, to) ctx_swap_resumer(from, to)
#define LOOK_AHEAD(at) ctx_prefetch((at)[8])
#define LOOK_AHEAD_FRAMES(at) (ctx_prefetch((at)[8]), ctx_prefetch_stack((at)[4]))
#include "testing/bench/pair_competitor.inc"

#include "testing/bench/crowd_cases.inc"
