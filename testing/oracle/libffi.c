#include "testing/oracle/libffi.h"

#include <ffi.h>
#include <stdio.h>
#include <string.h>

#include "testing/oracle/model.h"
#include "testing/oracle/probe.h"
#include "testing/oracle/returns.h"
#include "testing/oracle/verdict.h"

static ffi_type *type_of(gen_kind kind) {
  switch (kind) {
    case GEN_VOID:
      return &ffi_type_void;
    case GEN_U8:
    case GEN_BOOL:
      return &ffi_type_uint8;
    case GEN_U16:
      return &ffi_type_uint16;
    case GEN_U32:
    case GEN_GUEST_PTR:
      return &ffi_type_uint32;
    case GEN_U64:
    case GEN_USIZE:
      return &ffi_type_uint64;
    case GEN_I8:
      return &ffi_type_sint8;
    case GEN_I16:
      return &ffi_type_sint16;
    case GEN_I32:
      return &ffi_type_sint32;
    case GEN_I64:
    case GEN_ISIZE:
      return &ffi_type_sint64;
    case GEN_PTR:
      return &ffi_type_pointer;
    case GEN_F32:
      return &ffi_type_float;
    case GEN_F64:
      return &ffi_type_double;
    case GEN_LONG_DOUBLE:
      return &ffi_type_longdouble;
    case GEN_COMPLEX_F32:
      return &ffi_type_complex_float;
    case GEN_COMPLEX_F64:
      return &ffi_type_complex_double;
    case GEN_COMPLEX_LONG_DOUBLE:
      return &ffi_type_complex_longdouble;
    default:
      __builtin_trap();
  }
}

static model_expectation expected;

static const char *judge_call(const gen_case *from) {
  static ffi_type *types[GEN_MAX_ARGS];
  static void *values[GEN_MAX_ARGS];
  static char report[ORACLE_REPORT_SIZE];
  for (size_t i = 0; i < from->num_args; i++) {
    types[i] = type_of(from->args[i].type->kind);
    values[i] = from->args[i].bytes;
  }
  ffi_cif cif;
  if (ffi_prep_cif(&cif, FFI_DEFAULT_ABI, (unsigned)from->num_args,
                   type_of(from->result.type->kind), types) != FFI_OK) {
    return "ffi_prep_cif";
  }
  if (!model_expect(from, &expected)) return "too many bytes for a capture";
  model_return returned;
  model_expect_return(from->result.type, &returned);
  oracle_reply_with(from, &returned, 0, 0);
  oracle_capture_reset(expected.num_words);
  oracle_capture_copies(expected.copies, expected.num_copies);
  model_expect_state(&expected, oracle_probe);
  _Alignas(16) char result[32];
  ffi_call(&cif, oracle_probe, result, values);
  if (!oracle_verdict(ORACLE_ABI_EQUAL, &oracle_captured, &expected, from, report)) return report;
  if (!oracle_result_equals(&from->result, result)) return "the result was read wrongly";
  return "";
}

const char *oracle_libffi_call(const gen_case *from) {
  const char *complaint = judge_call(from);
  if (*complaint == '\0') return "";
  static char text[2 * ORACLE_REPORT_SIZE + 256];
  int length = snprintf(text, sizeof text, "libffi: %s\n", complaint);
  gen_case_describe(from, text + length, sizeof text - (size_t)length);
  return text;
}
