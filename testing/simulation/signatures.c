#include "testing/simulation/signatures.h"

#include <stdarg.h>
#include <string.h>

#include "testing/harness/record.h"
#include "testing/simulation/log.h"

/* ---- Types --------------------------------------------------------------------------------------
 */

typedef struct integer_and_double {
  uint64_t integer;
  double fp;
} integer_and_double;
CTX_STRUCT(integer_and_double_type, integer_and_double,
           CTX_MEMBER(integer_and_double, integer, ctx_type_u64),
           CTX_MEMBER(integer_and_double, fp, ctx_type_f64));

typedef struct two_doubles {
  double fp[2];
} two_doubles;
CTX_STRUCT(two_doubles_type, two_doubles, CTX_MEMBER_ARRAY(two_doubles, fp, ctx_type_f64));

typedef struct in_memory {
  uint64_t words[5];
} in_memory;
CTX_STRUCT(in_memory_type, in_memory, CTX_MEMBER_ARRAY(in_memory, words, ctx_type_u64));

typedef struct aligned_in_memory {
  _Alignas(SIGNATURES_MAX_SIZE) uint64_t words[8];
} aligned_in_memory;
CTX_STRUCT(aligned_in_memory_type, aligned_in_memory,
           CTX_MEMBER_ARRAY(aligned_in_memory, words, ctx_type_u64));

__extension__ typedef __int128 int128;
typedef uint64_t v128 __attribute__((__vector_size__(16)));
typedef uint64_t v256 __attribute__((__vector_size__(32)));
typedef uint64_t v512 __attribute__((__vector_size__(64)));

/* Which bytes of a value are nobody's. */
typedef enum padding {
  NO_PADDING,
  AFTER_TEN_BYTES,           /* long double */
  AFTER_TEN_BYTES_OF_SIXTEEN /* long double _Complex */
} padding;

typedef struct value_shape {
  const ctx_type *type;
  size_t size;
  size_t align;
  padding padding;
} value_shape;

#define PLAIN(c_type, described) \
  { &(described), sizeof(c_type), _Alignof(c_type), NO_PADDING }
#define LONG_DOUBLE \
  { &ctx_type_long_double, sizeof(long double), _Alignof(long double), AFTER_TEN_BYTES }
#define COMPLEX_LONG_DOUBLE                                                        \
  {                                                                                \
    &ctx_type_complex_long_double, 2 * sizeof(long double), _Alignof(long double), \
        AFTER_TEN_BYTES_OF_SIXTEEN                                                 \
  }

/* A long double is any but those that no operation gives: its leading bit is set. */
static void normalise(uint8_t *long_double) {
  long_double[7] |= 0x80;
  memset(long_double + 10, 0, sizeof(long double) - 10);
}

static void draw(const value_shape *shape, uint64_t *random, signature_value *out) {
  for (size_t i = 0; i < shape->size; i += sizeof(uint64_t)) {
    uint64_t word = ctx_test_random(random);
    memcpy(out->bytes + i, &word, sizeof word);
  }
  if (shape->padding != NO_PADDING) normalise(out->bytes);
  if (shape->padding == AFTER_TEN_BYTES_OF_SIXTEEN) normalise(out->bytes + sizeof(long double));
}

static bool is_same(const value_shape *shape, const void *a, const void *b) {
  switch (shape->padding) {
    case AFTER_TEN_BYTES:
      return memcmp(a, b, 10) == 0;
    case AFTER_TEN_BYTES_OF_SIXTEEN:
      return memcmp(a, b, 10) == 0 && memcmp((const char *)a + sizeof(long double),
                                             (const char *)b + sizeof(long double), 10) == 0;
    case NO_PADDING:
      break;
  }
  return memcmp(a, b, shape->size) == 0;
}

static bool is_as_expected(const value_shape *shape, const void *expected, const void *found) {
  return (uintptr_t)found % shape->align == 0 && is_same(shape, expected, found);
}

/* ---- Functions ----------------------------------------------------------------------------------
 */

static signature_body run_body;

