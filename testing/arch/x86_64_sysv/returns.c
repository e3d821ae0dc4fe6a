#include "testing/oracle/returns.h"

#include <string.h>

#include "testing/arch/x86_64_sysv/probe.h"

/* The probe takes that eightbyte from here. Of an x87 register it takes ten bytes. */
static uint8_t *place_of(model_return_register reg, size_t word) {
  oracle_reply_registers *to = &oracle_to_reply.registers;
  switch (reg) {
    case MODEL_RETURN_NONE:
      return NULL;
    case MODEL_RETURN_RAX:
      return (uint8_t *)&to->rax;
    case MODEL_RETURN_RDX:
      return (uint8_t *)&to->rdx;
    case MODEL_RETURN_XMM0:
      return (uint8_t *)&to->vector[0][word];
    case MODEL_RETURN_XMM1:
      return (uint8_t *)&to->vector[1][word];
    case MODEL_RETURN_ST0:
      return to->st[0];
    case MODEL_RETURN_ST1:
      return to->st[1];
  }
  __builtin_trap();
}

static bool is_x87(model_return_register reg) {
  return reg == MODEL_RETURN_ST0 || reg == MODEL_RETURN_ST1;
}

void oracle_reply_garbage(uint64_t hash) {
  oracle_reply_registers *to = &oracle_to_reply.registers;
  for (size_t i = 0; i < 2 * ORACLE_VECTOR_WORDS; i++)
    to->vector[i / ORACLE_VECTOR_WORDS][i % ORACLE_VECTOR_WORDS] = hash = oracle_mixed(hash, i);
  to->rax = hash = oracle_mixed(hash, 0);
  to->rdx = hash = oracle_mixed(hash, 0);
}

void oracle_reply_in_registers(const gen_value *result, const model_return *where) {
  for (size_t i = 0; i < where->registers.num; i++) {
    model_return_register reg = (model_return_register)where->registers.of[i].reg;
    uint8_t *place = place_of(reg, where->registers.of[i].word);
    if (place == NULL) continue;
    size_t left = result->type->size - 8 * i;
    size_t size = is_x87(reg) ? 10 : left < 8 ? left : 8;
    memcpy(place, result->bytes + 8 * i, size);
    if (is_x87(reg)) oracle_to_reply.registers.num_st += 1;
  }
}

uint64_t oracle_first_returned(const model_return *where) {
  return where->in_memory ? oracle_captured.registers.rdi : oracle_to_reply.registers.rax;
}

const char *oracle_judge_kept(const ctx_context *context, const model_return *where) {
  const oracle_reply_registers *replied = &oracle_to_reply.registers;
  if ((oracle_x87_status_after >> 11 & 7) != 0) return "x87 registers are in use afterwards";
  if (ctx_retval_gp(context, 0) != oracle_first_returned(where)) return "rax was not kept";
  if (ctx_retval_gp(context, 1) != replied->rdx) return "rdx was not kept";
  ctx_bytes16 xmm0 = ctx_retval_fp(context);
  if (memcmp(&xmm0, replied->vector[0], sizeof xmm0) != 0) return "xmm0 was not kept";
  return "";
}
