/* Callers that no compiler would write: with a number of its own in each register. Each
 * architecture's folder defines them. */
#ifndef CTX_TESTING_ORACLE_MARKED_CALL_H_
#define CTX_TESTING_ORACLE_MARKED_CALL_H_

#include "ctx/ctx.h"

/* oracle_marked_call calls oracle_probe with 0xb0 + n in each general register that it can, n being
 * its place in oracle_registers, and with 0xc0 + n in each word of each vector or floating-point
 * register. */
void oracle_marked_call(void);

/* oracle_marked_swap is ctx_swap, called with these in each register that is not the stack's or an
 * argument's. */
void oracle_marked_swap(ctx_context *from, ctx_context *to);

#endif /* CTX_TESTING_ORACLE_MARKED_CALL_H_ */
