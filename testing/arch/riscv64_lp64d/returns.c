#include "testing/oracle/returns.h"

#include <string.h>

/* The probe takes a part of a result from here. */
static uint64_t *place_of(model_return_register reg) {
  oracle_reply_registers *to = &oracle_to_reply.registers;
  switch (reg) {
    case MODEL_RETURN_A0:
      return &to->a0;
    case MODEL_RETURN_A1:
      return &to->a1;
    case MODEL_RETURN_FA0:
      return &to->fa0;
    case MODEL_RETURN_FA1:
      return &to->fa1;
  }
  __builtin_trap();
}

void oracle_reply_garbage(uint64_t hash) {
  oracle_reply_registers *to = &oracle_to_reply.registers;
  to->a0 = hash = oracle_mixed(hash, 0);
  to->a1 = hash = oracle_mixed(hash, 1);
  to->fa0 = hash = oracle_mixed(hash, 2);
  to->fa1 = oracle_mixed(hash, 3);
}

static bool is_floating(uint8_t reg) { return reg == MODEL_RETURN_FA0 || reg == MODEL_RETURN_FA1; }

/* "Values are returned in the same manner as a first named argument of the same type would be
 * passed": so a callee fills up the register of a float with ones, and extends an integer. */
static void fill_up(uint64_t *place, size_t size, bool with_ones) {
  uint64_t above = size < 8 ? UINT64_MAX << (8 * size) : 0;
  *place = with_ones ? *place | above : *place & ~above;
}

static bool is_negative(const gen_value *result) {
  size_t size = result->type->size;
  bool is_extended_by_sign = gen_scalar_shape(result->type->kind) == GEN_SIGNED || size == 4;
  return is_extended_by_sign && result->bytes[size - 1] >= 0x80;
}

static bool is_integer(const gen_type *type) {
  if (gen_is_aggregate(type) || type->size > 8) return false;
  gen_shape shape = gen_scalar_shape(type->kind);
  return shape == GEN_SIGNED || shape == GEN_UNSIGNED || shape == GEN_BOOLEAN;
}

void oracle_reply_in_registers(const gen_value *result, const model_return *where) {
  for (size_t i = 0; i < where->registers.num; i++) {
    uint8_t reg = where->registers.of[i].reg;
    size_t size = where->registers.of[i].size;
    uint64_t *place = place_of((model_return_register)reg);
    memcpy(place, result->bytes + where->registers.of[i].from, size);
    if (is_floating(reg)) fill_up(place, size, true);
    if (is_integer(result->type)) fill_up(place, size, is_negative(result));
  }
}

/* "There is no requirement that the address be returned." */
uint64_t oracle_first_returned(const model_return *where) {
  (void)where;
  return oracle_to_reply.registers.a0;
}

const char *oracle_judge_kept(const ctx_context *context, const model_return *where) {
  const oracle_reply_registers *replied = &oracle_to_reply.registers;
  (void)where;
  if (ctx_retval_gp(context, 0) != replied->a0) return "a0 was not kept";
  if (ctx_retval_gp(context, 1) != replied->a1) return "a1 was not kept";
  ctx_bytes16 fa0 = ctx_retval_fp(context);
  if (memcmp(&fa0, &replied->fa0, sizeof replied->fa0) != 0) return "fa0 was not kept";
  if (context->retval_fa1 != replied->fa1) return "fa1 was not kept";
  return "";
}
