#include "testing/oracle/call.h"

#include <stdio.h>
#include <string.h>

#include "ctx/inline.h"
#include "testing/oracle/guest.h"
#include "testing/oracle/model.h"
#include "testing/oracle/probe.h"
#include "testing/oracle/returns.h"
#include "testing/oracle/types.h"
#include "testing/oracle/values.h"
#include "testing/oracle/verdict.h"

static model_expectation expected;
static model_return returned;
static char report[ORACLE_REPORT_SIZE];

/* Memory for a result, and for what is read of it; beyond it there is garbage. */
enum { RESULT_GARBAGE = 0x33 };
static _Alignas(GEN_MAX_ALIGN) uint8_t result_memory[GEN_MAX_TYPE_SIZE + 64];
static uint8_t read_result[GEN_MAX_TYPE_SIZE + 64];

static bool is_garbage_beyond(const uint8_t *memory, size_t size) {
  for (size_t i = size; i < size + 64; i++) {
    if (memory[i] != RESULT_GARBAGE) return false;
  }
  return true;
}

static size_t stack_size_of(const gen_case *from) {
  size_t shift = (from->way & ORACLE_END_SHIFTED) != 0 ? 16 * (1 + from->num_args % 3) : 0;
  return GUEST_STACK_SIZE - shift;
}

/* ---- What has come back ---- */

/* Judges the address of a result in memory: within the stack, and clear of the arguments, which the
 * entry still reads. */
static const char *judge_result_address(const gen_case *from) {
  if (!returned.in_memory) return "";
  uint64_t address = oracle_result_address(&oracle_captured);
  if ((from->way & ORACLE_RESULT_GIVEN) != 0) {
    return address == (uint64_t)(uintptr_t)result_memory
               ? ""
               : "the result's address is not options.result";
  }
  if (address < oracle_arguments_address(&oracle_captured) + 8 * expected.num_words) {
    return "the result's memory is among the arguments";
  }
  if (address + from->result.type->size > oracle_frame_address(&oracle_captured)) {
    return "the result's memory runs into the root frame";
  }
  return "";
}

static bool is_disjoint(uint64_t a, uint64_t size_of_a, uint64_t b, uint64_t size_of_b) {
  return a + size_of_a <= b || b + size_of_b <= a;
}

/* Judges the addresses of copies: each is the callee's own memory, within the stack. */
static const char *judge_addresses_of_copies(const gen_case *from) {
  const uint64_t *addresses = oracle_captured.copy_address;
  uint64_t low = oracle_arguments_address(&oracle_captured) + 8 * expected.num_words;
  uint64_t result = oracle_result_address(&oracle_captured);
  for (size_t i = 0; i < expected.num_copies; i++) {
    uint64_t size = expected.copies[i].size;
    if (addresses[i] < low) return "a copy is among the arguments";
    if (addresses[i] + size > oracle_frame_address(&oracle_captured)) {
      return "a copy runs into the root frame";
    }
    if (returned.in_memory && !is_disjoint(addresses[i], size, result, from->result.type->size)) {
      return "a copy is in the result's memory";
    }
    for (size_t k = 0; k < i; k++) {
      if (!is_disjoint(addresses[i], size, addresses[k], expected.copies[k].size)) {
        return "two copies share memory";
      }
    }
  }
  return "";
}

static const char *judge_registers(const gen_value *result) {
  if (!ctx_has_returned(&guest)) return "has not returned";
  const char *complaint = oracle_judge_kept(&guest, &returned);
  if (*complaint == '\0' && oracle_is_scalar(result->type)) {
    uint64_t read = 0;
    oracle_read_retval(&guest, result->type->kind, &read);
    if (!oracle_result_equals(result, &read)) return "the result was read wrongly";
  }
  return complaint;
}

static const char *judge_retval_get(const gen_value *result, const ctx_signature *signature) {
  size_t size = result->type->size;
  memset(read_result, RESULT_GARBAGE, size + 64);
  ctx_status status = ctx_retval_get(&guest, signature, read_result);
  if (status != CTX_OK) return ctx_status_name(status);
  if (!oracle_result_equals(result, read_result)) return "ctx_retval_get: another result";
  if (!is_garbage_beyond(read_result, size)) return "ctx_retval_get wrote beyond the result";
  if (!is_garbage_beyond(result_memory, size)) return "something wrote beyond options.result";
  return "";
}

