#include "testing/oracle/returns.h"

#include <string.h>

/* The probe takes a part of a result from here. */
static uint8_t *place_of(model_return_register reg) {
  oracle_reply_registers *to = &oracle_to_reply.registers;
  switch (reg) {
    case MODEL_RETURN_X0:
      return (uint8_t *)&to->x0;
    case MODEL_RETURN_X1:
      return (uint8_t *)&to->x1;
    case MODEL_RETURN_V0:
    case MODEL_RETURN_V1:
    case MODEL_RETURN_V2:
    case MODEL_RETURN_V3:
      return (uint8_t *)to->vector[reg - MODEL_RETURN_V0];
  }
  __builtin_trap();
}

void oracle_reply_garbage(uint64_t hash) {
  oracle_reply_registers *to = &oracle_to_reply.registers;
  for (size_t i = 0; i < MODEL_MAX_RETURNED; i++) {
    for (size_t word = 0; word < ORACLE_VECTOR_WORDS; word++)
      to->vector[i][word] = hash = oracle_mixed(hash, 2 * i + word);
  }
  to->x0 = hash = oracle_mixed(hash, 0);
  to->x1 = hash = oracle_mixed(hash, 0);
}

void oracle_reply_in_registers(const gen_value *result, const model_return *where) {
  for (size_t i = 0; i < where->registers.num; i++) {
    uint8_t *place = place_of((model_return_register)where->registers.of[i].reg);
    memcpy(place, result->bytes + where->registers.of[i].from, where->registers.of[i].size);
  }
}

/* The address of a result in memory is not returned (AAPCS64 6.9). */
uint64_t oracle_first_returned(const model_return *where) {
  (void)where;
  return oracle_to_reply.registers.x0;
}

const char *oracle_judge_kept(const ctx_context *context, const model_return *where) {
  const oracle_reply_registers *replied = &oracle_to_reply.registers;
  (void)where;
  if (ctx_retval_gp(context, 0) != replied->x0) return "x0 was not kept";
  if (ctx_retval_gp(context, 1) != replied->x1) return "x1 was not kept";
  ctx_bytes16 q0 = ctx_retval_fp(context);
  if (memcmp(&q0, replied->vector[0], sizeof q0) != 0) return "q0 was not kept";
  return "";
}
