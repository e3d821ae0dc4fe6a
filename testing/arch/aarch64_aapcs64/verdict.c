#include <stdio.h>
#include <string.h>

#include "testing/oracle/judgement.h"

void judge_state(judgement *j) {
  const oracle_registers *c = &j->capture->registers;
  const model_registers *e = &j->expected->registers;
  if (c->sp % j->expected->stack_align != 0) {
    report_line(j, "sp = 0x%llx at entry: expected a multiple of %zu", (unsigned long long)c->sp,
                j->expected->stack_align);
  }
  if (c->fpcr != e->fpcr) {
    report_line(j, "FPCR: expected 0x%llx, found 0x%llx", (unsigned long long)e->fpcr,
                (unsigned long long)c->fpcr);
  }
}

/* ---- Registers that pass arguments ---- */

static bool result_address_is_right(const judgement *j) {
  uint64_t address = j->capture->registers.x8;
  if (!j->expected->has_hidden_pointer) {
    return j->relation != ORACLE_LIBRARY_EQUAL || address == 0;
  }
  return address != 0 && address % j->from->result.type->align == 0;
}

static void judge_result_address(judgement *j) {
  if (result_address_is_right(j)) return;
  unsigned long long address = j->capture->registers.x8;
  if (j->expected->has_hidden_pointer) {
    report_line(j, "x8 = 0x%llx: expected the address for the result, a multiple of %u", address,
                (unsigned)j->from->result.type->align);
  } else {
    report_line(j, "x8 = 0x%llx: expected 0", address);
  }
}

static void judge_general(judgement *j) {
#define NAME(name, index) #name,
  static const char *const names[] = {CTX_TEST_FOR_EACH_ARGUMENT(NAME)};
  const model_registers *e = &j->expected->registers;
  const uint64_t *found = j->capture->registers.general; /* x0 comes first */
  for (size_t i = 0; i < MODEL_GENERAL; i++) {
    if (e->general_is_address[i]) continue;
    uint64_t care = judgement_care(j, e->general_care[i]);
    if (judgement_differs(e->general[i], found[i], care)) {
      report_word(j, names[i], e->general_owner[i], e->general[i], found[i], care);
    }
  }
}

static void judge_vector_word(judgement *j, size_t reg, size_t word) {
  const model_registers *e = &j->expected->registers;
  bool is_argument = reg < MODEL_VECTOR;
  uint64_t expected = is_argument ? e->vector[reg][word] : 0;
  uint64_t care = judgement_care(j, is_argument ? e->vector_care[reg][word] : 0);
  uint64_t found = j->capture->registers.vector[reg][word];
  if (!judgement_differs(expected, found, care)) return;
  model_owner owner = {MODEL_NOBODY, 0};
  if (is_argument) owner = e->vector_owner[reg];
  if (owner.argument != MODEL_NOBODY) owner.eightbyte = (uint16_t)(owner.eightbyte + word);
  char where[64];
  snprintf(where, sizeof where, "v%zu, from byte %zu", reg, 8 * word);
  report_word(j, where, owner, expected, found, care);
}

void judge_registers(judgement *j) {
  judge_result_address(j);
  judge_general(j);
  for (size_t i = 0; i < ORACLE_VECTOR_REGISTERS; i++) {
    for (size_t word = 0; word < ORACLE_VECTOR_WORDS; word++)
      judge_vector_word(j, i, word);
  }
}

/* ---- The others ---- */

static void judge_empty(judgement *j, const char *name, uint64_t found) {
  const model_owner nobody = {MODEL_NOBODY, 0};
  if (found != 0) report_word(j, name, nobody, 0, found, UINT64_MAX);
}

/* x16 is the register through which a call may reach any function. */
void judge_other_registers(judgement *j) {
  const oracle_registers *c = &j->capture->registers;
#define JUDGE(name, number) \
  if ((number) > 8 && (number) != 16 && (number) < 29) judge_empty(j, #name, c->name);
  CTX_TEST_FOR_EACH_GENERAL(JUDGE)
  if (c->x16 != j->expected->entry) {
    const model_owner nobody = {MODEL_NOBODY, 0};
    report_word(j, "x16, the entry's address", nobody, j->expected->entry, c->x16, UINT64_MAX);
  }
  const uint64_t *record = (const uint64_t *)(uintptr_t)c->x29;
  if (c->x29 % 16 != 0 || c->x29 < c->sp || record[0] != 0 || record[1] != 0) {
    report_line(j, "x29 = 0x%llx: expected the address of a frame record {0, 0}",
                (unsigned long long)c->x29);
  }
}

bool judge_has_no_complaint(const judgement *j) {
  static const uint64_t zeros[ORACLE_VECTOR_REGISTERS - MODEL_VECTOR][ORACLE_VECTOR_WORDS];
  const oracle_registers *c = &j->capture->registers;
  const model_registers *e = &j->expected->registers;
  if (!result_address_is_right(j)) return false;
  for (size_t i = 0; i < MODEL_GENERAL; i++) {
    if (c->general[i] != e->general[i] && !e->general_is_address[i]) return false;
  }
  return memcmp(c->vector, e->vector, sizeof e->vector) == 0 &&
         memcmp(c->vector[MODEL_VECTOR], zeros, sizeof zeros) == 0;
}

void judge_name_slot(size_t slot, char out[64]) {
  snprintf(out, 64, "slot %zu, at sp + %zu", slot, 8 * slot);
}