/* Makes the call, from the swap on. `signature` is null where it has the result's only. */
static const char *run_and_judge(const gen_case *from, const ctx_options *options) {
  if (ctx_has_returned(&guest)) return "has returned before it was entered";
  uint64_t low = (uint64_t)(uintptr_t)guest_stack;
  uint64_t high = low + stack_size_of(from) - from->result.type->size;
  if (options->result != NULL) low = high = (uint64_t)(uintptr_t)options->result;
  oracle_reply_with(from, &returned, low, high);
  oracle_capture_reset(expected.num_words);
  oracle_capture_copies(expected.copies, expected.num_copies);
  guest_run();
  if (!oracle_verdict(ORACLE_LIBRARY_EQUAL, &oracle_captured, &expected, from, report)) {
    return report;
  }
  const char *complaint = judge_result_address(from);
  if (*complaint == '\0') complaint = judge_addresses_of_copies(from);
  if (*complaint == '\0') complaint = judge_registers(&from->result);
  if (*complaint == '\0')
    complaint = guest_judge_callbacks(options, oracle_first_returned(&returned));
  return complaint;
}

/* ---- By values ---- */

static bool has_values(const gen_case *from) {
  for (size_t i = 0; i < from->num_args; i++) {
    if (!oracle_has_ctx_value(from->args[i].type)) return false;
  }
  return true;
}

/* Without a signature a context keeps few registers of results. */
static bool can_be_called_by_values(const gen_case *from) {
  return expected.refusal.verdict == MODEL_ACCEPTED && model_return_is_kept(&returned) &&
         has_values(from);
}

static ctx_value values[GEN_MAX_ARGS];

/* An ellipsis shows in the values, as by CTX_CALL_VARIADIC. */
static void make_values(const gen_case *from) {
  for (size_t i = 0; i < from->num_args; i++)
    values[i] = oracle_ctx_value(&from->args[i]);
  if (from->num_fixed != GEN_NOT_VARIADIC) ctx_promote_(values, from->num_args, from->num_fixed);
}

static const char *call_by_values(const gen_case *from) {
  make_values(from);
  size_t stack_needed = ctx_stack_needed(values, from->num_args);
  size_t stack_size = stack_size_of(from);
  if (stack_needed == 0 || stack_needed > stack_size - GUEST_MARGIN) return "ctx_stack_needed";
  guest_part stack = guest_stack_part(stack_size, stack_needed);
  ctx_options options = guest_prepare(from->way, stack_size, stack_needed);
  ctx_status status;
  if ((from->way & ORACLE_INLINE) != 0) {
    status = ctx_init_inline(&guest, stack.base, stack.size, &options, oracle_probe, values,
                             from->num_args);
  } else {
    status = ctx_init_with_options(&guest, stack.base, stack.size, &options, oracle_probe, values,
                                   from->num_args);
  }
  if (status != CTX_OK) return ctx_status_name(status);
  /* Init has copied the values. */
  memset(values, 0, from->num_args * sizeof values[0]);
  if (!guest_stack_is_untouched(stack_size, stack_needed)) {
    return "init wrote below what ctx_stack_needed says";
  }
  return run_and_judge(from, &options);
}

/* A result that has no accessor is read by a signature that has nothing else. */
static const char *judge_result_after_values(const gen_value *result) {
  if (result->type->size == 0 || oracle_is_scalar(result->type)) return "";
  ctx_signature *signature;
  ctx_status status =
      ctx_signature_create(&signature, oracle_type(result->type), NULL, 0, CTX_NOT_VARIADIC);
  if (status != CTX_OK) return ctx_status_name(status);
  memset(result_memory, RESULT_GARBAGE, result->type->size + 64);
  const char *complaint = judge_retval_get(result, signature);
  ctx_signature_destroy(signature);
  return complaint;
}

/* ---- By signature ---- */

static const char *call_by_signature(const gen_case *from, const ctx_signature *signature) {
  static const void *bytes[GEN_MAX_ARGS];
  for (size_t i = 0; i < from->num_args; i++)
    bytes[i] = from->args[i].bytes;
  size_t stack_needed = ctx_signature_stack_needed(signature);
  size_t stack_size = stack_size_of(from);
  if (stack_needed == 0 || stack_needed > stack_size - GUEST_MARGIN) {
    return "ctx_signature_stack_needed";
  }
  guest_part stack = guest_stack_part(stack_size, stack_needed);
  ctx_options options = guest_prepare(from->way, stack_size, stack_needed);
  memset(result_memory, RESULT_GARBAGE, from->result.type->size + 64);
  if ((from->way & ORACLE_RESULT_GIVEN) != 0) options.result = result_memory;
  ctx_status status =
      ctx_init_signature(&guest, stack.base, stack.size, &options, oracle_probe, signature, bytes);
  if (status != CTX_OK) return ctx_status_name(status);
  if (!guest_stack_is_untouched(stack_size, stack_needed)) {
    return "init wrote below what ctx_signature_stack_needed says";
  }
  if (ctx_retval_get(&guest, signature, read_result) != CTX_ERR_NOT_RETURNED) {
    return "ctx_retval_get read a result before there was one";
  }
  const char *complaint = run_and_judge(from, &options);
  return *complaint != '\0' ? complaint : judge_retval_get(&from->result, signature);
}