/* Seen by vectors.S, too. */
union next_result {
  uint8_t bytes[SIGNATURES_MAX_SIZE];
  in_memory in_memory;
  aligned_in_memory aligned_in_memory;
  long double long_double;
  long double _Complex complex_long_double;
  two_doubles two_doubles;
  integer_and_double integer_and_double;
  int128 int128;
  v128 v128;
  v256 v256;
  v512 v512;
} signature_next_result __attribute__((__visibility__("hidden")));

static void return_void(void) { run_body(SIGNATURE_VOID, NULL); }

static in_memory return_memory(integer_and_double a, int8_t b, long double c) {
  const void *const args[] = {&a, &b, &c};
  run_body(SIGNATURE_MEMORY, args);
  return signature_next_result.in_memory;
}

static aligned_in_memory return_aligned_memory(uint64_t a, aligned_in_memory b) {
  const void *const args[] = {&a, &b};
  run_body(SIGNATURE_ALIGNED_MEMORY, args);
  return signature_next_result.aligned_in_memory;
}

static long double return_long_double(long double a, aligned_in_memory b, float c) {
  const void *const args[] = {&a, &b, &c};
  run_body(SIGNATURE_LONG_DOUBLE, args);
  return signature_next_result.long_double;
}

static long double _Complex return_complex_long_double(in_memory a, two_doubles b) {
  const void *const args[] = {&a, &b};
  run_body(SIGNATURE_COMPLEX_LONG_DOUBLE, args);
  return signature_next_result.complex_long_double;
}

static two_doubles return_two_doubles(two_doubles a, int128 b, float c) {
  const void *const args[] = {&a, &b, &c};
  run_body(SIGNATURE_TWO_DOUBLES, args);
  return signature_next_result.two_doubles;
}

static integer_and_double return_integer_and_double(integer_and_double a, long double _Complex b) {
  const void *const args[] = {&a, &b};
  run_body(SIGNATURE_INTEGER_AND_DOUBLE, args);
  return signature_next_result.integer_and_double;
}

static int128 return_int128(uint16_t a, int128 b, in_memory c) {
  const void *const args[] = {&a, &b, &c};
  run_body(SIGNATURE_INT128, args);
  return signature_next_result.int128;
}

static v128 return_v128(double a, v128 b) {
  const void *const args[] = {&a, &b};
  run_body(SIGNATURE_V128, args);
  return signature_next_result.v128;
}

/* vectors.S: v256 f(v256, v128, long double) and v512 f(v512, aligned_in_memory). */
void signature_return_v256(void);
void signature_return_v512(void);

v512 signature_vectors[2] __attribute__((__visibility__("hidden"))); /* arguments of those */

void signature_vectors_body(size_t vector_size, const void *memory)
    __attribute__((__visibility__("hidden")));
void signature_vectors_body(size_t vector_size, const void *memory) {
  const void *const of_v256[] = {&signature_vectors[0], &signature_vectors[1], memory};
  const void *const of_v512[] = {&signature_vectors[0], memory};
  if (vector_size == sizeof(v256)) {
    run_body(SIGNATURE_V256, of_v256);
  } else {
    run_body(SIGNATURE_V512, of_v512);
  }
}

static two_doubles return_variadic(uint64_t a, ...) {
  va_list rest;
  va_start(rest, a);
  double b = va_arg(rest, double);
  long double c = va_arg(rest, long double);
  va_end(rest);
  const void *const args[] = {&a, &b, &c};
  run_body(SIGNATURE_VARIADIC, args);
  return signature_next_result.two_doubles;
}

/* ---- What they are ------------------------------------------------------------------------------
 */

/* What of a result can be read without a signature. */
typedef enum untyped {
  NOTHING,
  FIRST_IN_RAX,
  FIRST_IN_XMM0,
  FIRST_IN_RAX_SECOND_IN_XMM0,
  ADDRESS_IN_RAX
} untyped;

