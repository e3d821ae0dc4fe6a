#include "testing/callsites/judge.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "ctx/ctx.h"
#include "testing/oracle/probe.h"
#include "testing/oracle/returns.h"
#include "testing/oracle/types.h"
#include "testing/oracle/values.h"
#include "testing/oracle/verdict.h"

static char report[2 * ORACLE_REPORT_SIZE];

static const char *complain(const char *format, ...) __attribute__((__format__(__printf__, 1, 2)));
static const char *complain(const char *format, ...) {
  va_list list;
  va_start(list, format);
  vsnprintf(report, sizeof report, format, list);
  va_end(list);
  return report;
}

/* ---- Layout ---- */

static bool has_these_bits(const uint8_t *bytes, size_t size, size_t first, size_t num) {
  for (size_t bit = 0; bit < 8 * size; bit++) {
    bool is_set = (bytes[bit / 8] >> (bit % 8) & 1) != 0;
    if (is_set != (bit >= first && bit < first + num)) return false;
  }
  return true;
}

const char *judge_layout(const judge_case *of) {
  const gen_pool *pool = &of->from->pool;
  size_t num = 0;
  for (size_t i = 0; i < pool->num_types; i++) {
    const gen_type *type = &pool->types[i];
    for (size_t j = 0; j < type->num_members; j++) {
      const gen_member *member = &type->members[j];
      if (member->form != GEN_BIT_FIELD) continue;
      if (num == of->compiled->num_bit_fields) return complain("bit-fields are missing");
      const void *bytes = of->compiled->bit_fields[num++];
      if (!has_these_bits(bytes, type->size, member->bit_offset, member->bits)) {
        return complain("layout: type %zu, member %zu: not %u bits from bit %u", i, j,
                        (unsigned)member->bits, (unsigned)member->bit_offset);
      }
    }
  }
  return num == of->compiled->num_bit_fields ? "" : complain("bit-fields too many");
}

/* ---- What is sent and received ---- */

static void *sent[GEN_MAX_ARGS];
static void *received[GEN_MAX_ARGS];
static int64_t widened[GEN_MAX_ARGS];
static _Alignas(GEN_MAX_ALIGN) uint8_t memory[1 << 18];

enum { GARBAGE = 0xd7 };

/* Values of size 0 have no bytes, and still an address. */
static void send(const gen_case *from) {
  static uint8_t nothing;
  for (size_t i = 0; i < from->num_args; i++)
    sent[i] = from->args[i].bytes != NULL ? from->args[i].bytes : &nothing;
}

static void open_mailbox(site_mailbox *mailbox, const gen_case *from) {
  size_t at = 0;
  for (size_t i = 0; i < from->num_args; i++) {
    received[i] = &memory[at];
    at += (from->args[i].type->size + GEN_MAX_ALIGN - 1) / GEN_MAX_ALIGN * GEN_MAX_ALIGN;
    if (at > sizeof memory) __builtin_trap();
    widened[i] = INT64_MIN;
  }
  memset(memory, GARBAGE, at);
  *mailbox = (site_mailbox){0, received, widened, from->result.bytes};
}

/* Returns whether narrow integers were wrong when the callee computed with them. */
static bool is_widened_wrongly(const gen_value *value, int64_t found) {
  switch (value->type->kind) {
    case GEN_U8:
    case GEN_BOOL:
      return found != value->bytes[0];
    case GEN_I8:
      return found != (int8_t)value->bytes[0];
    case GEN_U16:
      return found != (value->bytes[0] | value->bytes[1] << 8);
    case GEN_I16:
      return found != (int16_t)(value->bytes[0] | value->bytes[1] << 8);
    default:
      return false;
  }
}

static const char *bytes_text(const uint8_t *bytes, const gen_type *type, char out[256]) {
  size_t at = 0;
  out[0] = '\0';
  for (size_t i = 0; i < type->size && at + 8 < 256; i++) {
    if (type->cover[i] != 0) {
      at += (size_t)snprintf(out + at, 256 - at, " %02x", bytes[i]);
    } else {
      at += (size_t)snprintf(out + at, 256 - at, " --");
    }
  }
  return out;
}

