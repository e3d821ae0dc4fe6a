/* Prepares signatures: each argument is checked, classified and placed once. */
#include "ctx/signature.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "ctx/arch/arch.h"
#include "ctx/arch/load.h"
#include CTX_ARCH_HEADER_(frame.h)
#include CTX_ARCH_HEADER_(place.h)
#include "ctx/call/argument.h"
#include "ctx/call/move.h"
#include "ctx/call/prepared.h"
#include "ctx/type/check.h"
#include "ctx/type/error.h"

/* ctx_call is the description of a call, as it was given, and where everything goes. */
typedef struct ctx_call {
  const ctx_type *result;
  const ctx_type *const *args;
  size_t num_args;
  size_t num_fixed;
  ctx_result_place result_place;
  ctx_place *places; /* of the arguments */
  ctx_frame_plan plan;
} ctx_call;

static ctx_naming ctx_call_naming(const ctx_call *call, size_t index) {
  if (call->num_fixed == CTX_NOT_VARIADIC) return CTX_PLAIN;
  return index < call->num_fixed ? CTX_NAMED : CTX_UNNAMED;
}

/* Places the result and all arguments, and makes the plan. */
static ctx_status ctx_call_place(ctx_call *call) {
  ctx_type_checker checker;
  ctx_type_checker_begin(&checker);
  ctx_status status = ctx_argument_place_result(&checker, call->result, &call->result_place);
  if (status != CTX_OK) return ctx_type_fail_in(status, "the result");
  ctx_placer placer = ctx_place_begin(&call->result_place);
  for (size_t i = 0; i < call->num_args; i++) {
    if (call->args[i] == NULL) {
      return ctx_type_fail(CTX_ERR_NULL_ARGUMENT, "argument %zu: its type is null", i + 1);
    }
    status = ctx_argument_place(&checker, &placer, call->args[i], ctx_call_naming(call, i),
                                &call->places[i]);
    if (status != CTX_OK) return ctx_type_fail_in(status, "argument %zu", i + 1);
  }
  ctx_frame_plan_call(&call->plan, &placer, call->result, &call->result_place);
  return CTX_OK;
}

/* Counts the moves of each load. */
static void ctx_call_count_moves(const ctx_call *call, size_t num_moves[CTX_NUM_LOADS]) {
  memset(num_moves, 0, CTX_NUM_LOADS * sizeof num_moves[0]);
  for (size_t i = 0; i < call->num_args; i++) {
    ctx_moves moves;
    ctx_moves_begin(&moves, call->args[i], &call->places[i], &call->plan);
    ctx_move move;
    while (ctx_moves_next(&moves, &move))
      num_moves[move.load]++;
  }
}

/* Keeps the moves, sorted by their load. */
static void ctx_call_keep_moves(const ctx_call *call, const size_t num_moves[CTX_NUM_LOADS],
                                ctx_signature *signature) {
  size_t *ends = signature->move_ends; /* each is where its load's next move goes */
  ends[0] = 0;
  for (int load = 1; load < CTX_NUM_LOADS; load++)
    ends[load] = ends[load - 1] + num_moves[load - 1];
  for (size_t i = 0; i < call->num_args; i++) {
    ctx_moves moves;
    ctx_moves_begin(&moves, call->args[i], &call->places[i], &call->plan);
    ctx_move move;
    while (ctx_moves_next(&moves, &move)) {
      signature->moves[ends[move.load]++] =
          (ctx_prepared_move){(uint32_t)i, move.from, move.to, move.size};
    }
  }
}

/* No sum overflows: the number of arguments is bounded, and so are the members of all. */
static ctx_signature *ctx_signature_allocate(const size_t num_moves[CTX_NUM_LOADS],
                                             size_t num_args) {
  size_t sum = 0;
  for (int load = 0; load < CTX_NUM_LOADS; load++)
    sum += num_moves[load];
  ctx_signature *signature =
      malloc(sizeof *signature + sum * sizeof signature->moves[0] + num_args);
  if (signature != NULL) signature->optional = (uint8_t *)(signature->moves + sum);
  return signature;
}

static ctx_signature *ctx_call_prepare(const ctx_call *call) {
  size_t num_moves[CTX_NUM_LOADS];
  ctx_call_count_moves(call, num_moves);
  ctx_signature *signature = ctx_signature_allocate(num_moves, call->num_args);
  if (signature == NULL) return NULL;
  signature->plan = call->plan;
  signature->result = call->result_place;
  signature->result_size = call->result->size;
  signature->num_args = call->num_args;
  signature->frame_size = ctx_frame_size(&call->plan);
  signature->has_optional = false;
  for (size_t i = 0; i < call->num_args; i++) {
    signature->optional[i] = call->args[i]->size == 0;
    signature->has_optional |= call->args[i]->size == 0;
  }
  ctx_call_keep_moves(call, num_moves, signature);
  return signature;
}

ctx_status ctx_signature_create(ctx_signature **out, const ctx_type *result,
                                const ctx_type *const *args, size_t num_args, size_t num_fixed) {
  if (out == NULL || (args == NULL && num_args != 0)) return CTX_ERR_NULL_ARGUMENT;
  ctx_status status = ctx_type_check_count(num_args);
  if (status != CTX_OK) return status;
  if (num_fixed != CTX_NOT_VARIADIC && num_fixed > num_args) {
    return ctx_type_fail(CTX_ERR_BAD_TYPE, "%zu fixed arguments of %zu", num_fixed, num_args);
  }
  ctx_call call = {.result = result != NULL ? result : &ctx_type_void,
                   .args = args,
                   .num_args = num_args,
                   .num_fixed = num_fixed};
  if (num_args != 0) call.places = malloc(num_args * sizeof call.places[0]);
  if (num_args != 0 && call.places == NULL) return CTX_ERR_NO_MEMORY;
  status = ctx_call_place(&call);
  ctx_signature *signature = status == CTX_OK ? ctx_call_prepare(&call) : NULL;
  free(call.places);
  if (status != CTX_OK) return status;
  if (signature == NULL) return CTX_ERR_NO_MEMORY;
  *out = signature;
  return CTX_OK;
}

void ctx_signature_destroy(ctx_signature *signature) { free(signature); }

size_t ctx_signature_stack_needed(const ctx_signature *signature) {
  return signature != NULL ? signature->frame_size : 0;
}
