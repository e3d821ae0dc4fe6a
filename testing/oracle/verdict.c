#include "testing/oracle/verdict.h"

#include <string.h>

#include "testing/oracle/judgement.h"

static model_owner owner_of_slot(const judgement *j, size_t slot) {
  for (size_t i = 0; i < j->from->num_args; i++) {
    size_t first = j->expected->first_word[i];
    size_t num = (j->from->args[i].type->size + 7) / 8;
    if (first != SIZE_MAX && slot >= first && slot < first + num) {
      return (model_owner){(uint16_t)i, (uint16_t)(slot - first)};
    }
  }
  return (model_owner){MODEL_NOBODY, 0};
}

static bool is_address_of_copy(const model_expectation *e, size_t slot) {
  for (size_t i = 0; i < e->num_copies; i++) {
    if (e->copies[i].in_memory && e->copies[i].index == slot) return true;
  }
  return false;
}

static void judge_stack(judgement *j) {
  const model_expectation *e = j->expected;
  for (size_t i = 0; i < e->num_words; i++) {
    uint64_t care = judgement_care(j, e->words_care[i]);
    if (!judgement_differs(e->words[i], j->capture->words[i], care)) continue;
    if (is_address_of_copy(e, i)) continue;
    char where[64];
    judge_name_slot(i, where);
    report_word(j, where, owner_of_slot(j, i), e->words[i], j->capture->words[i], care);
  }
}

/* A caller may align a copy to 16 bytes only; the library aligns it as its type is. */
static size_t align_of_copy(const judgement *j, const gen_type *type) {
  return j->relation == ORACLE_LIBRARY_EQUAL || type->align < 16 ? type->align : 16;
}

static void judge_copy(judgement *j, size_t index) {
  uint16_t argument = j->expected->copied_argument[index];
  const gen_value *value = &j->from->args[argument];
  uint64_t address = j->capture->copy_address[index];
  size_t align = align_of_copy(j, value->type);
  if (address % align != 0) {
    report_line(j, "argument %u: its copy is at 0x%llx: expected a multiple of %zu", argument,
                (unsigned long long)address, align);
  }
  const uint8_t *found = &j->capture->copied[j->expected->copies[index].at];
  for (size_t i = 0; i < value->type->size; i++) {
    unsigned cover = value->type->cover[i];
    /* Whole bytes are copied, if they have a bit of a bit-field; the others are 0. */
    unsigned expected = cover != 0 ? value->bytes[i] : 0;
    uint64_t care = judgement_care(j, cover);
    if (!judgement_differs(expected, found[i], care)) continue;
    report_line(j, "argument %u: byte %zu of its copy: expected %02x, found %02x", argument, i,
                expected, (unsigned)found[i]);
  }
}

static void judge_copies(judgement *j) {
  if (j->capture->num_copies != j->expected->num_copies) {
    report_line(j, "%zu copies were to be captured", j->expected->num_copies);
    return;
  }
  for (size_t i = 0; i < j->expected->num_copies; i++)
    judge_copy(j, i);
}

/* The common case, in which all is as the library promises, as fast as it goes. */
static bool is_library_equal(const judgement *j) {
  const model_expectation *e = j->expected;
  return judge_has_no_complaint(j) &&
         memcmp(j->capture->words, e->words, e->num_words * sizeof e->words[0]) == 0;
}

bool oracle_verdict(oracle_relation relation, const oracle_capture *capture,
                    const model_expectation *expected, const gen_case *from,
                    char report[ORACLE_REPORT_SIZE]) {
  judgement j = {relation, capture, expected, from, report, ORACLE_REPORT_SIZE, 0};
  *report = '\0';
  if (capture->num_calls != 1) {
    report_line(&j, "called %llu times", (unsigned long long)capture->num_calls);
  }
  judge_state(&j);
  if (relation == ORACLE_LIBRARY_EQUAL) {
    judge_other_registers(&j);
    judge_copies(&j);
    if (is_library_equal(&j)) return j.num_lines == 0;
  }
  if (relation != ORACLE_LIBRARY_EQUAL) judge_copies(&j);
  judge_registers(&j);
  judge_stack(&j);
  return j.num_lines == 0;
}
