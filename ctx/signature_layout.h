/* What a prepared signature consists of. */
#ifndef CTX_SIGNATURE_LAYOUT_H_
#define CTX_SIGNATURE_LAYOUT_H_

#include "ctx/frame_x86_64_sysv.h"
#include "ctx/move.h"
#include "ctx/signature.h"

struct ctx_signature {
  ctx_frame_plan plan;
  ctx_result_place result;
  size_t result_size; /* in bytes */
  size_t num_args;
  size_t frame_size; /* ctx_frame_size(&plan) */
  uint8_t *optional; /* for each argument: 1 if its address may be null, since it is empty */
  bool has_optional; /* one of them is */
  /* Sorted by how they read, so that there is a loop for each: what comes next need not be
   * guessed. Those of load L end before moves[move_ends[L]]. */
  size_t move_ends[CTX_NUM_LOADS];
  ctx_move moves[];
};

#endif /* CTX_SIGNATURE_LAYOUT_H_ */
