#include "testing/simulation/signatures.h"

#include <string.h>

#include "testing/simulation/body.h"
#include "testing/simulation/functions.h"
#include "testing/simulation/log.h"
#include "testing/simulation/machine.h"
#include "testing/simulation/shapes.h"
#include "testing/simulation/types.h"

/* ---- Their types ---- */

CTX_STRUCT(integer_and_double_type, integer_and_double,
           CTX_MEMBER(integer_and_double, integer, ctx_type_u64),
           CTX_MEMBER(integer_and_double, fp, ctx_type_f64));
CTX_STRUCT(two_doubles_type, two_doubles, CTX_MEMBER_ARRAY(two_doubles, fp, ctx_type_f64));
CTX_STRUCT(in_memory_type, in_memory, CTX_MEMBER_ARRAY(in_memory, words, ctx_type_u64));
CTX_STRUCT(aligned_in_memory_type, aligned_in_memory,
           CTX_MEMBER_ARRAY(aligned_in_memory, words, ctx_type_u64));

#define NOTHING \
  { &ctx_type_void, 0, 1, 0 }
#define MEMORY SHAPE_OF(in_memory, in_memory_type)
#define ALIGNED_MEMORY SHAPE_OF(aligned_in_memory, aligned_in_memory_type)
#define TWO_DOUBLES SHAPE_OF(two_doubles, two_doubles_type)
#define INTEGER_AND_DOUBLE SHAPE_OF(integer_and_double, integer_and_double_type)
#define INT128 SHAPE_OF(int128, ctx_type_i128)
#define V128 SHAPE_OF(v128, ctx_type_v128)
#define V256 SHAPE_OF(v256, ctx_type_v256)
#define V512 SHAPE_OF(v512, ctx_type_v512)

typedef struct description {
  value_shape result;
  size_t num_args;
  value_shape args[SIGNATURES_MAX_ARGS];
  size_t num_fixed;
} description;

/* The functions in functions.c are of these types. */
static const description descriptions[NUM_SIGNATURES] = {
    [SIGNATURE_VOID] = {NOTHING, 0, {{0}}, CTX_NOT_VARIADIC},
    [SIGNATURE_MEMORY] = {MEMORY,
                          3,
                          {INTEGER_AND_DOUBLE, SHAPE_OF(int8_t, ctx_type_i8), SHAPE_OF_LONG_DOUBLE},
                          CTX_NOT_VARIADIC},
    [SIGNATURE_ALIGNED_MEMORY] = {ALIGNED_MEMORY,
                                  2,
                                  {SHAPE_OF(uint64_t, ctx_type_u64), ALIGNED_MEMORY},
                                  CTX_NOT_VARIADIC},
    [SIGNATURE_LONG_DOUBLE] = {SHAPE_OF_LONG_DOUBLE,
                               3,
                               {SHAPE_OF_LONG_DOUBLE, ALIGNED_MEMORY,
                                SHAPE_OF(float, ctx_type_f32)},
                               CTX_NOT_VARIADIC},
    [SIGNATURE_COMPLEX_LONG_DOUBLE] = {SHAPE_OF_COMPLEX_LONG_DOUBLE,
                                       2,
                                       {MEMORY, TWO_DOUBLES},
                                       CTX_NOT_VARIADIC},
    [SIGNATURE_TWO_DOUBLES] = {TWO_DOUBLES,
                               3,
                               {TWO_DOUBLES, INT128, SHAPE_OF(float, ctx_type_f32)},
                               CTX_NOT_VARIADIC},
    [SIGNATURE_INTEGER_AND_DOUBLE] = {INTEGER_AND_DOUBLE,
                                      2,
                                      {INTEGER_AND_DOUBLE, SHAPE_OF_COMPLEX_LONG_DOUBLE},
                                      CTX_NOT_VARIADIC},
    [SIGNATURE_INT128] = {INT128,
                          3,
                          {SHAPE_OF(uint16_t, ctx_type_u16), INT128, MEMORY},
                          CTX_NOT_VARIADIC},
    [SIGNATURE_V128] = {V128, 2, {SHAPE_OF(double, ctx_type_f64), V128}, CTX_NOT_VARIADIC},
    [SIGNATURE_V256] = {V256, 3, {V256, V128, SHAPE_OF_LONG_DOUBLE}, CTX_NOT_VARIADIC},
    [SIGNATURE_V512] = {V512, 2, {V512, ALIGNED_MEMORY}, CTX_NOT_VARIADIC},
    [SIGNATURE_VARIADIC] = {TWO_DOUBLES,
                            3,
                            {SHAPE_OF(uint64_t, ctx_type_u64), SHAPE_OF(double, ctx_type_f64),
                             SHAPE_OF_LONG_DOUBLE},
                            1},
};

