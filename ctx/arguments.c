#include "ctx/arguments.h"

#include "ctx/move.h"
#include "ctx/type_check.h"
#include "ctx/type_error.h"

static size_t ctx_excess(size_t num, size_t limit) { return num > limit ? num - limit : 0; }

/* ---- Scalars only: no types, no placer --------------------------------------------------------
 */

/* False if not all are scalars of one eightbyte. */
static bool ctx_scalars_plan(ctx_frame_plan *plan, const ctx_value *args, size_t num_args) {
  /* Where the first argument in memory lies depends on how many there are: so they are counted
   * before any is placed, and a bad one is found before anything is written. No branches: which
   * class comes next cannot be predicted. Kinds less one: NONE becomes the highest. */
  size_t num_sse = 0;
  uint32_t highest = 0;
  for (size_t i = 0; i < num_args; i++) {
    uint32_t kind = args[i].kind - 1;
    num_sse += kind >= CTX_KIND_F32 - 1;
    highest = kind > highest ? kind : highest;
  }
  if (highest > CTX_KIND_F64 - 1) return false;
  size_t num_slots = ctx_excess(num_args - num_sse, CTX_NUM_GP_REGISTERS) +
                     ctx_excess(num_sse, CTX_NUM_VECTOR_REGISTERS);
  num_slots += num_slots % 2; /* psABI 3.2.2: the end of the argument area is 16-byte aligned */
  *plan = (ctx_frame_plan){
      .has_entry = num_args != 0,
      .vector_size = CTX_SIZE_SCALAR,
      .num_vector =
          (uint32_t)(num_sse < CTX_NUM_VECTOR_REGISTERS ? num_sse : CTX_NUM_VECTOR_REGISTERS),
      .memory_size = (uint32_t)(num_slots * sizeof(uint64_t)),
  };
  return true;
}

static void ctx_scalars_write(char *frame, const ctx_value *args, size_t num_args) {
  uint64_t *gp = ((ctx_entry_frame *)(void *)frame)->gp;
  uint64_t *sse = (uint64_t *)(void *)(frame + CTX_OFFSET_VECTORS);
  uint64_t *slot = (uint64_t *)(void *)(frame + CTX_SIZE_ENTRY_FRAME(CTX_SIZE_SCALAR));
  size_t num_gp = 0;
  size_t num_sse = 0;
  size_t i = 0;
  for (; i < num_args; i++) {
    if (ctx_classify(args[i].kind) == CTX_CLASS_INTEGER) {
      if (num_gp < CTX_NUM_GP_REGISTERS) {
        gp[num_gp++] = args[i].bits;
        continue;
      }
    } else if (num_sse < CTX_NUM_VECTOR_REGISTERS) {
      sse[num_sse++] = args[i].bits;
      continue;
    }
    if (num_gp + num_sse == CTX_NUM_GP_REGISTERS + CTX_NUM_VECTOR_REGISTERS) break;
    *slot++ = args[i].bits;
  }
  /* Once the registers are full the class no longer matters. */
  for (; i < num_args; i++)
    *slot++ = args[i].bits;
}

/* ---- Any values: through their types ----------------------------------------------------------
 *
 * Not inlined, so that what is for scalars keeps to registers that need no saving. */

/* The type of a value; null if its kind is none that a constructor makes. */
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
      return (const char *)&value->bits; /* and high, which follows */
  }
}
_Static_assert(offsetof(ctx_value, high) == offsetof(ctx_value, bits) + 8, "sixteen bytes");

static ctx_status ctx_value_check(const ctx_value *value) {
  const ctx_type *type = ctx_value_type(value);
  if (type == NULL && value->kind == CTX_KIND_AGGREGATE) {
    return ctx_type_fail(CTX_ERR_NULL_ARGUMENT, "its type is null");
  }
  if (type == NULL) return ctx_type_fail(CTX_ERR_BAD_VALUE, "its kind is none");
  if (value->kind == CTX_KIND_AGGREGATE && !ctx_type_is_aggregate(type)) {
    return ctx_type_fail(CTX_ERR_BAD_VALUE, "%s is no aggregate", ctx_type_name(type));
  }
  if (ctx_value_bytes(value) == NULL && type->size != 0) {
    return ctx_type_fail(CTX_ERR_NULL_ARGUMENT, "its bytes are null");
  }
  return CTX_OK;
}

static CTX_NOINLINE ctx_status ctx_wide_plan(ctx_frame_plan *plan, const ctx_value *args,
                                             size_t num_args) {
  ctx_placer placer = {0};
  for (size_t i = 0; i < num_args; i++) {
    ctx_place place;
    ctx_status status = ctx_value_check(&args[i]);
    if (status == CTX_OK) {
      status = ctx_place_next(&placer, ctx_value_type(&args[i]), CTX_PLAIN, &place);
    }
    if (status != CTX_OK) return ctx_type_fail_in(status, "argument %zu", i + 1);
  }
  const ctx_result_place unknown = {.where = CTX_WHERE_NOWHERE};
  ctx_frame_plan_call(plan, &placer, &ctx_type_void, &unknown);
  plan->has_types = true;
  return CTX_OK;
}

typedef struct ctx_arguments_target {
  const char *bytes;
  char *frame;
} ctx_arguments_target;

static void ctx_arguments_move(void *data, ctx_load load, const ctx_move *move) {
  const ctx_arguments_target *target = data;
  ctx_move_bytes(load, target->bytes + move->from, target->frame + move->to, move->size);
}

static CTX_NOINLINE void ctx_wide_write(const ctx_frame_plan *plan, char *frame,
                                        const ctx_value *args, size_t num_args) {
  ctx_placer placer = {0};
  for (size_t i = 0; i < num_args; i++) {
    const ctx_type *type = ctx_value_type(&args[i]);
    ctx_place place;
    /* It was CTX_OK in the plan. */
    if (ctx_place_next(&placer, type, CTX_PLAIN, &place) != CTX_OK) __builtin_trap();
    ctx_arguments_target target = {ctx_value_bytes(&args[i]), frame};
    ctx_move_argument(type, &place, plan, 0, ctx_arguments_move, &target);
  }
}

/* Which of the two. */

ctx_status ctx_arguments_plan(ctx_frame_plan *plan, const ctx_value *args, size_t num_args) {
  ctx_status status = ctx_type_check_count(num_args);
  if (status != CTX_OK) return status;
  if (ctx_scalars_plan(plan, args, num_args)) return CTX_OK;
  return ctx_wide_plan(plan, args, num_args);
}

void ctx_arguments_write(const ctx_frame_plan *plan, char *frame, const ctx_value *args,
                         size_t num_args) {
  if (plan->has_types) {
    ctx_wide_write(plan, frame, args, num_args);
  } else {
    ctx_scalars_write(frame, args, num_args);
  }
}
