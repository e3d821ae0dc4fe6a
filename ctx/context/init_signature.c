/* Initialises contexts from prepared signatures. */
#include "ctx/arch/arch.h"
#include "ctx/arch/load.h"
#include CTX_ARCH_HEADER_(frame.h)
#include "ctx/call/move.h"
#include "ctx/call/prepared.h"
#include "ctx/context/init.h"
#include "ctx/context/throw.h"
#include "ctx/ctx.h"
#include "ctx/internal/attributes.h"
#include "ctx/watch/checked.h"

static bool ctx_values_are_there(const ctx_signature *signature, const void *const *values) {
  if (values == NULL) return signature->num_args == 0;
  bool missing = false;
  if (signature->has_optional) {
    for (size_t i = 0; i < signature->num_args; i++)
      missing |= values[i] == NULL && !signature->optional[i];
  } else {
    for (size_t i = 0; i < signature->num_args; i++)
      missing |= values[i] == NULL;
  }
  return !missing;
}

/* ctx_move_all is inlined once for each load. */
static inline __attribute__((always_inline)) const ctx_prepared_move *ctx_move_all(
    ctx_load load, const ctx_signature *signature, const ctx_prepared_move *move,
    const void *const *values, char *frame) {
  const ctx_prepared_move *end = signature->moves + signature->move_ends[load];
  for (; move < end; move++)
    ctx_move_make(load, values[move->argument], move->from, frame, move->to, move->size);
  return move;
}

static void ctx_signature_write(const ctx_signature *signature, const void *const *values,
                                char *frame) {
  const ctx_prepared_move *move = signature->moves;
  move = ctx_move_all(CTX_LOAD_U64, signature, move, values, frame);
  move = ctx_move_all(CTX_LOAD_U32, signature, move, values, frame);
  move = ctx_move_all(CTX_LOAD_U16, signature, move, values, frame);
  move = ctx_move_all(CTX_LOAD_U8, signature, move, values, frame);
  move = ctx_move_all(CTX_LOAD_I32, signature, move, values, frame);
  move = ctx_move_all(CTX_LOAD_I16, signature, move, values, frame);
  move = ctx_move_all(CTX_LOAD_I8, signature, move, values, frame);
  move = ctx_move_all(CTX_LOAD_COPY, signature, move, values, frame);
  if (CTX_HAS_REFERENCES) ctx_move_all(CTX_LOAD_ADDRESS, signature, move, values, frame);
}

#ifdef CTX_CHECKED
static void ctx_signature_check(const ctx_context *child, const void *stack, size_t stack_size,
                                const ctx_signature *signature, const void *const *values) {
  ctx_check_value(child, stack, stack_size, values, signature->num_args * sizeof *values);
  const ctx_prepared_move *end = signature->moves + signature->move_ends[CTX_LOAD_COPY];
  for (const ctx_prepared_move *move = signature->moves; move < end; move++) {
    const char *bytes = (const char *)values[move->argument] + move->from;
    ctx_check_value(child, stack, stack_size, bytes, move->size);
  }
}
#else
#define ctx_signature_check(child, stack, stack_size, signature, values) ((void)0)
#endif

/* Of a context with CTX_FLAG_THROW_TO_PARENT, or bad flags. */
static CTX_NOINLINE ctx_status ctx_init_throwing(ctx_context *child, void *stack, size_t stack_size,
                                                 const ctx_options *options, ctx_entry entry,
                                                 const ctx_signature *signature,
                                                 const void *const *values) {
  ctx_options without;
  ctx_status status = ctx_throw_options(&without, options);
  if (status != CTX_OK) return status;
  status = ctx_init_signature(child, stack, stack_size, &without, entry, signature, values);
  if (status == CTX_OK) ctx_throw_to_parent(stack, stack_size);
  return status;
}

ctx_status ctx_init_signature(ctx_context *child, void *stack, size_t stack_size,
                              const ctx_options *options, ctx_entry entry,
                              const ctx_signature *signature, const void *const *values) {
  static const ctx_options no_options;
  if (options == NULL) options = &no_options;
  if (signature == NULL || !ctx_values_are_there(signature, values)) return CTX_ERR_NULL_ARGUMENT;
  ctx_status status = ctx_fresh_check_(child, stack, stack_size, options, entry);
  if (status == CTX_ERR_BAD_FLAG) {
    return ctx_init_throwing(child, stack, stack_size, options, entry, signature, values);
  }
  if (status != CTX_OK) return status;
  const ctx_frame_plan *plan = &signature->plan;
  if (!ctx_frame_takes_result(plan, options->result)) return CTX_ERR_RESULT_UNALIGNED;
  ctx_signature_check(child, stack, stack_size, signature, values);
  char *frame;
  status = ctx_init_frames(child, stack, stack_size, options, entry, plan, &frame);
  if (status == CTX_OK && signature->num_args != 0) {
    ctx_signature_write(signature, values, frame);
  }
  return status;
}
