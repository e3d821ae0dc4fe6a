/* Prepared signatures, with a function of each: results in every place that they come back in, and
 * arguments that are no scalars of one eightbyte. */
#ifndef CTX_TESTING_SIMULATION_SIGNATURES_H_
#define CTX_TESTING_SIMULATION_SIGNATURES_H_

#include "ctx/ctx.h"
#include "testing/simulation/model.h"

enum { SIGNATURES_MAX_ARGS = 3, SIGNATURES_MAX_SIZE = 64 };

typedef enum signature_id {
  SIGNATURE_VOID,
  SIGNATURE_MEMORY,
  SIGNATURE_ALIGNED_MEMORY,
  SIGNATURE_LONG_DOUBLE,
  SIGNATURE_COMPLEX_LONG_DOUBLE,
  SIGNATURE_TWO_DOUBLES,
  SIGNATURE_INTEGER_AND_DOUBLE,
  SIGNATURE_INT128,
  SIGNATURE_V128,
  SIGNATURE_V256,
  SIGNATURE_V512,
  SIGNATURE_VARIADIC,
  NUM_SIGNATURES
} signature_id;

/* Room for any of the arguments, and any result. */
typedef struct signature_value {
  _Alignas(SIGNATURES_MAX_SIZE) uint8_t bytes[SIGNATURES_MAX_SIZE];
} signature_value;

/* What each of the functions does: it tells which it is, and where its arguments are; once the body
 * is over it returns what signature_draw_result has drawn last. */
typedef void (*signature_body)(signature_id id, const void *const *args);

/* Once, before all else. */
void signatures_prepare(signature_body body);

/* Null if this processor has no such registers. */
const ctx_signature *signature_of(signature_id id);

ctx_entry signature_entry(signature_id id);

/* One that reads a result of `id` from where no function of it has left any. */
const ctx_signature *signature_wrong_for(signature_id id);

/* The arguments that a seed stands for; how many is returned. */
size_t signature_draw_args(signature_id id, uint64_t seed,
                           signature_value values[SIGNATURES_MAX_ARGS]);

/* Which of them are others, or not where they may be, a bit each. */
unsigned signature_wrong_args(signature_id id, uint64_t seed, const void *const *args);

/* What the function is to return next. `memory` is what ctx_options.result was. */
model_results signature_draw_result(signature_id id, uint64_t seed, const void *memory);

/* False if the result is in memory, and not aligned as it must be. */
bool signature_result_may_be_at(signature_id id, uint64_t rax);

/* The bytes that a result of `id` has; the same but for padding. */
size_t signature_result_size(signature_id id);
bool signature_same_result(signature_id id, const void *a, const void *b);

#endif /* CTX_TESTING_SIMULATION_SIGNATURES_H_ */
