#include <stdio.h>
#include <string.h>

#include "testing/oracle/judgement.h"

static bool is_library(const judgement *j) { return j->relation == ORACLE_LIBRARY_EQUAL; }

void judge_state(judgement *j) {
  const oracle_registers *c = &j->capture->registers;
  const model_registers *e = &j->expected->registers;
  if ((c->rsp + 8) % j->expected->stack_align != 0) {
    report_line(j, "rsp + 8 = 0x%llx at entry: expected a multiple of %zu",
                (unsigned long long)(c->rsp + 8), j->expected->stack_align);
  }
  if ((c->rflags & CTX_TEST_DIRECTION_FLAG) != 0) report_line(j, "the direction flag is set");
  if (c->x87.tags != CTX_TEST_X87_ALL_EMPTY) {
    report_line(j, "x87 registers are in use: tags 0x%04x", (unsigned)c->x87.tags);
  }
  if (c->x87.control != e->x87_control) {
    report_line(j, "x87 control word: expected 0x%04x, found 0x%04x", (unsigned)e->x87_control,
                (unsigned)c->x87.control);
  }
  if (((c->mxcsr ^ e->mxcsr) & CTX_TEST_MXCSR_CONTROL) != 0) {
    report_line(j, "MXCSR: expected 0x%04x, found 0x%04x (status bits do not count)",
                e->mxcsr & CTX_TEST_MXCSR_CONTROL, c->mxcsr);
  }
  uint64_t al = c->rax & 0xff;
  bool al_is_right = al >= e->num_vector && al <= MODEL_VECTOR;
  if (is_library(j)) al_is_right = c->rax == e->num_vector;
  if (!al_is_right && (is_library(j) || j->expected->may_be_variadic)) {
    report_line(j, "rax = 0x%llx: expected %zu in al, the number of vector registers used",
                (unsigned long long)c->rax, e->num_vector);
  }
}

static void general_arguments(const oracle_registers *c, uint64_t out[MODEL_GENERAL]) {
#define GET(name, index) out[index] = c->name;
  CTX_TEST_FOR_EACH_ARGUMENT(GET)
}

static bool result_address_is_right(const judgement *j) {
  uint64_t address = j->capture->registers.rdi;
  return address != 0 && address % j->from->result.type->align == 0;
}

static void judge_general(judgement *j) {
#define NAME(name, index) #name,
  static const char *const names[] = {CTX_TEST_FOR_EACH_ARGUMENT(NAME)};
  const model_registers *e = &j->expected->registers;
  uint64_t found[MODEL_GENERAL];
  general_arguments(&j->capture->registers, found);
  for (size_t i = 0; i < MODEL_GENERAL; i++) {
    if (i == 0 && j->expected->has_hidden_pointer) {
      if (result_address_is_right(j)) continue;
      report_line(j, "rdi = 0x%llx: expected the address for the result, a multiple of %u",
                  (unsigned long long)found[0], (unsigned)j->from->result.type->align);
      continue;
    }
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
  snprintf(where, sizeof where, "%s%zu, from byte %zu",
           word < 2   ? "xmm"
           : word < 4 ? "ymm"
                      : "zmm",
           reg, 8 * word);
  report_word(j, where, owner, expected, found, care);
}

void judge_registers(judgement *j) {
  judge_general(j);
  for (size_t i = 0; i < ORACLE_VECTOR_REGISTERS; i++) {
    for (size_t word = 0; word < ORACLE_VECTOR_WORDS; word++)
      judge_vector_word(j, i, word);
  }
}

static void judge_empty(judgement *j, const char *name, uint64_t found) {
  const model_owner nobody = {MODEL_NOBODY, 0};
  if (found != 0) report_word(j, name, nobody, 0, found, UINT64_MAX);
}

void judge_other_registers(judgement *j) {
  const oracle_registers *c = &j->capture->registers;
  judge_empty(j, "rbx", c->rbx);
  judge_empty(j, "r10", c->r10);
  judge_empty(j, "r12", c->r12);
  judge_empty(j, "r13", c->r13);
  judge_empty(j, "r14", c->r14);
  judge_empty(j, "r15", c->r15);
  if (c->r11 != j->expected->entry) {
    const model_owner nobody = {MODEL_NOBODY, 0};
    report_word(j, "r11, the entry's address", nobody, j->expected->entry, c->r11, UINT64_MAX);
  }
  const uint64_t *record = (const uint64_t *)(uintptr_t)c->rbp;
  if (c->rbp % 16 != 0 || c->rbp < c->rsp || record[0] != 0 || record[1] != 0) {
    report_line(j, "rbp = 0x%llx: expected the address of a frame record {0, 0}",
                (unsigned long long)c->rbp);
  }
}

bool judge_has_no_complaint(const judgement *j) {
  static const uint64_t zeros[ORACLE_VECTOR_REGISTERS - MODEL_VECTOR][ORACLE_VECTOR_WORDS];
  const oracle_registers *c = &j->capture->registers;
  const model_registers *e = &j->expected->registers;
  uint64_t general[MODEL_GENERAL];
  general_arguments(c, general);
  if (j->expected->has_hidden_pointer) {
    if (!result_address_is_right(j)) return false;
    general[0] = e->general[0];
  }
  return memcmp(general, e->general, sizeof general) == 0 &&
         memcmp(c->vector, e->vector, sizeof e->vector) == 0 &&
         memcmp(c->vector[MODEL_VECTOR], zeros, sizeof zeros) == 0;
}

void judge_name_slot(size_t slot, char out[64]) {
  snprintf(out, 64, "slot %zu, at rsp + %zu", slot, 8 * slot + 8);
}
