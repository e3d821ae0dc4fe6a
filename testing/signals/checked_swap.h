/* Swaps with numbers of the caller's own in all callee-saved registers. Each architecture's folder
 * defines it. */
#ifndef CTX_TESTING_SIGNALS_CHECKED_SWAP_H_
#define CTX_TESTING_SIGNALS_CHECKED_SWAP_H_

#include <stdint.h>

#include "ctx/ctx.h"

/* checked_swap swaps by the external ctx_swap. Returns 0 if it has come back with these registers
 * as they were; otherwise a number in which the bits that differ, of any of them, are set. */
uint64_t checked_swap(ctx_context *from, ctx_context *to);

#endif /* CTX_TESTING_SIGNALS_CHECKED_SWAP_H_ */
