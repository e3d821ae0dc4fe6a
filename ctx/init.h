/* What all ways to initialise a context share: checks before, and the context itself after, its
 * arguments. */
#ifndef CTX_INIT_H_
#define CTX_INIT_H_

#include "ctx/frame_x86_64_sysv.h"
#include "ctx/instrument.h"
#include "ctx/signal_mask.h"

/* ctx_init_frames writes everything but the arguments of a call of this plan: checks what has not
 * been checked by ctx_fresh_check_, and from then on cannot fail. *frame is where the plan's frames
 * begin. */
static inline ctx_status ctx_init_frames(ctx_context *child, char *stack, size_t stack_size,
                                         const ctx_options *options, ctx_entry entry,
                                         const ctx_frame_plan *plan, char **frame) {
  size_t size = ctx_frame_size(plan);
  if (options->result != NULL) size -= ctx_frame_result_size(plan);
  if (size > stack_size) return CTX_ERR_STACK_SMALL;
  uint64_t signal_mask;
  if (options->signal_mask != NULL) {
    signal_mask = ctx_signal_mask_pack(options->signal_mask);
  } else if (!ctx_signal_mask_read(&signal_mask)) {
    return CTX_ERR_SIGNAL_MASK;
  }

  ctx_instrument_fresh_stack(child, stack, stack_size);
  char *end = stack + stack_size;
  ctx_fresh_write_(child, end, options, entry, signal_mask);
  *frame = ctx_frame_build(plan, end, options->result);
  child->rsp = (uint64_t)(uintptr_t)*frame;
  child->enter = ctx_frame_enter(plan);
  if (options->activation == NULL) child->rip = child->enter;
  ctx_instrument_fresh_context(child, stack, stack_size, options);
  return CTX_OK;
}

#endif /* CTX_INIT_H_ */
