#include "testing/oracle/placing.h"

#include <stdio.h>
#include <string.h>

#include "ctx/call/argument.h"
#include "ctx/type/error.h"
#include "testing/oracle/types.h"
#include "testing/oracle/verdict.h"

#ifdef ORACLE_HAS_PLACING /* otherwise places are judged by calls alone */

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

/* ---- Copies ---- */

/* In the order of their arguments. Their addresses are made up, and so is that of a result. */
#define COPIES UINT64_C(0x10000000)
#define RESULT UINT64_C(0x20000000)
static struct {
  const gen_value *value;
  uint64_t address;
} copies[GEN_MAX_ARGS];
static size_t num_copies;

static void put_copy(const gen_value *value, const ctx_place *place) {
  uint64_t address = COPIES + place->copy;
  copies[num_copies].value = value;
  copies[num_copies++].address = address;
  placing_put(&capture, (const uint8_t *)&address, sizeof address, place);
}

/* Returns which copy lies there. */
static size_t copy_at(uint64_t address) {
  size_t i = 0;
  while (i < num_copies && copies[i].address != address)
    i++;
  return i;
}

/* Captures the copies that the model expects, as far as they are there. */
static const char *find_copies(void) {
  capture.num_copies = 0;
  for (size_t i = 0; i < expected.num_copies; i++) {
    const oracle_copy *wanted = &expected.copies[i];
    uint64_t address = wanted->in_memory
                           ? capture.words[wanted->index]
                           : oracle_general_argument(&capture.registers, wanted->index);
    size_t found = copy_at(address);
    if (found == num_copies || copies[found].value->type->size < wanted->size) {
      snprintf(report, sizeof report, "argument %u is not passed as a copy, or elsewhere",
               (unsigned)expected.copied_argument[i]);
      return report;
    }
    memcpy(&capture.copied[wanted->at], copies[found].value->bytes, wanted->size);
    capture.copy_address[i] = address;
    capture.num_copies += 1;
  }
  return "";
}

/* Each copy is judged to be aligned as its type is, and to begin where the one before ends, or
 * behind that. */
static const char *judge_copies(const ctx_placer *placer) {
  uint64_t end = COPIES;
  size_t align = 1;
  for (size_t i = 0; i < num_copies; i++) {
    const gen_type *type = copies[i].value->type;
    if (copies[i].address % type->align != 0) return "a copy is not aligned as its type is";
    if (copies[i].address < end) return "two copies overlap";
    end = copies[i].address + type->size;
    if (type->align > align) align = type->align;
  }
  if (end > COPIES + placer->copies_size) return "the copies are longer than copies_size";
  if (align > 16 && placer->copies_align < align) return "copies_align is less than a copy's";
  return "";
}

/* ---- Arguments ---- */

static bool is_extended_by_its_highest_bit(gen_kind kind) {
  return gen_scalar_shape(kind) == GEN_SIGNED || (kind == GEN_U32 && placing_extends_u32);
}

/* How values are widened is not judged here: an integer's word is extended as it has to be. */
static const gen_value *widened(const gen_value *value) {
  static uint8_t word[8];
  static gen_value wide;
  bool is_narrow = !gen_is_aggregate(value->type) && value->type->size < sizeof word;
  if (!is_narrow || !is_extended_by_its_highest_bit(value->type->kind)) return value;
  bool is_negative = value->bytes[value->type->size - 1] >= 0x80;
  memset(word, is_negative ? 0xff : 0, sizeof word);
  memcpy(word, value->bytes, value->type->size);
  wide = (gen_value){gen_scalar(GEN_I64), word};
  return &wide;
}

static void put(const gen_value *value, const ctx_place *place) {
  if (place->where == CTX_WHERE_NOWHERE) return;
  if (place->is_reference) {
    put_copy(value, place);
  } else {
    const gen_value *wide = widened(value);
    placing_put(&capture, wide->bytes, wide->type->size, place);
  }
}

/* Places everything; the library's first answer that is not CTX_OK ends that. */
static ctx_status place(const gen_case *from, ctx_placer *placer, ctx_result_place *result) {
  ctx_type_checker checker;
  ctx_type_checker_begin(&checker);
  ctx_status status = oracle_type_status(from->result.type);
  if (status != CTX_OK) return status;
  status = ctx_argument_place_result(&checker, oracle_type(from->result.type), result);
  if (status != CTX_OK) return status;
  memset(&capture.registers, 0, sizeof capture.registers);
  capture.num_calls = 1;
  num_copies = 0;
  placing_begin(&capture, result, RESULT);
  *placer = ctx_place_begin(result);
  for (size_t i = 0; i < from->num_args; i++) {
    const gen_value *value = &from->args[i];
    status = oracle_type_status(value->type);
    if (status != CTX_OK) return status;
    ctx_place where;
    status =
        ctx_argument_place(&checker, placer, oracle_type(value->type), naming_of(from, i), &where);
    if (status != CTX_OK) return status;
    put(value, &where);
  }
  return CTX_OK;
}

/* ---- Judging ---- */

static const char *judge_refusal(void) {
  if (expected.refusal.verdict != MODEL_ACCEPTED) return "";
  snprintf(report, sizeof report, "was refused: %s", ctx_type_error());
  return report;
}

static const char *judge_result(const ctx_result_place *place) {
  bool in_memory = place->where == CTX_WHERE_MEMORY;
  if (in_memory != returned.in_memory) {
    return in_memory ? "the result is in memory" : "the result is not in memory";
  }
  size_t num = place->where == CTX_WHERE_REGISTERS ? place->num_pieces : 0;
  if (num != returned.registers.num) return "another number of registers returns the result";
  for (size_t i = 0; i < num; i++) {
    const ctx_return_piece *piece = &place->pieces[i];
    if (piece->source != returned.registers.of[i].reg ||
        piece->to != returned.registers.of[i].from ||
        piece->size != returned.registers.of[i].size) {
      snprintf(report, sizeof report, "part %zu of the result is elsewhere", i);
      return report;
    }
  }
  return "";
}

static const char *judge_arguments(const ctx_placer *placer) {
  if ((placer->slots_size + 15) / 16 * 2 != expected.num_words) {
    snprintf(report, sizeof report, "%zu bytes of arguments in memory: expected %zu",
             placer->slots_size, 8 * expected.num_words);
    return report;
  }
  const char *complaint = find_copies();
  return *complaint != '\0' ? complaint : judge_copies(placer);
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
  placing_end(&capture, &expected, &placer);
  const char *complaint = judge_result(&result);
  if (*complaint == '\0') complaint = judge_arguments(&placer);
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

#endif
