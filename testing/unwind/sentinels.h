/* Numbers of its own in every callee-saved register of a frame, which traces look for. Each
 * architecture's folder defines all of it. */
#ifndef CTX_TESTING_UNWIND_SENTINELS_H_
#define CTX_TESTING_UNWIND_SENTINELS_H_

#include <stddef.h>
#include <stdint.h>

#include "ctx/ctx.h"

typedef struct trace_sentinel {
  int dwarf_number; /* of the register; libunwind's, too */
  uint64_t value;
} trace_sentinel;

extern const trace_sentinel trace_sentinels[];
extern const size_t trace_num_sentinels;

/* trace_with_sentinels calls swap(from, to) with the sentinels in their registers. */
void trace_with_sentinels(void (*swap)(ctx_context *from, ctx_context *to), ctx_context *from,
                          ctx_context *to);

/* The code goes on here after the call. As a frame, this is its address. */
extern const char trace_sentinel_return[];

#endif /* CTX_TESTING_UNWIND_SENTINELS_H_ */
