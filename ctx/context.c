/* Making contexts: checks, options, and the fields of a fresh one. */
#include <stdlib.h>
#include <string.h>

#include "ctx/arguments.h"
#include "ctx/asm.h"
#include "ctx/ctx.h"
#include "ctx/fp_control_x86_64.h"
#include "ctx/init.h"

/* The parent of a context that nobody has swapped to. */
static const ctx_context ctx_no_parent = {
    .rip = CTX_RESUME_AT(ctx_asm_orphan),
    .fp_key = (uint64_t)CTX_X87_DEFAULT << CTX_FP_KEY_X87_SHIFT | CTX_MXCSR_DEFAULT,
    .mxcsr = CTX_MXCSR_DEFAULT,
    .x87_control = CTX_X87_DEFAULT,
};

const struct ctx_fresh_addresses ctx_fresh_addresses_ = {
    .enter_bare = (uint64_t)(uintptr_t)ctx_asm_enter_bare,
    .activate = CTX_RESUME_AT(ctx_asm_activate),
    .unwind_end = CTX_RESUME_AT(ctx_asm_orphan),
    .no_parent = (uint64_t)(uintptr_t)&ctx_no_parent,
};

size_t ctx_stack_needed(const ctx_value *args, size_t num_args) {
  if (args == NULL && num_args != 0) return 0;
  ctx_frame_plan plan;
  return ctx_arguments_plan(&plan, args, num_args) == CTX_OK ? ctx_frame_size(&plan) : 0;
}

/* Not inlined, so that the common case below it keeps to registers that need no saving. */
static CTX_NOINLINE ctx_status ctx_init_general(ctx_context *child, void *stack, size_t stack_size,
                                                const ctx_options *options, ctx_entry entry,
                                                const ctx_value *args, size_t num_args) {
  static const ctx_options no_options;
  if (options == NULL) options = &no_options;
  if (args == NULL && num_args != 0) return CTX_ERR_NULL_ARGUMENT;
  ctx_status status = ctx_fresh_check_(child, stack, stack_size, options, entry);
  if (status != CTX_OK) return status;
  /* So many cannot fit, unless they are empty: a count that is wrong is not followed to its end. */
  size_t max_args = CTX_NUM_GP_REGISTERS + CTX_NUM_VECTOR_REGISTERS + stack_size / sizeof(uint64_t);
  if (num_args > max_args) return CTX_ERR_STACK_SMALL;
  ctx_frame_plan plan;
  status = ctx_arguments_plan(&plan, args, num_args);
  if (status != CTX_OK) return status;
  ctx_instrument_values(args, num_args);
  char *frame;
  status = ctx_init_frames(child, stack, stack_size, options, entry, &plan, &frame);
  if (status == CTX_OK && num_args != 0) ctx_arguments_write(&plan, frame, args, num_args);
  return status;
}

ctx_status ctx_init_with_options(ctx_context *child, void *stack, size_t stack_size,
                                 const ctx_options *options, ctx_entry entry, const ctx_value *args,
                                 size_t num_args) {
#ifndef CTX_INSTRUMENTED_
  if (ctx_fresh_applies_(options, num_args)) {
    return ctx_fresh_init_(child, stack, stack_size, options, entry);
  }
#endif
  return ctx_init_general(child, stack, stack_size, options, entry, args, num_args);
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
  uint64_t words = ctx_fp_words(mxcsr, x87_control);
  context->fp_key = ctx_fp_key(context, words, ctx_fp_saves(context));
  memcpy(&context->mxcsr, &words, sizeof words);
}
