/* A prepared signature. */
#ifndef CTX_CALL_PREPARED_H_
#define CTX_CALL_PREPARED_H_

#include <stdbool.h>

#include "ctx/arch/arch.h"
#include "ctx/arch/load.h"
#include CTX_ARCH_HEADER_(frame.h)
#include CTX_ARCH_HEADER_(place.h)
#include "ctx/signature.h"

/* ctx_prepared_move is a move (ctx/call/move.h) of an argument of a call. */
typedef struct ctx_prepared_move {
  uint32_t argument; /* its number in the call */
  uint32_t from;
  uint32_t to;
  uint32_t size;
} ctx_prepared_move;

struct ctx_signature {
  ctx_frame_plan plan;
  ctx_result_place result;
  size_t result_size; /* in bytes */
  size_t num_args;
  size_t frame_size; /* ctx_frame_size(&plan) */
  uint8_t *optional; /* for each argument: 1 if its address may be null, since it is empty */
  bool has_optional; /* one of them is 1 */
  /* The moves, sorted by their load. So each load has a loop of its own, and the processor need not
   * guess which one comes next. Those of load L end before moves[move_ends[L]]. */
  size_t move_ends[CTX_NUM_LOADS];
  ctx_prepared_move moves[];
};

#endif /* CTX_CALL_PREPARED_H_ */