static const char *complain_of_value(const char *what, const gen_value *expected,
                                     const void *found) {
  char type[512];
  char bytes[2][256];
  gen_type_describe(expected->type, type, sizeof type);
  return complain("%s: %s\n  expected%s\n  found   %s", what, type,
                  bytes_text(expected->bytes, expected->type, bytes[0]),
                  bytes_text(found, expected->type, bytes[1]));
}

static const char *judge_mailbox(const site_mailbox *mailbox, const gen_case *from) {
  if (mailbox->num_calls != 1) return complain("the callee was not called once");
  for (size_t i = 0; i < from->num_args; i++) {
    const gen_value *value = &from->args[i];
    char what[64];
    if (!oracle_result_equals(value, received[i])) {
      snprintf(what, sizeof what, "argument %zu, as received", i);
      return complain_of_value(what, value, received[i]);
    }
    if (is_widened_wrongly(value, widened[i])) {
      snprintf(what, sizeof what, "argument %zu, which became %lld when converted", i,
               (long long)widened[i]);
      return complain_of_value(what, value, received[i]);
    }
  }
  return "";
}

/* ---- The compiled call ---- */

/* The compiled call may have the memory for its result from there up to `result`. */
enum { CALLERS_STACK = 1 << 16 };

static const char *call_compiled(const judge_case *of, site_function *function, void *result) {
  send(of->from);
  memset(result, GARBAGE, of->from->result.type->size);
  of->compiled->call(function, sent, result);
  const char *complaint = oracle_judge_leftovers();
  if (*complaint != '\0') return complaint;
  if (!oracle_result_equals(&of->from->result, result)) {
    return complain_of_value("the result, as the compiled call has read it", &of->from->result,
                             result);
  }
  return "";
}

const char *judge_call(const judge_case *of) {
  _Alignas(GEN_MAX_ALIGN) uint8_t result[GEN_MAX_TYPE_SIZE];
  model_return returned;
  model_expect_return(of->from->result.type, &returned);
  of->expected->may_be_variadic = of->from->num_fixed != GEN_NOT_VARIADIC;
  model_expect_state(of->expected, oracle_probe);
  uint64_t here = (uint64_t)(uintptr_t)result;
  oracle_reply_with(of->from, &returned, here - CALLERS_STACK, here);
  oracle_capture_reset(of->expected->num_words);
  oracle_capture_copies(of->expected->copies, of->expected->num_copies);
  const char *complaint = call_compiled(of, oracle_probe, result);
  static char differences[ORACLE_REPORT_SIZE];
  if (!oracle_verdict(ORACLE_ABI_EQUAL, &oracle_captured, of->expected, of->from, differences)) {
    return complain("%s", differences);
  }
  return complaint;
}

const char *judge_pair(const judge_case *of) {
  _Alignas(GEN_MAX_ALIGN) uint8_t result[GEN_MAX_TYPE_SIZE];
  open_mailbox(of->mailbox, of->from);
  const char *complaint = call_compiled(of, of->compiled->callee, result);
  return *complaint != '\0' ? complaint : judge_mailbox(of->mailbox, of->from);
}

/* ---- The compiled callee ---- */

static ctx_context host;
static ctx_context child;
static char stack[1 << 17] __attribute__((aligned(64)));

static bool is_of_values(const gen_case *from) {
  bool is = from->result.type->kind == GEN_VOID || oracle_is_scalar(from->result.type);
  for (size_t i = 0; i < from->num_args; i++)
    is = is && oracle_is_scalar(from->args[i].type);
  return is;
}

static const char *enter(const judge_case *of) {
  open_mailbox(of->mailbox, of->from);
  oracle_swap(&host, &child);
  if (!ctx_has_returned(&child)) return complain("the callee has not returned");
  const char *complaint = oracle_judge_leftovers();
  return *complaint != '\0' ? complaint : judge_mailbox(of->mailbox, of->from);
}

