/* Prepared signatures, with a function of each: results in every place that they come back in, and
 * arguments that are not scalars of one eightbyte. */
#ifndef CTX_TESTING_SIMULATION_SIGNATURES_H_
#define CTX_TESTING_SIMULATION_SIGNATURES_H_

#include "ctx/ctx.h"
#include "testing/simulation/model.h"

enum { SIGNATURES_MAX_ARGS = 3, SIGNATURES_MAX_SIZE = 64 };

/* Steps name them by number: a new one goes to the end. */
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

/* The body of each function is given the function's signature, and where its arguments are. When it
 * is over the function returns the result that signature_draw_result has drawn last. */
typedef void (*signature_body)(signature_id id, const void *const *args);

/* To be called once, before all else. */
void signatures_prepare(signature_body body);

/* Returns null if this processor has no such registers. */
const ctx_signature *signature_of(signature_id id);

ctx_entry signature_entry(signature_id id);

/* Returns one that reads a result of `id` from where no function of it has left any. */
const ctx_signature *signature_wrong_for(signature_id id);

/* Draws the arguments that a seed stands for, and returns how many there are. */
size_t signature_draw_args(signature_id id, uint64_t seed,
                           signature_value values[SIGNATURES_MAX_ARGS]);

/* Returns a bit for each argument that is another one, or is not where it may be. */
unsigned signature_wrong_args(signature_id id, uint64_t seed, const void *const *args);

/* Draws what the functions are to return next. `memory` is what ctx_options.result was. */
model_results signature_draw_result(signature_id id, uint64_t seed, const void *memory);

/* Returns false if the result is in memory that is not aligned as it must be: ctx_retval_u64 reads
 * its address. */
bool signature_result_may_be_at(signature_id id, uint64_t address);

/* Returns whether the result is in memory. */
bool signature_result_is_in_memory(signature_id id);

/* The bytes that a result of `id` has; the same except for padding. */
size_t signature_result_size(signature_id id);
bool signature_same_result(signature_id id, const void *a, const void *b);

#endif /* CTX_TESTING_SIMULATION_SIGNATURES_H_ */
