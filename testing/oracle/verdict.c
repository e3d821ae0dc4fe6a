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

static void judge_stack(judgement *j) {
  const model_expectation *e = j->expected;
  for (size_t i = 0; i < e->num_words; i++) {
    uint64_t care = judgement_care(j, e->words_care[i]);
    if (!judgement_differs(e->words[i], j->capture->words[i], care)) continue;
    char where[64];
    judge_name_slot(i, where);
    report_word(j, where, owner_of_slot(j, i), e->words[i], j->capture->words[i], care);
  }
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
    if (is_library_equal(&j)) return j.num_lines == 0;
  }
  judge_registers(&j);
  judge_stack(&j);
  return j.num_lines == 0;
}