/* Values are refused where a signature is, unless that knows more: the result may be what it
 * refuses, and its address may take a register. C promotes a float that a signature refuses. */
static const char *judge_answer_to_values(const gen_case *from, ctx_status of_signature) {
  bool is_of_result =
      from->result.type->kind != GEN_VOID && (of_signature != CTX_OK || returned.in_memory);
  if (is_of_result || !has_values(from)) return "";
  for (size_t i = from->num_fixed; i < from->num_args; i++) {
    if (from->args[i].type->kind == GEN_F32) return "";
  }
  make_values(from);
  bool is_refused = ctx_stack_needed(values, from->num_args) == 0;
  return is_refused == (of_signature != CTX_OK) ? "" : "values have another answer than types";
}

/* Holds the library's answer to the types against the one that it has to give. */
static const char *judge_answer(ctx_status status) {
  bool refuses = status == CTX_ERR_UNSUPPORTED_TYPE;
  if (status != CTX_OK && !refuses) return ctx_status_name(status);
  if (refuses && *ctx_type_error() == '\0') return "a refusal without a reason";
  switch (expected.refusal.verdict) {
    case MODEL_ACCEPTED:
      return refuses ? ctx_type_error() : "";
    case MODEL_MAY_BE_REFUSED:
      return "";
    case MODEL_REFUSED:
      if (refuses) return "";
      snprintf(report, sizeof report, "was accepted: %s", expected.refusal.why);
      return report;
    case MODEL_UNDECIDED:
      return "";
  }
  __builtin_trap();
}

static const char *call_with_types(const gen_case *from) {
  bool by_values = (from->way & ORACLE_BY_SIGNATURE) == 0 && can_be_called_by_values(from);
  if (by_values) {
    const char *complaint = call_by_values(from);
    return *complaint != '\0' ? complaint : judge_result_after_values(&from->result);
  }
  ctx_signature *signature = NULL;
  ctx_status status = oracle_signature_create(from, &signature);
  const char *complaint = judge_answer(status);
  if (*complaint == '\0') complaint = judge_answer_to_values(from, status);
  if (status == CTX_OK) {
    bool is_judged = *complaint == '\0' && expected.refusal.verdict != MODEL_UNDECIDED;
    if (is_judged) complaint = call_by_signature(from, signature);
    ctx_signature_destroy(signature);
  }
  return complaint;
}

/* ---- Both ---- */

gen_options oracle_options(size_t max_args) {
  return (gen_options){
      .max_args = max_args, .max_vector = oracle_vector_bytes(), .allow = GEN_ALLOW_ALL};
}

static const char *call(const gen_case *from) {
  if (!model_expect(from, &expected)) return "too many bytes for a capture";
  model_expect_return(from->result.type, &returned);
  model_expect_state(&expected, oracle_probe);
  oracle_captured.num_calls = 0;
  oracle_types_create(&from->pool);
  const char *complaint = call_with_types(from);
  oracle_types_destroy();
  return complaint;
}

const char *oracle_call(const gen_case *from) {
  const char *complaint = call(from);
  if (*complaint == '\0') return "";

  static char text[2 * ORACLE_REPORT_SIZE + 256];
  char ignored[ORACLE_REPORT_SIZE];
  bool is_abi_equal = oracle_captured.num_calls != 0 &&
                      oracle_verdict(ORACLE_ABI_EQUAL, &oracle_captured, &expected, from, ignored);
  int length = snprintf(text, sizeof text, "%s\n%sin this way:", complaint,
                        is_abi_equal ? "(its arguments are ABI-equal: what C demands)\n" : "");
  static const char *const ways[] = {"activation",   "backstop",    "inline",  "by signature",
                                     "result given", "end shifted", "own mask"};
  for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
    if ((from->way >> i & 1) == 0) continue;
    length += snprintf(text + length, sizeof text - (size_t)length, " %s,", ways[i]);
  }
  length += snprintf(text + length, sizeof text - (size_t)length, "\n");
  gen_case_describe(from, text + length, sizeof text - (size_t)length);
  return text;
}

unsigned oracle_way_of(uint64_t number) {
  return (unsigned)(number * UINT64_C(0x9e3779b97f4a7c15) >> 40) % ORACLE_OWN_MASK;
}

const char *oracle_call_all_ways(gen_case *from) {
  unsigned way = from->way;
  const char *complaint = "";
  for (unsigned i = 0; i < ORACLE_NUM_WAYS && *complaint == '\0'; i++) {
    from->way = i;
    complaint = oracle_call(from);
  }
  from->way = way;
  return complaint;
}
