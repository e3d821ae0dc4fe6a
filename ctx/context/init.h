/* The part that all ways to initialise a context share: the last checks, and everything that is
 * written except the arguments. */
#ifndef CTX_CONTEXT_INIT_H_
#define CTX_CONTEXT_INIT_H_

#include "ctx/arch/arch.h"
#include CTX_ARCH_HEADER_(frame.h)
#include CTX_ARCH_HEADER_(fresh.h)
#include "ctx/context/fresh.h"
#include "ctx/ctx.h"
#include "ctx/system/signal_mask.h"
#include "ctx/system/system.h"
#include "ctx/watch/instrument.h"

/* ctx_init_frames checks what ctx_fresh_check_ has not checked. From then on it cannot fail. It
 * writes everything except the arguments of a call of this plan, whose frames begin at *frame. */
static inline ctx_status ctx_init_frames(ctx_context *child, char *stack, size_t stack_size,
                                         const ctx_options *options, ctx_entry entry,
                                         const ctx_frame_plan *plan, char **frame) {
  size_t size = ctx_frame_size(plan);
  if (options->result != NULL) size -= ctx_frame_result_size(plan);
  if (size > stack_size) return CTX_ERR_STACK_SMALL;
  uint64_t signal_mask;
  if (ctx_fresh_needs_no_system_(options)) {
    signal_mask = ctx_fresh_signal_mask_(options);
  } else if (!ctx_system_signal_mask_read(&signal_mask)) {
    return CTX_ERR_SIGNAL_MASK;
  }

  ctx_instrument_fresh_stack(child, stack, stack_size, options);
  char *end = stack + stack_size;
  ctx_fresh_write_(child, end, options, entry, signal_mask);
  *frame = ctx_frame_build(plan, end, options->result);
  ctx_frame_start(plan, *frame, child, options->activation != NULL);
  ctx_instrument_fresh_context(child, stack, stack_size, options);
  return CTX_OK;
}

#endif /* CTX_CONTEXT_INIT_H_ */