static const struct description {
  ctx_entry function;
  value_shape result;
  value_shape args[SIGNATURES_MAX_ARGS];
  size_t num_args;
  size_t num_fixed;
  untyped untyped;
  signature_id wrong; /* it needs what `result` leaves nowhere */
} descriptions[NUM_SIGNATURES] = {
    [SIGNATURE_VOID] = {(ctx_entry)return_void,
                        {&ctx_type_void, 0, 1, NO_PADDING},
                        {{0}},
                        0,
                        CTX_NOT_VARIADIC,
                        NOTHING,
                        SIGNATURE_LONG_DOUBLE},
    [SIGNATURE_MEMORY] = {(ctx_entry)return_memory,
                          PLAIN(in_memory, in_memory_type),
                          {PLAIN(integer_and_double, integer_and_double_type),
                           PLAIN(int8_t, ctx_type_i8), LONG_DOUBLE},
                          3,
                          CTX_NOT_VARIADIC,
                          ADDRESS_IN_RAX,
                          SIGNATURE_ALIGNED_MEMORY},
    [SIGNATURE_ALIGNED_MEMORY] = {(ctx_entry)return_aligned_memory,
                                  PLAIN(aligned_in_memory, aligned_in_memory_type),
                                  {PLAIN(uint64_t, ctx_type_u64),
                                   PLAIN(aligned_in_memory, aligned_in_memory_type)},
                                  2,
                                  CTX_NOT_VARIADIC,
                                  ADDRESS_IN_RAX,
                                  SIGNATURE_MEMORY},
    [SIGNATURE_LONG_DOUBLE] = {(ctx_entry)return_long_double,
                               LONG_DOUBLE,
                               {LONG_DOUBLE, PLAIN(aligned_in_memory, aligned_in_memory_type),
                                PLAIN(float, ctx_type_f32)},
                               3,
                               CTX_NOT_VARIADIC,
                               NOTHING,
                               SIGNATURE_COMPLEX_LONG_DOUBLE},
    [SIGNATURE_COMPLEX_LONG_DOUBLE] = {(ctx_entry)return_complex_long_double,
                                       COMPLEX_LONG_DOUBLE,
                                       {PLAIN(in_memory, in_memory_type),
                                        PLAIN(two_doubles, two_doubles_type)},
                                       2,
                                       CTX_NOT_VARIADIC,
                                       NOTHING,
                                       SIGNATURE_MEMORY},
    [SIGNATURE_TWO_DOUBLES] = {(ctx_entry)return_two_doubles,
                               PLAIN(two_doubles, two_doubles_type),
                               {PLAIN(two_doubles, two_doubles_type), PLAIN(int128, ctx_type_i128),
                                PLAIN(float, ctx_type_f32)},
                               3,
                               CTX_NOT_VARIADIC,
                               FIRST_IN_XMM0,
                               SIGNATURE_LONG_DOUBLE},
    [SIGNATURE_INTEGER_AND_DOUBLE] = {(ctx_entry)return_integer_and_double,
                                      PLAIN(integer_and_double, integer_and_double_type),
                                      {PLAIN(integer_and_double, integer_and_double_type),
                                       COMPLEX_LONG_DOUBLE},
                                      2,
                                      CTX_NOT_VARIADIC,
                                      FIRST_IN_RAX_SECOND_IN_XMM0,
                                      SIGNATURE_TWO_DOUBLES},
    [SIGNATURE_INT128] = {(ctx_entry)return_int128,
                          PLAIN(int128, ctx_type_i128),
                          {PLAIN(uint16_t, ctx_type_u16), PLAIN(int128, ctx_type_i128),
                           PLAIN(in_memory, in_memory_type)},
                          3,
                          CTX_NOT_VARIADIC,
                          FIRST_IN_RAX,
                          SIGNATURE_MEMORY},
    [SIGNATURE_V128] = {(ctx_entry)return_v128,
                        PLAIN(v128, ctx_type_v128),
                        {PLAIN(double, ctx_type_f64), PLAIN(v128, ctx_type_v128)},
                        2,
                        CTX_NOT_VARIADIC,
                        FIRST_IN_XMM0,
                        SIGNATURE_V256},
    [SIGNATURE_V256] = {signature_return_v256,
                        PLAIN(v256, ctx_type_v256),
                        {PLAIN(v256, ctx_type_v256), PLAIN(v128, ctx_type_v128), LONG_DOUBLE},
                        3,
                        CTX_NOT_VARIADIC,
                        FIRST_IN_XMM0,
                        SIGNATURE_V512},
    [SIGNATURE_V512] = {signature_return_v512,
                        PLAIN(v512, ctx_type_v512),
                        {PLAIN(v512, ctx_type_v512),
                         PLAIN(aligned_in_memory, aligned_in_memory_type)},
                        2,
                        CTX_NOT_VARIADIC,
                        FIRST_IN_XMM0,
                        SIGNATURE_LONG_DOUBLE},
    [SIGNATURE_VARIADIC] = {(ctx_entry)return_variadic,
                            PLAIN(two_doubles, two_doubles_type),
                            {PLAIN(uint64_t, ctx_type_u64), PLAIN(double, ctx_type_f64),
                             LONG_DOUBLE},
                            3,
                            1,
                            FIRST_IN_XMM0,
                            SIGNATURE_COMPLEX_LONG_DOUBLE},
};

