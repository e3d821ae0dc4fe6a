/* Making contexts: checks, options, and the fields of a fresh one. */
#include <stdlib.h>

#include "ctx/asm.h"
#include "ctx/ctx.h"
#include "ctx/fp_control_x86_64.h"
#include "ctx/frame_x86_64_sysv.h"
#include "ctx/instrument.h"
#include "ctx/signal_mask.h"

/* The parent of a context that nobody has swapped to. */
static const ctx_context ctx_no_parent = {.rip = (uint64_t)(uintptr_t)ctx_asm_orphan};

size_t ctx_stack_needed(const ctx_value *args, size_t num_args) {
  if (args == NULL && num_args != 0) return 0;
  return ctx_frame_size(args, num_args);
}

/* What can be said without looking at arguments. */
static inline ctx_status ctx_check_init(const ctx_context *child, const void *stack,
                                        size_t stack_size, const ctx_options *options,
                                        ctx_entry entry) {
  if (child == NULL || stack == NULL || entry == NULL) return CTX_ERR_NULL_ARGUMENT;
  if ((uintptr_t)child % _Alignof(ctx_context) != 0) return CTX_ERR_CONTEXT_UNALIGNED;
  uintptr_t end = (uintptr_t)stack + stack_size;
  if (end < stack_size) return CTX_ERR_STACK_RANGE;
  if (end % 16 != 0) return CTX_ERR_STACK_UNALIGNED;
  if ((options->flags & ~CTX_FLAG_FP_SAVE) != 0) return CTX_ERR_BAD_FLAG;
  return CTX_OK;
}

/* Writes every field that means something in a fresh context. */
static inline void ctx_write_fresh(ctx_context *child, void *stack, size_t stack_size,
                                   const void *rsp, const void *rbp, ctx_entry resume,
                                   const ctx_options *options, ctx_entry entry,
                                   uint64_t signal_mask) {
  child->rip = (uint64_t)(uintptr_t)resume;
  child->rsp = (uint64_t)(uintptr_t)rsp;
  child->rbp = (uint64_t)(uintptr_t)rbp;
  child->parent = (ctx_context *)(uintptr_t)&ctx_no_parent;
  ctx_fp_declare(child, ctx_fp_current(), (options->flags & CTX_FLAG_FP_SAVE) != 0);
  child->entry = entry;
  child->backstop = options->backstop;
  child->backstop_data = options->backstop_data;
  child->returned = 0;
  child->signal_mask = signal_mask;
  child->activation = options->activation;
  child->activation_data = options->activation_data;
  ctx_instrument_fresh_context(child, stack, stack_size);
  if (child->activation != NULL) child->rip = (uint64_t)(uintptr_t)ctx_asm_activate;
}

/* Not inlined, so that the common case above it keeps to registers that need no saving. */
static __attribute__((noinline)) ctx_status ctx_init_general(ctx_context *child, void *stack,
                                                             size_t stack_size,
                                                             const ctx_options *options,
                                                             ctx_entry entry, const ctx_value *args,
                                                             size_t num_args) {
  static const ctx_options no_options;
  if (options == NULL) options = &no_options;
  if (args == NULL && num_args != 0) return CTX_ERR_NULL_ARGUMENT;
  ctx_status status = ctx_check_init(child, stack, stack_size, options, entry);
  if (status != CTX_OK) return status;
  /* So many cannot fit, whatever they are: a count that is wrong is not followed to its end. */
  size_t max_args = CTX_NUM_GP_REGISTERS + CTX_NUM_SSE_REGISTERS + stack_size / sizeof(uint64_t);
  if (num_args > max_args) return CTX_ERR_STACK_SMALL;
  size_t frame_size = ctx_frame_size(args, num_args);
  if (frame_size == 0) return CTX_ERR_BAD_VALUE;
  if (frame_size > stack_size) return CTX_ERR_STACK_SMALL;
  uint64_t signal_mask;
  if (options->signal_mask != NULL) {
    signal_mask = ctx_signal_mask_pack(options->signal_mask);
  } else if (!ctx_signal_mask_read(&signal_mask)) {
    return CTX_ERR_SIGNAL_MASK;
  }

  /* From here on nothing can fail. */
  ctx_instrument_fresh_stack(stack, stack_size);
  ctx_root_frame *root = ctx_frame_build_root((char *)stack + stack_size, child);
  if (num_args == 0) {
    ctx_write_fresh(child, stack, stack_size, root, root, ctx_asm_enter_bare, options, entry,
                    signal_mask);
  } else {
    ctx_entry_frame *frame = ctx_frame_build_entry(root, frame_size, args, num_args);
    ctx_write_fresh(child, stack, stack_size, frame, root, ctx_asm_enter, options, entry,
                    signal_mask);
  }
  return CTX_OK;
}

ctx_status ctx_init_with_options(ctx_context *child, void *stack, size_t stack_size,
                                 const ctx_options *options, ctx_entry entry, const ctx_value *args,
                                 size_t num_args) {
  if (num_args != 0 || options == NULL || options->signal_mask == NULL) {
    return ctx_init_general(child, stack, stack_size, options, entry, args, num_args);
  }
  /* What a runtime does at each start of a guest or a fiber, in nanoseconds. */
  ctx_status status = ctx_check_init(child, stack, stack_size, options, entry);
  if (status != CTX_OK) return status;
  if (stack_size < sizeof(ctx_root_frame)) return CTX_ERR_STACK_SMALL;
  ctx_instrument_fresh_stack(stack, stack_size);
  ctx_root_frame *root = ctx_frame_build_root((char *)stack + stack_size, child);
  ctx_write_fresh(child, stack, stack_size, root, root, ctx_asm_enter_bare, options, entry,
                  ctx_signal_mask_pack(options->signal_mask));
  return CTX_OK;
}

ctx_status ctx_init(ctx_context *child, void *stack, size_t stack_size, ctx_entry entry,
                    const ctx_value *args, size_t num_args) {
  return ctx_init_with_options(child, stack, stack_size, NULL, entry, args, num_args);
}

ctx_status ctx_init_with_callback(ctx_context *child, void *stack, size_t stack_size,
                                  ctx_callback backstop, void *backstop_data, ctx_entry entry,
                                  const ctx_value *args, size_t num_args) {
  ctx_options options = {.backstop = backstop, .backstop_data = backstop_data};
  return ctx_init_with_options(child, stack, stack_size, &options, entry, args, num_args);
}

ctx_status ctx_create(ctx_context **out_child, void *stack, size_t stack_size, ctx_entry entry,
                      const ctx_value *args, size_t num_args) {
  if (out_child == NULL) return CTX_ERR_NULL_ARGUMENT;
  ctx_context *child = aligned_alloc(_Alignof(ctx_context), sizeof *child);
  if (child == NULL) return CTX_ERR_NO_MEMORY;
  ctx_status status = ctx_init(child, stack, stack_size, entry, args, num_args);
  if (status != CTX_OK) {
    free(child);
    return status;
  }
  *out_child = child;
  return CTX_OK;
}

void ctx_destroy(ctx_context *child) {
  ctx_instrument_destroy(child);
  free(child);
}

void ctx_set_fp_control(ctx_context *context, uint32_t mxcsr, uint16_t x87_control) {
  ctx_fp_declare(context, ctx_fp_words(mxcsr, x87_control), ctx_fp_saves(context));
}