/* ---- Prepared ---- */

static ctx_signature *signatures[NUM_SIGNATURES];

void signatures_prepare(signature_body body) {
  body_set(body);
  if (signatures[SIGNATURE_VOID] != NULL) return;
  for (unsigned id = 0; id < NUM_SIGNATURES; id++) {
    const description *it = &descriptions[id];
    const ctx_type *args[SIGNATURES_MAX_ARGS];
    for (size_t i = 0; i < it->num_args; i++)
      args[i] = it->args[i].type;
    ctx_status status =
        ctx_signature_create(&signatures[id], it->result.type, args, it->num_args, it->num_fixed);
    bool may_lack = id == SIGNATURE_V256 || id == SIGNATURE_V512;
    if (status != CTX_OK && !(may_lack && status == CTX_ERR_UNSUPPORTED_TYPE)) {
      log_fail("signature %u: %s: %s", id, ctx_status_name(status), ctx_type_error());
    }
  }
}

const ctx_signature *signature_of(signature_id id) { return signatures[id]; }

ctx_entry signature_entry(signature_id id) { return function_of(id); }

const ctx_signature *signature_wrong_for(signature_id id) {
  const ctx_signature *wrong = signatures[machine_result_of(id).wrong];
  return wrong != NULL ? wrong : signatures[SIGNATURE_LONG_DOUBLE];
}

/* ---- Arguments ---- */

size_t signature_draw_args(signature_id id, uint64_t seed,
                           signature_value values[SIGNATURES_MAX_ARGS]) {
  const description *it = &descriptions[id];
  for (size_t i = 0; i < it->num_args; i++)
    shape_draw(&it->args[i], &seed, &values[i]);
  return it->num_args;
}

unsigned signature_wrong_args(signature_id id, uint64_t seed, const void *const *args) {
  signature_value expected[SIGNATURES_MAX_ARGS];
  size_t num_args = signature_draw_args(id, seed, expected);
  unsigned wrong = 0;
  for (size_t i = 0; i < num_args; i++) {
    const value_shape *shape = &descriptions[id].args[i];
    wrong |= (unsigned)!shape_is_as_expected(shape, expected[i].bytes, args[i]) << i;
  }
  return wrong;
}

/* ---- Results ---- */

model_results signature_draw_result(signature_id id, uint64_t seed, const void *memory) {
  signature_value value = {{0}};
  shape_draw(&descriptions[id].result, &seed, &value);
  body_set_result(&value);
  model_results results;
  memset(&results, 0, sizeof results);
  memcpy(results.typed, value.bytes, sizeof results.typed);
  uint64_t words[2];
  memcpy(words, value.bytes, sizeof words);
  switch (machine_result_of(id).untyped) {
    case MACHINE_NOTHING:
    case MACHINE_IN_MEMORY:
      break;
    case MACHINE_FIRST_AS_U64:
      results.has_gp = true;
      results.gp = words[0];
      break;
    case MACHINE_FIRST_AS_F64:
      results.has_fp = true;
      results.fp = words[0];
      break;
    case MACHINE_FIRST_AS_U64_SECOND_AS_F64:
      results.has_gp = results.has_fp = true;
      results.gp = words[0];
      results.fp = words[1];
      break;
    case MACHINE_ADDRESS_AS_U64:
      results.has_gp = memory != NULL;
      results.gp = (uint64_t)(uintptr_t)memory;
      break;
  }
  return results;
}

bool signature_result_may_be_at(signature_id id, uint64_t address) {
  bool is_address = machine_result_of(id).untyped == MACHINE_ADDRESS_AS_U64;
  return !is_address || address % descriptions[id].result.align == 0;
}

bool signature_result_is_in_memory(signature_id id) {
  machine_untyped untyped = machine_result_of(id).untyped;
  return untyped == MACHINE_ADDRESS_AS_U64 || untyped == MACHINE_IN_MEMORY;
}

size_t signature_result_size(signature_id id) { return descriptions[id].result.size; }

bool signature_same_result(signature_id id, const void *a, const void *b) {
  return shape_is_same(&descriptions[id].result, a, b);
}