static ctx_signature *signatures[NUM_SIGNATURES];

void signatures_prepare(signature_body body) {
  run_body = body;
  if (signatures[SIGNATURE_VOID] != NULL) return;
  for (unsigned id = 0; id < NUM_SIGNATURES; id++) {
    const struct description *it = &descriptions[id];
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

ctx_entry signature_entry(signature_id id) { return descriptions[id].function; }

const ctx_signature *signature_wrong_for(signature_id id) {
  const ctx_signature *wrong = signatures[descriptions[id].wrong];
  return wrong != NULL ? wrong : signatures[SIGNATURE_LONG_DOUBLE];
}

size_t signature_draw_args(signature_id id, uint64_t seed,
                           signature_value values[SIGNATURES_MAX_ARGS]) {
  const struct description *it = &descriptions[id];
  for (size_t i = 0; i < it->num_args; i++)
    draw(&it->args[i], &seed, &values[i]);
  return it->num_args;
}

unsigned signature_wrong_args(signature_id id, uint64_t seed, const void *const *args) {
  signature_value expected[SIGNATURES_MAX_ARGS];
  size_t num_args = signature_draw_args(id, seed, expected);
  unsigned wrong = 0;
  for (size_t i = 0; i < num_args; i++)
    wrong |= (unsigned)!is_as_expected(&descriptions[id].args[i], expected[i].bytes, args[i]) << i;
  return wrong;
}

model_results signature_draw_result(signature_id id, uint64_t seed, const void *memory) {
  const struct description *it = &descriptions[id];
  signature_value value = {{0}};
  draw(&it->result, &seed, &value);
  memcpy(signature_next_result.bytes, value.bytes, sizeof signature_next_result.bytes);
  model_results results;
  memset(&results, 0, sizeof results);
  memcpy(results.typed, value.bytes, sizeof results.typed);
  uint64_t words[2];
  memcpy(words, value.bytes, sizeof words);
  switch (it->untyped) {
    case NOTHING:
      break;
    case FIRST_IN_RAX:
      results.has_gp = true;
      results.gp = words[0];
      break;
    case FIRST_IN_XMM0:
      results.has_fp = true;
      results.fp = words[0];
      break;
    case FIRST_IN_RAX_SECOND_IN_XMM0:
      results.has_gp = results.has_fp = true;
      results.gp = words[0];
      results.fp = words[1];
      break;
    case ADDRESS_IN_RAX:
      results.has_gp = memory != NULL;
      results.gp = (uint64_t)(uintptr_t)memory;
      break;
  }
  return results;
}

bool signature_result_may_be_at(signature_id id, uint64_t rax) {
  const struct description *it = &descriptions[id];
  return it->untyped != ADDRESS_IN_RAX || rax % it->result.align == 0;
}

size_t signature_result_size(signature_id id) { return descriptions[id].result.size; }

bool signature_same_result(signature_id id, const void *a, const void *b) {
  return is_same(&descriptions[id].result, a, b);
}
