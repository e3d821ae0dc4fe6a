/* Initialises contexts whose arguments are ctx_values. */
#include "ctx/arch/arch.h"
#include CTX_ARCH_HEADER_(place.h)
#include "ctx/call/arguments.h"
#include "ctx/context/init.h"
#include "ctx/context/throw.h"
#include "ctx/ctx.h"
#include "ctx/internal/attributes.h"
#include "ctx/internal/build.h"
#include "ctx/watch/checked.h"
#include "ctx/watch/instrument.h"

size_t ctx_stack_needed(const ctx_value *args, size_t num_args) {
  if (args == NULL && num_args != 0) return 0;
  ctx_arguments plan;
  return ctx_arguments_plan(&plan, args, num_args) == CTX_OK ? ctx_frame_size(&plan.frames) : 0;
}

/* Of a context with CTX_FLAG_THROW_TO_PARENT, or bad flags. */
static CTX_NOINLINE ctx_status ctx_init_throwing(ctx_context *child, void *stack, size_t stack_size,
                                                 const ctx_options *options, ctx_entry entry,
                                                 const ctx_value *args, size_t num_args) {
  ctx_options without;
  ctx_status status = ctx_throw_options(&without, options);
  if (status != CTX_OK) return status;
  status = ctx_init_with_options(child, stack, stack_size, &without, entry, args, num_args);
  if (status == CTX_OK) ctx_throw_to_parent(stack, stack_size);
  return status;
}

/* Not inlined, so that the common case below needs no register that must be saved. */
static CTX_NOINLINE ctx_status ctx_init_general(ctx_context *child, void *stack, size_t stack_size,
                                                const ctx_options *options, ctx_entry entry,
                                                const ctx_value *args, size_t num_args) {
  static const ctx_options no_options;
  if (options == NULL) options = &no_options;
  if (args == NULL && num_args != 0) return CTX_ERR_NULL_ARGUMENT;
  ctx_status status = ctx_fresh_check_(child, stack, stack_size, options, entry);
  if (status == CTX_ERR_BAD_FLAG) {
    return ctx_init_throwing(child, stack, stack_size, options, entry, args, num_args);
  }
  if (status != CTX_OK) return status;
  /* So many cannot fit, unless they are empty. A count that is wrong is not followed to its end. */
  if (num_args > CTX_MAX_SCALARS_IN_REGISTERS + stack_size / sizeof(uint64_t)) {
    return CTX_ERR_STACK_SMALL;
  }
  ctx_arguments plan;
  status = ctx_arguments_plan(&plan, args, num_args);
  if (status != CTX_OK) return status;
  ctx_instrument_values(args, num_args);
  ctx_check_values(child, stack, stack_size, args, num_args);
  char *frame;
  status = ctx_init_frames(child, stack, stack_size, options, entry, &plan.frames, &frame);
  if (status == CTX_OK && num_args != 0) ctx_arguments_write(&plan, frame, args, num_args);
  return status;
}

ctx_status ctx_init_with_options(ctx_context *child, void *stack, size_t stack_size,
                                 const ctx_options *options, ctx_entry entry, const ctx_value *args,
                                 size_t num_args) {
#ifndef CTX_INSTRUMENTED_
  if (ctx_fresh_applies_(options, num_args)) {
    return ctx_fresh_init_(child, stack, stack_size, options, entry, ctx_init_general);
  }
#endif
  return ctx_init_general(child, stack, stack_size, options, entry, args, num_args);
}

/* As the options are constants, little is left to do where there are no arguments. */
ctx_status ctx_start_(ctx_context *child, void *stack, size_t stack_size, ctx_entry entry,
                      const ctx_value *args, size_t num_args) {
  static const ctx_options options = {.flags = CTX_FLAG_NO_SIGNAL_MASK | CTX_FLAG_FP_INHERIT};
#ifndef CTX_INSTRUMENTED_
  if (num_args == 0) {
    return ctx_fresh_init_(child, stack, stack_size, &options, entry, ctx_init_general);
  }
#endif
  return ctx_init_general(child, stack, stack_size, &options, entry, args, num_args);
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
