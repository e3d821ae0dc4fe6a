#include "testing/oracle/placing.h"

#include <stdio.h>
#include <string.h>

#include "ctx/call/argument.h"
#include "ctx/type/error.h"
#include "testing/oracle/types.h"
#include "testing/oracle/verdict.h"

static model_expectation expected;
static model_return returned;
static oracle_capture capture;
static char report[ORACLE_REPORT_SIZE];

gen_options placing_options(size_t max_args, unsigned allow) {
  return (gen_options){.max_args = max_args, .max_vector = placing_vector_bytes, .allow = allow};
}

static ctx_naming naming_of(const gen_case *from, size_t argument) {
  if (from->num_fixed == GEN_NOT_VARIADIC) return CTX_PLAIN;
  return argument < from->num_fixed ? CTX_NAMED : CTX_UNNAMED;
}

/* How values are widened is not judged here: an integer's word is extended by its sign. */
static const gen_value *widened(const gen_value *value) {
  static uint8_t word[8];
  static gen_value wide;
  bool is_narrow = !gen_is_aggregate(value->type) && value->type->size < sizeof word;
  if (!is_narrow || gen_scalar_shape(value->type->kind) != GEN_SIGNED) return value;
  bool is_negative = value->bytes[value->type->size - 1] >= 0x80;
  memset(word, is_negative ? 0xff : 0, sizeof word);
  memcpy(word, value->bytes, value->type->size);
  wide = (gen_value){gen_scalar(GEN_I64), word};
  return &wide;
}

/* Places everything; the library's first answer that is not CTX_OK ends that. */
static ctx_status place(const gen_case *from, ctx_placer *placer, ctx_result_place *result) {
  ctx_type_checker checker;
  ctx_type_checker_begin(&checker);
  ctx_status status = oracle_type_status(from->result.type);
  if (status != CTX_OK) return status;
  status = ctx_argument_place_result(&checker, oracle_type(from->result.type), result);
  if (status != CTX_OK) return status;
  placing_begin(&capture, result);
  *placer = ctx_place_begin(result);
  for (size_t i = 0; i < from->num_args; i++) {
    const gen_value *value = &from->args[i];
    status = oracle_type_status(value->type);
    if (status != CTX_OK) return status;
    ctx_place where;
    status =
        ctx_argument_place(&checker, placer, oracle_type(value->type), naming_of(from, i), &where);
    if (status != CTX_OK) return status;
    placing_put(&capture, widened(value), &where);
  }
  return CTX_OK;
}

static const char *judge_refusal(void) {
  if (expected.refusal.verdict != MODEL_ACCEPTED) return "";
  snprintf(report, sizeof report, "was refused: %s", ctx_type_error());
  return report;
}

static const char *judge(const gen_case *from) {
  /* There is at most as much in memory as the model expects, or it is wrong. */
  memset(capture.words, 0, expected.num_words * sizeof capture.words[0]);
  capture.num_words = expected.num_words;
  ctx_placer placer;
  ctx_result_place result;
  ctx_status status = place(from, &placer, &result);
  if (status == CTX_ERR_UNSUPPORTED_TYPE) return judge_refusal();
  if (status != CTX_OK) return ctx_status_name(status);
  if (expected.refusal.verdict == MODEL_REFUSED) {
    snprintf(report, sizeof report, "was accepted: %s", expected.refusal.why);
    return report;
  }
  if (expected.refusal.verdict == MODEL_UNDECIDED) return "";
  const char *complaint = placing_judge_result(&result, &returned);
  if (*complaint == '\0') complaint = placing_end(&capture, &expected, &placer);
  if (*complaint != '\0') return complaint;
  oracle_verdict(ORACLE_ABI_EQUAL, &capture, &expected, from, report);
  return report;
}

const char *placing_judge(const gen_case *from) {
  if (!model_expect(from, &expected)) return "too many bytes for a capture";
  model_expect_return(from->result.type, &returned);
  model_expect_state(&expected, NULL);
  oracle_types_create(&from->pool);
  const char *complaint = judge(from);
  oracle_types_destroy();
  if (*complaint == '\0') return "";

  static char text[2 * ORACLE_REPORT_SIZE];
  int length = snprintf(text, sizeof text, "%s\n", complaint);
  gen_case_describe(from, text + length, sizeof text - (size_t)length);
  return text;
}
