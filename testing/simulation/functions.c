#include "testing/simulation/functions.h"

#include <stdarg.h>
#include <string.h>

#include "testing/simulation/body.h"
#include "testing/simulation/machine.h"
#include "testing/simulation/types.h"

/* ---- The functions ---- */

#define RETURN_RESULT(type)                          \
  do {                                               \
    type result_;                                    \
    memcpy(&result_, body_result(), sizeof result_); \
    return result_;                                  \
  } while (0)

static void return_void(void) { body_run(SIGNATURE_VOID, NULL); }

static in_memory return_memory(integer_and_double a, int8_t b, long double c) {
  const void *const args[] = {&a, &b, &c};
  body_run(SIGNATURE_MEMORY, args);
  RETURN_RESULT(in_memory);
}

static aligned_in_memory return_aligned_memory(uint64_t a, aligned_in_memory b) {
  const void *const args[] = {&a, &b};
  body_run(SIGNATURE_ALIGNED_MEMORY, args);
  RETURN_RESULT(aligned_in_memory);
}

static long double return_long_double(long double a, aligned_in_memory b, float c) {
  const void *const args[] = {&a, &b, &c};
  body_run(SIGNATURE_LONG_DOUBLE, args);
  RETURN_RESULT(long double);
}

static long double _Complex return_complex_long_double(in_memory a, two_doubles b) {
  const void *const args[] = {&a, &b};
  body_run(SIGNATURE_COMPLEX_LONG_DOUBLE, args);
  RETURN_RESULT(long double _Complex);
}

static two_doubles return_two_doubles(two_doubles a, int128 b, float c) {
  const void *const args[] = {&a, &b, &c};
  body_run(SIGNATURE_TWO_DOUBLES, args);
  RETURN_RESULT(two_doubles);
}

static integer_and_double return_integer_and_double(integer_and_double a, long double _Complex b) {
  const void *const args[] = {&a, &b};
  body_run(SIGNATURE_INTEGER_AND_DOUBLE, args);
  RETURN_RESULT(integer_and_double);
}

static int128 return_int128(uint16_t a, int128 b, in_memory c) {
  const void *const args[] = {&a, &b, &c};
  body_run(SIGNATURE_INT128, args);
  RETURN_RESULT(int128);
}

static v128 return_v128(double a, v128 b) {
  const void *const args[] = {&a, &b};
  body_run(SIGNATURE_V128, args);
  RETURN_RESULT(v128);
}

static two_doubles return_variadic(uint64_t a, ...) {
  va_list rest;
  va_start(rest, a);
  double b = va_arg(rest, double);
  long double c = va_arg(rest, long double);
  va_end(rest);
  const void *const args[] = {&a, &b, &c};
  body_run(SIGNATURE_VARIADIC, args);
  RETURN_RESULT(two_doubles);
}

/* ---- Which is which ---- */

ctx_entry function_of(signature_id id) {
  static const ctx_entry in_c[NUM_SIGNATURES] = {
      [SIGNATURE_VOID] = return_void,
      [SIGNATURE_MEMORY] = (ctx_entry)return_memory,
      [SIGNATURE_ALIGNED_MEMORY] = (ctx_entry)return_aligned_memory,
      [SIGNATURE_LONG_DOUBLE] = (ctx_entry)return_long_double,
      [SIGNATURE_COMPLEX_LONG_DOUBLE] = (ctx_entry)return_complex_long_double,
      [SIGNATURE_TWO_DOUBLES] = (ctx_entry)return_two_doubles,
      [SIGNATURE_INTEGER_AND_DOUBLE] = (ctx_entry)return_integer_and_double,
      [SIGNATURE_INT128] = (ctx_entry)return_int128,
      [SIGNATURE_V128] = (ctx_entry)return_v128,
      [SIGNATURE_VARIADIC] = (ctx_entry)return_variadic,
  };
  return in_c[id] != NULL ? in_c[id] : machine_vector_function(id);
}
