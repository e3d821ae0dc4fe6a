/* The preparation of signatures. */
#include "ctx/signature.h"

#include <stdlib.h>
#include <string.h>

#include "ctx/signature_layout.h"
#include "ctx/type_check.h"
#include "ctx/type_error.h"

/* The description of a call, as it was given. */
typedef struct ctx_call {
  const ctx_type *result;
  const ctx_type *const *args;
  size_t num_args;
  size_t num_fixed;
} ctx_call;

static ctx_naming ctx_call_naming(const ctx_call *call, size_t index) {
  if (call->num_fixed == CTX_NOT_VARIADIC) return CTX_PLAIN;
  return index < call->num_fixed ? CTX_NAMED : CTX_UNNAMED;
}

/* Where the first argument in memory lies, and how wide the frame's registers are, is known when
 * all are placed: so they are placed three times, to plan, to count moves, and to keep them. */
static ctx_status ctx_call_plan(const ctx_call *call, ctx_frame_plan *plan,
                                ctx_result_place *result, ctx_placer *start) {
  ctx_status status = ctx_place_result(call->result, result);
  if (status != CTX_OK) return ctx_type_fail_in(status, "the result");
  memset(start, 0, sizeof *start);
  if (result->where == CTX_WHERE_MEMORY) ctx_place_result_pointer(start);
  ctx_placer placer = *start;
  for (size_t i = 0; i < call->num_args; i++) {
    ctx_place place;
    if (call->args[i] == NULL) {
      return ctx_type_fail(CTX_ERR_NULL_ARGUMENT, "argument %zu: its type is null", i + 1);
    }
    status = ctx_place_next(&placer, call->args[i], ctx_call_naming(call, i), &place);
    if (status != CTX_OK) return ctx_type_fail_in(status, "argument %zu", i + 1);
  }
  ctx_frame_plan_call(plan, &placer, call->result, result);
  return CTX_OK;
}

static void ctx_call_moves(const ctx_call *call, const ctx_frame_plan *plan, ctx_placer placer,
                           ctx_move_visitor visit, void *data) {
  for (size_t i = 0; i < call->num_args; i++) {
    ctx_place place;
    ctx_status status = ctx_place_next(&placer, call->args[i], ctx_call_naming(call, i), &place);
    if (status != CTX_OK) __builtin_trap(); /* it was CTX_OK in the plan */
    ctx_move_argument(call->args[i], &place, plan, (uint32_t)i, visit, data);
  }
}

static void ctx_count_move(void *data, ctx_load load, const ctx_move *move) {
  size_t *num_moves = data;
  (void)move;
  num_moves[load]++;
}

static void ctx_keep_move(void *data, ctx_load load, const ctx_move *move) {
  ctx_signature *signature = data;
  signature->moves[signature->move_ends[load]++] = *move;
}

/* No sum overflows: both arguments and members of each are bounded. */
static ctx_status ctx_signature_allocate(ctx_signature **out, size_t num_moves, size_t num_args) {
  ctx_signature *signature = malloc(sizeof *signature + num_moves * sizeof(ctx_move) + num_args);
  if (signature == NULL) return CTX_ERR_NO_MEMORY;
  signature->optional = (uint8_t *)(signature->moves + num_moves);
  *out = signature;
  return CTX_OK;
}

ctx_status ctx_signature_create(ctx_signature **out, const ctx_type *result,
                                const ctx_type *const *args, size_t num_args, size_t num_fixed) {
  if (out == NULL || (args == NULL && num_args != 0)) return CTX_ERR_NULL_ARGUMENT;
  ctx_status status = ctx_type_check_count(num_args);
  if (status != CTX_OK) return status;
  if (num_fixed != CTX_NOT_VARIADIC && num_fixed > num_args) {
    return ctx_type_fail(CTX_ERR_BAD_TYPE, "%zu fixed arguments of %zu", num_fixed, num_args);
  }
  ctx_call call = {result != NULL ? result : &ctx_type_void, args, num_args, num_fixed};
  ctx_frame_plan plan;
  ctx_result_place result_place;
  ctx_placer start;
  status = ctx_call_plan(&call, &plan, &result_place, &start);
  if (status != CTX_OK) return status;

  size_t num_moves[CTX_NUM_LOADS] = {0};
  ctx_call_moves(&call, &plan, start, ctx_count_move, num_moves);
  size_t sum = 0;
  for (int load = 0; load < CTX_NUM_LOADS; load++)
    sum += num_moves[load];
  ctx_signature *signature;
  status = ctx_signature_allocate(&signature, sum, num_args);
  if (status != CTX_OK) return status;
  signature->plan = plan;
  signature->result = result_place;
  signature->result_size = call.result->size;
  signature->num_args = num_args;
  signature->frame_size = ctx_frame_size(&plan);
  signature->has_optional = false;
  for (size_t i = 0; i < num_args; i++) {
    signature->optional[i] = args[i]->size == 0;
    signature->has_optional |= args[i]->size == 0;
  }
  size_t begin = 0;
  for (int load = 0; load < CTX_NUM_LOADS; load++) {
    signature->move_ends[load] = begin; /* and goes up to the end, as they are kept */
    begin += num_moves[load];
  }
  ctx_call_moves(&call, &plan, start, ctx_keep_move, signature);
  *out = signature;
  return CTX_OK;
}

void ctx_signature_destroy(ctx_signature *signature) { free(signature); }

size_t ctx_signature_stack_needed(const ctx_signature *signature) {
  return signature != NULL ? signature->frame_size : 0;
}
