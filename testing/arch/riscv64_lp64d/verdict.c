#include <stdio.h>
#include <string.h>

#include "testing/oracle/judgement.h"

enum { BIT_OF_FRM = 5 };

static void judge_fixed(judgement *j, const char *name, uint64_t expected, uint64_t found) {
  if (expected == found) return;
  report_line(j, "%s: expected 0x%llx, found 0x%llx", name, (unsigned long long)expected,
              (unsigned long long)found);
}

void judge_state(judgement *j) {
  const oracle_registers *c = &j->capture->registers;
  const model_registers *e = &j->expected->registers;
  if (c->sp % j->expected->stack_align != 0) {
    report_line(j, "sp = 0x%llx at entry: expected a multiple of %zu", (unsigned long long)c->sp,
                j->expected->stack_align);
  }
  judge_fixed(j, "frm", e->frm, c->fcsr >> BIT_OF_FRM);
  judge_fixed(j, "gp", e->gp, c->gp);
  judge_fixed(j, "tp", e->tp, c->tp);
}

/* ---- Registers that pass arguments ---- */

static bool result_address_is_right(const judgement *j) {
  uint64_t address = j->capture->registers.a0;
  if (!j->expected->has_hidden_pointer) return true;
  return address != 0 && address % j->from->result.type->align == 0;
}

static void judge_result_address(judgement *j) {
  if (result_address_is_right(j)) return;
  report_line(j, "a0 = 0x%llx: expected the address for the result, a multiple of %u",
              (unsigned long long)j->capture->registers.a0, (unsigned)j->from->result.type->align);
}

static void judge_general(judgement *j) {
#define NAME(name, index) #name,
  static const char *const names[] = {CTX_TEST_FOR_EACH_ARGUMENT(NAME)};
  const model_registers *e = &j->expected->registers;
  const uint64_t *found = &j->capture->registers.general[CTX_TEST_NUMBER_OF_a0];
  for (size_t i = 0; i < MODEL_GENERAL; i++) {
    if (e->general_is_address[i]) continue;
    uint64_t care = judgement_care(j, e->general_care[i]);
    if (judgement_differs(e->general[i], found[i], care)) {
      report_word(j, names[i], e->general_owner[i], e->general[i], found[i], care);
    }
  }
}

static void judge_floating(judgement *j) {
  static const char *const names[] = {CTX_TEST_FOR_EACH_FLOATING_ARGUMENT(NAME)};
  const model_registers *e = &j->expected->registers;
  const uint64_t *found = &j->capture->registers.floating[CTX_TEST_NUMBER_OF_fa0];
  for (size_t i = 0; i < MODEL_VECTOR; i++) {
    uint64_t care = judgement_care(j, e->floating_care[i]);
    if (judgement_differs(e->floating[i], found[i], care)) {
      report_word(j, names[i], e->floating_owner[i], e->floating[i], found[i], care);
    }
  }
}

void judge_registers(judgement *j) {
  judge_result_address(j);
  judge_general(j);
  judge_floating(j);
}

/* ---- The others ---- */

static void judge_empty(judgement *j, const char *name, uint64_t found) {
  const model_owner nobody = {MODEL_NOBODY, 0};
  if (found != 0) report_word(j, name, nobody, 0, found, UINT64_MAX);
}

static bool passes_arguments(size_t number) {
  size_t index = number - CTX_TEST_NUMBER_OF_a0;
  return index < CTX_TEST_NUM_ARGUMENT;
}

/* The frame pointer is above the frame record, whose first word is the next frame's (RISC-V Calling
 * Conventions, "Frame Pointer Convention"). */
static void judge_frame_pointer(judgement *j) {
  const oracle_registers *c = &j->capture->registers;
  const uint64_t *above = (const uint64_t *)(uintptr_t)c->s0;
  bool is_right = c->s0 % 16 == 0 && c->s0 >= c->sp + 16 && above[-2] == 0 && above[-1] == 0;
  if (is_right) return;
  report_line(j, "s0 = 0x%llx: expected an address with a frame record {0, 0} below it",
              (unsigned long long)c->s0);
}

void judge_other_registers(judgement *j) {
  const oracle_registers *c = &j->capture->registers;
  const model_owner nobody = {MODEL_NOBODY, 0};
  if (c->CTX_TEST_ENTRYS_ADDRESS != j->expected->entry) {
    report_word(j, "the entry's address", nobody, j->expected->entry, c->CTX_TEST_ENTRYS_ADDRESS,
                UINT64_MAX);
  }
#define JUDGE(name, index) judge_empty(j, #name, c->name);
#define JUDGE_VOLATILE(name)                                                             \
  if (!passes_arguments(offsetof(oracle_registers, name) / 8 - CTX_TEST_NUM_FLOATING) && \
      &c->name != &c->CTX_TEST_ENTRYS_ADDRESS && &c->name != &c->ra)                     \
    judge_empty(j, #name, c->name);
  CTX_TEST_FOR_EACH_VOLATILE(JUDGE_VOLATILE)
#define JUDGE_KEPT(name, index) \
  if (&c->name != &c->s0) JUDGE(name, index)
  CTX_TEST_FOR_EACH_KEPT(JUDGE_KEPT)
#define JUDGE_VOLATILE_FLOATING(name) \
  if (!passes_arguments(offsetof(oracle_registers, name) / 8)) judge_empty(j, #name, c->name);
  CTX_TEST_FOR_EACH_VOLATILE_FLOATING(JUDGE_VOLATILE_FLOATING)
  judge_frame_pointer(j);
}

bool judge_has_no_complaint(const judgement *j) {
  const oracle_registers *c = &j->capture->registers;
  const model_registers *e = &j->expected->registers;
  if (!result_address_is_right(j)) return false;
  const uint64_t *general = &c->general[CTX_TEST_NUMBER_OF_a0];
  for (size_t i = 0; i < MODEL_GENERAL; i++) {
    if (general[i] != e->general[i] && !e->general_is_address[i]) return false;
  }
  return memcmp(&c->floating[CTX_TEST_NUMBER_OF_fa0], e->floating, sizeof e->floating) == 0;
}

void judge_name_slot(size_t slot, char out[64]) {
  snprintf(out, 64, "slot %zu, at sp + %zu", slot, 8 * slot);
}