static const char *judge_read_result(const gen_case *from, const void *read) {
  if (oracle_result_equals(&from->result, read)) return "";
  return complain_of_value("the result, as ctx has read it", &from->result, read);
}

/* Stacks end at any multiple of 16. */
static size_t stack_size_of(const gen_case *from) {
  return sizeof stack - 16 * (size_t)(from->way / 2 % 4);
}

/* Nothing is right by chance, or because the last case left it. */
static void make_garbage(void) {
  memset(stack, GARBAGE, sizeof stack);
  memset(&child, GARBAGE, sizeof child);
  memset(&host, 0, sizeof host);
}

static const char *by_values(const judge_case *of) {
  static ctx_value values[GEN_MAX_ARGS];
  const gen_case *from = of->from;
  for (size_t i = 0; i < from->num_args; i++) {
    values[i] = oracle_ctx_value(&from->args[i]);
    if (from->num_fixed == GEN_NOT_VARIADIC) continue;
    values[i].is_named = i < from->num_fixed;
    values[i].is_unnamed = i >= from->num_fixed;
  }
  make_garbage();
  ctx_status status = ctx_init(&child, stack, stack_size_of(from), (ctx_entry)of->compiled->callee,
                               values, from->num_args);
  if (status != CTX_OK) return complain("ctx_init: %s", ctx_status_name(status));
  const char *complaint = enter(of);
  if (*complaint != '\0' || from->result.type->kind == GEN_VOID) return complaint;
  uint64_t read = 0;
  oracle_read_retval(&child, from->result.type->kind, &read);
  return judge_read_result(from, &read);
}

/* The library chooses the memory for a result, or we do. */
static const char *by_signature(const judge_case *of, const ctx_signature *signature) {
  static _Alignas(GEN_MAX_ALIGN) uint8_t result[GEN_MAX_TYPE_SIZE];
  _Alignas(GEN_MAX_ALIGN) uint8_t read[GEN_MAX_TYPE_SIZE];
  const gen_case *from = of->from;
  ctx_options options = {0};
  if (from->way % 2 != 0) options.result = result;
  send(from);
  make_garbage();
  ctx_status status =
      ctx_init_signature(&child, stack, stack_size_of(from), &options,
                         (ctx_entry)of->compiled->callee, signature, (const void *const *)sent);
  if (status != CTX_OK) return complain("ctx_init_signature: %s", ctx_status_name(status));
  const char *complaint = enter(of);
  if (*complaint != '\0') return complaint;
  memset(read, GARBAGE, sizeof read);
  status = ctx_retval_get(&child, signature, read);
  if (status != CTX_OK) return complain("ctx_retval_get: %s", ctx_status_name(status));
  return judge_read_result(from, read);
}

/* Returns CTX_OK, and the signature; otherwise the library's answer. */
static ctx_status make_signature(const gen_case *from, ctx_signature **out) {
  oracle_types_create(&from->pool);
  ctx_status status = oracle_signature_create(from, out);
  oracle_types_destroy();
  return status;
}

bool judge_is_refused(const gen_case *from) {
  ctx_signature *signature = NULL;
  ctx_status status = make_signature(from, &signature);
  ctx_signature_destroy(signature);
  return status == CTX_ERR_UNSUPPORTED_TYPE;
}

const char *judge_callee(const judge_case *of) {
  if (is_of_values(of->from)) {
    const char *complaint = by_values(of);
    if (*complaint != '\0') return complaint;
  }
  ctx_signature *signature = NULL;
  ctx_status status = make_signature(of->from, &signature);
  if (status != CTX_OK) {
    return complain("the signature: %s: %s", ctx_status_name(status), ctx_type_error());
  }
  const char *complaint = by_signature(of, signature);
  ctx_signature_destroy(signature);
  return complaint;
}
