#include "ctx/call/arguments.h"

#include "ctx/arch/arch.h"
#include CTX_ARCH_HEADER_(place.h)
#include "ctx/arch/scalars.h"
#include "ctx/call/argument.h"
#include "ctx/call/move.h"
#include "ctx/internal/attributes.h"
#include "ctx/type/check.h"
#include "ctx/type/error.h"
#include "ctx/type/scalars.h"

/* ---- Any values: by their types ---- */

/* These are not inlined, so that the code for scalars needs no register that must be saved. */

/* Returns the type of a value; null if no constructor makes its kind. */
static const ctx_type *ctx_value_type(const ctx_value *value) {
  if (value->kind == CTX_KIND_AGGREGATE) return (const ctx_type *)(uintptr_t)value->high;
  return value->kind == CTX_KIND_VOID ? NULL : ctx_type_scalar(value->kind);
}

static const char *ctx_value_bytes(const ctx_value *value) {
  switch (value->kind) {
    case CTX_KIND_COMPLEX_LONG_DOUBLE:
    case CTX_KIND_V256:
    case CTX_KIND_V512:
    case CTX_KIND_AGGREGATE:
      return (const char *)(uintptr_t)value->bits;
    default:
      return (const char *)value;
  }
}
_Static_assert(offsetof(ctx_value, bits) == 0 && offsetof(ctx_value, high) == 8,
               "a value begins with its sixteen bytes");

static ctx_naming ctx_value_naming(const ctx_value *value) {
  return value->is_unnamed ? CTX_UNNAMED : CTX_PLAIN;
}

static ctx_status ctx_value_check(const ctx_value *value) {
  const ctx_type *type = ctx_value_type(value);
  if (type == NULL && value->kind == CTX_KIND_AGGREGATE) {
    return ctx_type_fail(CTX_ERR_NULL_ARGUMENT, "its type is null");
  }
  if (type == NULL) return ctx_type_fail(CTX_ERR_BAD_VALUE, "its kind is none");
  if (value->kind == CTX_KIND_AGGREGATE && !ctx_type_is_aggregate(type)) {
    return ctx_type_fail(CTX_ERR_BAD_VALUE, "%s is not an aggregate", ctx_type_name(type));
  }
  if (ctx_value_bytes(value) == NULL && type->size != 0) {
    return ctx_type_fail(CTX_ERR_NULL_ARGUMENT, "its bytes are null");
  }
  return CTX_OK;
}

static CTX_NOINLINE ctx_status ctx_typed_plan(ctx_frame_plan *plan, const ctx_value *args,
                                              size_t num_args) {
  const ctx_result_place unknown = {.where = CTX_WHERE_NOWHERE};
  ctx_placer placer = ctx_place_begin(&unknown);
  ctx_type_checker checker;
  ctx_type_checker_begin(&checker);
  for (size_t i = 0; i < num_args; i++) {
    ctx_place place;
    ctx_status status = ctx_value_check(&args[i]);
    if (status == CTX_OK) {
      const ctx_type *type = ctx_value_type(&args[i]);
      status = ctx_argument_place(&checker, &placer, type, ctx_value_naming(&args[i]), &place);
    }
    if (status != CTX_OK) return ctx_type_fail_in(status, "argument %zu", i + 1);
  }
  ctx_frame_plan_call(plan, &placer, &ctx_type_void, &unknown);
  return CTX_OK;
}

/* Init allocates nothing, so that no place was kept. Each argument is placed again, unchecked. */
static CTX_NOINLINE void ctx_typed_write(const ctx_frame_plan *plan, char *frame,
                                         const ctx_value *args, size_t num_args) {
  const ctx_result_place unknown = {.where = CTX_WHERE_NOWHERE};
  ctx_placer placer = ctx_place_begin(&unknown);
  for (size_t i = 0; i < num_args; i++) {
    const ctx_type *type = ctx_value_type(&args[i]);
    const char *bytes = ctx_value_bytes(&args[i]);
    ctx_place place;
    ctx_argument_place_again(&placer, type, ctx_value_naming(&args[i]), &place);
    ctx_moves moves;
    ctx_moves_begin(&moves, type, &place, plan);
    ctx_move move;
    while (ctx_moves_next(&moves, &move))
      ctx_move_make(move.load, bytes, move.from, frame, move.to, move.size);
  }
}

/* ---- All values ---- */

ctx_status ctx_arguments_plan(ctx_arguments *plan, const ctx_value *args, size_t num_args) {
  ctx_status status = ctx_type_check_count(num_args);
  if (status != CTX_OK) return status;
  plan->has_types = !ctx_scalars_plan(&plan->frames, args, num_args);
  return plan->has_types ? ctx_typed_plan(&plan->frames, args, num_args) : CTX_OK;
}

void ctx_arguments_write(const ctx_arguments *plan, char *frame, const ctx_value *args,
                         size_t num_args) {
  if (plan->has_types) {
    ctx_typed_write(&plan->frames, frame, args, num_args);
  } else {
    ctx_scalars_write(frame, args, num_args);
  }
}
